"""The fillable file is the printed page with fields in it, so that a pair may mix both."""

import re
from collections import Counter
from html import unescape

import pikepdf
import pytest

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.page_format import PAPER
from tests.support.locals import SAMPLES
from tests.support.overlays import document_of
from tests.support.paper import MM, pages_of

pytestmark = pytest.mark.slow

NEAR = 0.5 * MM
# What only a reader with a keyboard is told, such as how to write a date.
TOLD = re.compile(r'<span class="[^"]*screen-only">((?:[^<]|<span[^>]*>[^<]*</span>)*)</span>')
TAG = re.compile("<[^>]*>")


@pytest.fixture(params=SAMPLES, ids=lambda path: path.parent.name)
def forms(request, sample_kits):
    """Give the local, and its forms as they are printed and with fields."""
    kit = sample_kits[request.param.parent.name]
    fillable = sorted((kit / "fillable").glob("*.pdf"))
    assert len(fillable) > 25
    return request.param, [(kit / "print" / path.name, path) for path in fillable]


def words_of(path):
    return [(page.number, word) for page in pages_of(path) for word in page.words]


def apart(these, those):
    """Return the words of two files that have no like in the other one, at the same place."""
    left = list(those)
    alone = []
    for number, word in these:
        same = next(
            (
                other
                for other in left
                if (other[0], other[1].text) == (number, word.text)
                and abs(other[1].left - word.left) < NEAR
                and abs(other[1].top - word.top) < NEAR
            ),
            None,
        )
        if same:
            left.remove(same)
        else:
            alone.append((number, word))
    return alone, left


def filled_in(path):
    """Return the places of the fields that hold something, and what they hold."""
    found = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            height = float(page.MediaBox[3])
            for note in page.obj.get("/Annots", ()):
                if str(note.get("/V", "")) not in {"", "/Off"}:
                    x0, y0, x1, y1 = map(float, note.Rect)
                    found.append((number, (x0, height - y1, x1, height - y0), str(note.V)))
    return found


def is_held(printed, held):
    """Tell whether a word lies in the place of a field that holds it."""
    number, word = printed
    middle = (word.top + word.bottom) / 2
    return any(
        number == page
        and word.text in value
        and x0 - NEAR < word.left
        and word.right < x1 + NEAR
        and y0 < middle < y1
        for page, (x0, y0, x1, y1), value in held
    )


def test_words_stand_where_they_are_printed(forms):
    local, files = forms
    composer = make_composer(resolve(local))
    wrong = {}
    for printed, fillable in files:
        on_paper, on_screen = apart(words_of(printed), words_of(fillable))
        html = composer.compose(document_of(composer.kit, printed.stem), PAPER).html
        told = Counter(unescape(TAG.sub("", " ".join(TOLD.findall(html)))).split())
        held = filled_in(fillable)
        strays = [each[1].text for each in on_paper if not is_held(each, held)]
        said = Counter(each[1].text for each in on_screen if not is_held(each, held))
        if strays or said != told:
            wrong[printed.stem] = (strays, said - told, told - said)
    assert wrong == {}


def test_pages_are_as_many(forms):
    _, files = forms
    assert [
        printed.stem
        for printed, fillable in files
        if len(pages_of(printed)) != len(pages_of(fillable))
    ] == []
