"""Publish the page of a whole state: each local with its edition, state, findings and overlays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from formgen.build.publish import INDEX, write_file
from formgen.build.report import KitReport
from formgen.codes import Code
from formgen.compose.state_page import MARK, state_page
from formgen.findings import Finding, InputError, Place, relative_to
from formgen.plain_files import read_plain, shown
from formgen.sources.layers import Stack, base_layer, read_stack
from formgen.sources.paths import FIRST_LANGUAGE, WORDS, language_path


def publish_state(reports: Sequence[KitReport], out: Path) -> list[Finding]:
    """Write the page of all locals of a build; return what keeps it from being written."""
    page = out / INDEX
    try:
        if page.exists() and MARK not in read_plain(page).decode("utf-8", "replace"):
            message = "this page was not made by formgen, so it stays as it is."
            fix = "move it away, or name another folder with --out."
            return [Finding(Place(page), Code.NOT_OURS, message, fix)]
        language, layers = _language_of(reports)
        facts = [local_facts(report, out) for report in reports]
        write_file(page, state_page(facts, layers, language).encode())
    except OSError as problem:
        message = f"the page of all locals cannot be written ({problem.strerror})."
        return [Finding(Place(page), Code.CANNOT_WRITE, message, "make room, or give permission.")]
    return []


def _language_of(reports: Sequence[KitReport]) -> tuple[str, Stack]:
    """Return the language of most locals, and the layers that have its words."""
    spoken = Counter(report.language for report in reports if report.language)
    for language, _ in spoken.most_common():
        local = next(report.local for report in reports if report.language == language)
        try:
            stack, _ = read_stack(local)
        except InputError:  # it was changed meanwhile
            continue
        # A local's own words are for its own papers, unless nobody else has the language.
        packs = Stack(stack.layers[1:])
        return language, packs if packs.find(language_path(language, WORDS)) else stack
    return FIRST_LANGUAGE, Stack((base_layer(),))


def local_facts(report: KitReport, out: Path) -> dict[str, Any]:
    """Return what the page says of a local; no path of this machine is among it."""
    name = report.id or shown(report.local.absolute().parent.name)
    kit = out / name
    there = report.folder is not None or (kit / INDEX).is_file()
    return {
        "id": name,
        "name": report.name or name,
        "edition": report.edition,
        "state": report.state,
        "documents": report.documents,
        "href": f"{quote(name)}/{INDEX}" if there else "",
        "earlier": there and report.folder is None,
        "findings": [_line(finding, report.local.parent) for finding in report.findings],
        "overlays": report.overlays,
    }


def _line(finding: Finding, folder: Path) -> str:
    (near,) = relative_to([finding], folder)
    text = str(near)
    if near.place.file.is_absolute():
        text = text.replace(str(near.place.file), near.place.file.name)
    return shown(text.replace(f"{folder}/", ""))
