"""Read what is a plain file; anything else is named and not opened."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_NOT_PLAIN = "it is no plain file"


def read_plain(path: Path) -> bytes:
    """Return the bytes of a file; a pipe, a device or a folder is not opened. Raises OSError."""
    refuse_other(path)
    return path.read_bytes()


def refuse_other(path: Path) -> None:
    """Raise OSError for what is there and no plain file: to open it may wait for ever."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, _NOT_PLAIN, str(path))


def is_utf8(name: str) -> bool:
    """Tell whether a name on the disk is readable text."""
    try:
        os.fsencode(name).decode()
    except UnicodeError:
        return False
    return True


def shown(path: Path | str) -> str:
    """Write a path, or words with one, so that it can be printed, whatever its bytes are."""
    try:
        data = str(path).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = str(path).encode("utf-8", "backslashreplace")
    return data.decode("utf-8", "backslashreplace")
