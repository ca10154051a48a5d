"""Take a file of a typeface in: looked at by a worker first, and named in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from formgen.codes import Code
from formgen.drafts.draft import Change, read_draft
from formgen.drafts.pictures import SENT, SentFacts, put_beside
from formgen.findings import Finding, InputError, Place, errors
from formgen.graph.interfaces import Workers
from formgen.graph.task import Made, Work
from formgen.sources.typefaces.font_file import BrokenFontError, read_font

TYPEFACE = ("brand", "typeface")


def look_at_typeface(facts: SentFacts, files: Mapping[str, bytes]) -> Made:
    """Read a file of a typeface as a build would; what is wrong is found, and nothing is made."""
    try:
        read_font(files[SENT])
    except BrokenFontError as problem:
        message, fix = f"{facts.name} is no typeface: {problem}.", "hand over a TTF, OTF or WOFF2."
        return Made(findings=(Finding(Place(Path(facts.name)), Code.BAD_TYPEFACE, message, fix),))
    return Made()


def add_typeface(place: Path, part: str, name: str, data: bytes, workers: Workers) -> Change:
    """Put a file of a typeface beside the settings; return the change that names it there.

    ``part`` is `file`, `bold` or `italic`. Raises InputError for what is no typeface, and OSError.
    """
    work = Work(look_at_typeface, SentFacts(name), carried={SENT: data})
    made = workers.submit(work, {}).result()
    if errors(made.findings):
        raise InputError(made.findings)
    path = put_beside(place, name, data)
    draft = read_draft(place)
    now = draft.whole.get(*TYPEFACE) if draft.whole else None
    if now is not None and isinstance(now.value, dict):
        return Change((*TYPEFACE, part), "set", path.name)
    # The word for one of ours says from now on what stands in for the file.
    own = draft.own.text(*TYPEFACE) if draft.own else ""
    return Change(TYPEFACE, "set", {**({"voice": own} if own else {}), part: path.name})
