"""Settings of a local while they are being changed: what they are, become, and are saved as."""
