"""What is done to the objects of a file before it is written."""
