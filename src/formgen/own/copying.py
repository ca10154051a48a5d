"""Give a local, or a pack, its own copy of some words; and take it back."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.own.notes import notes_on, with_notes
from formgen.own.words import Home, Words, find_words, home_of, locked_clauses
from formgen.packs.review import write_bases
from formgen.sources.files import File
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import OLD_WORDS, PACKS
from formgen.sources.replaced.basis import basis_of, read_bases, replaced_at
from formgen.sources.replaced.file_diff import text_of
from formgen.sources.replaced.stale import owner_of
from formgen.sources.text_files import read_text


@dataclass(frozen=True)
class Copied:
    """Words that are a local's own now: their name, their file, and whose they were."""

    name: str
    file: Path
    whose: str
    # The parts of it that have to stay as they are.
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class GivenBack:
    """Words that are a local's own no more: their name, their file, and whose are printed now."""

    name: str
    file: Path
    whose: str
    # Where the file is kept; none if nothing had been changed in it, and it was deleted.
    kept: Path | None


def own(place: Path, document: str, waiting: Waiting = wait_silently) -> Copied:
    """Copy some words from the nearest layer below into a local, or a pack.

    Raises InputError, also if there is a file already.
    """
    with _home(place, waiting) as home:
        words = find_words(home, document)
        clauses = locked_clauses(home, words)
        folder = home.stack.local.folder
        file = folder / words.path
        if os.path.lexists(file):
            message = f"{words.path} is there already, and is never overwritten."
            fix = f"edit it; `formgen own {place} {words.name} --back` gives it up."
            raise InputError([Finding(Place(file), Code.EXISTS, message, fix)])
        below = _below(home.stack, words)
        if not below:
            message = f"no layer below has {words.path}, so there is nothing to copy."
            fix = "write the file yourself; content/README.md says how."
            raise InputError([Finding(Place(file), Code.NO_FILE, message, fix)])
        whose = _whose(below[0][0])
        notes = notes_on(home.stack, home.language, words, whose, clauses)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(_text(below, notes, words))
        replaced = replaced_at(home.stack, words.path)
        if replaced:
            bases = read_bases(home.stack.local)
            write_bases(folder, {**bases, words.path: basis_of(words.path, replaced.data)})
    return Copied(words.name, file, whose, clauses)


def give_back(place: Path, document: str, waiting: Waiting = wait_silently) -> GivenBack:
    """Put a local's own words away, so that those of the layers below count again.

    What nobody changed is deleted, the rest is kept where nothing reads it. Raises InputError.
    """
    with _home(place, waiting) as home:
        words = find_words(home, document)
        folder, local = home.stack.local.folder, home.stack.local
        mine = local.file(words.path)
        if mine is None:
            message = f"there is no {words.path} of your own, so there is nothing to give up."
            fix = f"`formgen own {place} {words.name}` makes one."
            raise InputError([Finding(Place(folder), Code.NO_FILE, message, fix)])
        below = _below(home.stack, words)
        if not below:
            message = f"{words.path} replaces nothing, so without it there are no such words."
            fix = "delete it yourself, and its entry in content/documents.yaml."
            raise InputError([Finding(Place(mine.path), Code.NO_FILE, message, fix)])
        kept = None
        if _is_changed(home, words, mine, below):
            kept = _free(folder / OLD_WORDS / mine.name)
            kept.parent.mkdir(exist_ok=True)
            mine.path.rename(kept)
        else:
            mine.path.unlink()
        bases = read_bases(local)
        if bases.pop(words.path, None):
            write_bases(folder, bases)
        _remove_empty(mine.path.parent, folder)
    return GivenBack(words.name, mine.path, _whose(below[0][0]), kept)


@contextlib.contextmanager
def _home(place: Path, waiting: Waiting) -> Iterator[Home]:
    home = home_of(place)
    with locked(home.stack.local.folder / PACKS, waiting):
        # What was read before may have changed while this waited.
        yield home_of(place)


def _below(stack: Stack, words: Words) -> list[tuple[Layer, File]]:
    """Return the files that some words come from, nearest first: of small words, all layers'."""
    found = Stack(stack.layers[1:]).find_all(words.path)
    return found if words.kind == "words" else found[:1]


def _whose(layer: Layer) -> str:
    return f"{owner_of(layer)}'s"


def _text(below: list[tuple[Layer, File]], notes: str, words: Words) -> str:
    texts = [(layer, _plain(file)) for layer, file in below]
    if words.kind != "words":
        return with_notes(texts[0][1], notes, words)
    # All of it as comments: what is not changed stays with the layers below.
    parts = [
        f"# --- As {owner_of(layer)} has it:\n#\n"
        + "".join(f"#{line}\n" if line else "#\n" for line in text.splitlines())
        for layer, text in texts
    ]
    return with_notes("\n".join(parts), notes, words)


def _plain(file: File) -> str:
    return read_text(file).replace("\r\n", "\n").removeprefix("\ufeff")


def _is_changed(home: Home, words: Words, mine: File, below: list[tuple[Layer, File]]) -> bool:
    """Tell whether anything of a file is its writer's."""
    said = text_of(words.path, mine.read_bytes())
    clauses = locked_clauses(home, words)
    notes = notes_on(home.stack, home.language, words, _whose(below[0][0]), clauses)
    untouched = [_text(below, notes, words)]
    basis = read_bases(home.stack.local).get(words.path)
    for text in (_plain(below[0][1]), basis.text if basis else None):
        if text is not None and words.kind != "words":
            untouched += [text, with_notes(text, notes, words)]
    return all(said != text_of(words.path, each.encode()) for each in untouched)


def _free(path: Path) -> Path:
    """Return a path at which there is nothing yet."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove the folders that held nothing else."""
    for each in (folder, *folder.parents):
        if each == top:
            return
        try:
            each.rmdir()
        except OSError:
            return
