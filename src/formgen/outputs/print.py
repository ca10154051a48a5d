"""PDFs to print, with lines to write on."""

from __future__ import annotations

from formgen.model.page_format import PAPER
from formgen.outputs.base import Count, Output
from formgen.outputs.making.documents import document_file

PRINT = Output(
    PAPER.id,
    "document",
    "print",
    ".pdf",
    document_file,
    page=PAPER,
    is_standing=True,
    for_people=".pdf",
    summary="PDFs to print, with lines to write on",
    labels=("index.pdf_pages", "index.pdf"),
    count=Count("{count} PDF to print ({pages})", "{count} PDFs to print ({pages})", always=True),
)
