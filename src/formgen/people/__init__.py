"""Documents for the people of a roster."""
