"""Read text files: whole, of a sensible size, in UTF-8 or as other editors save them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.files import File
from formgen.sources.near_names import remedy_for_missing

MAX_BYTES = 1_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS = "save it as UTF-8 (Notepad: «Save as», «Encoding»; Excel: «CSV UTF-8»)."
_AGAIN = "save it as UTF-8, if other programs are to read it."
_LOOK = "look whether they are right, or save the file as UTF-8."


def read_text(file: Path | File) -> str:
    """Return a file's text; raise InputError if it is missing, huge or no text."""
    file = file if isinstance(file, File) else File(file)
    path = file.path
    try:
        if file.data is None and not path.is_file():
            there = path.exists()
            what = "is a folder or a device" if there else "does not exist"
            fix = "check the name." if there else remedy_for_missing(path)
            raise InputError([Finding(Place(path), Code.NO_FILE, f"{path.name} {what}.", fix)])
        if file.size > MAX_BYTES:
            raise InputError(
                [
                    Finding(
                        Place(path),
                        Code.TOO_BIG,
                        f"{path.name} is larger than {MAX_BYTES:,} bytes.",
                        "split it, or move pictures out of it.",
                    )
                ]
            )
        raw = file.read_bytes()
    except OSError as problem:
        message = f"{path.name} cannot be read: {problem.strerror}."
        raise InputError(
            [Finding(Place(path), Code.UNREADABLE, message, "check its permissions.")]
        ) from None
    return decode_text(path, raw)


def decode_text(path: Path, data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or as old Windows programs write it.

    Raises InputError if it is none of them.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(path, data[len(mark) :], encoding)
    if b"\0" in data[:2000]:
        message = f"{path.name} is no text."
        raise InputError([Finding(Place(path), Code.NOT_TEXT, message, _SAVE_AS)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # What a Windows of western Europe or America calls «ANSI», or CSV without more words.
        return _decoded(path, data, "cp1252")


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        message = f"byte 0x{data[problem.start]:02X} belongs to no letter."
        place = Place(path, line, 1)
        raise InputError([Finding(place, Code.NOT_UTF8, message, _SAVE_AS)]) from None


def is_legacy(data: bytes) -> bool:
    """Tell whether a file is in a Windows encoding, so that its letters had to be guessed."""
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def encoding_notices(files: Iterable[File]) -> Iterator[Finding]:
    """Yield a warning for each file that is not in UTF-8. Raises OSError."""
    for file in files:
        data = file.read_bytes()
        if is_legacy(data):
            how, fix = "so letters such as é were read as Windows has them", _LOOK
        elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            how, fix = "but in UTF-16, and was read so", _AGAIN
        else:
            continue
        message = f"{file.name} is not in UTF-8, {how}."
        yield Finding(Place(file.path), Code.OTHER_ENCODING, message, fix)
