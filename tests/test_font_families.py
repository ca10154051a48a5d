"""font_families.py: a typeface that there is not is said, since another one would be printed."""

import pytest

from formgen.compose.checks.looks import check_looks
from tests.support.locals import lines_of, minimal, resolved, write

STYLE = "templates/styles/print.more.css"
BRING = "use var(--serif) or var(--sans), or bring its file with @font-face."
# What a local adds to the style sheet, and what is said of it: the line, the typeface, the remedy.
STYLES = {
    "one that is not there": ("p { font-family: Arial; }", [(1, "Arial", BRING)]),
    "several": (
        "p {\n font-family: 'Comic Sans MS', Arial, serif;\n}",
        [(2, "Comic Sans MS", BRING), (2, "Arial", BRING)],
    ),
    "a shorthand": ("p { font: bold 12pt/1.4 Garamond, serif }", [(1, "Garamond", BRING)]),
    "misspelt": (
        "p { font-family: Formgen Sens; }",
        [(1, "Formgen Sens", 'did you mean "Formgen Sans"?')],
    ),
    "in a token": (":root { --sans: Verdana, sans-serif; }", [(1, "Verdana", BRING)]),
    "ours": ("p { font-family: 'Formgen Sans', formgen serif, var(--serif), sans-serif; }", []),
    "inherited": ("p { font: inherit; font-size: 9pt; font-weight: 600; }", []),
    "in a comment": ("/* font-family: Arial */ p { color: red; }", []),
    "brought along": (
        "@font-face { font-family: Ours; src: url(ours.ttf) } p { font-family: Ours }",
        [],
    ),
}


@pytest.mark.parametrize(("style", "said"), STYLES.values(), ids=STYLES)
def test_a_typeface_that_is_not_there_is_a_warning(style, said, tmp_path):
    write(tmp_path / STYLE, style)

    found = list(check_looks(resolved(tmp_path, minimal("language: en"))))

    assert lines_of(found, tmp_path) == [
        (
            f"{STYLE}:{line}:{style.splitlines()[line - 1].index(name) + 1}:"
            f' warning[unknown-typeface]: there is no typeface "{name}",'
            f" so another one is printed. Fix: {fix}"
        )
        for line, name, fix in said
    ]


def test_a_screen_has_typefaces_of_its_own(tmp_path):
    write(tmp_path / "templates/styles/web.more.css", "p { font-family: Arial; }")

    assert list(check_looks(resolved(tmp_path, minimal("language: en")))) == []
