"""Commands for the words of a local: its own copies, and what they say differently."""
