"""A black-and-white proof: the same file in the grays that a copier makes of its colours.

Only colours change, so tags, links and both standards stay. Grays are those that ISO 32000-1
gives for RGB and CMYK (10.3.2, 10.3.3), as printers without colour make them.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from formgen.codes import Code
from formgen.model.looks.colour import contrast
from formgen.pdf.files.save import pdf_bytes
from formgen.pdf.sheet import PdfError

Colour = tuple[float, ...]
_RED, _GREEN, _BLUE = 0.3, 0.59, 0.11
_RGB, _CMYK = 3, 4
# What sets a colour inside, and what along lines.
_INSIDE, _ALONG = ("rg", "k", "sc", "scn"), ("RG", "K", "SC", "SCN")
_OPERATORS = {**dict.fromkeys(_INSIDE, "g"), **dict.fromkeys(_ALONG, "G")}
_TOLD = ("/DeviceRGB", "/DeviceCMYK")
_COLOURLESS = ("/Pattern", "/DeviceGray")
# How far apart colours are that people tell apart at once, and grays that they do not.
_APART = 0.35
_ALIKE = 1.15
# Less than this between the strongest and the weakest of red, green and blue is a gray.
_COLOURFUL = 0.15


@dataclass(frozen=True)
class Alike:
    """Two colours, as #rrggbb, that come out as one gray."""

    one: str
    other: str
    gray: str


