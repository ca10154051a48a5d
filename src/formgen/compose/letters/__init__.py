"""What letters have, and forms have not."""
