"""Change values of a YAML file and leave every other byte of it as it is."""
