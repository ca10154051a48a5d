"""The objects of a file before it is written: the one door to pydyf.

Tried with pydyf 0.13. Passes change the objects of a file that WeasyPrint has made, which no
interface of either is meant for; tests/test_objects.py has what they rely on.
"""

from __future__ import annotations

import re
from typing import Any

from pydyf import PDF, Array, Dictionary, Object, Stream, String

__all__ = ["PDF", "Array", "Dictionary", "Object", "Stream", "String", "number_of", "type_of"]

_REFERENCE = re.compile(rb"(\d+) 0 R")


def number_of(reference: Any) -> int:
    """Return the number of the object that is referred to; -1 for anything else."""
    found = _REFERENCE.fullmatch(reference) if isinstance(reference, bytes) else None
    return int(found[1]) if found else -1


def type_of(thing: Any) -> Any:
    """Return the type of an object; None for one that has none."""
    return thing.get("Type") if isinstance(thing, dict) else None
