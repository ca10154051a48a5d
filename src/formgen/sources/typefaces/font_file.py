"""Read the file of a font: whether it is whole, and what may be done with it."""

from __future__ import annotations

import io
import logging
import string
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

# Of OS/2's `fsType`, the bits that say what a font must not be used for.
_RESTRICTED, _USAGE, _NO_SUBSET, _BITMAPS = 0x0002, 0x000F, 0x0100, 0x0200
# Of its description by PANOSE: Latin text, and the styles of its ends that are none.
_LATIN_TEXT, _FIRST_SANS, _LAST_SANS = 2, 11, 15
_TABLES = ("OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name", "post")
REGULAR, BOLD = 400, 700
# What web pages say in English and its neighbors; other letters are the reader's own typefaces'.
_ON_SCREENS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027))
_MARKS = (0xA0, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D)
_FEW = tuple(map(ord, string.ascii_letters + string.digits + " .,:;!?()&/-@"))
_KERNED = ("kern", "mark", "ccmp")
_UNUSED = ("BASE", "DSIG", "GDEF", "STAT", "gasp")
# What the typefaces of a web page may have together, less our two of labels.
_MOST_ON_SCREENS = 6_200
_UNHEARD = logging.NullHandler()


class BrokenFontError(Exception):
    """A file is no font that pages can be set in; says why."""


@dataclass(frozen=True)
class FontFile:
    """What a font says of itself, and its bytes without compression."""

    name: str
    fs_type: int
    has_serifs: bool
    weights: tuple[float, float] | None
    data: bytes

    @property
    def refusal(self) -> str:
        """Return what its maker forbids and printing needs, or nothing."""
        if self.fs_type & _USAGE == _RESTRICTED:
            return "to be part of other files"
        if self.fs_type & _BITMAPS:
            return "to be part of other files but as dots"
        return "to be cut to the letters that are used" if self.fs_type & _NO_SUBSET else ""

    @property
    def for_screens(self) -> bool:
        """Tell whether its maker lets it be installed anywhere, and so be part of a page."""
        return self.fs_type & _USAGE == 0


def read_font(data: bytes) -> FontFile:
    """Return what a font says of itself. Raises BrokenFontError."""
    from fontTools.ttLib import TTFont

    # What is odd about a font and harms no page is not for readers of ours.
    logging.getLogger("fontTools").addHandler(_UNHEARD)
    try:
        font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
        tables = {tag: font[tag] for tag in font.keys() if tag != "GlyphOrder"}  # noqa: SIM118
        _check_tables(tables.keys())
        _draw(font, "Aa")
        return FontFile(
            str(tables["name"].getBestFamilyName() or "?"),
            tables["OS/2"].fsType,
            _has_serifs(tables["OS/2"].panose),
            _weights(tables.get("fvar")),
            _bare(font, data),
        )
    except BrokenFontError:
        raise
    except Exception:  # noqa: BLE001  (fontTools raises whatever a bad file leads to)
        message = "it is damaged, cut off or something else"
        raise BrokenFontError(message) from None


def _check_tables(tags: Collection[str]) -> None:
    lacking = [tag for tag in _TABLES if tag not in tags]
    lacking += [] if {"glyf", "CFF ", "CFF2"} & set(tags) else ["glyf"]
    if lacking:
        message = f"it has no table {lacking[0]}"
        raise BrokenFontError(message)


def _draw(font: Any, letters: str) -> None:
    """Draw letters, which a font that is cut off cannot."""
    from fontTools.pens.basePen import NullPen

    glyphs, names = font.getGlyphSet(), font.getBestCmap() or {}
    for letter in letters:
        if ord(letter) not in names:
            message = f'it has no letter "{letter}"'
            raise BrokenFontError(message)
        glyphs[names[ord(letter)]].draw(NullPen())


def _has_serifs(panose: Any) -> bool:
    plain = _FIRST_SANS <= panose.bSerifStyle <= _LAST_SANS
    return not (panose.bFamilyType == _LATIN_TEXT and plain)


def _weights(axes: Any) -> tuple[float, float] | None:
    """Return the lightest and the heaviest weight of a variable font."""
    if axes is None:
        return None
    found = [(axis.minValue, axis.maxValue) for axis in axes.axes if axis.axisTag == "wght"]
    return found[0] if found else (REGULAR, REGULAR)


def _bare(font: Any, data: bytes) -> bytes:
    """Return a font without the compression of the web."""
    if font.flavor is None:
        return data
    font.flavor = None
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()


def cuts_of(font: FontFile, weight: int, *, has_bold: bool) -> Iterator[tuple[int, bytes]]:
    """Yield the static fonts of a file, with their weights: of a variable one, up to two."""
    if font.weights is None:
        yield weight, font.data
        return
    least, most = font.weights
    yield weight, _cut(font.data, min(max(weight, least), most))
    if weight == REGULAR and not has_bold and most >= BOLD:
        yield BOLD, _cut(font.data, BOLD)


def _cut(data: bytes, weight: float) -> bytes:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(data))
    request = hb.SubsetInput()
    request.keep_everything()
    for axis in face.axis_infos:
        place = weight if axis.tag == "wght" else axis.default_value
        request.pin_axis_location(face, axis.tag, place)
    return bytes(hb.subset(face, request).blob.data)


def cut_for_screens(data: bytes) -> bytes:
    """Return a static font as WOFF2 with few letters; nothing if that is too large for a page."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    for letters, features in ((_ON_SCREENS, _KERNED), (_FEW, _KERNED), (_FEW, ())):
        request = hb.SubsetInput()
        request.unicode_set.update((*letters, *_MARKS))
        request.layout_feature_tag_set.clear()
        request.layout_feature_tag_set.update(_tags(features))
        request.drop_table_tag_set.update(_tags(_UNUSED))
        request.name_id_set.clear()
        # Whose it is stays in it.
        request.name_id_set.add(0)
        request.flags |= hb.SubsetFlags.NO_HINTING
        small = bytes(hb.subset(hb.Face(hb.Blob(data)), request).blob.data)
        font = TTFont(io.BytesIO(small), recalcTimestamp=False)
        font["post"].formatType = 3
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made, reorderTables=None)
        if len(made.getvalue()) <= _MOST_ON_SCREENS:
            return made.getvalue()
    return b""


def _tags(names: Iterable[str]) -> set[int]:
    return {int.from_bytes(name.encode(), "big") for name in names}
