"""drawing_cache.py: pictures that were drawn before are not drawn again, and nobody can tell."""

import pytest
import weasyprint
from weasyprint.svg import SVG

from formgen.pdf.engine.caches import drawing_cache
from formgen.pdf.engine.caches.drawing_cache import VERSION, forget_drawings
from formgen.pdf.sheet import Sheet
from tests.support.pictures import svg

HEAD = '<!doctype html><html lang="en"><head><title>t</title></head><body>'
IMAGE = '<img alt="x" src="formgen:assets/a.svg" style="width: 30mm">'
# Each draws something else than what another leaves behind: colors, opacity, widths.
SHAPES = {
    "areas": '<path d="M0 0L9 9L0 9z" fill="#a52"/><rect width="4" height="5"/>',
    "lines": '<g stroke="#123456" stroke-width="2" fill="none"><path d="M0 0C1 2 3 4 5 6"/></g>',
    "see-through": '<circle r="5" fill="#00f" fill-opacity=".5" stroke="red"/>',
    "turned": '<g transform="rotate(10) translate(3 4)"><ellipse rx="3" ry="4"/></g>',
    "of the text's color": '<line x2="9" y2="9" stroke="currentColor"/>',
    "nothing": "",
    "named": '<title>A mark</title><polygon points="0,0 9,0 9,9"/>',
}
OTHERS = {
    "words": "<text y='9'>Ana Diaz</text>",
    "a gradient": '<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs>'
    '<rect width="9" height="9" fill="url(#g)"/>',
    "a group that is see-through": '<g opacity=".4"><rect width="9" height="9"/></g>',
    "a style sheet": "<style>rect {fill: red}</style><rect width='9' height='9'/>",
}


def sheet(inside, body=IMAGE, **more):
    return Sheet(
        f"{HEAD}{body}</body></html>", assets={"formgen:assets/a.svg": svg(inside)}, **more
    )


@pytest.fixture(autouse=True)
def no_drawings(typesetter):
    """Begin with no drawings, and with WeasyPrint as formgen uses it."""
    typesetter(sheet(""))
    forget_drawings()


@pytest.fixture
def untouched(typesetter, monkeypatch):
    """Give `typeset` with WeasyPrint as it comes."""

    def typeset_untouched(page):
        with monkeypatch.context() as patch:
            patch.setattr(SVG, "draw", SVG.draw.__wrapped__)
            return typesetter(page)

    return typeset_untouched


@pytest.fixture
def drawn(monkeypatch):
    """Give the pictures that WeasyPrint draws itself."""
    seen = []
    draw_node = SVG.draw_node

    def counted(svg_, node, *rest, **more):
        if node is svg_.tree:
            seen.append(node)
        return draw_node(svg_, node, *rest, **more)

    monkeypatch.setattr(SVG, "draw_node", counted)
    return seen


def test_the_source_of_weasyprint_was_read():
    assert weasyprint.VERSION == VERSION, "read WeasyPrint's svg and pdf/stream.py again"


@pytest.mark.parametrize("shapes", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize(
    "body",
    [
        IMAGE,
        f'<p style="color: #00f; opacity: .5">before</p>{IMAGE}<p>after {IMAGE}</p>',
        f'<div style="background: #a52">{IMAGE}{IMAGE.replace("30", "12")}</div>',
    ],
    ids=["alone", "between words", "on a ground"],
)
def test_a_picture_of_shapes_is_drawn_once_and_is_the_same(
    shapes, body, typesetter, untouched, drawn
):
    page = sheet(shapes, body)
    expected = untouched(page).files
    first = typesetter(page).files
    drawn.clear()

    again = typesetter(page).files

    assert drawn == []
    assert first == again == expected


def test_pictures_of_other_sizes_and_colors_are_others(typesetter, drawn):
    typesetter(sheet(SHAPES["areas"]))
    typesetter(sheet(SHAPES["areas"], IMAGE.replace("30", "31")))
    typesetter(sheet(SHAPES["areas"].replace("#a52", "#a53")))

    assert len(drawn) == 3


@pytest.mark.parametrize("inside", OTHERS.values(), ids=OTHERS)
def test_what_is_more_than_shapes_is_left_to_weasyprint(inside, typesetter, untouched):
    page = sheet(inside)

    made = typesetter(page).files

    assert len(drawing_cache._kept) == 0
    assert made == untouched(page).files


def test_the_pictures_least_recently_used_go(typesetter, monkeypatch):
    monkeypatch.setattr(drawing_cache, "MOST_DRAWINGS", 2)

    for number in range(4):
        typesetter(sheet(f'<rect width="9" height="{number + 1}"/>'))

    assert len(drawing_cache._kept) == 2
