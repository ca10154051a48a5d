"""Give the places on a page the fields that they are for (ISO 32000-1, 12.7).

WeasyPrint lays the places out as check boxes, tagged and in the order of the page. What it
writes of other kinds of field is not left standing: radio groups that viewers cannot set, no
state for an unticked box, no appearance of text, no required or read-only flag
(WeasyPrint 70; see its issues 1831, 2726 and pull request 2881).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formgen.model.acroform import AcroField, AcroForm, Option
from formgen.press import appearance
from formgen.press.appearance import FONT_NAME, FieldFont, default_appearance, read_font

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf

# Field flags, table 221, 226 and 228.
READ_ONLY, REQUIRED = 1 << 0, 1 << 1
MULTILINE, DO_NOT_SCROLL, COMB = 1 << 12, 1 << 23, 1 << 24
NO_TOGGLE_TO_OFF, RADIO = 1 << 14, 1 << 15
PRINT = 1 << 2  # annotation flag, table 165
SYMBOLS = "ZaDb"
# The marks' letters in that font: a cross, a dot, a dot again.
_SYMBOLS = {"cross": "8", "dot": "l", "ring": "l"}
# What WeasyPrint wrote of a place that stays true, whatever the field.
_KEPT = {"/Type", "/Subtype", "/Rect", "/P", "/StructParent"}


class FieldsError(Exception):
    """The page and the form do not agree, or a value cannot be shown: code, message, remedy."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        """Keep the parts of the finding that it becomes."""
        # All of them, so that it survives the way out of a worker.
        super().__init__(code, message, fix)
        self.code, self.message, self.fix = code, message, fix


def make_fillable(pdf: bytes, form: AcroForm, font_file: Path) -> bytes:
    """Return the PDF with its fields. Raises FieldsError.

    The tree has one root, named after the document, so that fields keep their names in a
    packet of several documents.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        _Maker(file, form, read_font(font_file)).make()
        out = io.BytesIO()
        file.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


