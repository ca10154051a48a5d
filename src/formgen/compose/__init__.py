"""Compose: Jinja and Markdown to HTML."""
