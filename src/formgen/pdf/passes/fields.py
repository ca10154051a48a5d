"""Give the places on a page the fields that they are for (ISO 32000-1, 12.7).

WeasyPrint lays the places out as check boxes, tagged and in the order of the page. What it
writes of other kinds of field is not left standing: radio groups that viewers cannot set, no
state for an unticked box, no appearance of text, no required or read-only flag
(WeasyPrint 70; see its issues 1831, 2726 and pull request 2881). It is mended before the file
is written: opening and saving it once more took an eighth of a printed form's time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from formgen.codes import Code
from formgen.model.forms.acroform import AcroField, AcroForm, Option
from formgen.pdf.engine.objects import PDF, Array, Dictionary, Stream, String
from formgen.pdf.passes import appearance
from formgen.pdf.passes.appearance import (
    ANY_SIZE,
    FONT_NAME,
    WIDE_FONT_NAME,
    FieldFont,
    default_appearance,
    font_for,
)
from formgen.pdf.passes.field_fonts import FieldFonts
from formgen.pdf.sheet import PdfError

# Field flags, table 221, 226 and 228.
READ_ONLY, REQUIRED = 1 << 0, 1 << 1
MULTILINE, DO_NOT_SCROLL, COMB = 1 << 12, 1 << 23, 1 << 24
NO_TOGGLE_TO_OFF, RADIO = 1 << 14, 1 << 15
COMBO, EDIT = 1 << 17, 1 << 18
PRINT = 1 << 2  # annotation flag, table 165
SYMBOLS = "ZaDb"
NAMES = (FONT_NAME, WIDE_FONT_NAME)
# The marks' letters in that font: a cross, a dot, a dot again.
_SYMBOLS = {"cross": "8", "dot": "l", "ring": "l"}
_MARKS = {
    "cross": appearance.draw_cross,
    "dot": appearance.draw_dot,
    "ring": appearance.draw_ring,
}
# What WeasyPrint wrote of a place that stays true, whatever the field.
_KEPT = {"Type", "Subtype", "Rect", "P", "StructParent"}


def make_fillable(pdf: PDF, forms: Sequence[AcroForm], font: FieldFont) -> None:
    """Give a file its fields before it is written. Raises PdfError.

    The tree has one root for each form, named after the document, so that fields keep their
    names in a packet of several documents.
    """
    _FieldWriter(pdf, forms, font).make()


class _FieldWriter:
    """What it takes to make the fields of one file."""

    def __init__(self, pdf: PDF, forms: Sequence[AcroForm], font: FieldFont) -> None:
        self.pdf, self.forms, self.font = pdf, forms, font
        # Numbers of objects that the check boxes had and nothing needs. To mark them as free
        # would do, if pydyf 0.13 did not write a wrong table of references then.
        self.spare: list[int] = []
        self.fonts = FieldFonts(font, self.add)
        # The marks of buttons that look the same are one object.
        self.marks: dict[tuple[str, float, float], bytes] = {}

    def add(self, thing: Any) -> bytes:
        """Add an object to the file; return the reference to it."""
        if self.spare:
            thing.number = self.spare.pop()
            self.pdf.objects[thing.number] = thing
        else:
            self.pdf.add_object(thing)
        reference: bytes = thing.reference
        return reference

    def make(self) -> None:
        """Put the fields on their places, and nothing else into the form."""
        places = self.places()
        for place in places.values():
            self.clear(place)
        roots = [self.root(form, places) for form in self.forms]
        symbols = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/ZapfDingbats"}
        letters = {FONT_NAME: self.fonts[FONT_NAME], **self.fonts.written}
        fonts = {**letters, SYMBOLS: self.add(Dictionary(symbols))}
        self.pdf.catalog["AcroForm"] = Dictionary(
            {
                "Fields": Array(roots),
                "DR": Dictionary({"Font": Dictionary(fonts)}),
                "DA": String(default_appearance(ANY_SIZE)),
            }
        )
        while self.spare:
            self.add(Dictionary())

    def root(self, form: AcroForm, places: Mapping[str, Any]) -> bytes:
        """Make the fields of one form, below one that bears the document's name."""
        made = Dictionary({"T": String(form.root), "TU": String(form.title)})
        reference = self.add(made)
        own = {
            name.removeprefix(form.prefix): place
            for name, place in places.items()
            if name.startswith(form.prefix)
        }
        made["Kids"] = Array(
            [
                self.field(field, own, reference)
                for field in form.fields
                if not field.is_spare or set(field.places) <= set(own)
            ]
        )
        return reference

    def places(self) -> dict[str, Any]:
        """Return the page's places by name; raises PdfError if they are not the forms'."""
        found = [
            thing
            for thing in self.pdf.objects
            if isinstance(thing, dict) and thing.get("Subtype") == "/Widget"
        ]
        there = [place["T"].string for place in found]
        wanted = [
            form.prefix + place
            for form in self.forms
            for field in form.fields
            for place in field.places
            if not field.is_spare or form.prefix + place in there
        ]
        for names, what in ((wanted, "fields"), (there, "places on the page")):
            counted = Counter(names)
            twice = next((name for name in names if counted[name] > 1), None)
            if twice is not None:
                message = f'two {what} are called "{twice}".'
                raise PdfError(Code.DUPLICATE_FIELD, message, "rename one.")
        for name in sorted(set(wanted) ^ set(there)):
            lacks = "no place on the page" if name in wanted else "no field in the form"
            message = f'there is {lacks} for "{name}".'
            raise PdfError(Code.NO_PLACE, message, "correct the template of its fields.")
        return dict(zip(there, found, strict=True))

    def field(self, field: AcroField, places: Mapping[str, Any], root: bytes) -> bytes:
        """Turn the places of a field into it, and return the reference to it."""
        widgets = [places[name] for name in field.places]
        if field.kind == "radio":
            made = Dictionary()
            self.add(made)
            self.group(field, made, widgets)
        else:
            (made,) = widgets
            made["Contents"] = String(field.tooltip)
            match field.kind:
                case "signature":
                    made["FT"] = "/Sig"
                    made["AP"] = Dictionary({"N": self.drawing("", 0, 0)})
                case "checkbox":
                    made["FT"] = "/Btn"
                    (option,) = field.options
                    self.button(made, option, field)
                    made["V"] = "/Off"
                case "list":
                    self.listed(field, made)
                case "text" | "multiline":
                    self.written(field, made)
                case _:
                    assert_never(field.kind)
        made["T"], made["TU"] = String(field.name), String(field.tooltip)
        made["Parent"] = root
        flags = made.get("Ff", 0)
        flags |= (REQUIRED if field.required else 0) | (READ_ONLY if field.read_only else 0)
        if flags:
            made["Ff"] = flags
        reference: bytes = made.reference
        return reference

    def clear(self, widget: Any) -> None:
        """Take out of a place what made it a check box."""
        for state in widget["AP"]["N"].values():
            self.spare.append(int(state.split()[0]))
        for key in set(widget) - _KEPT:
            del widget[key]
        widget["F"] = PRINT

    def group(self, field: AcroField, made: Any, widgets: Sequence[Any]) -> None:
        """Make a set of radio buttons, of which one may be chosen and, if optional, none."""
        made["FT"] = "/Btn"
        made["Ff"] = RADIO | (NO_TOGGLE_TO_OFF if field.required else 0)
        # No default: some programs take one for a choice, and mark every button.
        made["V"] = "/Off"
        made["Kids"] = Array([widget.reference for widget in widgets])
        for widget, option in zip(widgets, field.options, strict=True):
            widget["Parent"] = made.reference
            widget["Contents"] = String(option.label)
            self.button(widget, option, field)

    def button(self, widget: Any, option: Option, field: AcroField) -> None:
        """Give a button its two states and what each looks like."""
        width, height = _size(widget)
        drawn = _MARKS[field.mark](width, height)
        states = {
            option.state: self.mark(drawn, width, height),
            "Off": self.mark("", width, height),
        }
        widget["AP"] = Dictionary({"N": Dictionary(states)})
        widget["AS"] = "/Off"
        # For viewers that draw marks anew when a program has filled the file.
        widget["MK"] = Dictionary({"CA": String(_SYMBOLS[field.mark])})
        widget["DA"] = String(f"/{SYMBOLS} 0 Tf 0.1 g")

    def listed(self, field: AcroField, widget: Any) -> None:
        """Make a drop-down list of which nothing is chosen yet.

        What is kept of a choice is what it says: programs that fill a list in draw what they keep.
        """
        missing = self.font.missing("".join(field.listed))
        if missing:
            message = f'the font of fields has no "{missing}", which is in "{field.name}".'
            raise PdfError(Code.NO_GLYPH, message, "use other letters for it.")
        width, height = _size(widget)
        widget["FT"] = "/Ch"
        widget["Ff"] = COMBO | (EDIT if field.is_open else 0)
        widget["Opt"] = Array([String(each) for each in field.listed])
        widget["DA"] = String(default_appearance(ANY_SIZE, font_for("".join(field.listed))))
        widget["AP"] = Dictionary({"N": self.drawing("/Tx BMC EMC", width, height)})

    def written(self, field: AcroField, widget: Any) -> None:
        """Make a field that holds text, showing what it holds already."""
        width, height = _size(widget)
        font, text = self.font, field.value
        size = appearance.fitting_size(text, width, font)
        lines = field.kind == "multiline"
        if lines or field.comb:
            size = appearance.TEXT_SIZE
        elif not appearance.fits_line(text, size, width, font):
            # A long name that stands there already takes a second line before it is cut.
            lines, size = True, appearance.size_in_lines(text, width, height, font)
        # A page shows all that its fields hold: what is typed is set smaller as it grows, and
        # what could not be read any more is not taken.
        flags = DO_NOT_SCROLL
        most = appearance.most_letters(width, height, font, lines=lines)
        if missing := font.missing(text):
            message = f'the font of fields has no "{missing}", which is in "{field.name}".'
            raise PdfError(Code.NO_GLYPH, message, "use other letters for it.")
        if lines:
            flags |= MULTILINE
            drawn = appearance.draw_lines(text, size, width, height, font)
            fits = appearance.fits_lines(text, size, width, height, font)
        elif field.comb:
            flags, most = COMB, field.max_length
            drawn = appearance.draw_comb(text, field.max_length, width, height, font)
            fits = len(text) <= field.max_length
        else:
            drawn = appearance.draw_line(text, size, width, height, font)
            fits = True
        if not fits:
            message = f'what "{field.name}" is filled in with does not fit its place.'
            raise PdfError(Code.TOO_LONG, message, "shorten it, or make the field wider.")
        widget["FT"] = "/Tx"
        widget["Ff"] = flags
        fixed = field.comb or field.read_only
        name = font_for(field.value)
        widget["DA"] = String(default_appearance(size if fixed else ANY_SIZE, name))
        widget["V"] = widget["DV"] = String(field.value)
        widget["MaxLen"] = max(min(field.max_length or most, most), len(field.value))
        widget["AP"] = Dictionary({"N": self.drawing(drawn, width, height)})

    def drawing(self, content: str, width: float, height: float) -> bytes:
        """Return a form XObject with the field font at hand.

        Each field that holds text has its own: programs that fill it in write into it.
        """
        fonts = {name: self.fonts[name] for name in NAMES if f"/{name} " in content}
        extra = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": Array([0, 0, round(width, 3), round(height, 3)]),
            "Resources": Dictionary({"Font": Dictionary(fonts)} if fonts else {}),
        }
        return self.add(Stream([content.encode("ascii")], extra))

    def mark(self, content: str, width: float, height: float) -> bytes:
        """Return the drawing of a button's state, made once for all that look the same."""
        key = (content, round(width, 3), round(height, 3))
        if key not in self.marks:
            self.marks[key] = self.drawing(*key)
        return self.marks[key]


def _size(widget: Any) -> tuple[float, float]:
    """Return the width and height of a place, in points."""
    x0, y0, x1, y1 = widget["Rect"]
    return x1 - x0, y1 - y0
