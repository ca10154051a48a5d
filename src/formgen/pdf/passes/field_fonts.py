"""Write the fonts of fields, which share one font file.

The first is a simple one (ISO 32000-1, 9.6.3): one byte a letter, in the encoding that every
program knows. Many of those that fill in forms can set text in no other. It has the letters of
Western Europe; the second, a composite font (9.7), has all of the file's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from formgen.pdf.engine.objects import Array, Dictionary, Stream, String
from formgen.pdf.passes.appearance import FIRST_CODE, FONT_NAME, FieldFont

_FLATE = {"Filter": "/FlateDecode"}
_NONSYMBOLIC = 1 << 5  # font flag, table 123

Add = Callable[[Any], bytes]


class FieldFonts:
    """The fonts of a file's fields, each written when it is first asked for."""

    def __init__(self, font: FieldFont, add: Add) -> None:
        """Know how objects are added to the file."""
        self._font, self._add = font, add
        self._descriptor = b""
        self.written: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        """Return the reference to the font with a name."""
        if name not in self.written:
            made = self._simple() if name == FONT_NAME else self._composite()
            self.written[name] = self._add(Dictionary(made))
        return self.written[name]

    def _simple(self) -> dict[str, Any]:
        return {
            "Type": "/Font",
            "Subtype": "/TrueType",
            "BaseFont": f"/{self._font.name}",
            "Encoding": "/WinAnsiEncoding",
            "FirstChar": FIRST_CODE,
            "LastChar": 255,
            "Widths": self._font.ansi_widths,
            "FontDescriptor": self._described(),
        }

    def _composite(self) -> dict[str, Any]:
        name = f"/{self._font.name}"
        system = {"Registry": String("Adobe"), "Ordering": String("Identity")}
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": Dictionary({**system, "Supplement": 0}),
            "FontDescriptor": self._described(),
            "W": self._font.width_array,
            "CIDToGIDMap": "/Identity",
        }
        return {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": Array([self._add(Dictionary(descendant))]),
            "ToUnicode": self._add(Stream([self._font.to_unicode], _FLATE)),
        }

    def _described(self) -> bytes:
        font = self._font
        if not self._descriptor:
            descriptor = {
                "Type": "/FontDescriptor",
                "FontName": f"/{font.name}",
                "Flags": _NONSYMBOLIC,
                "FontBBox": Array([round(value) for value in font.bbox]),
                "ItalicAngle": 0,
                "Ascent": round(font.ascent),
                "Descent": round(font.descent),
                "CapHeight": round(font.cap_height),
                "StemV": 80,
                "FontFile2": self._add(Stream([font.file], {**_FLATE, "Length1": font.length})),
            }
            self._descriptor = self._add(Dictionary(descriptor))
        return self._descriptor
