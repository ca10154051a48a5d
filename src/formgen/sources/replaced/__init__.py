"""Files of a layer that replace those below it: what they were made from, and what they miss."""
