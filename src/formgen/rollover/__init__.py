"""Roll: carry a local into its next school year."""
