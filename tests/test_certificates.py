"""Certificates: names in steps of size, and the engraving round them."""

import re
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest

from formgen.compose.figures.engraving import draw_border, draw_rosette
from formgen.compose.figures.names import initials_of, set_name
from formgen.compose.pages import make_composer
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.pdf.sheet import Sheet
from tests.support.composed import FORMATS
from tests.support.laid_out import laid_out, places_of
from tests.support.locals import write_local
from tests.support.paper import pages_of
from tests.support.pictures import svg
from tests.support.tiny import write_tiny
from tests.support.verapdf import validate

SHORT = "Ada Sample"
OF_60 = "Charlotte-Amélie Sample-Beispielhaus von Musterstadt-Oberhaus"[:60]
OF_95 = (
    "Maria Guadalupe Concepción Sample-Beispielhaus de la Fontaine y Montenegro-Oberhausen of River"
)
OF_200 = f"{OF_95} and {OF_95} of Saltmarsh"[:200]
DOCUMENT = "certificate-of-completion"
NAMES = {
    SHORT: ((SHORT,), 36),
    "Emerson Bartholomew Example": (("Emerson Bartholomew Example",), 27),
    "Emerson Bartholomew Example of Little Sample": (
        ("Emerson Bartholomew Example of Little Sample",),
        21,
    ),
    "Anna-Maria-Charlotte-Amélie-Guadalupe-Concepción-Wilhelmina": (
        ("Anna-Maria-Charlotte-Amélie-", "Guadalupe-Concepción-Wilhelmina"),
        20,
    ),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_as_large_as_its_letters_allow(name, expected):
    found = set_name(name)

    assert (found.lines, found.size) == expected


@pytest.mark.parametrize("name", [OF_60, OF_95, OF_200], ids=["60", "95", "200"])
def test_a_long_name_is_on_two_lines_broken_between_words(name):
    found = set_name(name)

    assert found.fits
    assert " ".join(found.lines) == name
    first, second = map(len, found.lines)
    assert abs(first - second) < 20


def composed(composer, name, look="print", **known):
    entry = dict.fromkeys(composer.wording.context["entry"], "") | {"mentee_name": name, **known}
    document = next(each for each in composer.kit.documents if each.id == DOCUMENT)
    return composer.compose(document, FORMATS[look], entry)


def printed(composer, name, typesetter, folder, look="print", **known):
    page = composed(composer, name, look, **known)
    made = typesetter(Sheet(page.html, page.styles, page.assets, fits_one_page=True))
    assert made.defects == ()
    path = folder / f"{look}.pdf"
    path.write_bytes(made.files["print"])
    return path


@pytest.fixture
def composer(tmp_path):
    return make_composer(resolve(write_tiny(tmp_path / "tiny") / "local.yaml"))


@pytest.mark.parametrize("look", ["print", "large-print"])
@pytest.mark.parametrize("name", [OF_60, OF_95, OF_200], ids=["60", "95", "200"])
def test_a_long_name_is_printed_on_two_lines_far_above_the_signatures(
    name, look, composer, typesetter, tmp_path
):
    path = printed(composer, name, typesetter, tmp_path, look)

    (page,) = pages_of(path)
    said, asked = [word.text for word in page.words], name.split()
    (at,) = (n for n in range(len(said)) if said[n : n + len(asked)] == asked)
    lines = sorted({round(word.bottom) for word in page.words[at : at + len(asked)]})
    assert len(lines) == 2
    foot = [word.top for word in page.words if word.text == "President,"]
    assert foot[0] - lines[-1] > 150


@pytest.mark.parametrize(
    ("name", "look", "above"),
    [
        (OF_60, "print", 28),
        (OF_95, "print", 28),
        (OF_60, "large-print", 22.5),
        (OF_95, "large-print", 22.5),
        (OF_200, "print", 22.5),
    ],
    ids=["60", "95", "60 in large print", "95 in large print", "200"],
)
def test_who_signs_is_named_above_the_frame(name, look, above, composer, typesetter, tmp_path):
    path = printed(composer, SHORT, typesetter, tmp_path, look, mentor_name=name)

    (page,) = pages_of(path)
    lowest = max(word.bottom for word in page.words)
    assert lowest < page.height - above / 25.4 * 72


MARKS = {
    "round": svg("<circle cx='20' cy='10' r='9'/>"),
    "very wide": svg("<rect width='90' height='9'/>").replace(b"0 0 40 20", b"0 0 90 9"),
    "tall": svg("<rect width='5' height='20'/>").replace(b"0 0 40 20", b"0 0 5 20"),
    "none": b"",
}
WHO_SIGN = (
    {"name": OF_95, "title": "Superintendent of Schools"},
    "president",
    "committee",
    {"name": OF_60, "title": "Chair, Board of Education"},
    "administrator",
)
LONGEST = Path(__file__).with_name("data") / "locals" / "longest"
# How far the frame reaches in from the edge of the paper, and its height, in millimetres.
FRAME, LETTER_HEIGHT = 22.6, 215.9
# Where a person can still sign above a line, in millimetres.
ROOM_TO_SIGN = 8.9


def of_two(folder, number, mark, paper, look="classic"):
    """Compose for a local that runs the program with its employer, and has so many people sign."""
    changes = {
        "paper": paper,
        "program": {"governance": "joint", "basis": "meet-and-confer"},
        "certificate": {"signers": list(WHO_SIGN[:number])},
        "brand": {
            "partner_logo": "district.svg",
            "logo": "logo.svg" if MARKS[mark] else "",
            "look": look,
        },
    }
    local = write_tiny(folder, changes)
    (local / "district.svg").write_bytes(MARKS["very wide"])
    (local / "logo.svg").write_bytes(MARKS[mark])
    return make_composer(resolve(local / "local.yaml"))


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.usefixtures("typesetter")
@pytest.mark.parametrize("size", ["print", "large-print"])
@pytest.mark.parametrize(
    ("number", "mark", "paper", "look"),
    [
        (2, "round", "a4", "plain"),
        (3, "very wide", "letter", "classic"),
        (4, "tall", "legal", "classic"),
        (5, "none", "letter", "classic"),
        (5, "tall", "a4", "plain"),
        (5, "round", "legal", "classic"),
    ],
)
def test_two_seals_and_up_to_five_who_sign_keep_apart(number, mark, paper, look, size, tmp_path):
    page = composed(of_two(tmp_path / "tiny", number, mark, paper, look), OF_60, size)
    sheet = Sheet(page.html, page.styles, page.assets)

    (found,) = laid_out(sheet)

    assert (found.outside, found.overprinted) == ((), ())
    seals, lines = places_of(sheet, "seal"), places_of(sheet, "who-signs")
    above = [(x0, y0 - ROOM_TO_SIGN, x1, y1) for x0, y0, x1, y1 in lines]
    assert (len(seals), len(lines)) == (2, number)
    things = [*seals, *above, *places_of(sheet, "given")]
    assert [pair for pair in combinations(things, 2) if not apart(*pair)] == []


def test_a_name_that_fits_nowhere_is_a_finding(composer):
    with pytest.raises(InputError) as problem:
        composed(composer, "W" * 200)

    (finding,) = problem.value.findings
    assert finding.code == "too-long"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Riverbend ESP", "RESP"),
        ("United Education Support Organization of the Harbor Islands", "UESO"),
        ("Juniper Flats Drivers", "JFD"),
        ("drivers of the valley", ""),
        ("Sample", ""),
    ],
)
def test_a_local_without_a_mark_has_its_initials_in_the_seal(name, expected, tmp_path):
    assert initials_of(name) == expected
    local = write_tiny(tmp_path / "tiny", {"local": {"short_name": name}})

    html = composed(make_composer(resolve(local / "local.yaml")), SHORT).html

    assert re.findall(r'class="seal seal-initials[^>]*>(\w*)<', html) == [expected] * bool(expected)
    assert ('class="emblem"' in html) == (not expected)


