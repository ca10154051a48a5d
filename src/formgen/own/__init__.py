"""Own: a local's own copies of files of words, and what it says differently."""
