"""The files of a local's words: which are missing, which nothing reads, which were guessed at."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding
from formgen.model.catalog import Catalog
from formgen.model.groups.documents import OwnDocuments
from formgen.model.wording.titles import ABOUT_FILE
from formgen.sources.files import File
from formgen.sources.layers import Stack
from formgen.sources.near_names import near_name
from formgen.sources.paths import CONTENT, LOCAL_FILE, TEMPLATES, TEXTS, language_path
from formgen.sources.text_files import encoding_notices
from formgen.sources.unread_files import unread_files


def check_files(
    stack: Stack, catalog: Catalog, own: OwnDocuments, language: str
) -> Iterator[Finding]:
    """Yield what is wrong with the files that hold the words of documents, or were to hold them."""
    yield from _missing_content(stack, catalog, own, language)
    listed = catalog.documents.values()
    manuals = {each.content for each in listed if each.kind == "manual"}
    contents = {*own.contents, *(each.content for each in listed)} | {
        f"{each}/{ABOUT_FILE}" for each in manuals
    }
    yield from unread_files(stack, language, contents, manuals)
    yield from encoding_notices(_texts(stack))


def _missing_content(
    stack: Stack, catalog: Catalog, own: OwnDocuments, language: str
) -> Iterator[Finding]:
    for name, document in catalog.documents.items():
        path = language_path(language, document.content)
        there = stack.names_in(path, ".md") if document.kind == "manual" else stack.find(path)
        if not there:
            place = (own.catalog.get("documents", name, "content") or own.catalog).place
            fix = "add the file, or correct its name."
            if name in own.names:
                fix = _where_it_may_be(stack, path) or fix
            yield Finding(place, Code.NO_FILE, f"no layer has {path}.", fix)


def _where_it_may_be(stack: Stack, path: str) -> str:
    """Return where the file of a local's own document lies instead, or the name that is meant."""
    folder, name = posixpath.split(path)
    for beside in (Path(name), Path(posixpath.basename(folder), name)):
        if (stack.local.folder / beside).is_file():
            return f"move {beside.as_posix()} to {folder}."
    there = stack.names_in(folder, "")
    near = near_name(name, there)
    return f'did you mean "{near}"?' if near else ""


def _texts(stack: Stack) -> Iterator[File]:
    """Yield the texts of a local and of the packs that it builds on."""
    for layer in stack.layers[:-1]:
        paths = [path for folder in (CONTENT, TEMPLATES) for path in layer.paths(folder)]
        for path in (LOCAL_FILE, *paths):
            file = layer.file(path)
            if file and file.suffix in TEXTS:
                yield file
