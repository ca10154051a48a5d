"""Check: typed settings, forms and catalog, and the rules across documents."""
