"""Small fonts, made for a test: each letter is a box, as wide as the test says."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "’–·"
_HIGH, _UNIT = 700, 1000
# Any day will do: seconds since 1904.
_DAY = 3_700_000_000


def font(
    family: str = "Boxes",
    *,
    letters: str = LETTERS,
    fs_type: int = 0,
    width: int = 500,
    serifs: bool = True,
    cff: bool = False,
    flavor: str = "",
) -> bytes:
    """Return a font of boxes."""
    cmap = {ord(letter): f"u{ord(letter):04X}" for letter in letters}
    names = [".notdef", *cmap.values()]
    builder = FontBuilder(_UNIT, isTTF=not cff)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(cmap)
    shapes = {name: _box(name, width, cff=cff) for name in names}
    if cff:
        builder.setupCFF(family.replace(" ", ""), {}, shapes, {})
    else:
        builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200, fsType=fs_type)
    builder.font["OS/2"].panose.bFamilyType = 2
    builder.font["OS/2"].panose.bSerifStyle = 2 if serifs else 11
    builder.setupPost()
    # The same bytes whenever it is made.
    builder.font["head"].created = builder.font["head"].modified = _DAY
    builder.font.recalcTimestamp = False
    builder.font.flavor = flavor or None
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _box(name: str, width: int, *, cff: bool):
    pen = T2CharStringPen(width, None) if cff else TTGlyphPen(None)
    if name not in {".notdef", "u0020"}:
        corners = ((50, 0), (50, _HIGH), (width - 50, _HIGH), (width - 50, 0))
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.getCharString() if cff else pen.glyph()


def give(folder: Path) -> None:
    """Write fonts to a folder: one that may be used, one that may not, and half of one.

    Beside the first lies its license; a copy of it in another folder has none.
    """
    unlicensed = folder.with_name("downloads")
    for each in (folder, unlicensed):
        each.mkdir(parents=True, exist_ok=True)
        (each / "own.ttf").write_bytes(font("Lakeside Text"))
    (folder / "OFL.txt").write_text("SIL Open Font License 1.1", encoding="utf-8")
    (folder / "locked.ttf").write_bytes(font("Closed Text", fs_type=2))
    (folder / "half.ttf").write_bytes(font("Lakeside Text")[:3000])
