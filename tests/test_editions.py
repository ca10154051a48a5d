"""pdf/engine/editions.py: one layout is written as it is printed, and with its fields."""

from dataclasses import replace

import pikepdf
import pytest

from formgen.model.forms.acroform import AcroField, AcroForm
from formgen.model.page_format import Edition
from formgen.pdf.sheet import Sheet
from tests.support.paper import pages_of
from tests.support.structure import elements_of, told_by
from tests.support.verapdf import validate

STYLE = """
.place { position: absolute; left: 0; top: 0; width: 40mm; height: 6mm }
.known { display: block; padding: 3mm 0 }
.box { position: absolute; border: 1pt solid; inset: 0 }
p, td { position: relative }
"""
BODY = """
<h1>Title</h1>
<p><span class="known paper-only">Łódź, known</span>Name<span class="screen-only"> (typed)</span>
<input type="checkbox" class="place" name="name"></p>
<div style="position: relative"><div class="line paper-only">ruled</div>
<div class="box screen-only">framed</div></div>
<table><tr><th scope="col">On</th></tr>
<tr><td><span class="paper-only">cell</span><input type="checkbox" class="place" name="cell"></td></tr></table>
<p>After all of it.</p>
"""  # noqa: E501
FIELDS = (AcroField("name", "text", "Name", "Known"), AcroField("cell", "text", "On"))
FORM = AcroForm("doc", "Title", "local", "1", FIELDS)
SHEET = Sheet(f'<html lang="en"><title>T</title><body>{BODY}</body></html>', (STYLE,), form=FORM)
BOTH: tuple[Edition, ...] = ("print", "fillable")


@pytest.fixture
def made(typesetter, tmp_path):
    """Give the paths of the files that one layout is written as."""
    files = typesetter(replace(SHEET, editions=BOTH)).files
    for name, pdf in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
    return {name: tmp_path / f"{name}.pdf" for name in files}


def words_in(path):
    return [word for page in pages_of(path) for word in page.words]


def test_what_stands_in_one_alone_is_in_no_other_s_text_and_tags(made):
    text = {name: {word.text for word in words_in(path)} for name, path in made.items()}
    told = {name: " ".join(each.text for each in told_by(path)) for name, path in made.items()}

    paper, screen = {"Łódź,", "known", "ruled", "cell"}, {"(typed)", "framed", "Known"}
    assert (text["print"] - text["fillable"], text["fillable"] - text["print"]) == (paper, screen)
    assert [word for word in ("(typed)", "framed") if word in told["print"]] == []
    assert [word for word in paper if word in told["fillable"]] == []
    assert all(word in told["print"] for word in paper)


def test_what_stands_in_both_has_one_place(made):
    places = {
        name: {word.text: (word.left, word.top) for word in words_in(path)}
        for name, path in made.items()
    }
    both = places["print"].keys() & places["fillable"].keys()

    assert {"Title", "Name", "On", "After", "it."} <= both
    assert {word: places["print"][word] for word in both} == {
        word: places["fillable"][word] for word in both
    }


def test_nothing_of_a_field_is_in_what_is_printed(made):
    with pikepdf.open(made["print"]) as printed, pikepdf.open(made["fillable"]) as fillable:
        kinds = {
            name: [each.kind for each in elements_of(pdf)]
            for name, pdf in (("print", printed), ("fillable", fillable))
        }
        assert ("/AcroForm" in printed.Root, "/AcroForm" in fillable.Root) == (False, True)
        assert ("/Annots" in printed.pages[0], len(fillable.pages[0].Annots)) == (False, 2)
        fonts = {
            str(font.BaseFont)
            for font in printed.objects
            if isinstance(font, pikepdf.Dictionary) and "/BaseFont" in font
        }
    assert (kinds["print"].count("Form"), kinds["fillable"].count("Form")) == (0, 2)
    assert fonts
    assert not [font for font in fonts if "Field" in font or "Dingbats" in font]


def test_both_keep_the_standards(made):
    assert validate(list(made.values())) == []


@pytest.mark.parametrize("edition", BOTH)
def test_a_file_is_the_same_whatever_else_is_written(edition, typesetter):
    alone = typesetter(replace(SHEET, editions=(edition,))).pdf
    orders = [BOTH, BOTH[::-1]]

    assert [
        typesetter(replace(SHEET, editions=order)).files[edition] == alone for order in orders
    ] == [True, True]


def test_a_font_has_no_letters_that_its_file_does_not_show(made):
    letters = {}
    for name, path in made.items():
        with pikepdf.open(path) as pdf:
            maps = [font.ToUnicode for font in pdf.pages[0].Resources.Font.values()]
            letters[name] = b"".join(each.read_bytes() for each in maps)

    assert {name: b"0141" in found for name, found in letters.items()} == {
        "print": True,
        "fillable": False,
    }


def test_what_cannot_be_filled_in_is_printed_all_the_same(typesetter):
    wrong = replace(FORM, fields=(*FIELDS, AcroField("more", "text", "More")))
    made = typesetter(replace(SHEET, form=wrong, editions=BOTH))

    assert (list(made.files), made.defects) == (["print"], ())
    assert {name: each.code for name, each in made.lacking.items()} == {"fillable": "no-place"}
