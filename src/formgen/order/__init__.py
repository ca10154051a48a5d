"""Order packets of many locals from a print shop: one list, and the files in one zip."""
