"""What WeasyPrint worked out for one page, kept for the next."""
