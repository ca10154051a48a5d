"""Look over one page of all locals at once: a sheet of small pictures, the fullest first."""
