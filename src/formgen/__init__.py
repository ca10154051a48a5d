"""formgen: one YAML file becomes a local union's whole mentoring program."""

__version__ = "0.1.0"
