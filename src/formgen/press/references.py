"""What pydyf's objects say of themselves and of each other, before a file is written."""

from __future__ import annotations

import re
from typing import Any

_REFERENCE = re.compile(rb"(\d+) 0 R")


def number_of(reference: Any) -> int:
    """Return the number of the object that is referred to; -1 for anything else."""
    found = _REFERENCE.fullmatch(reference) if isinstance(reference, bytes) else None
    return int(found[1]) if found else -1


def type_of(thing: Any) -> Any:
    """Return the type of an object; None for one that has none."""
    return thing.get("Type") if isinstance(thing, dict) else None
