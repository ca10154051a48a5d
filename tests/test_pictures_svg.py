"""sources/pictures/svg.py: an SVG holds what is on the list, and is told of what it loses."""

import base64
import gzip
import io

import pytest
from PIL import Image

from formgen.findings import InputError, Place
from formgen.sources.pictures.read import read_picture
from tests.support.pictures import SVG_HEAD, bitmap, svg

FIX = "export it again as plain SVG, or as PNG."
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a file and reads it as a logo."""

    def write_and_read(data, name="logo.svg"):
        (tmp_path / name).write_bytes(data)
        return read_picture(tmp_path / name, Place(tmp_path / "local.yaml", 10, 9))

    return write_and_read


@pytest.fixture
def refused(read):
    """Return a function that gives what is found in a bad picture."""

    def found(data):
        with pytest.raises(InputError) as problem:
            read(data)
        (finding,) = problem.value.findings
        return finding.code, finding.message, finding.fix

    return found


def lost(picture):
    """Return what is said to be left out of a picture."""
    assert {note.code for note in picture.notes} <= {"image-changed"}
    said = [n.message for n in picture.notes if n.message.endswith("; that is left out.")]
    return said[0].removeprefix("logo.svg holds ").partition("; ")[0] if said else ""


def inside(picture):
    """Return what an SVG holds."""
    return picture.data.decode().partition(">")[2].removesuffix("</svg>")


PLAIN = {
    "shapes": svg('<rect width="40" height="20" fill="#123456"/>'),
    "gradient of its own": svg(
        '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" stroke="url( \'#g\' )"/>'
    ),
    "gradient on a gradient": svg(
        '<linearGradient id="a"><stop/></linearGradient><linearGradient id="b" xlink:href="#a"/>',
        XLINK,
    ),
    "parts used again": svg('<g id="a"><rect width="4" height="4"/></g><use href="#a" x="9"/>'),
    "own style": svg("<style>rect { fill: url(#g); }</style><rect/>"),
    "style with a note": svg("<style>/* ours */ .a, g > .b { fill: red }</style><rect/>"),
    "style on an element": svg('<rect style="fill: red !important; stroke:rgb(1,2,3)"/>'),
    "turned": svg('<rect transform="rotate(30 6 6) translate(4, 4)"/>'),
    "mask and clip": svg(
        '<clipPath id="c"><path d="M0 0h9v9z"/></clipPath><g clip-path="url(#c)"/>'
    ),
    "shift": svg('<filter id="f"><feOffset dx="2"/></filter><rect filter="url(#f)"/>'),
    "declaration": svg(before='<?xml version="1.0" encoding="UTF-8"?>\n'),
    "remark": svg("<rect/>", before="<!-- Generator: a drawing program -->"),
    "latin-1": b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    + svg("<title>Zoë</title>").decode().encode("latin-1"),
}


@pytest.mark.parametrize("data", PLAIN.values(), ids=PLAIN)
def test_an_svg_of_what_is_allowed_stays_as_it_is(read, data):
    picture = read(data)

    assert (picture.data, picture.media_type, picture.ratio) == (data, "image/svg+xml", 2)
    assert picture.notes == ()


# Each with what is left of it, and what is said to be lost.
CLEANED = {
    "script": (svg("<script>alert(1)</script><rect/>"), "<rect />", "a <script> element"),
    "script in capitals": (svg("<SCRIPT/><rect/>"), "<rect />", "a <SCRIPT> element"),
    "script with a prefix": (
        svg("<g><s:script/></g>", 'xmlns:s="http://www.w3.org/2000/svg"'),
        "<g />",
        "a <script> element",
    ),
    "page inside": (svg("<foreignObject/>"), "", "a <foreignObject> element"),
    "web page's elements": (
        svg(
            '<h:img src="http://x/y"/><h:object/><h:meta/>',
            'xmlns:h="http://www.w3.org/1999/xhtml"',
        ),
        "",
        "",
    ),
    "what never shows": (svg("<metadata>by Jane</metadata><rect/>"), "<rect />", ""),
    "movement": (svg('<rect><animate to="1"/></rect>'), "<rect />", "a <animate> element"),
    "text that flows": (
        svg("<flowRoot><flowPara>x</flowPara></flowRoot>"),
        "",
        "a <flowRoot> element",
    ),
    "event": (svg('<rect onclick="alert(1)" OnLoad="x()"/>'), "<rect />", ""),
    "editor's notes": (
        svg('<rect i:export="C:\\Users\\me"/>', 'xmlns:i="urn:i" i:x="1"'),
        "<rect />",
        "",
    ),
    "link": (
        svg('<a href="http://x"><rect/></a><a xlink:href="#a"/>', XLINK),
        "<g><rect /></g><g />",
        "",
    ),
    "choice": (
        svg('<switch><foreignObject requiredExtensions="x"/><g id="a"/><g id="b"/></switch>'),
        '<g><g id="a" /></g>',
        "",
    ),
    "words beside what goes": (
        svg("<title>a<b>c</b>d</title>"),
        "<title>ad</title>",
        "a <b> element",
    ),
    "use of another file": (
        svg('<use href="x.svg#a"/>'),
        "<use />",
        "a reference to another file",
    ),
    "picture in another file": (
        svg('<image href="photo.png"/>'),
        "",
        "a picture that is not embedded",
    ),
    "picture of another kind": (
        svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
        "",
        "a picture that cannot be read",
    ),
    "fill from elsewhere": (
        svg('<rect fill="URL( http://x/y)"/>'),
        "<rect />",
        "a reference to another file",
    ),
    "fill in quotes": (
        svg("<rect fill=\"url('file:///etc/passwd')\"/>"),
        "<rect />",
        "a reference to another file",
    ),
    "fill behind a good one": (
        svg('<rect style="fill: url(#a); mask: url(//x/y#a)"/>'),
        '<rect style="fill: url(#a)" />',
        "a reference to another file",
    ),
    "fill behind an escape": (
        svg('<rect style="fill: u\\72l(//x/y#a);stroke:red"/>'),
        '<rect style="stroke:red" />',
        "a reference to another file",
    ),
    "sets of pictures": (
        svg('<rect style="fill: image-set(\'http://x\' 1x)" mask="src(http://x)"/>'),
        "<rect />",
        "a reference to another file",
    ),
    "style that loads": (
        svg("<style>a{fill:red} rect { fill: url(x.svg#a) }</style>"),
        "<style>a{fill:red}</style>",
        "a reference to another file",
    ),
    "style that imports": (
        svg('<style>@IMPORT "x.css";@import url(y);a{fill:red}</style>'),
        "<style>a{fill:red}</style>",
        "a style sheet from elsewhere",
    ),
    "style in pieces": (
        svg('<style>a{fill:red}<g>@import "x.css";</g></style>'),
        "<style>a{fill:red}</style>",
        "a style sheet in pieces",
    ),
    "style for screens and fingers": (
        svg("<style>@media screen{a{fill:red}} a:hover{fill:red} a{fill:blue}</style>"),
        "<style>a{fill:blue}</style>",
        "",
    ),
    "style of a program's own": (
        svg('<rect style="fill:red;-inkscape-stroke:none;behavior:url(#x)"/>'),
        '<rect style="fill:red" />',
        "",
    ),
    "named colors": (
        svg(
            "<style>:root{--a:#123456}</style>"
            '<rect fill="var(--a)" stroke="var(--b, rgb(1,2,3))" style="fill:var(--a)"/>'
        ),
        '<style /><rect fill="#123456" stroke="rgb(1,2,3)" style="fill:#123456" />',
        "",
    ),
    "style sheet beside it": (
        svg("<rect/>", before='<?xml-stylesheet href="x.css"?>'),
        "<rect />",
        "",
    ),
    "document type": (
        svg("<g/>", before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'),
        "<g />",
        "",
    ),
    "short names of addresses": (
        svg("<g>&a;</g>", before='<!DOCTYPE svg [<!ENTITY a "http://ns.example.org/">]>'),
        "<g>http://ns.example.org/</g>",
        "",
    ),
    "UTF-16": (svg("<title>Zoë</title>").decode().encode("utf-16"), "<title>Zoë</title>", ""),
    "compressed": (gzip.compress(svg("<rect/>")), "<rect />", ""),
    "a view of words": (
        svg("<svg viewBox='0 0 a b'/><svg viewBox='0 0 inf 1'/>"),
        "<svg /><svg />",
        "",
    ),
}


@pytest.mark.parametrize(("data", "left", "said"), CLEANED.values(), ids=CLEANED)
def test_what_is_not_allowed_is_left_out_and_told_if_it_could_have_shown(read, data, left, said):
    picture = read(data)

    assert (inside(picture), lost(picture)) == (left, said)
    # What is left is what formgen takes as it is.
    assert read(picture.data).data == picture.data


def test_much_that_is_lost_is_told_in_short(read):
    picture = read(svg("".join(f"<x{number}/>" for number in range(50))))

    assert lost(picture) == "a <x0> element, a <x1> element, a <x2> element, and more"


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ('<text><textPath href="#p">x</textPath></text>', "text on a path"),
        ("<filter><feGaussianBlur/></filter>", "a filter such as a blur or a shadow"),
        ("<filter><feDropShadow/><feTile/></filter>", "a filter such as a blur or a shadow"),
    ],
)
def test_what_is_not_drawn_as_it_is_meant_is_told(read, inside, what):
    said = f"logo.svg has {what}, which is not printed as it was drawn."

    assert [note.message for note in read(svg(inside)).notes] == [said]


FONTS = {
    "shorthand": (
        '<text style="font: italic 700 12px/1.5 Georgia, serif">x</text>',
        (
            'style="font-style:italic;font-weight:700;font-size:12px;'
            'font-family:Georgia, serif,Formgen Serif"'
        ),
        '"Georgia"',
    ),
    "shorthand in an attribute": (
        '<text font="9pt Arial">x</text>',
        'font-style="normal" font-weight="normal" font-size="9pt" font-family="Arial,Formgen Sans"',
        '"Arial"',
    ),
    "shorthand in a style sheet": (
        "<style>text{font:bold large 'Ink'}</style><text>x</text>",
        "text{font-style:normal;font-weight:bold;font-size:18px;font-family:'Ink',Formgen Sans}",
        '"Ink"',
    ),
    "a family": (
        '<text font-family="Inter">x</text>',
        'font-family="Inter,Formgen Sans"',
        '"Inter"',
    ),
    "any family": ('<text font-family="serif">x</text>', 'font-family="serif,Formgen Serif"', ""),
    "no family": ("<text>x</text>", 'font-family="sans-serif,Formgen Sans"', ""),
    "ours": (
        '<text font-family="Formgen Serif">x</text>',
        'font-family="Formgen Serif"',
        "",
    ),
    "a size in words": ('<text font-size="medium">x</text>', 'font-size="16px"', ""),
    "no text": ('<g font-family="Arial"/>', 'font-family="Arial,Formgen Sans"', ""),
}


@pytest.mark.parametrize(("data", "holds", "family"), FONTS.values(), ids=FONTS)
def test_text_has_a_font_that_is_there_and_another_is_told(read, data, holds, family):
    picture = read(svg(data))

    assert holds in picture.data.decode()
    said = f"logo.svg has text in the font {family}, which formgen does not have."
    assert [note.message for note in picture.notes] == [said] * bool(family)
    assert read(picture.data).data == picture.data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_embedded_in_an_svg_is_kept_without_what_it_says_besides(read, kind):
    exif = Image.Exif()
    exif[0x010E] = "Jane Doe"
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, kind, **({"exif": exif} if kind != "GIF" else {}))
    address = f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"

    picture = read(svg(f'<image href="{address}" width="40" height="20"/>'))

    start = picture.data.index(b"base64,") + 7
    shown = base64.b64decode(picture.data[start : picture.data.index(b'"', start)])
    assert Image.open(io.BytesIO(shown)).size == (30, 20)
    assert b"Jane" not in shown
    assert picture.notes == ()


@pytest.mark.parametrize(
    ("attributes", "ratio"),
    [
        ('viewBox="0 0 30 10"', 3),
        ('viewBox="0,0,30,60" width="5" height="5"', 0.5),
        ('viewBox="-5 -5 1e1 1e1"', 1),
        ('viewBox="0 0 0 10"', 1),
        ('viewBox="0 0 -4 10"', 1),
        ('viewBox="0 0 10"', 1),
        ('viewBox="0 0 a b"', 1),
        ('viewBox=""', 1),
        ('viewBox="0 0 inf 1"', 1),
        ('viewBox="0 0 nan nan"', 1),
        ('viewBox="0 0 1e308 1e-308"', 1),
        ('width="400" height="100"', 4),
        ('width="20mm" height="40mm"', 0.5),
        ('width="100%" height="100%"', 1),
    ],
)
def test_the_shape_of_an_svg_is_that_of_its_view_box_or_sides(read, attributes, ratio):
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()

    assert read(data).ratio == ratio


def uses(number, times):
    """Return parts that each use the next so many times."""
    parts = [f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * times + "</g>" for n in range(number)]
    return svg("".join([*parts, f'<g id="g{number}"><rect/></g>']))


UNSAFE = {
    "entity in an entity": (
        svg("&b;", before='<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
        "declares entities",
    ),
    "long entity": (
        svg("&a;", before=f'<!DOCTYPE svg [<!ENTITY a "{"x" * 300}">]>'),
        "declares entities",
    ),
    "entity of a file": (
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "declares entities",
    ),
    "entity of a document type": (
        svg(before='<!DOCTYPE svg [<!ENTITY % a "x">]>'),
        "declares entities",
    ),
    "many elements": (svg("<g/>" * 20_000), "holds more than 20000 elements"),
    "deep": (svg("<g>" * 1900 + "</g>" * 1900), "is nested more than 150 levels deep"),
    "used by itself": (svg('<g id="a"><use href="#a"/></g>'), "holds a part that refers to itself"),
    "mask of itself": (
        svg('<mask id="m"><g mask="url(#m)"/></mask>'),
        "holds a part that refers to itself",
    ),
    "pattern in a circle": (
        svg(
            '<pattern id="a"><g fill="url(#b)"/></pattern>'
            '<pattern id="b"><g style="stroke:url(#a)"/></pattern>'
        ),
        "holds a part that refers to itself",
    ),
    "ten times ten times": (uses(8, 10), "draws more than 50000 parts"),
}


@pytest.mark.parametrize(("data", "said"), UNSAFE.values(), ids=UNSAFE)
def test_an_svg_that_grows_or_goes_in_circles_is_refused(refused, data, said):
    assert refused(data) == ("image-unsafe", f"logo.svg {said}.", FIX)


UNREADABLE = {
    "empty": (b"", "is not readable as SVG (line 1, column 1)"),
    "open": (svg()[:-6] + b"\n<g>", "is not readable as SVG (line 2, column 4)"),
    "no namespace": (b"<svg/>", "is not an SVG picture"),
    "other markup": (b"<kml/>", "is not an SVG picture"),
    "unknown encoding": (
        svg(before='<?xml version="1.0" encoding="foo"?>'),
        "is not saved as UTF-8",
    ),
    "UTF-7": (svg(before='<?xml version="1.0" encoding="utf-7"?>'), "is not saved as UTF-8"),
}


@pytest.mark.parametrize(("data", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_svg_that_cannot_be_read_is_refused(refused, data, said):
    assert refused(data) == ("image-unreadable", f"logo.svg {said}.", FIX)


def test_a_compressed_svg_is_not_unpacked_beyond_all_measure(refused):
    packed = gzip.compress(SVG_HEAD.encode() + b">" + b" " * 30_000_000 + b"</svg>")

    assert refused(packed)[:2] == ("image-too-big", "logo.svg is larger than 20 MB.")
    assert refused(packed[:100])[0] in {"image-truncated", "image-unreadable"}


def test_dots_that_are_called_svg_are_read_as_what_they_are(read):
    assert read(bitmap()).media_type == "image/png"
