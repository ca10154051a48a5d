"""Build kits: a task for each local, and what it publishes."""
