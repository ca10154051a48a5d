"""Files made of other files: the one door to pikepdf."""
