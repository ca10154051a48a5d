"""Let each object of a file be put into bytes once.

pydyf does it a second time to number the file; the streams are compressed anew for that.
"""

from __future__ import annotations

from formgen.pdf.engine.objects import PDF, Object


def serialize_once(pdf: PDF) -> None:
    """Keep the bytes of all objects of a file that is done."""
    pdf.objects[1:] = [_Written(each) for each in pdf.objects[1:]]


class _Written(Object):  # type: ignore[misc]
    """An object whose bytes are known."""

    data = b""
    compressible = False

    def __init__(self, thing: Object) -> None:
        super().__init__()
        self.number, self.generation = thing.number, thing.generation
        self.data, self.compressible = thing.data, thing.compressible
