"""pictures.py: which logos are taken, what is stripped from them, and which are refused."""

import io
import time

import pytest
from PIL import Image, ImageFile

from formgen.findings import InputError, Place
from formgen.sources.pictures import MAX_BYTES, read_picture
from tests.support.pictures import bitmap, chance, encoded, noise, png, svg

SVG_FIX = "export it again as plain SVG, or as PNG."


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a file and reads it as a logo."""
    place = Place(tmp_path / "local.yaml", 10, 9)

    def write_and_read(name, data):
        (tmp_path / name).write_bytes(data)
        return read_picture(tmp_path / name, place)

    return write_and_read


@pytest.fixture
def refused(read, tmp_path):
    """Return a function that gives what is found in a bad picture."""

    def found(name, data):
        with pytest.raises(InputError) as problem:
            read(name, data)
        (finding,) = problem.value.findings
        assert finding.place == Place(tmp_path / "local.yaml", 10, 9)
        return finding.code, finding.message, finding.fix

    return found


def opened(picture):
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_kind_is_taken(read, mode):
    picture = read("logo.png", bitmap(mode))

    assert (picture.media_type, picture.ratio, opened(picture).format) == ("image/png", 2, "PNG")


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("name", ["logo.jpg", "LOGO.JPEG", "logo.png", "logo"])
def test_jpeg_of_every_kind_and_name_is_taken_and_becomes_png(read, mode, name):
    picture = read(name, bitmap(mode, kind="JPEG"))

    assert (picture.media_type, picture.ratio, opened(picture).format) == ("image/png", 2, "PNG")


def test_transparency_stays(read):
    image = Image.new("RGBA", (2, 1), (10, 20, 30, 0))
    image.putpixel((1, 0), (10, 20, 30, 255))

    clean = opened(read("logo.png", encoded(image)))

    assert [clean.getpixel((0, 0))[3], clean.getpixel((1, 0))] == [0, (10, 20, 30, 255)]


def test_large_pictures_are_made_smaller_in_their_shape(read):
    picture = read("logo.png", bitmap(size=(4000, 1000)))

    # 600 dots an inch on the 40 mm that a logo has at most.
    assert opened(picture).size == (1000, 250)
    assert picture.ratio == 4


def test_what_a_photo_says_beside_the_image_is_stripped(read):
    exif = Image.Exif()
    exif[0x010E] = "Jane Doe at 12 Mill Street"
    exif[0x0132] = "2026:01:01 00:00:00"
    image = Image.new("RGB", (40, 20))

    picture = read("logo.jpg", encoded(image, "JPEG", exif=exif, comment=b"secret comment"))

    clean = opened(picture)
    assert dict(clean.getexif()) == {}
    assert clean.info == {}
    assert b"Jane" not in picture.data
    assert b"secret" not in picture.data


def test_text_in_a_png_is_stripped(read):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Jane Doe")

    picture = read("logo.png", encoded(Image.new("RGB", (40, 20)), pnginfo=info))

    assert b"Jane" not in picture.data


def test_a_photo_taken_upright_stands_upright(read):
    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter, clockwise

    picture = read("logo.jpg", encoded(image, "JPEG", exif=exif))

    clean = opened(picture)
    assert clean.size == (20, 40)
    assert picture.ratio == 0.5
    assert clean.getpixel((10, 5))[0] < 60
    assert clean.getpixel((10, 35))[0] > 200


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_truncated_picture_is_refused(refused, kind):
    data = encoded(noise(), kind)

    assert refused("logo.png", data[: len(data) // 2]) == (
        "image-truncated",
        "logo.png ends early or is damaged.",
        "export it again.",
    )


def test_a_truncated_picture_is_refused_after_a_library_has_allowed_them(refused, monkeypatch):
    """Importing WeasyPrint sets this switch of Pillow's for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refused("logo.png", encoded(noise())[:5000])[0] == "image-truncated"


