"""Put into a web page what it shows: its typefaces, and pictures of the first pages of files.

Such a page asks for nothing, so all of that stands in it. Pages are composed with addresses of
ours, which give way to the files themselves once those are made.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formgen.compose.index_page import PICTURE, PICTURE_BOX
from formgen.findings import Place
from formgen.graph.task import Digest, Made, Result, Steps, Task, Work, work_task
from formgen.pdf.first_page import first_page
from formgen.pdf.web_fonts import ADDRESS, cut_faces

PAGE = "page"
# In quotes, which no value has in a page as they are.
_NAMED = re.compile(f'"((?:{ADDRESS}|{PICTURE})[a-z0-9-]+)"'.encode())
_NOTHING = b"\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\""
_TYPES = {ADDRESS: "font/woff2", PICTURE: "image/png"}


# --- Typefaces


@dataclass(frozen=True)
class FaceFacts:
    """Which typefaces a page has, and the letters that they have more than always."""

    names: tuple[str, ...]
    letters: str


def make_faces(facts: FaceFacts, _files: Mapping[str, bytes]) -> Made:
    """Cut the typefaces of a page."""
    return Made(cut_faces(facts.names, facts.letters))


# --- Pictures


def make_picture(_facts: object, files: Mapping[str, bytes]) -> Made:
    """Draw the first page of a PDF as the kit's page shows it."""
    picture, _ = first_page(files["pdf"], PICTURE_BOX)
    return Made({"picture": picture})


def picture_task(document: str, pdf: Digest, place: Place, making: Task | None = None) -> Task:
    """Return what draws the first page of a document's PDF.

    ``making`` makes the file, if this build does: again, if it gets lost.
    """

    def work(*made: Result) -> Work:
        [found] = made[0].files.values() if made and made[0].files else [pdf]
        return Work(make_picture, PICTURE_BOX, {"pdf": found})

    needs = [making] if making else []
    return work_task(f"picture of {document}", work, document, place, needs)


# --- The whole page


def make_whole(_facts: None, files: Mapping[str, bytes]) -> Made:
    """Put files into a page, in place of their addresses."""

    def whole(found: re.Match[bytes]) -> bytes:
        address = found[1].decode()
        if address not in files:
            # It could not be made; a letter or a picture less is no harm.
            return _NOTHING if address.startswith(PICTURE) else found[0]
        kind = next(kind for start, kind in _TYPES.items() if address.startswith(start))
        return f'"data:{kind};base64,{base64.b64encode(files[address]).decode()}"'.encode()

    return Made({PAGE: _NAMED.sub(whole, files[PAGE])})


def whole_page_task(  # noqa: PLR0913, PLR0917  (what a page is made of)
    name: str,
    label: str,
    composing: Task,
    page: str,
    place: Place,
    pictures: Mapping[str, Task] | None = None,
) -> Task:
    """Return what makes a page whole that another task composes.

    ``pictures`` are what draws the first pages that it shows, by document.
    """
    drawn = pictures or {}

    def steps() -> Steps:
        [composed] = yield [composing]
        asked = composed.facts["formats"][page]
        facts = FaceFacts(tuple(asked["faces"]), "".join(asked["letters"]))
        named = " ".join(("typefaces", *facts.names, facts.letters)).strip()
        cutting = work_task(named, lambda: Work(make_faces, facts), label, place)
        # Asked for with the rest, so that it is made again with that if it gets lost.
        composed, faces, *made = yield [composing, cutting, *drawn.values()]
        files = {PAGE: composed.files[f"{page} page"]}
        files |= {f"{ADDRESS}{each}": digest for each, digest in faces.files.items()}
        files |= _pictures(drawn, made)
        return Work(make_whole, None, files, here=True, lasting=False)

    return Task(f"whole {name}", steps, label, place)


def _pictures(drawn: Mapping[str, Task], made: Sequence[Result]) -> dict[str, Digest]:
    return {
        f"{PICTURE}{name}": result.files["picture"]
        for name, result in zip(drawn, made, strict=True)
        if "picture" in result.files
    }
