"""Pictures for tests, good and bad."""

from __future__ import annotations

import io
import random
import struct
import zlib

from PIL import Image

SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"'


def bitmap(mode: str = "RGB", size: tuple[int, int] = (320, 160), kind: str = "PNG") -> bytes:
    """Return a picture in one colour."""
    return encoded(Image.new(mode, size), kind)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return an image as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chance(seed: int) -> random.Random:
    """Return a source of chance that gives the same every time."""
    return random.Random(seed)  # noqa: S311 - nothing here is secret


def noise(side: int = 160) -> Image.Image:
    """Return an image that no compression makes small."""
    return Image.frombytes("RGB", (side, side), chance(1).randbytes(side * side * 3))


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a PNG file that says it has this size, whatever it holds."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def svg(inside: str = "", attributes: str = "", before: str = "") -> bytes:
    """Return an SVG file, 40 wide and 20 high."""
    return f"{before}{SVG_HEAD} {attributes}>{inside}</svg>".encode()
