"""Files of a local that nothing reads: whoever put them there believes that they count."""

from __future__ import annotations

import functools
import os
import posixpath
from collections.abc import Collection, Iterator
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, Place, brief
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.near_names import near_name, plain_name
from formgen.sources.pack_files.lock_file import LOCK_FILE
from formgen.sources.pack_files.rules import is_litter
from formgen.sources.paths import (
    ASSETS,
    CATALOG_FILE,
    CONTENT,
    DESCRIPTIONS,
    FIRST_LANGUAGE,
    FOLDERS,
    LOCAL_FILE,
    OWN_FILES,
    PACK_FILE,
    PACK_RECORDS,
    PACKS,
    SETTINGS_FILE,
    STUDIO_WORDS,
    TEMPLATES,
    language_path,
    settings_paths,
    words_paths,
)
from formgen.sources.styles import added_to
from formgen.sources.tables.table import KINDS
from formgen.sources.tree import Node

_ROSTERS = tuple(f"roster{kind}" for kind in KINDS)
# Read from packs alone: a local has local.yaml instead.
_OF_PACKS = PACK_RECORDS | {SETTINGS_FILE, PACK_FILE}
# As what a setting lists a document of one's own, by the folder of its words.
_KEYS = {"forms": "form", "letters": "letter", "pledges": "pledge"}


def unread_files(
    stack: Stack, language: str, contents: Collection[str], manuals: Collection[str]
) -> Iterator[Finding]:
    """Yield a warning for each file in a local's own folders that nothing reads.

    ``contents`` are the paths of the documents' words below a language's folder, ``manuals`` the
    folders of chapters among them.
    """
    local, below = stack.local, Stack(stack.layers[1:])
    words = {language_path(language, each) for each in contents}
    chapters = {language_path(language, each) for each in manuals}
    small = {
        *words_paths(language),
        *(language_path(language, name) for name in (DESCRIPTIONS, STUDIO_WORDS)),
    }
    read = {CATALOG_FILE, OWN_FILES, settings_paths(language)[1], *small, *words}
    for folder in FOLDERS:
        for path in local.paths(folder):
            name = posixpath.basename(path)
            if is_litter(name) or ((path in read or below.find(path)) and path not in _OF_PACKS):
                continue
            if posixpath.dirname(path) in chapters and name.endswith(".md"):
                continue
            if not path.startswith(f"{CONTENT}/") and (added_to(path) or _is_named(local, path)):
                continue
            yield _unread(local, path, _meant(path, below, read | words, language))
    yield from _folders_for_files(local, below, read)


def _unread(local: Layer, path: str, fix: str) -> Finding:
    message = f"nothing reads {brief(posixpath.basename(path))} here."
    return Finding(Place(local.folder / path), Code.UNREAD_FILE, message, fix)


def _meant(path: str, below: Stack, read: Collection[str], language: str) -> str:
    if path == SETTINGS_FILE:
        return f"write these settings into {LOCAL_FILE}."
    name = posixpath.basename(path)
    # Of the same folder first, then of any.
    here = posixpath.dirname(path)
    known = {
        *read,
        *(each for layer in below.layers for top in FOLDERS for each in layer.paths(top)),
    }
    ours = [each for each in sorted(known) if _is_of(each, language)]
    near = [each for each in ours if near_name(name, (posixpath.basename(each),))]
    near.sort(key=lambda each: (plain_name(name) != posixpath.basename(each), _apart(each, here)))
    if near:
        return f"did you mean {near[0]}?"
    whole, added = posixpath.splitext(name)
    if whole.endswith((".md", ".yaml")):
        return f"call it {whole}; an editor has added {added} to its name."
    top = path.split("/", maxsplit=1)[0]
    if top in {TEMPLATES, ASSETS}:
        return "name it in a template of yours, or delete it."
    kind = _KEYS.get(posixpath.basename(here), "")
    if kind and _is_of(path, language):
        inside = path.removeprefix(language_path(language, ""))
        line = f"documents: {{add: [{{{kind}: {inside}}}]}}"
        return f"write `{line}` into {LOCAL_FILE}, or delete it."
    return (
        f"documents find their words in {language_path(language, '')}; move it there, or delete it."
    )


def _apart(path: str, folder: str) -> bool:
    return posixpath.dirname(path) != folder


def _is_of(path: str, language: str) -> bool:
    """Tell whether a path is of a language, or of none."""
    top, _, rest = path.partition("/")
    return top != CONTENT or "/" not in rest or rest.startswith(f"{language}/")


def _is_named(local: Layer, path: str) -> bool:
    """Tell whether another file of the local's names this one."""
    name = posixpath.basename(path).encode()
    texts = (each for folder in (TEMPLATES, CONTENT) for each in local.paths(folder))
    files = (local.file(each) for each in (*texts, LOCAL_FILE) if each not in {path, OWN_FILES})
    return any(file and name in file.read_bytes() for file in files)


def _folders_for_files(local: Layer, below: Stack, read: Collection[str]) -> Iterator[Finding]:
    for top in FOLDERS:
        for here, folders, _ in os.walk(local.folder / top):
            for folder in folders:
                path = Path(here, folder).relative_to(local.folder).as_posix()
                if "." in folder and (path in read or below.find(path)):
                    message = f"{folder} is a folder, and a file of this name would be read."
                    fix = "move what is in it out, and give the file this name."
                    yield Finding(Place(local.folder / path), Code.UNREAD_FILE, message, fix)


def files_named(own: Node) -> list[str]:
    """Return the files beside local.yaml that it names."""
    typeface = own.get("brand", "typeface")
    fonts = typeface.value.values() if typeface and isinstance(typeface.value, dict) else ()
    pictures = (own.get("brand", name) for name in ("logo", "partner_logo", "cover"))
    named = [*pictures, *fonts]
    return [each.value for each in named if each and each.value and isinstance(each.value, str)]


def names_beside(folder: Path, named: Collection[str]) -> Iterator[Finding]:
    """Yield a warning for what lies beside local.yaml and is nearly a file that would be read.

    ``named`` are the files that local.yaml names, such as a logo.
    """
    known = [LOCAL_FILE, LOCK_FILE, *FOLDERS, PACKS, *_ROSTERS, *named]
    inner = _inner_folders()
    try:
        names = sorted(each.name for each in folder.iterdir())
    except OSError:
        return
    for name in names:
        place = inner.get(near_name(name, inner), "")
        if place and name not in known and (folder / name).is_dir():
            message, fix = f"nothing reads {brief(name)} here.", f"move it to {place}."
            yield Finding(Place(folder / name), Code.UNREAD_FILE, message, fix)
            continue
        near = "" if name in known or is_litter(name) else near_name(name, known)
        if near and not _is_same(folder / name, folder / near):
            message = f"nothing reads {brief(name)}; {near} would be read."
            fix = "delete the one that is not right." if near in names else f"rename it to {near}."
            yield Finding(Place(folder / name), Code.UNREAD_FILE, message, fix)


# The same for all of hundreds of locals.
@functools.cache
def _inner_folders() -> dict[str, str]:
    """Return the folders of formgen's own words and templates by name, as a layer has them."""
    base = base_layer().folder
    inner = {FIRST_LANGUAGE: language_path(FIRST_LANGUAGE, "")}
    for above in (TEMPLATES, language_path(FIRST_LANGUAGE, "").rstrip("/")):
        folders = [each.name for each in (base / above).iterdir() if each.is_dir()]
        inner |= {name: f"{above}/{name}" for name in folders if not is_litter(name)}
    return inner


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file, as where capitals do not count."""
    try:
        return one.samefile(other)
    except OSError:
        return False
