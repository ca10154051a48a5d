"""The build as a graph: tasks that ask for what they need, one key, one store, one run."""
