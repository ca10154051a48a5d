"""Word copies: a composed web page as a .docx file with real headings, lists and controls."""
