"""What composed pages are held to."""
