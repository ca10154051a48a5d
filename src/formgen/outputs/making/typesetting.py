"""Typeset composed pages: what workers do, and the tasks that ask for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.graph.task import Made, Result, Task, Work, work_task
from formgen.model.forms.acroform import form_from
from formgen.model.page_format import Edition
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset


@dataclass(frozen=True)
class PageFacts:
    """What there is beside a page of HTML: so many style sheets, files by address, its size."""

    styles: int
    assets: tuple[str, ...]
    zoom: float
    fits_one_page: bool = False
    editions: tuple[Edition, ...] = ("print",)


def typeset_page(facts: PageFacts, files: Mapping[str, bytes]) -> Made:
    """Lay a page out and make its PDFs, by what they are written as; one with defects is none."""
    sheet = Sheet(
        _text(files["page"]),
        tuple(_text(files[f"style {number}"]) for number in range(facts.styles)),
        {address: files[address] for address in facts.assets},
        form_from(json.loads(files["form"])) if "form" in files else None,
        zoom=facts.zoom,
        fits_one_page=facts.fits_one_page,
        editions=facts.editions,
    )
    made = typeset(sheet)
    known = {
        "pages": made.pages,
        "defects": [asdict(defect) for defect in made.defects],
        "lacking": {edition: asdict(defect) for edition, defect in made.lacking.items()},
    }
    return Made({} if made.defects else made.files, known)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def typesetting(composed: Result, page: str, editions: tuple[Edition, ...] = ("print",)) -> Work:
    """Return the work that typesets a page that was composed."""
    facts = composed.facts["formats"][page]
    files = {"page": composed.files[f"{page} page"]}
    files |= {f"style {number}": digest for number, digest in enumerate(facts["styles"])}
    files |= facts["assets"]
    if f"{page} form" in composed.files:
        files["form"] = composed.files[f"{page} form"]
    beside = PageFacts(
        len(facts["styles"]),
        tuple(facts["assets"]),
        facts["zoom"],
        facts["fits_one_page"],
        editions,
    )
    return Work(typeset_page, beside, files)


def typeset_task(  # noqa: PLR0913, PLR0917  (what it takes)
    name: str,
    composing: Task,
    page: str,
    label: str,
    place: Place,
    editions: tuple[Edition, ...] = ("print",),
) -> Task:
    """Return what typesets a page that another task composes, and writes it in these editions."""

    def work(composed: Result) -> Work:
        return typesetting(composed, page, editions)

    return work_task(f"pages of {name}, {' and '.join(editions)}", work, label, place, [composing])


def defects_of(
    made: Result, label: str, place: Place, edition: Edition = "print"
) -> tuple[Finding, ...]:
    """Return what is wrong with a PDF, at the place where that is mended."""
    said = f"{label}: " if label else ""
    return tuple(
        Finding(place, Code(each["code"]), f"{said}{each['message']}", each["fix"])
        for each in _defects(made, edition)
    )


def _defects(made: Result, edition: Edition) -> Iterator[Mapping[str, str]]:
    yield from made.facts.get("defects", ())
    lacking = made.facts.get("lacking", {})
    if edition in lacking:
        yield lacking[edition]
