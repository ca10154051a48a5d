"""What the settings are: read from their types, defaults and descriptions, and said in words."""
