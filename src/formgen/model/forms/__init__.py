"""Forms as data: fields and their kinds, and what locals change."""
