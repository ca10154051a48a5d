"""sources/pictures/: which pictures are taken, what is stripped from them, which are refused."""

import io
import os
import struct
import sys
import time

import pillow_heif
import pytest
from PIL import Image, ImageFile

from formgen.findings import InputError, Place
from formgen.sources.pictures.read import MAX_BYTES, read_picture
from tests.support.pictures import bitmap, chance, encoded, noise, png, svg


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


AS_PNG = "open it, and save or export the picture as PNG."
AGAIN = "export it again as PNG."
NOT_PICTURES = {
    "empty": (b"", "", AGAIN),
    "text": (b"this is no picture", "", AGAIN),
    "pdf": (b"%PDF-1.7\n", "is a PDF, and", AS_PNG),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "is an EPS drawing, and", "export it as SVG or PNG."),
    "photoshop": (b"8BPS\0\1", "is a Photoshop file, and", AS_PNG),
    "word": (b"PK\3\4\x14\0", "is an office document or an archive, and", AS_PNG),
    "metafile": (b"\xd7\xcd\xc6\x9a\0\0", "is a Windows metafile, and", AS_PNG),
    "web page": (
        b"<!DOCTYPE html>\n<html></html>",
        "is a web page, and",
        "open the page, and save the picture itself from it.",
    ),
    "no width": (png(0, 5), "", AGAIN),
    "no height": (png(5, 0), "", AGAIN),
    "only a signature": (b"\x89PNG\r\n\x1a\n", "", AGAIN),
}


@pytest.mark.parametrize(("data", "kind", "fix"), NOT_PICTURES.values(), ids=NOT_PICTURES)
def test_a_file_that_is_no_picture_is_refused_by_what_it_is(refused, data, kind, fix):
    said = f"logo.png {kind or 'is'} no picture that formgen reads."

    assert refused("logo.png", data) == ("image-unreadable", said, fix)


@pytest.mark.parametrize("name", ["logo.png", "logo.svg", "logo", "logo.docx"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO", "AVIF"])
def test_a_picture_of_any_usual_kind_is_taken_whatever_it_is_called(read, kind, name):
    size = (256, 256) if kind == "ICO" else (320, 160)
    picture = read(name, bitmap("RGB", size, kind))

    assert (picture.media_type, opened(picture).format, picture.notes) == ("image/png", "PNG", ())
    assert picture.ratio == size[0] / size[1]


def test_a_vector_picture_is_taken_whatever_it_is_called(read):
    assert read("logo.png", svg()).media_type == "image/svg+xml"


def test_the_first_picture_of_several_is_taken(read):
    pictures = [Image.new("RGB", (320, 160), colour) for colour in ("red", "blue")]

    for kind in ("GIF", "TIFF", "WEBP"):
        shown = opened(
            read("logo", encoded(pictures[0], kind, save_all=True, append_images=pictures[1:]))
        )
        assert shown.getpixel((9, 9))[0] > 200


@pytest.mark.parametrize(
    ("mode", "value", "grey"),
    [("I;16", 32_768, 127), ("I", 32_768, 255), ("F", 0.5, 255), ("F", 100.0, 100), ("L", 99, 99)],
)
def test_a_picture_of_many_shades_keeps_them(read, mode, value, grey):
    clean = opened(read("logo.tif", encoded(Image.new(mode, (320, 160), value), "TIFF")))

    assert clean.getpixel((9, 9)) == (grey, grey, grey)


def test_a_photo_of_an_iphone_is_read_where_its_library_is(read):
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (320, 160), "red")).save(out)

    picture = read("IMG_0001.HEIC", out.getvalue())

    assert (picture.media_type, picture.ratio) == ("image/png", 2)
    assert opened(picture).getpixel((9, 9))[0] > 200


def test_a_photo_of_an_iphone_names_what_reads_it(refused, monkeypatch):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)

    assert refused("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == (
        "image-unreadable",
        (
            "IMG_0001.HEIC is a photo as iPhones take them (HEIC), which formgen reads with one"
            " library more."
        ),
        'save it as JPEG, or run `pip install "formgen[heic]"`.',
    )


def test_a_photo_of_many_bytes_and_pixels_is_made_smaller(read):
    photo = Image.effect_noise((6000, 4500), 60).convert("RGB")
    data = encoded(photo, "JPEG", quality=95)
    assert len(data) > 5_000_000

    assert opened(read("photo.jpg", data)).size == (1000, 750)


