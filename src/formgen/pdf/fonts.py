"""Cut the static fonts that pages are set in from the variable ones of the dependencies.

WeasyPrint would cut each of them anew for every document, which takes longer than
setting it (measured: 0.3 of 0.5 s for a form). The cuts get names of our own, as the
licence (SIL OFL 1.1) asks of changed versions.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from formgen.sources.fonts import FALLBACK, SANS, SERIF

if TYPE_CHECKING:
    import uharfbuzz

# Changes whenever this module cuts differently.
_RECIPE = 2
_MANIFEST = "fonts.json"
# Tells Fontconfig where its configuration is.
FONTCONFIG = "FONTCONFIG_FILE"
_CONFIG = "fonts.conf"


@dataclass(frozen=True)
class Cut:
    """One static font: where it is cut from, its place on the axes, and its name."""

    source: str
    style: str
    family: str
    weight: int
    optical_size: float | None = None
    # Characters alone: no ligature or other form that a viewer could not undo.
    plain: bool = False

    @property
    def file_name(self) -> str:
        """Return the name of its file."""
        return f"{self.family.replace(' ', '')}-{self.weight}-{self.style}.ttf"


_TEXT_SIZE, _DISPLAY_SIZE = 11.0, 36.0
# What is typed into a PDF's fields, whole in each file.
FIELD = Cut(SANS, "normal", "Formgen Field", 400, plain=True)
CUTS = (
    FIELD,
    Cut(SERIF, "normal", "Formgen Serif", 400, _TEXT_SIZE),
    Cut(SERIF, "normal", "Formgen Serif", 600, _TEXT_SIZE),
    Cut(SERIF, "italic", "Formgen Serif", 400, _TEXT_SIZE),
    Cut(SERIF, "normal", "Formgen Display", 300, _DISPLAY_SIZE),
    Cut(SERIF, "normal", "Formgen Display", 400, _DISPLAY_SIZE),
    Cut(SERIF, "normal", "Formgen Display", 600, _DISPLAY_SIZE),
    Cut(SANS, "normal", "Formgen Sans", 300),
    Cut(SANS, "normal", "Formgen Sans", 400),
    Cut(SANS, "normal", "Formgen Sans", 600),
    Cut(SANS, "normal", "Formgen Sans", 700),
    Cut(SANS, "italic", "Formgen Sans", 400),
    Cut(FALLBACK, "normal", "Formgen Fallback", 400),
    Cut(FALLBACK, "normal", "Formgen Fallback", 700),
)

_LAYOUT_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"BASE")

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>{folder}</dir>
<cachedir>{folder}/fontconfig</cachedir>
</fontconfig>
"""


def font_folder(cache: Path) -> Path:
    """Return the folder of the static fonts, cutting them first if they are not whole.

    Its name is the hash of all that went into it, so two versions never mix.
    """
    folder = font_place(cache)
    if not _is_whole(folder):
        _cut_all(folder)
    return folder


def font_place(cache: Path) -> Path:
    """Return where the folder of the static fonts is, or would be."""
    return cache / "fonts" / _key()


def font_files(folder: Path) -> dict[str, bytes]:
    """Return the fonts by name, to be written on another machine."""
    return {cut.file_name: (folder / cut.file_name).read_bytes() for cut in CUTS}


