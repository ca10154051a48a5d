"""Publish the page of a whole state: every kit that is there, whichever build wrote it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from formgen.build.publish import INDEX, MANIFEST, write_file
from formgen.build.report import KitReport, sentence_of
from formgen.codes import Code
from formgen.compose.state_page import MARK, state_page
from formgen.findings import Finding, InputError, Place
from formgen.outputs.making.embedding import PAGE, make_whole
from formgen.pdf.web_fonts import ADDRESS, asked_faces, cut_faces
from formgen.plain_files import read_plain, shown
from formgen.sources.layers import Stack, base_layer, read_stack
from formgen.sources.paths import FIRST_LANGUAGE, WORDS, language_path

# The ids of the outputs that documents have, and of the one that packets are printed from.
_OF_DOCUMENTS = frozenset({"print", "fillable", "web"})
_PACKET = "packet"


def publish_state(reports: Sequence[KitReport], out: Path) -> list[Finding]:
    """Write the page of all kits in a folder; return what keeps it from being written.

    Of the locals of this build it says what became of them, of the others what their manifests do.
    """
    page = out / INDEX
    try:
        if page.exists() and MARK not in read_plain(page).decode("utf-8", "replace"):
            message = "this page was not made by formgen, so it stays as it is."
            fix = "move it away, or name another folder with --out."
            return [Finding(Place(page), Code.NOT_OURS, message, fix)]
        language, layers = _language_of(reports)
        facts = {each["id"]: each for each in (local_facts(report, out) for report in reports)}
        there = dict(kits_there(out))
        facts = {**there, **facts}
        # The words and looks are those of one local's packs.
        packs = {each["pack"] for each in there.values()}
        of_one_state = packs == {layers.layers[0].name} != {base_layer().name}
        html = state_page(list(facts.values()), layers, language, of_one_state=of_one_state)
        write_file(page, with_faces(html))
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
        "built_on": day_of(kit / MANIFEST) if there else "",
        "state": report.state,
        "documents": report.documents,
        "href": f"{quote(name)}/{INDEX}" if there else "",
        "earlier": there and report.folder is None,
        "packets": sum(entry.variant == _PACKET for entry in report.built),
        "findings": [sentence_of(finding, report.local.parent) for finding in report.findings],
        "own": len(report.overlays),
    }


def kits_there(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the page says of each kit in a folder, by the kit's id, as its manifest has it."""
    for path in sorted(out.glob(f"*/{MANIFEST}")):
        try:
            facts = _facts_in(path, json.loads(read_plain(path)))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # a folder of somebody else's
        # A copy of a kit under another name is none.
        if facts["id"] == path.parent.name:
            yield facts["id"], facts


def _facts_in(path: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    found = said.get("findings", ())
    made = said["files"]
    serious = any(each["severity"] == "error" for each in found)
    of_documents = {each["document"] for each in made if each["variant"] in _OF_DOCUMENTS}
    return {
        "id": str(said["id"]),
        "name": str(said["name"]),
        "edition": str(said["edition"]),
        "built_on": day_of(path),
        "state": "partly" if serious else "kept",
        "documents": len(of_documents),
        "href": f"{quote(path.parent.name)}/{INDEX}" if (path.parent / INDEX).is_file() else "",
        "earlier": False,
        "packets": sum(each["variant"] == _PACKET for each in made),
        "findings": [str(each["message"]) for each in found],
        "own": len(said.get("overrides", {}).get("files", ())),
        "pack": next((str(each["id"]) for each in said.get("packs", ())), ""),
    }


def day_of(manifest: Path) -> str:
    """Return the day on which a kit was last changed: its manifest is written then, and last."""
    try:
        return dt.datetime.fromtimestamp(manifest.stat().st_mtime).date().isoformat()  # noqa: DTZ006
    except OSError:
        return ""


def with_faces(html: str) -> bytes:
    """Return a page with its typefaces in it."""
    asked = asked_faces(html)
    faces = cut_faces(asked["faces"], "".join(asked["letters"]))
    files = {f"{ADDRESS}{name}": data for name, data in faces.items()}
    return make_whole(None, {PAGE: html.encode(), **files}).files[PAGE]
