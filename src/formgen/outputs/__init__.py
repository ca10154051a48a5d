"""Kinds of file that a kit holds: a module for each kind, and one table of them."""
