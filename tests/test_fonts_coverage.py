"""fonts.py: which characters can be printed, and with which files."""

import pytest
from fontTools.ttLib import TTFont

from formgen.sources.fonts import FAMILIES, font_files, missing_characters


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words, 0-9 and #",
        "Zoë Adébáyò-Lindqvist, Łukasz, Þór, Müßig",
        "Nguyễn Thị Hồng Ằ Ỹ",
        "Ελένη Παπαδοπούλου",
        "Олександр Щербаков Ђ Ґ",
        "“quotes” – dashes — … • · × § ¶ © ® ™ € £ ½",
        "non\u00a0breaking and\u2009thin\nnew line\ttab",
        "joined\u200dletters",
    ],
)
def test_what_locals_write_can_be_printed(text):
    assert missing_characters(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("学", ["学"]),
        ("学校 and 学校", ["学", "校"]),
        ("שלום", ["ו", "ל", "ם", "ש"]),
        ("thanks 🎉", ["🎉"]),
        ("ᏣᎳᎩ", ["Ꭹ", "Ꮃ", "Ꮳ"]),
    ],
)
def test_what_no_font_has_is_named_once_and_in_order(text, missing):
    assert missing_characters(text) == missing


def test_pages_use_files_of_the_dependencies_alone():
    names = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            names.add(font["name"].getBestFamilyName())

    assert names == set(FAMILIES)
    assert all("site-packages" in path.parts for path in font_files())


def test_every_font_file_is_there_and_readable():
    assert font_files()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            assert len(font.getBestCmap()) > 200
