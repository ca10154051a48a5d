"""acroform.py of press: the fields of a fillable PDF, as ISO 32000-1, 12.7 wants them."""

from __future__ import annotations

import copy
import io
from dataclasses import replace

import pikepdf
import pytest

from formgen.codes import Code
from formgen.compose.pages import make_composer
from formgen.pdf.passes.appearance import FONT_NAME, WIDE_FONT_NAME
from formgen.pdf.passes.fields import (
    COMB,
    DO_NOT_SCROLL,
    MULTILINE,
    NO_TOGGLE_TO_OFF,
    RADIO,
    READ_ONLY,
    REQUIRED,
)
from formgen.pdf.sheet import PdfError
from tests.support.composed import FORMATS, text_of
from tests.support.composed import sheet_of as made_of
from tests.support.overlays import FORM, document_of, overlaid
from tests.support.structure import elements_of

# Wider than any field.
LONG = " ".join(["on"] * 60)
EVERY_KIND = """\
sections:
  - name: s
    label: Everything
    fields:
      - {name: who, type: text, label: Your name, required: true}
      - {name: local, type: text, label: Local, default: "Łódź ESP", read_only: true}
      - {name: number, type: text, label: Number, max_length: 6, comb: true, default: "01245"}
      - {name: day, type: date, label: Day, width: 3}
      - {name: age, type: integer, label: Years, width: 3}
      - {name: why, type: multiline, label: Why, lines: 4, default: "One line\\nand one more line that goes {LONG}"}
      - {name: one, type: select_one, label: One, required: true, choices: [{name: a, label: Apple}, {name: b, label: Bread}]}
      - {name: free, type: select_one, label: Free, choices: [Yes please], or_other: true}
      - {name: many, type: select_multiple, label: Many, choices: [{name: c, label: Cake}], or_other: true}
      - {name: how-far, type: scale, label: How far, choices: ["No", "Yes"]}
      - {name: log, type: table, label: Log, rows: 2, columns: [{name: on, label: When, type: date}, {name: what, label: What}]}
      - {name: parts, type: table, label: Parts, row_labels: [First], columns: [{name: part, label: Part}, {name: note, label: Note}]}
      - {name: signed, type: signature, label: Signature}
""".replace("{LONG}", LONG)  # noqa: E501
ROOT = "mentor-application"


def sheet_of(folder, form=EVERY_KIND):
    kit = overlaid(folder, {FORM: form})
    composed = make_composer(kit).compose(document_of(kit, ROOT), FORMATS["fillable"])
    return made_of(composed, "fillable")


@pytest.fixture
def typeset(typesetter):
    def run(sheet):
        result = typesetter(sheet)
        assert result.defects == ()
        return pikepdf.open(io.BytesIO(result.pdf))

    return run


@pytest.fixture
def pdf(typeset, tmp_path):
    return typeset(sheet_of(tmp_path))


@pytest.fixture
def fields(pdf):
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields[0].Kids}


def test_the_tree_has_one_root_named_after_the_document(pdf):
    (root,) = pdf.Root.AcroForm.Fields

    assert (str(root.T), str(root.TU)) == (ROOT, "Mentor application")
    assert all(field.Parent == root for field in root.Kids)
    assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_the_fields_are_those_of_the_form_in_its_order(fields):
    assert list(fields) == [
        *["who", "local", "number", "day", "age", "why", "one", "free", "free__text"],
        *["many_c", "many_other", "many__text", "how-far"],
        # The page has room for as many rows again.
        *(f"log_{row}_{column}" for row in (1, 2, 3, 4) for column in ("on", "what")),
        *["parts_1_note", "signed"],
    ]
    assert not [name for name in fields if "." in name]


def test_each_field_has_its_type(fields):
    types = {name: str(field.FT) for name, field in fields.items()}

    assert {name for name, kind in types.items() if kind == "/Btn"} == {
        *["one", "free", "many_c", "many_other", "how-far"]
    }
    assert {name for name, kind in types.items() if kind == "/Sig"} == {"signed"}
    assert set(types.values()) == {"/Btn", "/Sig", "/Tx"}


