"""What is said in each language: titles, small words, plurals, what settings mean."""
