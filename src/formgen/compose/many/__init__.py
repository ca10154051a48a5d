"""Pages that show many locals to others than the staff: the site, and a sheet of pictures."""
