"""tokens.py: the values of design tokens stand in a style sheet before it is parsed."""

import pytest

from formgen.pdf.engine import style_sheets as page_styles
from formgen.pdf.engine.tokens import with_tokens
from formgen.pdf.sheet import Sheet

HTML = "<style>:root { --brand: #14496b; }</style>"


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        (["p { color: var(--brand); }"], ["p { color: #14496b; }"]),
        (
            [
                ":root { --a: var(--brand); --b: 1pt; } /* var(--b) */",
                "p { x: var(--a) var( --b ) }",
            ],
            [":root { --a: #14496b; --b: 1pt; } ", "p { x: #14496b 1pt }"],
        ),
        (
            [":root { --a: 1 }", ":root { --a: 2 }", "p { x: var(--a) }"],
            [":root { --a: 1 }", ":root { --a: 2 }", "p { x: 2 }"],
        ),
        (["p { x: var(--unknown) var(--brand, red) }"], None),
        ([":root { --a: 1 } .serif { --a: 2 } p { x: var(--a) }"], None),
        (["@media print { :root { --a: 1 } } p { x: var(--a) }"], None),
        ([":root { --a: 1 !important } p { x: var(--a) }"], None),
    ],
    ids=["html", "nested", "last", "unknown", "elsewhere", "conditional", "important"],
)
def test_only_what_is_the_same_everywhere_is_put_in(styles, expected):
    assert with_tokens(styles, HTML) == (expected or styles)


def test_tokens_that_are_made_of_themselves_end():
    styles = [":root { --a: var(--b); --b: var(--a) } p { x: var(--a) }"]
    assert "var(--" in with_tokens(styles, "")[0]


def test_pages_come_out_byte_for_byte_as_they_would(typesetter, monkeypatch):
    styles = (
        ":root { --size: 14pt; --voice: serif; } .sans { --voice: sans-serif; }",
        "p { font: var(--size) var(--voice); color: var(--brand); margin: var(--size) 0; }",
    )
    body = "<body><p>One</p><p class=sans>Two</p></body>"
    sheet = Sheet(f"<html lang=en><head><title>T</title>{HTML}</head>{body}</html>", styles)
    quick = typesetter(sheet).pdf
    monkeypatch.setattr(page_styles, "with_tokens", lambda styles, _: list(styles))
    assert typesetter(sheet).pdf == quick