def to_gray(pdf: bytes) -> tuple[bytes, int, tuple[Alike, ...]]:
    """Return a file in grays, its number of pages, and the colours that become alike.

    Raises PdfError for a colour that cannot be told, such as that of an ink.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        grays = _Grays(file)
        grays.turn()
        return pdf_bytes(file), len(file.pages), tuple(_alike(grays.painted))


def gray_of(colour: Sequence[float]) -> float:
    """Return the gray of a colour of three or four parts, from 0 (black) to 1 (white)."""
    if len(colour) == _CMYK:
        cyan, magenta, yellow, black = colour
        return 1 - min(1.0, _RED * cyan + _GREEN * magenta + _BLUE * yellow + black)
    if len(colour) == _RGB:
        return _RED * colour[0] + _GREEN * colour[1] + _BLUE * colour[2]
    return colour[0]


def _alike(painted: Sequence[Colour]) -> Iterator[Alike]:
    """Yield pairs of colours that differ at a glance, and whose grays do not."""
    colourful = [each for each in painted if max(each) - min(each) >= _COLOURFUL]
    for one, other in itertools.combinations(colourful, 2):
        grays = [_written([gray_of(each)] * _RGB) for each in (one, other)]
        distance = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        if distance >= _APART and contrast(*grays) < _ALIKE:
            yield Alike(_written(one), _written(other), grays[0])


def _written(colour: Sequence[float]) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in colour)


class _Grays:
    """Turns everything that a file draws into grays."""

    def __init__(self, file: Any) -> None:
        self.file = file
        # The colours that pages paint with, in the order of their first use.
        self.painted: list[Colour] = []
        # What two pages share is turned once.
        self._done: set[tuple[int, int]] = set()

    def turn(self) -> None:
        """Turn every page, and what it draws."""
        for page in self.file.pages:
            contents = page.obj.get("/Contents")
            if contents is not None and self._first(contents):
                page.contents_coalesce()
                self._stream(page.obj.Contents)
            self._resources(page.obj.get("/Resources"))
            for note in page.obj.get("/Annots", ()):
                self._drawing(note.get("/AP", {}).get("/N"))

    def _first(self, thing: Any) -> bool:
        """Tell whether something is met for the first time."""
        if not thing.is_indirect:
            return True
        if thing.objgen in self._done:
            return False
        self._done.add(thing.objgen)
        return True

    def _drawing(self, drawing: Any) -> None:
        if isinstance(drawing, pikepdf.Stream):
            if self._first(drawing):
                self._picture(drawing)
        elif isinstance(drawing, pikepdf.Dictionary):
            for key in drawing.keys():  # noqa: SIM118  (what pikepdf gives)
                self._drawing(drawing[key])

    def _picture(self, picture: Any) -> None:
        if picture.get("/Subtype") == "/Image":
            self._image(picture)
            return
        self._stream(picture)
        self._resources(picture.get("/Resources"))

    def _resources(self, resources: Any) -> None:
        if resources is None or not self._first(resources):
            return
        for drawing in _values(resources.get("/XObject")):
            self._drawing(drawing)
        for pattern in _values(resources.get("/Pattern")):
            if self._first(pattern):
                if int(pattern.PatternType) == 1:
                    self._picture(pattern)
                else:
                    self._shading(pattern.Shading)
        for shading in _values(resources.get("/Shading")):
            self._shading(shading)
        for state in _values(resources.get("/ExtGState")):
            mask = state.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary):
                self._drawing(mask.G)

    def _stream(self, stream: Any) -> None:
        out: list[Any] = []
        for each in pikepdf.parse_content_stream(stream):
            name, operands = str(each.operator), each.operands
            if name in _OPERATORS and len(operands) >= _RGB:
                colour = tuple(float(part) for part in operands)
                self._note(colour)
                gray = round(gray_of(colour), 4)
                out.append(([gray], pikepdf.Operator(_OPERATORS[name])))
            elif name in {"cs", "CS"} and str(operands[0]) in _TOLD:
                continue  # the colour that follows tells how many parts it has
            elif name in {"cs", "CS"} and str(operands[0]) not in _COLOURLESS:
                raise _unknown(f"a color space {operands[0]}")
            elif name == "INLINE IMAGE":
                raise _unknown("a picture among its text")
            else:
                out.append(each)
        stream.write(pikepdf.unparse_content_stream(out))

    def _note(self, colour: Colour) -> None:
        if len(colour) == _RGB and colour not in self.painted:
            self.painted.append(colour)

    def _image(self, image: Any) -> None:
        """Turn an image; what it lets through stays."""
        if image.get("/ImageMask") or image.get("/ColorSpace") == "/DeviceGray":
            return
        if image.get("/Mask") is not None and isinstance(image.Mask, pikepdf.Array):
            raise _unknown("a picture in which a color stands for nothing")
        try:
            picture = pikepdf.PdfImage(image).as_pil_image().convert("L")
        except (pikepdf.PdfError, NotImplementedError, OSError, ValueError):
            raise _unknown("a picture") from None
        image.write(picture.tobytes())
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        for key in ("/Decode", "/Intent"):
            if key in image:
                del image[key]

    def _shading(self, shading: Any) -> None:
        """Turn a gradient: between two colours, the gray is between their grays."""
        if not self._first(shading) or shading.ColorSpace == "/DeviceGray":
            return
        if int(shading.ShadingType) > 3 or not _is_rgb(shading.ColorSpace):  # noqa: PLR2004
            raise _unknown("a gradient")
        self._function(shading.Function)
        shading.ColorSpace = pikepdf.Name.DeviceGray
        if "/Background" in shading:
            shading.Background = _one(shading.Background)

    def _function(self, function: Any) -> None:
        if not self._first(function):
            return
        kind = int(function.FunctionType)
        if kind == 3:  # noqa: PLR2004  (several, one after the other)
            for part in function.Functions:
                self._function(part)
        elif kind == 2:  # noqa: PLR2004  (from one colour to another)
            for key in ("/C0", "/C1"):
                function[key] = _one(function[key])
        else:
            raise _unknown("a gradient")
        if "/Range" in function:
            del function["/Range"]


def _one(colour: Any) -> Any:
    return pikepdf.Array([round(gray_of([float(each) for each in colour]), 4)])


def _values(dictionary: Any) -> list[Any]:
    return [dictionary[key] for key in dictionary.keys()] if dictionary is not None else []  # noqa: SIM118


def _is_rgb(space: Any) -> bool:
    if space == "/DeviceRGB":
        return True
    based = isinstance(space, pikepdf.Array) and space[0] == "/ICCBased"
    return based and int(space[1].N) == _RGB


def _unknown(what: str) -> PdfError:
    return PdfError(Code.NOT_GRAY, f"{what} in it cannot be made gray.", "draw it in plain RGB.")
