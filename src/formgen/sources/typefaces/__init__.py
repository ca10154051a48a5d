"""Typefaces of a local's own: read, checked, and cut to what pages use of them."""
