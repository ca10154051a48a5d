"""Locals with files of their own, which lie over the base pack's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formgen.compose.text.contents import read_form
from formgen.compose.text.context import words_context
from formgen.compose.views import FormView
from formgen.findings import Finding, InputError
from formgen.kit import Kit, KitDocument, resolve
from tests.support.locals import MINIMAL, write, write_local

FORM = "content/en/forms/mentor-application.yaml"
LETTER = "content/en/letters/start-up-notice.md"
CHAPTERS = "content/en/manual"


def overlaid(
    folder: Path,
    files: Mapping[str, str] | None = None,
    text_or_changes: str | Mapping[str, Any] = MINIMAL,
) -> Kit:
    """Write a local with files of its own, and resolve it."""
    for name, text in (files or {}).items():
        write(folder / name, text)
    return resolve(write_local(folder, text_or_changes))


def document_of(kit: Kit, name: str) -> KitDocument:
    """Return a document of a kit by its id."""
    return next(document for document in kit.documents if document.id == name)


def form_of(
    folder: Path,
    form: str,
    text_or_changes: str | Mapping[str, Any] = MINIMAL,
    name: str = "mentor-application",
) -> tuple[FormView, list[Finding]]:
    """Return the view of a form that stands in for one of the base pack, and its findings."""
    kit = overlaid(folder, {f"content/en/forms/{name}.yaml": form}, text_or_changes)
    wording, _ = words_context(kit)
    return read_form(kit, document_of(kit, name), wording), wording.findings


def findings_in(made: Any) -> list[Finding]:
    """Return the findings that calling something raises, or none."""
    try:
        made()
    except InputError as problem:
        return list(problem.findings)
    return []
