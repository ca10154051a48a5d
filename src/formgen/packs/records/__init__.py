"""What a pack keeps beside its words: what is new in each edition, and who approved its locks."""
