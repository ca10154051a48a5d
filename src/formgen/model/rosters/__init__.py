"""The roster: its columns, its rows and its people."""
