"""Read text files: whole, of a sensible size, and in UTF-8."""

from __future__ import annotations

from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.files import File

MAX_BYTES = 1_000_000


def read_text(file: Path | File) -> str:
    """Return a file's text; raise InputError if it is missing, huge or not UTF-8."""
    file = file if isinstance(file, File) else File(file)
    path = file.path
    try:
        if file.data is None and not path.is_file():
            what = "is a folder or a device" if path.exists() else "does not exist"
            raise InputError(
                [Finding(Place(path), Code.NO_FILE, f"{path.name} {what}.", "check the name.")]
            )
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
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # What stands before the bad byte was decoded without an error; a BOM is not in it.
        before = problem.object[: problem.start].decode("utf-8")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"byte 0x{problem.object[problem.start]:02X} is not UTF-8."
        raise InputError(
            [Finding(place, Code.NOT_UTF8, message, "save the file as UTF-8.")]
        ) from None
