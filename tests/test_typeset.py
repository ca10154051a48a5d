"""typeset.py: HTML becomes a PDF, and whatever WeasyPrint passes over becomes a defect."""

import dataclasses
import gc
import logging
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from formgen.codes import Code
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.pdf.sheet import Defect, Sheet
from formgen.sources.layers import base_layer
from tests.support.composed import FORMATS
from tests.support.locals import SAMPLES
from tests.support.overlays import document_of
from tests.support.pdf import addresses_in, text_in
from tests.support.pictures import svg

HEAD = '<!doctype html><html lang="en"><head><title>t</title>'
CSS = "correct the style sheet."
LETTERS = "use other letters for it."


def sheet(body, *styles, head="", **assets):
    return Sheet(f"{HEAD}{head}</head><body>{body}</body></html>", styles, assets)


def test_a_clean_sheet_has_no_defects(typesetter):
    result = typesetter(
        sheet("<h1>Łódź</h1><p>Words, “quoted”.</p>", "h1 { color: #123456 }", "p { margin: 0 }")
    )

    assert result.pdf.startswith(b"%PDF-1.7")
    assert result.pdf.rstrip().endswith(b"%%EOF")
    assert (result.pages, result.defects) == (1, ())
    assert text_in(result.pdf) == "Łódź Words, “quoted”."


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_pages_are_counted(count, typesetter):
    body = "<p>x</p>".join(['<div style="break-after: page">x</div>'] * count)

    assert typesetter(sheet(body)).pages == count


@pytest.mark.parametrize(
    ("body", "styles", "defects"),
    [
        (
            '<p style="colour: red">x</p>',
            (),
            [Defect(Code.CSS, "Ignored `colour: red` at 1:1, unknown property.", CSS)],
        ),
        (
            "<p>x</p>",
            ("p {flum: 3}",),
            [Defect(Code.CSS, "Ignored `flum: 3` at 1:4, unknown property.", CSS)],
        ),
        (
            "<p>x</p>",
            ("p {color: bleu}\nh1 {width: 3}",),
            [
                Defect(Code.CSS, "Ignored `color: bleu` at 1:4, invalid value.", CSS),
                Defect(Code.CSS, "Ignored `width: 3` at 2:5, invalid value.", CSS),
            ],
        ),
        (
            "<p>x</p>",
            ("p::nothing { color: red }",),
            [Defect(Code.CSS, "Invalid or unsupported selector, 'p::nothing '.", CSS)],
        ),
        (
            "<p>x</p>",
            ("@flum x;",),
            [Defect(Code.CSS, "Unknown empty rule <AtRule @flum … { … }> at 1:1.", CSS)],
        ),
        (
            "<p>a 学 b</p>",
            (),
            [Defect(Code.NO_GLYPH, 'no font of ours can print all of "学".', LETTERS)],
        ),
        (
            "<p>\U0001f600</p>",
            (),
            [Defect(Code.NO_GLYPH, 'no font of ours can print all of "\U0001f600".', LETTERS)],
        ),
        (
            '<img alt="x" src="nothing.png">',
            (),
            [
                Defect(
                    Code.FETCH_DENIED,
                    "nothing.png is not a file of the stack.",
                    "copy the file into assets/ and name it with asset().",
                )
            ],
        ),
        (
            '<a href="#nowhere">x</a>',
            (),
            [
                Defect(
                    Code.TYPESET,
                    "No anchor #nowhere for internal URI reference.",
                    "correct the template.",
                )
            ],
        ),
        ('<p id="a">x</p><p id="a">y</p>', (), []),
    ],
)
def test_what_weasyprint_passes_over_is_a_defect(body, styles, defects, typesetter):
    assert list(typesetter(sheet(body, *styles)).defects) == defects


def test_a_defect_is_said_once_however_often_it_occurs(typesetter):
    body = '<p style="flum: 1">学</p>' * 3 + '<img alt="x" src="y.png">' * 3

    assert sorted(defect.code for defect in typesetter(sheet(body)).defects) == [
        "css",
        "fetch-denied",
        "no-glyph",
    ]


def test_a_long_address_is_cut_in_the_message(typesetter):
    (defect,) = typesetter(sheet(f'<img alt="x" src="data:image/png;base64,{"A" * 9999}">')).defects

    assert len(defect.message) < 200


