"""Write a PDF that pikepdf holds: the same bytes for the same objects."""

from __future__ import annotations

import io

import pikepdf


def pdf_bytes(pdf: pikepdf.Pdf) -> bytes:
    """Return a file's bytes, as all files of formgen are written that are made of others.

    What its metadata says of the version of PDF stays as it is.
    """
    file = io.BytesIO()
    pdf.save(
        file,
        min_version="1.7",
        fix_metadata_version=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return file.getvalue()
