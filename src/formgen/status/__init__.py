"""Tell how all locals stand: who is current, who differs, what is stale; nothing is built."""