@pytest.mark.parametrize(
    ("name", "tooltip"),
    [
        ("who", "Your name (required)"),
        ("day", "Day (mm/dd/yyyy)"),
        ("age", "Years (number)"),
        ("one", "One (required)"),
        ("many_c", "Many: Cake"),
        ("many__text", "Many: What else?"),
        ("log_2_on", "Log: When (mm/dd/yyyy), row 2"),
        ("parts_1_note", "Parts: Note, First"),
    ],
)
def test_a_tooltip_is_the_label_and_what_is_asked(name, tooltip, fields):
    assert str(fields[name].TU) == tooltip


def test_how_to_write_a_date_is_said_on_the_page(tmp_path):
    html = sheet_of(tmp_path).html

    for said in ("Day (mm/dd/yyyy)", "Years (number)", "Log When (mm/dd/yyyy)"):
        assert said in text_of(html).replace("  ", " ")


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("who", DO_NOT_SCROLL | REQUIRED),
        ("local", DO_NOT_SCROLL | READ_ONLY),
        ("number", COMB),
        ("why", DO_NOT_SCROLL | MULTILINE),
        ("one", RADIO | REQUIRED | NO_TOGGLE_TO_OFF),
        ("free", RADIO),
        ("many_c", 0),
    ],
)
def test_the_flags_say_what_a_field_takes(name, flags, fields):
    assert int(fields[name].get("/Ff", 0)) == flags


def test_what_is_known_is_filled_in_and_the_rest_is_empty(fields):
    texts = {name: str(field.V) for name, field in fields.items() if field.FT == "/Tx"}

    assert {name: text for name, text in texts.items() if text} == {
        "local": "Łódź ESP",
        "number": "01245",
        "why": f"One line\nand one more line that goes {LONG}",
    }
    assert all(fields[name].DV == fields[name].V for name in texts)
    assert "/V" not in fields["signed"]


def test_a_length_has_a_limit(fields):
    limits = {name: int(field.MaxLen) for name, field in fields.items() if field.FT == "/Tx"}

    asked = {"number": 6, "day": 30, "age": 12, **{f"log_{row}_on": 30 for row in (1, 2, 3, 4)}}
    assert {name: limits[name] for name in asked} == asked
    # The others take what they can show at a size that can be read.
    shown = {name: limit for name, limit in limits.items() if name not in asked}
    assert all(50 < limit < 3000 for limit in shown.values())
    assert shown["why"] > shown["who"]


def test_what_is_typed_gets_smaller_where_viewers_choose_the_size(fields):
    sizes = {name: str(field.DA).split()[:2] for name, field in fields.items() if field.FT == "/Tx"}

    assert sizes["who"] == sizes["why"] == [f"/{FONT_NAME}", "0"]
    assert sizes["number"] == [f"/{FONT_NAME}", "10.5"]
    # What nobody types into keeps the size that it has.
    assert sizes["local"] == [f"/{WIDE_FONT_NAME}", "10.5"]


def test_the_font_of_what_is_typed_is_one_that_every_program_can_set(pdf):
    fonts = pdf.Root.AcroForm.DR.Font
    simple, wide = fonts[f"/{FONT_NAME}"], fonts[f"/{WIDE_FONT_NAME}"]

    assert (simple.Subtype, simple.Encoding) == ("/TrueType", "/WinAnsiEncoding")
    assert len(simple.Widths) == int(simple.LastChar) - int(simple.FirstChar) + 1
    assert min(map(float, simple.Widths)) > 0
    # One file is the shape of both.
    assert simple.FontDescriptor == wide.DescendantFonts[0].FontDescriptor
    assert str(pdf.Root.AcroForm.DA).startswith(f"/{FONT_NAME} ")


def test_the_second_font_is_there_only_if_something_is_set_in_it(typeset, tmp_path):
    pdf = typeset(sheet_of(tmp_path, EVERY_KIND.replace("Łódź", "Åre")))

    assert f"/{WIDE_FONT_NAME}" not in pdf.Root.AcroForm.DR.Font


def states_of(widget):
    return sorted(widget.AP.N.keys())


