"""Names for what has only a label: of fields, of answers, of documents."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterable, Iterator

_MOST = 60


def slug(text: str) -> str:
    """Return a name for a label: a-z, 0-9 and -, starting with a letter; always the same one."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:_MOST].strip("-")
    if not name and text.strip():
        # Of other letters, or of signs alone.
        name = f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
        return f"x-{name}"
    return name if name[:1].isalpha() else f"x-{name}".strip("-")


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken yet: itself, or with a number behind it."""
    tries = (name, *(f"{name[:_MOST]}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)


def free_names(names: Iterable[str]) -> Iterator[str]:
    """Yield names, those with a number that came before: «C» and «C++» have the same one."""
    seen: set[str] = set()
    for name in names:
        free = free_name(name, seen)
        seen.add(free)
        yield free
