"""Say what a file is called, in which language, and which standards it keeps; no more."""

from __future__ import annotations

from formgen.pdf.engine.objects import PDF, String
from formgen.pdf.xmp import xmp_packet


def write_metadata(
    pdf: PDF, *, title: str, language: str, producer: str, identifier: str = ""
) -> None:
    """Replace a file's metadata; ``identifier`` is what a filled file says of itself.

    It stands in two places, since some viewers that save a file keep only one of them.
    """
    packet = xmp_packet(title=title, language=language, producer=producer, identifier=identifier)
    reference = pdf.catalog["Metadata"]
    stream = pdf.objects[int(reference.split()[0])]
    # Not compressed: Chromium saves a compressed packet as if it were not.
    stream.stream, stream.compress = [packet], False
    pdf.info.clear()
    pdf.info["Title"] = String(title)
    pdf.info["Producer"] = String(producer)
    if identifier:
        pdf.info["Keywords"] = String(identifier)
