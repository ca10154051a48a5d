"""line_cache.py: lines that were broken before are not broken again, and nobody can tell."""

import inspect
import re

import pytest
import weasyprint
from weasyprint.layout import inline, preferred
from weasyprint.text import fonts as text_fonts
from weasyprint.text import line_break

from formgen.pdf.engine.caches import line_cache
from formgen.pdf.engine.caches.line_cache import (
    DECORATION,
    PROPERTIES,
    VERSION,
    ZONE,
    forget_lines,
    keep_lines,
)
from formgen.pdf.sheet import Sheet
from tests.support.pdf import text_in

HEAD = '<!doctype html><html lang="en"><head><title>t</title>'
WORDS = (
    "Mentors   and\tmentees difficulties affirmation to\xadgeth\xader 1/2 Supercalifragilistics. "
)
TEXT = f"<p>{WORDS * 3}</p><p>{WORDS}</p><p><i>{WORDS}</i> <a href='https://x.example'>here</a></p>"
# Each property that is read, with another value than its first one.
CHANGES = (
    "direction: rtl",
    "font-family: 'Formgen Serif'",
    "font-feature-settings: 'frac'",
    "font-kerning: none",
    "font-language-override: 'TRK'",
    "font-size: 13px",
    "font-stretch: condensed",
    "font-style: italic",
    "font-variant-alternates: historical-forms",
    "font-variant-caps: small-caps",
    "font-variant-east-asian: full-width",
    "font-variant-ligatures: none",
    "font-variant-numeric: oldstyle-nums",
    "font-variant-position: super",
    "font-variation-settings: 'wght' 700",
    "font-weight: 600",
    "hyphenate-character: '~'",
    "hyphenate-limit-chars: 20 10 10",
    "hyphens: none",
    "-weasy-lang: 'de'",
    "letter-spacing: 1px",
    "overflow-wrap: anywhere",
    "tab-size: 3",
    "white-space: pre-wrap",
    "word-break: break-all",
    "word-spacing: 3px",
    "text-decoration: underline",
    "hyphenate-limit-zone: 50%",
    "hyphenate-limit-zone: calc(10% + 1em)",
    "text-align: justify",
)
NARROW = "p {width: 90px; font-family: 'Formgen Sans'; white-space: normal; hyphens: auto}"
FIRST = "p::first-line {letter-spacing: 2px} p::first-letter {font-size: 30px}"


def sheet(*styles, body=TEXT, **more):
    return Sheet(f"{HEAD}</head><body>{body}</body></html>", styles, **more)


@pytest.fixture(autouse=True)
def no_lines(typesetter):
    """Begin with no lines, and with WeasyPrint as formgen uses it."""
    typesetter(sheet(body="<p>x</p>"))
    forget_lines()


@pytest.fixture
def untouched(typesetter, monkeypatch):
    """Give `typeset` with WeasyPrint as it comes."""

    def typeset_untouched(page):
        with monkeypatch.context() as patch:
            for module in (inline, preferred):
                patch.setattr(module, "split_first_line", line_break.split_first_line)
            return typesetter(page)

    return typeset_untouched


def test_the_source_of_weasyprint_reads_of_a_style_what_the_key_holds():
    readers = (
        line_break.split_first_line,
        line_break.create_layout,
        line_break.Layout,
        line_break.first_line_metrics,
        line_break.line_size,
        text_fonts.get_font_description,
    )
    source = "".join(map(inspect.getsource, readers))

    assert weasyprint.VERSION == VERSION, "read WeasyPrint's line_break.py again"
    assert set(re.findall(r"style\['(\w+)'\]", source)) == {*PROPERTIES, DECORATION, ZONE}
    # Nor does it read any of them in another way.
    assert re.findall(r"style(?:\.(?!font_config)\w+|\[[^'])", source) == []


def test_what_is_kept_of_a_line_is_text_and_numbers(typesetter):
    typesetter(sheet(NARROW, "p {text-decoration: underline}"))

    assert len(line_cache._kept)
    for facts, rest in line_cache._kept.values():
        assert {*map(type, facts.values()), *map(type, rest)} <= {str, int, float, type(None)}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_is_the_same_after_others_with_its_words(change, typesetter, untouched):
    plain, changed = sheet(NARROW), sheet(NARROW, f"p {{{change}}}", FIRST)
    expected = [untouched(page) for page in (plain, changed)]
    assert len(line_cache._kept) == 0

    first = [typesetter(page) for page in (plain, changed)]
    lines = len(line_cache._kept)
    second = [typesetter(page) for page in (plain, changed)]

    assert first == second == expected
    assert len(line_cache._kept) == lines > 0


def test_a_page_is_the_same_in_other_widths(typesetter, untouched):
    pages = [sheet(NARROW, f"p {{width: {width}px}}") for width in (40, 90, 91, 300)]
    pages.append(sheet(NARROW, "p {width: min-content}"))
    pages.append(sheet(NARROW, "p {float: left; width: auto}"))

    assert [typesetter(page) for page in pages] == [untouched(page) for page in pages]


def test_a_line_is_broken_once(typesetter, monkeypatch):
    typesetter(sheet(NARROW))
    layouts = []
    create = line_break.create_layout

    def counted(*arguments):
        layouts.append(create(*arguments))
        return layouts[-1]

    monkeypatch.setattr(line_break, "create_layout", counted)

    typesetter(sheet(NARROW))
    assert layouts == []

    forget_lines()
    typesetter(sheet(NARROW))
    assert layouts


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_that_was_set_for_a_person_stays(fails, typesetter, monkeypatch):
    typesetter(sheet(NARROW))
    assert len(line_cache._kept)
    if fails:
        monkeypatch.setattr("formgen.pdf.passes.table.simplify_tags", lambda _: 1 / 0)

    page = sheet(body="<p>Quillfeather Smith</p>", personal=True)
    if fails:
        with pytest.raises(ZeroDivisionError):
            typesetter(page)
    else:
        assert text_in(typesetter(page).pdf) == "Quillfeather Smith"

    assert len(line_cache._kept) == 0


def test_a_page_with_a_font_of_its_own_breaks_its_lines_itself(typesetter):
    typesetter(sheet("@font-face {font-family: Mine; src: local('Formgen Sans')}"))

    assert len(line_cache._kept) == 0


def test_the_lines_least_recently_used_go(typesetter, monkeypatch):
    monkeypatch.setattr(line_cache, "MOST_LINES", 10)

    typesetter(sheet(NARROW))

    assert len(line_cache._kept) == 10


def test_another_weasyprint_is_left_alone(monkeypatch):
    for module in (inline, preferred):
        monkeypatch.setattr(module, "split_first_line", line_break.split_first_line)
    monkeypatch.setattr(weasyprint, "VERSION", "70.1")

    keep_lines(None)

    assert inline.split_first_line is line_break.split_first_line
