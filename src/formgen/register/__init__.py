"""Register: make and change locals by the membership department's sheet, and lose nothing."""
