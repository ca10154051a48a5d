"""The shapes of what programs read, `--json` and `manifest.json`, from which come JSON Schemas.

A shape that changes so that a program could break gets another `format`; keys may be added.
"""
