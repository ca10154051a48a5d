"""Commands for all locals of a state: enter them, see how they stand, hand out and print."""
