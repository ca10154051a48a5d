"""What goes wrong in YAML that people type, and how it is told."""
