"""Pictures that a local names: read, made harmless and ready for a page, or refused in words."""
