"""Compare kits: which documents and pages differ."""
