"""Cut the typefaces of web pages, which hold their own: few weights, and few letters."""

from __future__ import annotations

import base64
import io
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from formgen.pdf.fonts import CUTS, place_of, source_of

# As much as the typefaces of a page may take in it, as the text that they are there.
MOST_BYTES = 25_000
# How styles name a typeface: "formgen:face/sans-400".
ADDRESS = "formgen:face/"
_NAMED = re.compile(rf'"{ADDRESS}([a-z0-9-]+)"')
_MARKS = " .,:;!?’‘“”–—·()&/-@\xa0"
_SHOWN = string.ascii_letters + string.digits + _MARKS
# What people type, besides what pages say.
_TYPED = "'\"#$%+*=_…•áéíóúñÁÉÑ"
_STYLES = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
# Of the names of a font, whose it is.
_COPYRIGHT = 0
_HEAD = "data:font/woff2;base64,"


@dataclass(frozen=True)
class Face:
    """A typeface of web pages: what it is cut from, and the letters that it always has."""

    family: str
    weight: int
    letters: str = _SHOWN
    # Set large enough that letters which stand too far apart are seen.
    is_large: bool = True


FACES: Mapping[str, Face] = MappingProxyType(
    {
        "sans-400": Face("Formgen Sans", 400, _SHOWN + _TYPED, is_large=False),
        "sans-600": Face("Formgen Sans", 600, is_large=False),
        "serif-400": Face("Formgen Serif", 400),
        "display-600": Face("Formgen Display", 600),
    }
)


def asked_faces(html: str) -> dict[str, list[str]]:
    """Return which typefaces a page names, and the letters in it that those do not always have."""
    names = sorted(set(_NAMED.findall(html)) & set(FACES))
    said = set(_STYLES.sub("", html)) if names else set()
    return {
        "faces": names,
        "letters": sorted(each for each in said - set(_SHOWN) if each not in string.punctuation),
    }


def cut_faces(names: Iterable[str], letters: str) -> dict[str, bytes]:
    """Return typefaces as WOFF2, with more letters than always; they fit on a page together.

    Where there is no room for everything, large type is no longer kerned, and then the letters
    more are left to the reader's own typefaces.
    """
    listed = sorted(names)
    large = [name for name in listed if FACES[name].is_large] or listed
    for is_kerned, more in ((True, letters), (False, letters), (True, "")):
        kerned = large if is_kerned else ()
        made = {name: _cut(FACES[name], more, is_kerned=name in kerned) for name in listed}
        if sum(map(_size, made.values())) <= MOST_BYTES:
            break
    return made


def _size(data: bytes) -> int:
    return len(_HEAD) + len(base64.b64encode(data))


def _cut(face: Face, more: str, *, is_kerned: bool) -> bytes:
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    cut = next(
        each
        for each in CUTS
        if (each.family, each.weight, each.style) == (face.family, face.weight, "normal")
    )
    source = hb.Face(hb.Blob.from_file_path(str(source_of(cut))))
    request = hb.SubsetInput()
    request.unicode_set.update(map(ord, face.letters + more))
    request.layout_feature_tag_set.clear()
    features = ("mark", "ccmp", "kern") if is_kerned else ("mark", "ccmp")
    request.layout_feature_tag_set.update(_tags(features))
    request.drop_table_tag_set.update(_tags(["BASE", "DSIG", "GDEF", "STAT", "gasp"]))
    request.name_id_set.clear()
    request.name_id_set.add(_COPYRIGHT)
    request.flags |= hb.SubsetFlags.NO_HINTING
    for tag, value in place_of(cut, source).items():
        request.pin_axis_location(source, tag, value)
    font = TTFont(io.BytesIO(hb.subset(source, request).blob.data), recalcTimestamp=False)
    # The licence asks for another name than the font's that it is cut from.
    font["name"].setName(face.family, 1, 3, 1, 0x409)
    font["post"].formatType = 3
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()


def _tags(names: Iterable[str]) -> set[int]:
    return {int.from_bytes(name.encode(), "big") for name in names}
