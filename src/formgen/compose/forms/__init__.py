"""A form, and what a local changed in it, as templates print it."""
