"""Typeset composed pages: what workers do, and the tasks that ask for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.graph.task import Made, Result, Task, Work, work_task
from formgen.model.forms.acroform import form_from
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset


@dataclass(frozen=True)
class PageFacts:
    """What there is beside a page of HTML: so many style sheets, files by address, its size."""

    styles: int
    assets: tuple[str, ...]
    zoom: float
    fits_one_page: bool = False


def typeset_page(facts: PageFacts, files: Mapping[str, bytes]) -> Made:
    """Make a PDF of a page; one with defects is no file."""
    sheet = Sheet(
        _text(files["page"]),
        tuple(_text(files[f"style {number}"]) for number in range(facts.styles)),
        {address: files[address] for address in facts.assets},
        form_from(json.loads(files["form"])) if "form" in files else None,
        zoom=facts.zoom,
        fits_one_page=facts.fits_one_page,
    )
    made = typeset(sheet)
    defects = [asdict(defect) for defect in made.defects]
    return Made({} if defects else {"pdf": made.pdf}, {"pages": made.pages, "defects": defects})


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def typesetting(composed: Result, page: str) -> Work:
    """Return the work that typesets a page that was composed."""
    facts = composed.facts["formats"][page]
    files = {"page": composed.files[f"{page} page"]}
    files |= {f"style {number}": digest for number, digest in enumerate(facts["styles"])}
    files |= facts["assets"]
    if f"{page} form" in composed.files:
        files["form"] = composed.files[f"{page} form"]
    beside = PageFacts(
        len(facts["styles"]), tuple(facts["assets"]), facts["zoom"], facts["fits_one_page"]
    )
    return Work(typeset_page, beside, files)


def typeset_task(name: str, composing: Task, page: str, label: str, place: Place) -> Task:
    """Return what typesets a page that another task composes."""

    def work(composed: Result) -> Work:
        return typesetting(composed, page)

    return work_task(f"pages of {name}", work, label, place, [composing])


def defects_of(made: Result, label: str, place: Place) -> tuple[Finding, ...]:
    """Return what is wrong with a PDF, at the place where that is mended."""
    said = f"{label}: " if label else ""
    return tuple(
        Finding(place, Code(each["code"]), f"{said}{each['message']}", each["fix"])
        for each in made.facts.get("defects", ())
    )
