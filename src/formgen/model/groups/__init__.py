"""Groups of settings: what they are made of, and those by which a local adds something."""
