"""Read the words on the pages of a PDF."""

from __future__ import annotations


def page_text(pdf: bytes) -> str:
    """Return all words that stand on the pages of a PDF, page by page."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
