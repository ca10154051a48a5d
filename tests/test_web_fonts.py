"""web_fonts.py: the typefaces that stand in web pages, with few letters and within their limit."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from formgen.pdf.web_fonts import FACES, MOST_BYTES, asked_faces, cut_faces
from formgen.sources.layers import base_layer

SHEETS = ("faces-titles.css", "faces-prose.css", "faces-sans.css")


def faces_of(sheet):
    style = (base_layer().folder / "templates/styles" / sheet).read_text(encoding="utf-8")
    return asked_faces(style)["faces"]


def size_in_page(made):
    return sum(len(base64.b64encode(data)) for data in made.values())


def covered(data):
    return set(map(chr, TTFont(io.BytesIO(data)).getBestCmap()))


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("letters", ["", "éñł", "".join(map(chr, range(0xA1, 0x180)))])
def test_the_typefaces_of_a_page_stay_within_their_limit(sheet, letters):
    made = cut_faces(faces_of(sheet), letters)

    assert size_in_page(made) <= MOST_BYTES == 25_000
    assert sorted(made) == faces_of(sheet)
    for name, data in made.items():
        assert data[:4] == b"wOF2"
        assert covered(data) >= set(FACES[name].letters)


def test_letters_that_a_page_has_more_are_in_all_of_its_typefaces():
    asked = asked_faces('<style>src: url("formgen:face/sans-400") ü</style><p>Łódź & José</p>')
    made = cut_faces(("sans-400", "display-600"), "".join(asked["letters"]))

    assert asked == {"faces": ["sans-400"], "letters": ["é", "ó", "Ł", "ź"]}
    for data in made.values():
        assert covered(data) >= set("Łódźé")


def test_the_same_letters_give_the_same_bytes():
    assert cut_faces(["sans-600"], "é") == cut_faces(["sans-600"], "é")


def test_a_typeface_is_named_ours_and_says_whose_it_was():
    [data] = cut_faces(["display-600"], "").values()
    names = TTFont(io.BytesIO(data))["name"]

    assert names.getDebugName(1) == "Formgen Display"
    assert re.search("Adobe", names.getDebugName(0))
