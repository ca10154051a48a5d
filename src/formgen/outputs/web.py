"""Web pages: one file each, with all that it shows and does."""

from __future__ import annotations

from formgen.model.page_format import SCREEN
from formgen.outputs.base import Count, Output
from formgen.outputs.making.documents import document_file

WEB = Output(
    SCREEN.id,
    "document",
    "web",
    ".html",
    document_file,
    page=SCREEN,
    is_standing=True,
    summary="web pages, to read and to fill in",
    labels=("index.web",),
    count=Count("{count} web page", "{count} web pages", always=True),
)
