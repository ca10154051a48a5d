"""The one door to WeasyPrint, pydyf and Pango."""
