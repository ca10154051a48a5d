"""Figures: pictures that are drawn from a local's own settings and papers."""
