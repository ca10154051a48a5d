"""Measure what it gains to make many copies in one pass, as ratios from one run.

    .venv/bin/python -m tests.benchmarks.merge --copies 300
    .venv/bin/python -m tests.benchmarks.merge --copies 1000 --only certificate-of-completion

In one warm process, from words to the bytes of a file for each person: every copy made alone
by formgen, every copy made alone by WeasyPrint as its documentation shows it, and the copies of
a roster in batches as `formgen people` makes them. All are measured in turn, a batch at a time,
and the sums are compared. formgen keeps parsed styles and fonts from one file to the next, and
WeasyPrint by itself does not.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from formgen.compose.mail_merge import Person, merge
from formgen.compose.pages import Composer, make_composer
from formgen.compose.text.context import BLANK_ENTRY
from formgen.graph.cache import cache_folder
from formgen.kit import KitDocument, resolve
from formgen.pdf.fonts import font_folder
from formgen.pdf.typeset import typeset
from formgen.people.copies import COPIES_AT_ONCE
from formgen.workers.pool import this_process
from tests.benchmarks.kit import bare
from tests.support.composed import FORMATS, sheet_of

LOCAL = Path(__file__).resolve().parents[2] / "content" / "locals" / "riverbend-esp"
DOCUMENTS = ("certificate-of-completion", "welcome-mentee", "mentor-pledge")


def main() -> None:
    """Measure and print times and ratios as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=200, help="of each document")
    parser.add_argument("--only", nargs="*", choices=DOCUMENTS, default=DOCUMENTS)
    asked = parser.parse_args()
    composer = make_composer(resolve(LOCAL / "local.yaml"))
    documents = [document for document in composer.kit.documents if document.id in asked.only]
    people = [person(number) for number in range(asked.copies)]
    with this_process(font_folder(cache_folder())):
        report = {document.id: measured(composer, document, people) for document in documents}
    print(json.dumps({"copies of each": asked.copies, **report}, indent=1))


def person(number: int) -> Person:
    """Return a made-up pair, unlike all others."""
    names = {"mentee_name": f"Mentee {number} Sample", "mentor_name": f"Mentor {number} Example"}
    return Person(f"id{number}", {**BLANK_ENTRY, **names})


def measured(
    composer: Composer, document: KitDocument, people: Sequence[Person]
) -> dict[str, float]:
    """Return milliseconds a copy each way, and their ratio."""

    def alone(batch: Sequence[Person]) -> None:
        for each in batch:
            typeset(sheet_of(composer.compose(document, FORMATS["print"], each.values)))

    pages = typeset(sheet_of(composer.compose(document, FORMATS["print"]))).pages

    def together(batch: Sequence[Person]) -> None:
        merged = sheet_of(merge(composer, document, FORMATS["print"], batch, pages=pages))
        typeset(replace(merged, backs=True))

    def by_weasyprint(batch: Sequence[Person]) -> None:
        for each in batch:
            bare([sheet_of(composer.compose(document, FORMATS["print"], each.values))])

    spent = {"alone": 0.0, "alone, bare WeasyPrint": 0.0, "together": 0.0}
    for first in range(0, len(people), COPIES_AT_ONCE):
        batch = people[first : first + COPIES_AT_ONCE]
        spent["alone"] += seconds(lambda: alone(batch))  # noqa: B023  (called at once)
        spent["alone, bare WeasyPrint"] += seconds(lambda: by_weasyprint(batch))  # noqa: B023
        spent["together"] += seconds(lambda: together(batch))  # noqa: B023  (called at once)
    report = {f"milliseconds {way}": round(1000 * s / len(people), 1) for way, s in spent.items()}
    ratios = {
        f"together / {way}": round(spent["together"] / s, 3)
        for way, s in spent.items()
        if way != "together"
    }
    return {**report, **ratios}


def seconds(work: Callable[[], None]) -> float:
    """Return how much of the processor's time some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
