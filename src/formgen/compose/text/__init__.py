"""Words and templates: read, rendered, in their language."""
