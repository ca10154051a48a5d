"""Editions of documents: each keeps the one in which it last changed."""
