"""What a picture is once it was read, and how one is refused."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place

# Enough for 40 mm at 600 dots an inch; larger logos only make files heavy.
LOGO_SIDE = 1000
# A whole page at 240 dots an inch.
PAGE_SIDE = 2600


@dataclass(frozen=True)
class Picture:
    """A picture ready for a page: its bytes, media type, and width divided by height."""

    data: bytes
    media_type: str
    ratio: float
    # What of it may look otherwise than it was meant, as warnings.
    notes: tuple[Finding, ...] = ()


def refuse(place: Place, code: Code, message: str, fix: str) -> InputError:
    """Return the error that a picture cannot be used."""
    return InputError([Finding(place, code, message, fix)])