def test_the_plain_look_has_no_engraving(tmp_path):
    local = write_tiny(tmp_path / "tiny", {"brand": {"look": "plain"}})

    page = composed(make_composer(resolve(local / "local.yaml")), SHORT)

    assert [name for name in page.assets if name.endswith(("border", "rosette"))] == []


def test_the_engraving_is_lines_in_the_colors_that_it_is_given():
    for drawn in (draw_border(792, 612, "#112233", "#445566"), draw_rosette("#112233", "#445566")):
        svg = drawn.decode()
        assert set(re.findall(r'stroke="([^"]*)"', svg)) == {"#112233", "#445566"}
        assert set(re.findall(r'fill="([^"]*)"', svg)) <= {"none", "#ffffff"}


def test_the_engraving_is_small_and_read_by_nobody(composer, typesetter, tmp_path):
    path = printed(composer, SHORT, typesetter, tmp_path)

    with pikepdf.open(path) as pdf:
        drawn = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert sum(len(each.read_raw_bytes()) for each in drawn if "/Subtype" in each) < 60_000
    assert validate([path]) == []


@pytest.mark.parametrize(
    ("known", "expected"), [({}, ["1", "3", "5", "10"]), ({"mentor_years": "7"}, ["7"])]
)
def test_years_of_service_are_circled_or_known_from_the_roster(known, expected, tmp_path):
    local = write_local(tmp_path)
    composer = make_composer(resolve(local))
    entry = dict.fromkeys(composer.wording.context["entry"], "") | known
    document = next(each for each in composer.kit.documents if each.id == "certificate-of-service")

    html = composer.compose(document, FORMATS["print"], entry).html

    assert re.findall(r"<li>(\d+)</li>", html) == expected


@pytest.mark.usefixtures("typesetter")
@pytest.mark.parametrize("size", ["print", "large-print"])
@pytest.mark.parametrize("document", ["certificate-of-appreciation", "certificate-of-completion"])
def test_what_the_longest_local_calls_those_who_sign_stays_in_the_frame(document, size):
    composer = make_composer(resolve(LONGEST / "local.yaml"))
    kit_document = next(each for each in composer.kit.documents if each.id == document)
    page = composer.compose(kit_document, FORMATS[size])

    titles = places_of(Sheet(page.html, page.styles, page.assets), "signer-title")

    assert len(titles) == 2
    assert [bottom for _, _, _, bottom in titles if bottom > LETTER_HEIGHT - FRAME] == []
