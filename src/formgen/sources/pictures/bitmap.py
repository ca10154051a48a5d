"""Read a picture made of dots: decoded in full, upright, and stripped of what it says besides."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.sources.pictures.kinds import is_heic, other_kind
from formgen.sources.pictures.picture import LOGO_SIDE, Picture, refuse

if TYPE_CHECKING:
    from PIL import Image

# Those that are everywhere come first: the others' readers are loaded only for them.
_USUAL = ("PNG", "JPEG")
_OTHERS = ("GIF", "WEBP", "BMP", "DIB", "TIFF", "ICO", "AVIF")
# What pages show as it is, unless it is large.
_SHOWN = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}
_MANY_BYTES = 5_000_000
# What has more pixels than a photo of a few years ago is made smaller while it is decoded.
_MANY_PIXELS = 25_000_000
MAX_PIXELS = 100_000_000
# A JPEG is decoded at a fraction of its size, so it may be larger.
MAX_JPEG_PIXELS = 250_000_000
# At 150 dots an inch, what a certificate shows of a logo: 26 mm.
LEAST_SIDE = 150
# Lighter than this is hardly seen on white paper; of so many pixels, a few are noise.
PALE = 232
_NOISE = 0.001
# Modes whose pixels can be mixed, so that a picture can be made smaller.
_MIXABLE = {"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"}
_DEEPER = 255
# What Pillow raises for a damaged file, beside OSError.
_DAMAGED = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, struct.error),
    *(ArithmeticError, AttributeError, NotImplementedError, RuntimeError),
)


def read_bitmap(
    path: Path,
    data: bytes,
    place: Place,
    most_side: int = LOGO_SIDE,
    *,
    as_it_is: bool = False,
) -> Picture:
    """Return a picture of dots, at most so many pixels wide and high. Raises InputError.

    With ``as_it_is``, a file that pages can show stays the same byte for byte.
    """
    with _strict_pillow():
        image = _opened(path, data, place)
        _check_size(path, image, place)
        is_large = image.width * image.height > _MANY_PIXELS
        try:
            if is_large:
                image = _smaller(image, most_side)
            image.load()
        except _DAMAGED:
            message = f"{path.name} ends early or is damaged."
            raise refuse(place, Code.IMAGE_TRUNCATED, message, "export it again.") from None
        except MemoryError:
            message = f"{path.name} takes more memory than there is."
            raise refuse(place, Code.IMAGE_TOO_BIG, message, "resize to 2000 px.") from None
        try:
            clean = _in_colour(_upright(image))
        except _DAMAGED:
            message = f"{path.name} has colors of a kind that formgen cannot read ({image.mode})."
            raise refuse(place, Code.IMAGE_UNREADABLE, message, "export it again as PNG.") from None
    size = clean.size
    clean.thumbnail((most_side, most_side))
    notes = tuple(_notes(path, clean, size, place))
    ratio = clean.width / clean.height
    if as_it_is and image.format in _SHOWN and len(data) <= _MANY_BYTES and not is_large:
        return Picture(data, _SHOWN[image.format], ratio, notes)
    written, media_type = _written(clean, is_photo=max(clean.size) > LOGO_SIDE)
    return Picture(written, media_type, ratio, notes)


@contextlib.contextmanager
def _strict_pillow() -> Iterator[None]:
    """Let Pillow refuse what is cut off, and leave the limit of size to us."""
    from PIL import Image, ImageFile

    # Other libraries switch this on for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with warnings.catch_warnings():
            # What Pillow warns of is either refused, or lies outside of the image itself.
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = most


def _opened(path: Path, data: bytes, place: Place) -> Image.Image:
    from PIL import Image

    with contextlib.suppress(*_DAMAGED):
        return Image.open(io.BytesIO(data), formats=_USUAL)
    if is_heic(data):
        return _opened_heic(path, data, place)
    # Each is known to Pillow once it is loaded.
    from PIL import (  # noqa: F401
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        IcoImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    try:
        return Image.open(io.BytesIO(data), formats=_OTHERS)
    except _DAMAGED:
        what, fix = other_kind(data)
        raise refuse(place, Code.IMAGE_UNREADABLE, f"{path.name} {what}.", fix) from None


def _opened_heic(path: Path, data: bytes, place: Place) -> Image.Image:
    try:
        import pillow_heif
    except ImportError:
        message = f"{path.name} is a photo as iPhones take them (HEIC), which formgen reads with"
        fix = 'save it as JPEG, or run `pip install "formgen[heic]"`.'
        raise refuse(place, Code.IMAGE_UNREADABLE, f"{message} one library more.", fix) from None
    try:
        photo = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        if photo.size[0] * photo.size[1] > MAX_PIXELS:
            raise _too_big(path, photo.size, MAX_PIXELS, place)
        image: Image.Image = photo.to_pillow()
    except _DAMAGED:
        message = f"{path.name} ends early or is damaged."
        raise refuse(place, Code.IMAGE_TRUNCATED, message, "export it again.") from None
    return image


def _check_size(path: Path, image: Image.Image, place: Place) -> None:
    most = MAX_JPEG_PIXELS if image.format in {"JPEG", "MPO"} else MAX_PIXELS
    if image.width * image.height > most:
        raise _too_big(path, image.size, most, place)
    if not (image.width and image.height):
        message = f"{path.name} is no picture that formgen reads."
        raise refuse(place, Code.IMAGE_UNREADABLE, message, "export it again as PNG.")


def _too_big(path: Path, size: tuple[int, int], most: int, place: Place) -> Exception:
    message = f"{path.name} is {size[0]}×{size[1]}; limit {most // 1_000_000} megapixels."
    return refuse(place, Code.IMAGE_TOO_BIG, message, "resize to 2000 px.")


def _smaller(image: Image.Image, most_side: int) -> Image.Image:
    """Return a very large picture at about twice the size that is needed."""
    twice = (2 * most_side, 2 * most_side)
    # Of a JPEG, this decodes a fraction of the pixels.
    image.draft(None, twice)
    image.load()
    if image.mode in _MIXABLE and not image.has_transparency_data:
        image.thumbnail(twice)
    return image


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except _DAMAGED:
        return image


def _in_colour(image: Image.Image) -> Image.Image:
    """Return a picture in red, green and blue of one byte each."""
    if image.mode.startswith("I") or image.mode == "F":
        # Pillow itself would cut off what is above 255, so that nearly all of it is white.
        brightest = image.getextrema()[1]
        top = 65535 if image.mode.startswith("I;16") else float(brightest)  # type: ignore[arg-type]
        if top > _DEEPER or (image.mode == "F" and top <= 1):
            image = image.point(lambda value: value * (_DEEPER / top))
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _written(image: Image.Image, *, is_photo: bool) -> tuple[bytes, str]:
    """Return a picture as the bytes of a file, and its media type."""
    out = io.BytesIO()
    if is_photo and image.mode == "RGB":
        image.save(out, "JPEG", quality=90)
        return out.getvalue(), "image/jpeg"
    image.save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"


def _notes(
    path: Path, image: Image.Image, size: tuple[int, int], place: Place
) -> Iterator[Finding]:
    if max(size) < LEAST_SIDE:
        message = f"{path.name} is only {size[0]}×{size[1]} pixels, which is coarse on paper."
        fix = "use one of 500 pixels or more, or an SVG."
        yield Finding(place, Code.IMAGE_SMALL, message, fix)
    if _is_pale(image):
        yield pale_note(path.name, place)


def pale_note(name: str, place: Place) -> Finding:
    """Return the warning that a picture is white on white."""
    message = f"{name} is white, or nearly so, and does not show on white paper."
    return Finding(place, Code.IMAGE_PALE, message, "use the version for light backgrounds.")


def _is_pale(image: Image.Image) -> bool:
    """Tell whether hardly anything of a picture shows on white paper."""
    from PIL import Image

    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    seen = sum(paper.convert("L").histogram()[:PALE])
    return seen < _NOISE * image.width * image.height