@pytest.mark.parametrize(
    ("width", "height", "kind", "most"),
    [
        (20_000, 20_000, "PNG", 100),
        (13_000, 13_000, "PNG", 100),
        (10_001, 10_000, "PNG", 100),
        (2**31 - 1, 2**31 - 1, "PNG", 100),
        (16_000, 16_000, "JPEG", 250),
    ],
)
def test_too_many_pixels_are_refused_before_they_are_drawn(refused, width, height, kind, most):
    data = png(width, height)
    if kind == "JPEG":
        whole = bitmap(kind="JPEG")
        start = whole.index(b"\xff\xc0") + 5
        data = whole[:start] + struct.pack(">HH", height, width) + whole[start + 4 :]
    began = time.process_time()

    found = refused("logo.png", data)

    assert time.process_time() - began < 1
    assert found == (
        "image-too-big",
        f"logo.png is {width}×{height}; limit {most} megapixels.",
        "resize to 2000 px.",
    )


def test_a_file_of_very_many_bytes_is_refused_unread(tmp_path):
    with (tmp_path / "logo.png").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(InputError) as problem:
        read_picture(tmp_path / "logo.png", Place(tmp_path / "local.yaml"))

    (finding,) = problem.value.findings
    assert (finding.code, finding.message) == (
        "image-too-big",
        "logo.png is larger than 200 MB.",
    )


# --- What is taken with a warning


def noted(picture):
    return [(note.code, note.message) for note in picture.notes]


@pytest.mark.parametrize(
    ("size", "warns"), [((60, 60), True), ((149, 20), True), ((150, 20), False), ((20, 500), False)]
)
def test_a_picture_of_few_pixels_is_taken_with_a_warning(read, size, warns):
    said = f"logo.png is only {size[0]}×{size[1]} pixels, which is coarse on paper."

    assert noted(read("logo.png", bitmap("L", size))) == [("image-small", said)] * warns


PALE = {
    "white": (Image.new("RGB", (320, 160), "white"), True),
    "nearly white": (Image.new("L", (320, 160), 240), True),
    "white on nothing": (Image.new("RGBA", (320, 160), (255, 255, 255, 90)), True),
    "nothing": (Image.new("RGBA", (320, 160), (0, 0, 0, 0)), True),
    "grey": (Image.new("L", (320, 160), 200), False),
    "yellow": (Image.new("RGB", (320, 160), "gold"), False),
}


@pytest.mark.parametrize(("image", "warns"), PALE.values(), ids=PALE)
def test_what_does_not_show_on_white_paper_is_taken_with_a_warning(read, image, warns):
    said = "logo.png is white, or nearly so, and does not show on white paper."

    assert noted(read("logo.png", encoded(image))) == [("image-pale", said)] * warns


# --- Files that are not there


BESIDE = {
    "nothing": ("logo.png", [], ""),
    "capitals": ("logo.png", ["Logo.PNG", "other.png"], "Logo.PNG"),
    "another ending": ("logo.jpg", ["logo.jpeg", "photo.jpg"], "logo.jpeg"),
    "two endings": ("logo.jpg", ["logo.jpg.jpg", "local.yaml"], "logo.jpg.jpg"),
    "a copy": ("logo.png", ["logo (1).png", "map.png"], "logo (1).png"),
    "a slip": ("logo.png", ["lgoo.png", "map.png"], "lgoo.png"),
    "the only one": ("logo.png", ["Unbenannt.png", "notes.txt"], "Unbenannt.png"),
    "none alike": ("logo.png", ["map.png", "sun.jpg", "notes.txt"], ""),
    "a long name": ("x" * 300, [], ""),
}


@pytest.mark.parametrize(("name", "beside", "near"), BESIDE.values(), ids=BESIDE)
def test_a_missing_file_is_refused_with_what_lies_there_instead(tmp_path, name, beside, near):
    for each in beside:
        (tmp_path / each).write_bytes(b"x")

    with pytest.raises(InputError) as problem:
        read_picture(tmp_path / name, Place(tmp_path / "local.yaml", 10, 9))

    (finding,) = problem.value.findings
    shown = name if len(name) < 80 else f"{'x' * 80}…"
    but = f", but {near} is" if near else ""
    assert (finding.code, finding.message) == ("no-file", f"{shown} is not in {tmp_path}{but}.")
    fix = f'write "{near}" here, or give the file the name {name}.' if near else "copy it there."
    assert finding.fix == fix


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_named_and_not_opened(tmp_path, kind):
    (tmp_path / "logo.png").mkdir() if kind == "folder" else os.mkfifo(tmp_path / "logo.png")

    with pytest.raises(InputError) as problem:
        read_picture(tmp_path / "logo.png", Place(tmp_path / "local.yaml", 10, 9))

    (finding,) = problem.value.findings
    assert finding.message == "logo.png is a folder or a device, and no picture."


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