def test_a_set_of_radio_buttons_is_one_field_with_a_state_for_each_answer(fields):
    assert [states_of(kid) for kid in fields["one"].Kids] == [["/Off", "/a"], ["/Off", "/b"]]
    assert [str(kid.Contents) for kid in fields["one"].Kids] == ["Apple", "Bread"]
    assert [states_of(kid) for kid in fields["free"].Kids] == [
        ["/Off", "/yes-please"],
        ["/Off", "/other"],
    ]
    assert states_of(fields["many_c"]) == ["/Off", "/c"]
    for name in ("one", "free", "how-far"):
        # PyPDFForm marks every button of a group that has a default.
        assert fields[name].V == "/Off"
        assert "/DV" not in fields[name]
        assert all(not {"/T", "/FT", "/Ff", "/V"} & set(kid.keys()) for kid in fields[name].Kids)


def widgets_of(pdf):
    return [
        annotation
        for page in pdf.pages
        for annotation in page.obj.get("/Annots", ())
        if annotation.Subtype == "/Widget"
    ]


def test_every_widget_has_an_appearance_a_page_and_a_place_among_the_tags(pdf):
    widgets = widgets_of(pdf)

    assert len(widgets) == 26
    for widget in widgets:
        assert "/N" in widget.AP
        assert int(widget.F) == 4
        assert "/StructParent" in widget
        assert widget.P.Type == "/Page"
    assert all(page.obj.Tabs == "/S" for page in pdf.pages)


def test_every_place_begins_with_its_lower_left_corner(pdf):
    rects = [[float(edge) for edge in widget.Rect] for widget in widgets_of(pdf)]

    assert [rect for rect in rects if not (rect[0] < rect[2] and rect[1] < rect[3])] == []


def test_an_element_of_a_field_holds_its_place_and_no_list(pdf):
    """What pyHanko follows from a signed file's structure to its fields."""
    elements = [each for each in elements_of(pdf) if each.kind == "Form"]

    assert len(elements) == len(widgets_of(pdf))
    assert {str(each.object.K.get("/Type")) for each in elements} == {"/OBJR"}


def text_in(stream):
    return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(stream)).decode("latin-1")


def test_text_that_stands_there_is_drawn_in_lines(fields):
    drawn = text_in(fields["why"].AP.N)

    assert drawn.count(" Tj") == 3
    assert text_in(fields["who"].AP.N).count(" Tj") == 0
    assert text_in(fields["number"].AP.N).count(" Tj") == 5


def test_each_field_of_text_has_an_appearance_of_its_own(fields):
    """A program that fills one in writes into its appearance."""
    texts = [field.AP.N.objgen for field in fields.values() if field.FT == "/Tx"]

    assert len(texts) == len(set(texts))


def test_the_order_of_the_fields_is_that_of_the_page(pdf, fields):
    places = [
        (-float(widget.Rect[1]), float(widget.Rect[0]))
        for name in ("who", "local", "number", "day", "age", "why")
        for widget in [fields[name]]
    ]

    assert places == sorted(places)


def test_typesetting_twice_gives_the_same_bytes(typesetter, tmp_path):
    sheet = sheet_of(tmp_path)

    assert typesetter(sheet).pdf == typesetter(sheet).pdf


# --- What cannot be made -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('name="who"', 'name="else"', "no-place"),
        ('name="who"', 'name="local"', "duplicate-field"),
        ("<h1>", '<input type="checkbox" name="more"><h1>', "no-place"),
    ],
)
def test_a_template_whose_places_are_not_those_of_the_form_is_refused(
    old, new, code, typesetter, tmp_path
):
    sheet = sheet_of(tmp_path)
    assert old in sheet.html

    with pytest.raises(PdfError) as problem:
        typesetter(replace(sheet, html=sheet.html.replace(old, new, 1)))
    assert problem.value.code == code


@pytest.mark.parametrize(
    ("value", "code"),
    [("x" * 400, "too-long"), ("学", "no-glyph")],
)
def test_what_a_field_cannot_show_is_refused(value, code, typesetter, tmp_path):
    sheet = sheet_of(tmp_path)
    assert sheet.form
    fields = tuple(
        replace(field, value=value) if field.name == "local" else field
        for field in sheet.form.fields
    )

    with pytest.raises(PdfError) as problem:
        typesetter(replace(sheet, form=replace(sheet.form, fields=fields)))
    assert problem.value.code == code
    assert "local" in problem.value.message


def test_a_problem_survives_the_way_out_of_a_worker():
    again = copy.copy(PdfError(Code.NO_PLACE, "message", "fix"))

    assert (again.code, again.message, again.fix) == (Code.NO_PLACE, "message", "fix")
