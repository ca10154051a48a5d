"""Show: a local's settings, papers and people as pages in a browser, on this machine alone."""