class _Maker:
    """What it takes to make the fields of one file."""

    def __init__(self, pdf: Pdf, form: AcroForm, font: FieldFont) -> None:
        import pikepdf

        self.pdf, self.form, self.font = pdf, form, font
        self.name, self.text = pikepdf.Name, pikepdf.String
        self.array, self.dictionary = pikepdf.Array, pikepdf.Dictionary
        self.font_object = _write_font(pdf, font)
        self.nothing = self.drawing("", 0, 0)

    def make(self) -> None:
        """Put the fields on their places, and nothing else into the form."""
        places = self.places()
        root = self.pdf.make_indirect(
            self.dictionary(
                T=self.text(self.form.document), TU=self.text(self.form.title), Kids=self.array()
            )
        )
        for field in self.form.fields:
            root.Kids.append(self.field(field, places, root))
        self.pdf.Root.AcroForm = self.dictionary(
            Fields=self.array([root]),
            DR=self.dictionary(
                Font=self.dictionary(
                    {f"/{FONT_NAME}": self.font_object, f"/{SYMBOLS}": self.symbols()}
                )
            ),
            DA=self.text(default_appearance()),
        )

    def places(self) -> dict[str, Any]:
        """Return the page's places by name; raises FieldsError if they are not the form's."""
        found: list[Any] = [
            annotation
            for page in self.pdf.pages
            for annotation in page.obj.get("/Annots", ())
            if annotation.get("/Subtype") == self.name.Widget
        ]
        there = [str(place.get("/T", "")) for place in found]
        wanted = [place for field in self.form.fields for place in field.places]
        for names, what in ((wanted, "fields"), (there, "places on the page")):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                message = f'two {what} are called "{twice}".'
                raise FieldsError("duplicate-field", message, "rename one.")
        for name in set(wanted) ^ set(there):
            lacks = "no place on the page" if name in wanted else "no field in the form"
            message = f'there is {lacks} for "{name}".'
            raise FieldsError("no-place", message, "correct the template of its fields.")
        return dict(zip(there, found, strict=True))

    def field(self, field: AcroField, places: Mapping[str, Dictionary], root: Object) -> Object:
        """Turn the places of a field into it, and return it."""
        widgets = [places[name] for name in field.places]
        for widget in widgets:
            for key in set(widget.keys()) - _KEPT:
                del widget[key]
            widget.F = PRINT
        if field.kind == "radio":
            made = self.pdf.make_indirect(self.dictionary(Kids=self.array(widgets)))
            self.group(field, made, widgets)
        else:
            (made,) = widgets
            made.Contents = self.text(field.tooltip)
            if field.kind == "signature":
                made.FT = self.name.Sig
                made.AP = self.dictionary(N=self.nothing)
            elif field.kind == "checkbox":
                made.FT = self.name.Btn
                (option,) = field.options
                self.button(made, option, field)
                made.V = made.DV = self.name.Off
            else:
                self.written(field, made)
        made.T, made.TU = self.text(field.name), self.text(field.tooltip)
        made.Parent = root
        flags = int(made.get("/Ff", 0))
        flags |= (REQUIRED if field.required else 0) | (READ_ONLY if field.read_only else 0)
        if flags:
            made.Ff = flags
        return made

    def group(self, field: AcroField, made: Object, widgets: list[Dictionary]) -> None:
        """Make a set of radio buttons, of which one may be chosen and, if optional, none."""
        made.FT = self.name.Btn
        made.Ff = RADIO | (NO_TOGGLE_TO_OFF if field.required else 0)
        made.V = made.DV = self.name.Off
        for widget, option in zip(widgets, field.options, strict=True):
            widget.Parent = made
            widget.Contents = self.text(option.label)
            self.button(widget, option, field)

    def button(self, widget: Dictionary, option: Option, field: AcroField) -> None:
        """Give a button its two states and what each looks like."""
        draw = {"cross": appearance.draw_cross, "dot": appearance.draw_dot}.get(
            field.mark, appearance.draw_ring
        )
        width, height = _size(widget)
        on = self.drawing(draw(width, height), width, height)
        off = self.drawing("", width, height)
        widget.AP = self.dictionary(N=self.dictionary({f"/{option.state}": on, "/Off": off}))
        widget.AS = self.name.Off
        # For viewers that draw marks anew when a program has filled the file.
        widget.MK = self.dictionary(CA=self.text(_SYMBOLS[field.mark]))
        widget.DA = self.text(f"/{SYMBOLS} 0 Tf 0.1 g")

    def symbols(self) -> Any:
        """Return the standard font of marks, which no viewer needs to be given."""
        return self.pdf.make_indirect(
            self.dictionary(
                Type=self.name.Font, Subtype=self.name.Type1, BaseFont=self.name.ZapfDingbats
            )
        )

    def written(self, field: AcroField, widget: Dictionary) -> None:
        """Make a field that holds text, showing what it holds already."""
        width, height = _size(widget)
        size = appearance.TEXT_SIZE
        widget.FT = self.name.Tx
        # What does not fit is not taken: a page shows all that its fields hold.
        flags = DO_NOT_SCROLL
        if missing := self.font.missing(field.value):
            message = f'the font of fields has no "{missing}", which is in "{field.name}".'
            raise FieldsError("no-glyph", message, "use other letters for it.")
        if field.kind == "multiline":
            flags |= MULTILINE
            drawn = appearance.draw_lines(field.value, width, height, self.font)
        elif field.comb:
            flags = COMB
            drawn = appearance.draw_comb(field.value, field.max_length, width, height, self.font)
        else:
            size = appearance.fitting_size(field.value, width, self.font)
            drawn = appearance.draw_line(field.value, size, width, height, self.font)
        if not appearance.fits(field, size, width, height, self.font):
            message = f'what "{field.name}" is filled in with does not fit its place.'
            raise FieldsError("too-long", message, "shorten it, or make the field wider.")
        widget.Ff = flags
        widget.DA = self.text(default_appearance(size))
        widget.V = widget.DV = self.text(field.value)
        if field.max_length:
            widget.MaxLen = field.max_length
        widget.AP = self.dictionary(N=self.drawing(drawn, width, height))

    def drawing(self, content: str, width: float, height: float) -> Any:
        """Return a form XObject with the field font at hand."""
        stream = self.pdf.make_stream(content.encode("ascii"))
        stream.Type, stream.Subtype = self.name.XObject, self.name.Form
        stream.BBox = self.array([0, 0, round(width, 3), round(height, 3)])
        fonts = {f"/{FONT_NAME}": self.font_object} if "Tf" in content else {}
        stream.Resources = self.dictionary({"/Font": self.dictionary(fonts)} if fonts else {})
        return stream


def _size(widget: Dictionary) -> tuple[float, float]:
    """Return the width and height of a place, in points; its corners come in any order."""
    x0, y0, x1, y1 = (float(value) for value in widget.Rect)
    return abs(x1 - x0), abs(y1 - y0)


def _write_font(pdf: Pdf, font: FieldFont) -> Any:
    """Write the field font whole, as a composite font (9.7): glyphs are its codes."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    file = Stream(pdf, font.file, Filter=Name.FlateDecode, Length1=font.length)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{font.name}"),
        Flags=4,
        FontBBox=Array([round(value) for value in font.bbox]),
        ItalicAngle=0,
        Ascent=round(font.ascent),
        Descent=round(font.descent),
        CapHeight=round(font.cap_height),
        StemV=80,
        FontFile2=file,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{font.name}"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([0, Array(list(font.widths))]),
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{font.name}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=Stream(pdf, font.to_unicode),
        )
    )
