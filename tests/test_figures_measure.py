"""measure.py: how wide words are when they are drawn, and where their lines end."""

import itertools

import fontpkg
import pytest
import uharfbuzz as hb

from formgen.compose.figures.measure import lines_of, width_of
from formgen.sources.fonts import SANS

LONG = "Donaudampfschifffahrtsgesellschaftskapitän"
NAME = "Bartholomew Featherstonehaugh-Wintergreen, coordinator/trainer"


@pytest.fixture(scope="module")
def faces():
    """Give the sans at the two weights that figures are drawn in."""
    face = hb.Face(hb.Blob.from_file_path(str(fontpkg.path(SANS))))

    def weighted(weight):
        font = hb.Font(face)
        font.set_variations({"wght": weight})
        return font

    return [weighted(weight) for weight in (400, 600)]


def drawn(font, text):
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return sum(each.x_advance for each in buffer.glyph_positions) / 1000


PRINTED = [chr(code) for code in itertools.chain(range(32, 127), range(161, 383))]


@pytest.mark.parametrize(
    "text",
    [
        *(p for p in PRINTED if p.isalnum()),
        NAME,
        LONG,
        "Łódź, Ærøskøbing",
        "Ελένη",
        "Щербаков",
        "½ – “x” … •",
    ],
)
def test_words_are_never_wider_than_they_are_taken_to_be(text, faces):
    assert width_of(text, 10) >= max(drawn(font, text) for font in faces) * 10


def test_words_are_not_taken_to_be_much_wider(faces):
    text = "The committee reads all applications by the same criteria"
    assert width_of(text, 10) <= 1.15 * drawn(faces[1], text) * 10


@pytest.mark.parametrize("width", [30, 48, 70, 140])
@pytest.mark.parametrize("text", [LONG, NAME, "a b c", "x" * 90, "F15\u00a0· F16"])
def test_no_line_is_wider_than_its_room(text, width):
    assert all(width_of(line, 8.8) <= width for line in lines_of(text, width, 8.8))


@pytest.mark.parametrize("text", [LONG, NAME, "a  b\nc", "x" * 90])
def test_no_letter_is_lost(text):
    lines = lines_of(text, 60, 8.8)
    plain = "".join("".join(lines).split()).replace("-", "")
    assert plain == "".join(text.split()).replace("-", "")


def test_a_long_word_is_broken_at_its_joints_first():
    assert lines_of("Featherstonehaugh-Wintergreen", 90, 9.6) == (
        "Featherstonehaugh-",
        "Wintergreen",
    )


def test_nothing_has_no_lines():
    assert lines_of(" ", 50, 8.8) == ()
