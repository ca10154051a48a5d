"""The kinds of field that a form may have, each in a module of its own."""
