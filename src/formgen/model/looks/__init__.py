"""The looks that a local can have: its colors, pictures and typeface."""