NOT_PICTURES = {
    "empty": b"",
    "text": b"this is no picture",
    "gif": bitmap("P", kind="GIF"),
    "tiff": bitmap(kind="TIFF"),
    "pdf": b"%PDF-1.7\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "svg": svg(),
    "no width": png(0, 5),
    "no height": png(5, 0),
    "only a signature": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("data", NOT_PICTURES.values(), ids=NOT_PICTURES)
def test_a_file_that_is_no_picture_of_ours_is_refused(refused, data):
    assert refused("logo.png", data) == (
        "image-unreadable",
        "logo.png is not a PNG, JPEG or SVG picture.",
        "export it again as PNG.",
    )


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [
        (20_000, 20_000, "400 megapixels large"),
        (13_000, 13_000, "13000×13000"),
        (5_001, 5_000, "5001×5000"),
        (2**31 - 1, 2**31 - 1, "4611686014132 megapixels large"),
    ],
)
def test_too_many_pixels_are_refused_before_they_are_drawn(refused, width, height, said):
    start = time.process_time()

    found = refused("logo.png", png(width, height))

    assert time.process_time() - start < 1
    assert found == (
        "image-too-big",
        f"logo.png is {said}; limit 25 megapixels.",
        "resize to 2000 px.",
    )


def test_a_file_of_many_bytes_is_refused_unread(refused):
    assert refused("logo.png", b"\0" * (MAX_BYTES + 1)) == (
        "image-too-big",
        "logo.png is larger than 5 MB.",
        "export it smaller.",
    )


@pytest.mark.parametrize("name", ["gone.png", "x" * 300, "folder"])
def test_a_missing_file_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()

    with pytest.raises(InputError) as problem:
        read_picture(tmp_path / name, Place(tmp_path / "local.yaml", 10, 9))

    (finding,) = problem.value.findings
    shown = name if len(name) < 80 else f"{'x' * 80}…"
    assert (finding.code, finding.message, finding.fix) == (
        "no-file",
        f"{shown} is not in {tmp_path}.",
        "copy it there.",
    )


def test_damaged_pictures_of_all_sorts_are_findings_or_pictures(read):
    """No damage gets further than a finding; warnings are errors in these tests."""
    dice = chance(2)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "words"
    image = Image.new("RGB", (12, 8))
    good = [bitmap("RGBA"), bitmap("P"), encoded(image, exif=exif)]
    good.append(encoded(image, "JPEG", exif=exif))
    outcomes = set()
    for _ in range(1200):
        data = bytearray(dice.choice(good))
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(len(data))
            data[at : at + dice.choice([0, 1, 1, 1, 9])] = dice.randbytes(dice.choice([1, 7]))
        try:
            read("logo.png", bytes(data))
            outcomes.add("picture")
        except InputError as problem:
            outcomes.add(problem.findings[0].code)

    assert outcomes == {"picture", "image-unreadable", "image-truncated"}


GOOD_SVG = {
    "shapes": svg('<rect width="40" height="20" fill="#123456"/>'),
    "gradient of its own": svg(
        '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" stroke="url( \'#g\' )"/>'
    ),
    "own style": svg("<style>rect { fill: url(#g); }</style><rect/>"),
    "declaration": svg(before='<?xml version="1.0" encoding="UTF-8"?>\n'),
    "editor's notes": svg(attributes='xmlns:i="urn:i" i:export="C:\\Users\\me\\logo.png"'),
    "text": svg("<text>Zoë &amp; friends</text>"),
    "latin-1": b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    + svg("<text>Zoë</text>").decode().encode("latin-1"),
}


@pytest.mark.parametrize("data", GOOD_SVG.values(), ids=GOOD_SVG)
def test_a_plain_svg_is_taken_as_it_is(read, data):
    picture = read("logo.svg", data)

    assert (picture.data, picture.media_type, picture.ratio) == (data, "image/svg+xml", 2)


@pytest.mark.parametrize(
    ("box", "ratio"),
    [
        ("0 0 30 10", 3),
        ("0,0,30,60", 0.5),
        ("-5 -5 1e1 1e1", 1),
        ("0 0 0 10", 1),
        ("0 0 -4 10", 1),
        ("0 0 10", 1),
        ("0 0 a b", 1),
        ("", 1),
        ("0 0 inf 1", 1),
        ("0 0 nan nan", 1),
        ("0 0 1e308 1e-308", 1),
    ],
)
def test_the_shape_of_an_svg_is_that_of_its_view_box(read, box, ratio):
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>'.encode()

    assert read("logo.svg", data).ratio == ratio