def test_a_picture_that_cannot_be_drawn_is_named(typesetter):
    picture = svg('<rect width="9" height="9" transform="rotate(a)"/>')
    page = f'{HEAD}</head><body><img alt="x" src="formgen:assets/seal.svg"></body></html>'

    assert typesetter(Sheet(page, assets={"formgen:assets/seal.svg": picture})).defects == (
        Defect(
            Code.IMAGE_UNREADABLE,
            "the picture assets/seal.svg cannot be drawn.",
            "export it again as plain SVG, or as PNG.",
        ),
    )


def test_very_many_defects_are_told_as_the_first_and_a_count(typesetter):
    styles = "".join(f".a {{ nothing-{number}: 1 }}\n" for number in range(500))

    defects = typesetter(sheet("<p>x</p>", styles)).defects

    assert len(defects) == 101
    assert defects[-1].message == "Ignored 400 more, which are not listed."


@pytest.mark.parametrize("style", ["p { flum: 2 }", "@import 'http://127.0.0.1:9/x.css';"])
def test_a_defect_of_a_style_sheet_is_one_of_every_sheet_that_uses_it(style, typesetter):
    first = typesetter(sheet("<p>one</p>", style))
    second = typesetter(sheet("<p>two</p>", style))

    assert len(first.defects) == 1
    assert second.defects == first.defects
    assert typesetter(sheet("<p>three</p>")).defects == ()


def test_typesetting_twice_gives_the_same_bytes(typesetter):
    page = make_composer(resolve(SAMPLES[0]))
    for name in ("certificate-of-completion", "mentor-application"):
        composed = page.compose(document_of(page.kit, name), FORMATS["print"])
        first = typesetter(Sheet(composed.html, composed.styles, composed.assets))
        # Something else in between leaves no trace.
        typesetter(sheet("<p style='font-family: x'>words</p>"))
        again = typesetter(Sheet(composed.html, composed.styles, dict(composed.assets)))

        assert first.defects == ()
        assert again == first


def test_nothing_is_logged_or_left_behind(typesetter, caplog, capfd):
    logger = logging.getLogger("weasyprint")
    before = list(logger.handlers)
    typesetter(sheet('<p style="flum: 1">x</p><img alt="x" src="y">'))

    assert logger.handlers == before
    assert capfd.readouterr() == ("", "")


def test_a_sheet_that_cannot_be_set_raises_and_leaves_nothing_behind(typesetter):
    before = list(logging.getLogger("weasyprint").handlers)

    with pytest.raises(ZeroDivisionError):
        typesetter(sheet('<p style="font-size: 1e9px">x</p>'))
    assert logging.getLogger("weasyprint").handlers == before
    assert typesetter(sheet("<p>x</p>")).defects == ()


def test_no_path_of_this_machine_is_in_a_pdf(typesetter):
    body = '<a href="other.html">a</a><a href="https://example.org/">b</a><a href="#x" id="x">c</a>'
    result = typesetter(sheet(body))

    assert "https://example.org/" in addresses_in(result.pdf)
    assert not [address for address in addresses_in(result.pdf) if address.startswith("file:")]
    assert b"/work" not in result.pdf
    assert b"/home" not in result.pdf


def test_the_pdf_says_what_it_is_and_nothing_of_when_or_who(typesetter):
    from io import BytesIO

    from pypdf import PdfReader

    reader = PdfReader(BytesIO(typesetter(sheet("<h1>x</h1>")).pdf))

    assert reader.metadata.title == "t"
    assert set(reader.metadata) <= {"/Title", "/Producer"}
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_equal_sheets_are_equal():
    one, two = sheet("<p>x</p>", "p {}", a=b"x"), sheet("<p>x</p>", "p {}", a=b"x")

    assert one == two
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.html = ""


def test_lists_take_no_memory_that_is_not_given_back(typesetter):
    style = (base_layer().folder / "templates" / "styles" / "print.css").read_text("utf-8")
    items = "".join(f"<li>Item {number}</li>" for number in range(200))
    page = sheet(f"<ol>{items}</ol>", style, "ol { list-style: decimal }")

    def grown(times):
        before = psutil.Process().memory_full_info().uss
        for _ in range(times):
            typesetter(page)
            gc.collect()
        return psutil.Process().memory_full_info().uss - before

    grown(8)
    # Half a kilobyte for each item would come to a million bytes.
    assert grown(10) < 400_000
