"""What formgen can say of itself: its settings, and its tables as pages to read."""
