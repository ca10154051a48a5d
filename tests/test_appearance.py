"""appearance.py: what a field shows, drawn in the fields' own font."""

import pytest

from formgen.pdf.fonts import FIELD
from formgen.pdf.passes import appearance
from formgen.pdf.passes.appearance import (
    FIRST_CODE,
    FONT_NAME,
    SMALLEST_SIZE,
    TEXT_SIZE,
    WIDE_FONT_NAME,
    fitting_size,
    font_for,
    most_letters,
    read_font,
    wrap,
)


@pytest.fixture(scope="module")
def font(fonts):
    return read_font(fonts / FIELD.file_name)


def test_the_font_has_the_letters_of_names(font):
    assert font.missing("Łucja Muñoz-Őry é ő ű ß ş Nguyễn Ελένη Олена ’ – …") == ""
    assert font.missing("a学b🎉") == "学🎉"


def test_the_font_has_no_ligatures_that_a_viewer_could_not_undo(fonts):
    from fontTools.ttLib import TTFont

    tables = TTFont(fonts / FIELD.file_name).keys()
    assert not {"GSUB", "GPOS"} & set(tables)


def test_every_glyph_has_its_character(font):
    import re
    import zlib

    pairs = re.findall(
        r"<(\w{4})> <(\w+)>\n(?!endcodespace)", zlib.decompress(font.to_unicode).decode()
    )
    back = {int(glyph, 16): bytes.fromhex(code).decode("utf-16-be") for glyph, code in pairs}

    for char in "AŁñéő’–":
        assert back[font.glyphs[ord(char)]] == char
    assert len(back) == len(set(font.glyphs.values()))


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("Zoë", FONT_NAME, "<5a6feb>"),
        ("2026–2027 €", FONT_NAME, "<323032369632303237 2080>"),
        ("Łódź", WIDE_FONT_NAME, None),
        ("Nguyễn", WIDE_FONT_NAME, None),
        ("\x81", WIDE_FONT_NAME, None),
    ],
)
def test_a_text_is_set_in_the_simple_font_if_that_has_its_letters(text, name, codes, font):
    assert font_for(text) == name
    if codes:
        assert font.encode(text, name) == codes.replace(" ", "")
    else:
        assert len(font.encode(text, name)) == 2 + 4 * len(text)


def test_a_letter_is_as_wide_in_the_simple_font_as_in_the_other(font):
    widths = font.ansi_widths.strip("[]").split()

    assert len(widths) == 256 - FIRST_CODE
    for char in "AWéß–€":
        code = char.encode("cp1252")[0]
        assert float(widths[code - FIRST_CODE]) == font.widths[font.glyphs[ord(char)]]


WORDS = "Names and words as people write them, one after the other. " * 40


def test_what_a_line_takes_it_shows_at_a_size_that_can_be_read(font):
    most = most_letters(200, 18, font, lines=False)

    assert most > 60
    assert font.width(WORDS[:most]) * SMALLEST_SIZE == pytest.approx(196, rel=0.1)


@pytest.mark.parametrize(("width", "height"), [(200, 20), (250, 60), (500, 90), (500, 300)])
@pytest.mark.parametrize("words", [WORDS, WORDS.upper()], ids=["usual", "capitals"])
def test_what_a_place_of_several_lines_takes_it_shows_as_large_as_firefox_begins(
    words, width, height, font
):
    most = most_letters(width, height, font, lines=True)
    inside = height - 2
    rows = max(round(inside / 16.2), 1)
    size = inside / rows / 1.35

    assert most > 20
    assert len(list(wrap(words[:most], (width - 4) / size, font))) <= rows


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two", ["one two"]),
        ("one two three four", ["one two", "three four"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("abcdefghijklmnopqrstuvwxyz", ["abcdefgh", "ijklmnop", "qrstuvwx", "yz"]),
    ],
)
def test_text_is_wrapped_between_words_and_else_anywhere(text, lines, font):
    width = font.width("three four")
    made = list(wrap(text, width, font))

    assert [line.strip() for line in made] == made
    assert all(font.width(line) <= width for line in made)
    assert "".join(made).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert made == lines


def test_a_line_that_is_too_long_is_set_smaller_but_not_beyond_reading(font):
    assert fitting_size("short", 200, font) == TEXT_SIZE
    smaller = fitting_size("a name that is somewhat long", 110, font)
    assert SMALLEST_SIZE < smaller < TEXT_SIZE
    assert font.width("a name that is somewhat long") * smaller <= 106
    assert fitting_size("w" * 200, 100, font) == SMALLEST_SIZE


@pytest.mark.parametrize(
    ("value", "width", "expected"),
    [("", 50, True), ("a name", 100, True), ("w" * 60, 100, False)],
)
def test_whether_a_line_shows_all_of_it(value, width, expected, font):
    size = fitting_size(value, width, font)
    assert appearance.fits_line(value, size, width, font) is expected


@pytest.mark.parametrize(
    ("value", "width", "height", "expected"),
    [("", 50, 10, True), ("a\nb", 100, 40, True), ("a\nb\nc\nd", 100, 40, False)],
)
def test_whether_lines_show_all_of_it(value, width, height, expected, font):
    assert appearance.fits_lines(value, TEXT_SIZE, width, height, font) is expected


@pytest.mark.parametrize("letters", [60, 150, 200])
def test_a_long_name_fits_the_usual_field_in_two_lines(letters, font):
    name = "Federation of Support Staff and Drivers " * 6
    size = appearance.size_in_lines(name[:letters], 332, 18.1, font)
    assert SMALLEST_SIZE <= size <= TEXT_SIZE
    assert appearance.fits_lines(name[:letters], size, 332, 18.1, font)


def test_an_empty_field_draws_nothing(font):
    assert appearance.draw_line("", TEXT_SIZE, 100, 18, font) == "/Tx BMC EMC"
    assert appearance.draw_lines("", TEXT_SIZE, 100, 40, font) == "/Tx BMC EMC"
    assert appearance.draw_comb("", 5, 100, 18, font) == "/Tx BMC EMC"


def test_text_stands_within_its_field(font):
    import re

    drawn = appearance.draw_lines("one two three four five six", TEXT_SIZE, 60, 60, font)
    places = [tuple(map(float, pair)) for pair in re.findall(r"1 0 0 1 (\S+) (\S+) Tm", drawn)]

    assert len(places) > 1
    assert all(0 < x < 60 and 0 < y < 60 for x, y in places)
    assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
