"""Large print: the same documents in 18 points, for those who see little."""

from __future__ import annotations

from formgen.model.page_format import PageFormat
from formgen.outputs.base import Count, Option, Output
from formgen.outputs.making.documents import document_file

LARGE_PRINT = Output(
    "large-print",
    "document",
    "large-print",
    ".pdf",
    document_file,
    page=PageFormat(
        "large-print",
        "print",
        styles=(
            ("manual", ("large-print.css", "large-manual.css")),
            ("certificate", ("large-certificate.css",)),
            ("", ("large-print.css",)),
        ),
        zoom=12 / 7,  # print's 10.5 pt become 18 pt
        is_large=True,
    ),
    asked_by=Option("--large-print", "Build a large-print edition too."),
    summary="PDFs in large print",
    labels=("index.large_pages", "index.large"),
    count=Count("{count} in large print", "{count} in large print"),
)