BAD_SVG = {
    "script": (svg("<script>alert(1)</script>"), "holds a <script> element"),
    "script in a group": (svg("<g><g><script/></g></g>"), "holds a <script> element"),
    "script with a prefix": (
        svg("<s:script/>", 'xmlns:s="http://www.w3.org/2000/svg"'),
        "holds a <script> element",
    ),
    "use": (svg('<use x="#a"/>'), "holds a <use> element"),
    "image": (svg("<image/>"), "holds a <image> element"),
    "page inside": (svg("<foreignObject/>"), "holds a <foreignObject> element"),
    "link": (svg("<a/>"), "holds a <a> element"),
    "event": (svg('<rect onclick="alert(1)"/>'), "holds the attribute onclick"),
    "event on the root": (svg(attributes='OnLoad="x()"'), "holds the attribute OnLoad"),
    "reference": (svg('<rect href="#a"/>'), "holds the attribute href"),
    "reference of old": (
        svg('<rect x:href="http://x/y"/>', 'xmlns:x="http://www.w3.org/1999/xlink"'),
        "holds the attribute href",
    ),
    "fill from elsewhere": (
        svg('<rect fill="url(http://x/y)"/>'),
        "holds a reference to another file",
    ),
    "fill in capitals": (
        svg('<rect fill="URL( http://x/y)"/>'),
        "holds a reference to another file",
    ),
    "fill in quotes": (
        svg("<rect fill=\"url('file:///etc/passwd')\"/>"),
        "holds a reference to another file",
    ),
    "fill behind a good one": (
        svg('<rect style="fill: url(#a); mask: url(//x/y#a)"/>'),
        "holds a reference to another file",
    ),
    "fill behind an escape": (
        svg('<rect style="fill: u\\72l(//x/y#a)"/>'),
        "holds a reference to another file",
    ),
    "style that loads": (
        svg("<style>rect { fill: url(x.svg#a) }</style>"),
        "holds a style sheet that loads files",
    ),
    "style that imports": (
        svg('<style>@IMPORT "x.css";</style>'),
        "holds a style sheet that loads files",
    ),
    "style in pieces": (
        svg('<style><b>@import "x.css";</b></style>'),
        "holds a style sheet that loads files",
    ),
    "style sheet beside it": (
        svg(before='<?xml-stylesheet href="x.css"?>'),
        "holds a style sheet that loads files",
    ),
    "entity": (
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "b">]>'),
        "declares entities",
    ),
    "entity of a file": (
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "declares entities",
    ),
    "document type": (
        svg(before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'),
        "declares entities",
    ),
    "many elements": (svg("<g/>" * 2000), "holds more than 2000 elements"),
    "deep": (svg("<g>" * 50_000 + "</g>" * 50_000), "holds more than 2000 elements"),
}


@pytest.mark.parametrize(("data", "said"), BAD_SVG.values(), ids=BAD_SVG)
def test_an_svg_that_runs_loads_or_multiplies_is_refused(refused, data, said):
    assert refused("logo.svg", data) == ("image-unsafe", f"logo.svg {said}.", SVG_FIX)


UNREADABLE_SVG = {
    "empty": (b"", "readable as SVG (line 1, column 1)"),
    "open": (svg()[:-6] + b"\n<g>", "readable as SVG (line 2, column 4)"),
    "page": (b"<html><body/></html>", "an SVG picture"),
    "no namespace": (b"<svg/>", "an SVG picture"),
    "png": (bitmap(), "saved as UTF-8"),
    "UTF-16": (svg().decode().encode("utf-16"), "saved as UTF-8"),
    "unknown encoding": (svg(before='<?xml version="1.0" encoding="foo"?>'), "saved as UTF-8"),
    "UTF-7": (svg(before='<?xml version="1.0" encoding="utf-7"?>'), "saved as UTF-8"),
}


@pytest.mark.parametrize(("data", "said"), UNREADABLE_SVG.values(), ids=UNREADABLE_SVG)
def test_an_svg_that_cannot_be_read_is_refused(refused, data, said):
    assert refused("logo.svg", data) == ("image-unreadable", f"logo.svg is not {said}.", SVG_FIX)
