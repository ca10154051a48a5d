"""Let what is copied from a page, or looked for in it, be what is printed there.

A glyph has one text in a whole file (ISO 32000-1, 9.10.3), and WeasyPrint keeps the first that it
meets. A hyphen that a line was broken at is another character than that of a telephone number,
yet the same glyph; a letter may have come as one character or with its accent as a second. In a
file for many people the first of them decided how the names of the others are found.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from formgen.pdf.engine.objects import PDF, number_of, type_of

_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
# What nobody types into a search: spaces and hyphens that only say where a line may end.
_UNTYPED = frozenset("\u00a0\u00ad\u2007\u2010\u2011\u202f")


def write_characters(pdf: PDF) -> None:
    """Give each glyph of a file the character that people type for it."""
    for font in pdf.objects:
        if type_of(font) == "/Font" and "ToUnicode" in font and "DescendantFonts" in font:
            _mend(pdf, font)


def _mend(pdf: PDF, font: Any) -> None:
    lines = _at(pdf, font["ToUnicode"]).stream
    pairs = [(at, found) for at, line in enumerate(lines) if (found := _PAIR.fullmatch(line))]
    told = {at: (int(found[1], 16), _text(found[2])) for at, found in pairs}
    doubtful = {at: each for at, each in told.items() if _is_doubtful(each[1])}
    if not doubtful:
        return
    known = _characters(pdf, font)
    for at, (glyph, text) in doubtful.items():
        lines[at] = f"<{glyph:04x}> <{_plain(text, known.get(glyph, ())).hex()}>".encode()


def _is_doubtful(text: str) -> bool:
    return len(text) != 1 or text in _UNTYPED or not unicodedata.is_normalized("NFC", text)


def _plain(text: str, known: tuple[str, ...]) -> bytes:
    """Return the text of a glyph, of which the font knows these characters, as UTF-16."""
    whole = unicodedata.normalize("NFC", text)
    if not whole or whole in _UNTYPED or any(map(unicodedata.combining, whole)):
        # The lowest is the one on keyboards. A mark of its own has no letter in its text.
        whole = min(known, default=whole)
    return whole.encode("utf-16-be")


def _characters(pdf: PDF, font: Any) -> Mapping[int, tuple[str, ...]]:
    """Return the characters that a font's own table has for each glyph."""
    from fontTools.ttLib import TTFont

    (descendant,) = (_at(pdf, each) for each in font["DescendantFonts"])
    descriptor = _at(pdf, descendant["FontDescriptor"])
    file = _at(pdf, descriptor.get("FontFile2") or descriptor.get("FontFile3"))
    if file is None:
        return {}
    found: dict[int, tuple[str, ...]] = {}
    with TTFont(io.BytesIO(b"".join(file.stream)), lazy=True) as face:
        for code, name in (face.getBestCmap() or {}).items():
            glyph = face.getGlyphID(name)
            found[glyph] = (*found.get(glyph, ()), chr(code))
    return found


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def _at(pdf: PDF, thing: Any) -> Any:
    """Return what is referred to; the thing itself if it stands there."""
    number = number_of(thing)
    return pdf.objects[number] if number >= 0 else thing
