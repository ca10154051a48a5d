"""Settings that become part of a sentence: which they are, and how they are put right."""