def write_fonts(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the fonts of another machine, for `use_only`."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / _CONFIG).write_text(_config(folder), encoding="utf-8")


def cut_missing() -> None:
    """Cut the fonts of this process (`use_only`) if they are not there.

    Whoever sets nothing needs none, and is not made to wait for them.
    """
    config = Path(os.environ[FONTCONFIG])
    if not config.exists():
        font_folder(config.parent.parent.parent)


def field_font() -> Path:
    """Return the font of fields; the process must use our fonts (`use_only`)."""
    return Path(os.environ["FONTCONFIG_FILE"]).with_name(FIELD.file_name)


def use_only(folder: Path) -> None:
    """Make this process see these fonts and no others.

    Must be called before WeasyPrint is imported, since Fontconfig reads its
    configuration once.
    """
    os.environ[FONTCONFIG] = str(folder / _CONFIG)


def source_of(cut: Cut) -> Path:
    """Return the variable font that a font is cut from."""
    import fontpkg

    return Path(fontpkg.path(cut.source, style=cut.style))


def place_of(cut: Cut, face: uharfbuzz.Face) -> dict[str, float]:
    """Return the place of a cut on each axis of the font that it is cut from."""
    pins = {"wght": cut.weight, "wdth": 100.0, "opsz": cut.optical_size}
    return {axis.tag: pins.get(axis.tag) or axis.default_value for axis in face.axis_infos}


def _key() -> str:
    from importlib.metadata import version

    sources = {
        name: version(f"fontpkg-{name.lower().replace(' ', '-')}")
        for name in (SERIF, SANS, FALLBACK)
    }
    recipe = [
        _RECIPE,
        version("fonttools"),
        version("uharfbuzz"),
        sources,
        [asdict(cut) for cut in CUTS],
    ]
    return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:16]


def _is_whole(folder: Path) -> bool:
    """Tell whether every font is there, byte for byte as it was cut."""
    try:
        if (folder / _CONFIG).read_text(encoding="utf-8") != _config(folder):
            return False
        known = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return set(known) == {cut.file_name for cut in CUTS} and all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in known.items()
        )
    except (OSError, ValueError):
        return False


def _config(folder: Path) -> str:
    return _FONTCONFIG.format(folder=escape(str(folder)))


def _cut_all(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".cutting-"))
    try:
        digests = {}
        for cut in CUTS:
            _cut(cut, work / cut.file_name)
            digests[cut.file_name] = hashlib.sha256((work / cut.file_name).read_bytes()).hexdigest()
        (work / _CONFIG).write_text(_config(folder), encoding="utf-8")
        (work / _MANIFEST).write_text(json.dumps(digests, indent=1), encoding="utf-8")
        if _is_whole(folder):
            return
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)
    except OSError:
        # Another run may have put the same folder there first.
        if not _is_whole(folder):
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _cut(cut: Cut, target: Path) -> None:
    import io

    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    face = hb.Face(hb.Blob.from_file_path(str(source_of(cut))))
    request = hb.SubsetInput()
    if cut.plain:
        request.unicode_set.update(face.unicodes)
        request.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _LAYOUT_TABLES)
    else:
        request.keep_everything()
    for tag, value in place_of(cut, face).items():
        request.pin_axis_location(face, tag, value)
    cut_face = hb.subset(face, request)
    font = TTFont(io.BytesIO(cut_face.blob.data), recalcTimestamp=False)
    _rename(font, cut)
    font.save(target)


def _rename(font: object, cut: Cut) -> None:
    """Name the font after its cut, so that Fontconfig finds it by family, weight and style."""
    name_table = font["name"]  # type: ignore[index]
    style = f"{cut.weight}{' Italic' if cut.style == 'italic' else ''}"
    names = {
        1: f"{cut.family} {cut.weight}",
        2: "Italic" if cut.style == "italic" else "Regular",
        3: f"{cut.family} {style}",
        4: f"{cut.family} {style}",
        6: f"{cut.family} {style}".replace(" ", ""),
        16: cut.family,
        17: style,
    }
    for record in list(name_table.names):
        if record.nameID in {*names, 18, 21, 22, 25}:
            name_table.removeNames(nameID=record.nameID)
    for number, text in names.items():
        name_table.setName(text, number, 3, 1, 0x409)
    if "STAT" in font:  # type: ignore[operator]
        del font["STAT"]  # type: ignore[attr-defined]
    font["OS/2"].usWeightClass = cut.weight  # type: ignore[index]
