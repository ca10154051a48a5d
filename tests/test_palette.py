"""palette.py: whatever colors a local picks, its words can be read, on paper and on screens."""

import contextlib
import itertools
import re

import pytest

from formgen.compose.page_styles import css_of
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.looks.colour import contrast
from formgen.model.looks.palette import DARK_PAPER, INK, WHITE, palette_of, readable
from formgen.model.page_format import SCREEN
from formgen.sources.layers import Stack, base_layer
from tests.support.browser import chromium, opened, violations
from tests.support.locals import write, write_local

BASE = Stack((base_layer(),))
COLOURS = {
    "yellow": "#ffff00",
    "gold": "#ffc72c",
    "white": "#ffffff",
    "black": "#000000",
    "neon green": "#39ff14",
    "neon pink": "#ff00ff",
    "pastel": "#ffd1dc",
    "gray": "#767676",
    "blue": "#14496b",
    "red": "#ff0000",
}
# What is written on what, in the words of the styles.
ON_PAPER = (
    *(("ink", "paper"), ("soft", "paper"), ("ink", "tint"), ("soft", "tint")),
    *(("brand", "paper"), ("brand", "tint"), ("paper", "brand"), ("accent", "paper")),
)
ON_SCREEN = (
    *(("ink", "paper"), ("soft", "paper"), ("ink", "tint"), ("soft", "tint"), ("ink", "field")),
    *(("mark", "paper"), ("mark", "tint"), ("on-mark", "mark"), ("accent-ink", "paper")),
    *(("problem", "paper"), ("problem", "tint")),
)


def put_in(value, tokens):
    return re.sub(r"var\(--([\w-]+)\)", lambda used: tokens[used[1]], value)


def tokens_of(look, palette, *, dark):
    """Return the values of a web page's tokens, in the light or in the dark."""
    sheet = re.sub(r"/\*.*?\*/", "", css_of(BASE, look, "web.css"), flags=re.DOTALL)
    in_dark = r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}"
    blocks = re.findall(r"^:root \{([^}]*)\}", sheet, re.MULTILINE)
    blocks += re.findall(in_dark, sheet) if dark else []
    tokens = {
        "brand": palette.brand,
        "accent": palette.accent,
        "tint": palette.tint,
        "brand-in-dark": palette.brand_in_dark,
        "accent-in-dark": palette.accent_in_dark,
        "tint-in-dark": palette.tint_in_dark,
    }
    tokens |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", "".join(blocks)))
    for _ in range(3):
        tokens = {name: put_in(value, tokens) for name, value in tokens.items()}
    return tokens


def pale(tokens, pairs):
    """Return the pairs of a text and its ground that fail 4.5:1."""
    ratios = {(text, on): contrast(tokens[text], tokens[on]) for text, on in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5}


@pytest.mark.parametrize("look", ["classic", "plain"])
@pytest.mark.parametrize(("primary", "accent"), [*itertools.product(COLOURS.values(), repeat=2)])
def test_no_words_are_pale_whatever_the_colours(primary, accent, look):
    palette = palette_of(primary, accent, look)
    light = tokens_of(look, palette, dark=False)
    dark = tokens_of(look, palette, dark=True)

    assert pale(light, ON_PAPER) == {}
    assert pale(light, ON_SCREEN) == {}
    assert pale(dark, ON_SCREEN) == {}


def test_the_colours_are_those_of_the_style_sheets():
    palette = palette_of("#14496b", "#b3541e")

    assert tokens_of("classic", palette, dark=False)["ink"] == INK
    assert tokens_of("classic", palette, dark=False)["paper"] == WHITE
    assert tokens_of("classic", palette, dark=True)["paper"] == DARK_PAPER


def test_colours_that_can_be_read_stay_as_they_are():
    palette = palette_of("#14496b", "#b3541e")

    assert (palette.brand, palette.accent) == ("#14496b", "#b3541e")


@pytest.mark.parametrize("colour", COLOURS.values(), ids=COLOURS)
def test_what_is_printed_for_a_colour_stays_when_it_is_written_down(colour):
    assert readable(readable(colour)) == readable(colour)


def test_the_nearest_shade_is_taken():
    assert contrast(readable("#ffc72c", WHITE)) < 4.6


def test_a_plain_look_has_no_colours():
    assert len({palette_of(colour, colour, "plain") for colour in COLOURS.values()}) == 1


@pytest.mark.slow
@pytest.mark.parametrize("look", ["classic", "plain"])
def test_a_browser_finds_no_pale_words(look, tmp_path):
    pages = {}
    for name in ("yellow", "white", "black", "neon pink", "pastel"):
        colour = COLOURS[name]
        brand = {"primary": colour, "accent": colour, "look": look}
        composer = make_composer(resolve(write_local(tmp_path / name, {"brand": brand})))
        for document in composer.kit.documents:
            if document.id in {"mentor-exit", "manual"}:
                html = composer.compose(document, SCREEN).html
                pages[name, document.id] = write(tmp_path / name / f"{document.id}.html", html)
    wrong = []
    with chromium() as browser, contextlib.closing(browser.new_context()) as context:
        for page_of, path in pages.items():
            page, _ = opened(context, path)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                wrong += [(*page_of, scheme, each) for each in violations(page, "color-contrast")]
            page.close()

    assert len(pages) == 10
    assert wrong == []
