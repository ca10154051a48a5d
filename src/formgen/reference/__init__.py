"""What formgen can say of itself: its tables as pages to read."""
