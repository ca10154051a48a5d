"""What binding is given: the files that become one, and what that one says of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One file that goes into a bound one."""

    pdf: bytes
    # What the bookmarks and the structure call it.
    title: str
    # What its pages are numbered with: F3 makes F3-1, F3-2; without it, pages count on.
    label: str = ""
    # Shares no sheet of paper with another part, however it is printed.
    own_sheet: bool = False
    # Goes on the names of its fields, so that a form can be bound many times.
    field_suffix: str = ""


@dataclass(frozen=True)
class BoundFacts:
    """What a bound file says of itself."""

    title: str
    language: str
    # Left out, the file names all forms in it as they name themselves.
    identifier: str | None = None
    # Every part starts on a front side; blank backs are put in where it takes them.
    fronts: bool = True
