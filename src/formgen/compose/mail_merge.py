"""Compose one document for many people: a page of HTML that holds a copy for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from formgen.compose.pages import Composed, Composer
from formgen.findings import Finding, InputError
from formgen.kit import KitDocument
from formgen.model.copies import Copy
from formgen.model.page_format import PageFormat


@dataclass(frozen=True)
class Person:
    """An entry of the roster under a name that tells nothing, and what it says."""

    id: str
    values: Mapping[str, str]


def merge(
    composer: Composer,
    document: KitDocument,
    page: PageFormat,
    people: Sequence[Person],
    *,
    pages: int = 1,
) -> Composed:
    """Return the copies for all people, in order. Raises InputError with all that is wrong.

    ``pages`` is how many each of them says that it takes.
    """
    composed: list[Composed] = []
    findings: list[Finding] = []
    for number, person in enumerate(people):
        copy = Copy(person.id, pages=pages, leads=number == 0)
        try:
            composed.append(composer.compose(document, page, person.values, copy))
        except InputError as problem:
            findings += problem.findings
    if findings:
        raise InputError(findings)
    copies = [
        Copy(person.id, each.form, pages) for person, each in zip(people, composed, strict=True)
    ]
    return replace(
        composed[0],
        html=_together([each.html for each in composed], copies),
        copies=tuple(copies),
        form=None,
    )


def _together(pages: Sequence[str], copies: Sequence[Copy]) -> str:
    """Return one page that holds what all pages of these copies hold."""
    head, _, tail = _split(pages[0])
    # The id stands on an element of its own: those with the same styles and no id share what
    # WeasyPrint computes for them, and so do all that they hold.
    articles = [
        f'<article class="copy copy-{"even" if number % 2 else "odd"}">\n'
        f'<div id="{copy.anchor}"></div>{_split(page)[1]}\n</article>'
        for number, (copy, page) in enumerate(zip(copies, pages, strict=True))
    ]
    return "\n".join([head, *articles, tail])


def _split(html: str) -> tuple[str, str, str]:
    """Return what stands before a page's body with its tag, the body, and what follows."""
    start = html.index(">", html.index("<body")) + 1
    end = html.rindex("</body>")
    return html[:start], html[start:end], html[end:]
