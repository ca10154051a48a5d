"""Two editions of a pack compared for many locals, in words and side by side."""
