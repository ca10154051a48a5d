"""pdf/engine/overruns.py: words that run over are found, wherever they get to."""

import pytest

from formgen.model.copies import Copy
from formgen.pdf.sheet import Sheet

STYLE = "@page { size: 100mm 60mm; margin: 5mm } .copy { break-before: page } body, p { margin: 0 }"
# As a certificate lays out its words.
FRAME = "position: relative; height: 50mm; overflow: hidden; break-inside: avoid"
INSIDE = "position: absolute; top: 0; left: 0; right: 0; bottom: 0"
LONG = "many words " * 60


def copies(*words, style=FRAME):
    people = [Copy(f"p{number}") for number in range(len(words))]
    articles = "".join(
        f'<article class="copy"><div id="{person.anchor}"></div><div style="{style}">'
        f'<div style="{INSIDE}"><p>{text}</p></div></div></article>'
        for person, text in zip(people, words, strict=True)
    )
    html = f'<html lang="en"><head><title>t</title></head><body>{articles}</body></html>'
    return Sheet(html, (STYLE,), copies=tuple(people), fits_one_page=True)


def page(body, *, one=True):
    html = f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    return Sheet(html, (STYLE,), fits_one_page=one)


FITS = {
    "short words": (page("<p>few words</p>"), ""),
    "two pages, as they may": (page(f"<p>{LONG}</p>", one=False), ""),
    "two pages": (page(f"<p>{LONG}</p>"), "its words do not fit on its one page."),
    "words on words": (
        page('<p>first words</p><p style="margin-top: -4mm">second words</p>'),
        "its words run into each other.",
    ),
    "words put on words": (
        page(f'<div style="{FRAME}"><p>first words</p><div style="{INSIDE}">others</div></div>'),
        "its words run into each other.",
    ),
    "lines set close": (page('<p style="line-height: 1">one<br>two<br>three</p>'), ""),
    "copies": (copies("one", "two", "three"), ""),
    "a copy that runs over": (
        copies("one", LONG, "three"),
        "its words run over onto the next one's page.",
    ),
}


@pytest.mark.parametrize(("sheet", "said"), FITS.values(), ids=FITS)
def test_what_does_not_fit_is_told(sheet, said, typesetter):
    found = [(defect.code, defect.message) for defect in typesetter(sheet).defects]

    assert found == [("too-long", said)] * bool(said)
