"""Find the file that holds some words: those of a document, a chapter, or the small words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import formgen
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief, did_you_mean, one_of
from formgen.model.catalog import ids_by_code, read_catalog
from formgen.model.pack_locks import Locked, read_packs
from formgen.model.wording.titles import ABOUT_FILE
from formgen.packs.review import stack_of
from formgen.sources.layers import Stack
from formgen.sources.odd_files import read_sound_stack
from formgen.sources.paths import (
    CATALOG_FILE,
    DESCRIPTIONS,
    FIRST_LANGUAGE,
    MERGED,
    PACK_FILE,
    SETTINGS_FILE,
    language_path,
    local_file,
)
from formgen.sources.settings import language_of
from formgen.sources.tree import Node

# What a file of words is: of a document, a chapter of a manual, what names one, or small words.
WordsKind = Literal["form", "agreement", "letter", "certificate", "chapter", "about", "words"]
# Merged files that hold no words of papers.
_NO_WORDS = (CATALOG_FILE, SETTINGS_FILE, PACK_FILE, DESCRIPTIONS)


@dataclass(frozen=True)
class Words:
    """A file of words: what it is called when it is asked for, where it lies, what it is."""

    name: str
    path: str
    kind: WordsKind
    # The document that it is of; empty for small words.
    document: str = ""
    is_private: bool = False


@dataclass(frozen=True)
class Home:
    """The layers of a local or of a pack, and the language that its words are in."""

    stack: Stack
    language: str


def home_of(place: Path) -> Home:
    """Return the layers of a local, or of the folder of a pack. Raises InputError."""
    file = local_file(place)
    if not file.is_file() and (place / PACK_FILE).is_file():
        stack = stack_of(place)
        return Home(stack, stack.merged(SETTINGS_FILE).text("language", default=FIRST_LANGUAGE))
    stack, settings = read_sound_stack(file)
    return Home(stack, language_of(stack, settings))


def find_words(home: Home, typed: str) -> Words:
    """Return the file of words that is asked for, by an id, a code or a chapter's name.

    Raises InputError, with a name that is near.
    """
    catalog = read_catalog(home.stack)
    known = {words.name: words for words in _all_words(home, catalog)}
    name = typed.strip().removesuffix("/")
    name = ids_by_code(catalog).get(name.casefold(), name.casefold())
    found = known.get(name) or _by_file(name, list(known.values()))
    if found:
        return found
    place = Place(home.stack.local.folder)
    chapters = [each for each in known if each.startswith(f"{name}/")]
    if chapters:
        message = f"{name} has a file for each of its chapters."
        raise InputError([Finding(place, Code.UNKNOWN_DOCUMENT, message, one_of(chapters))])
    codes = [code.upper() for code in ids_by_code(catalog)]
    stems = [words.name.rpartition("/")[2] for words in known.values()]
    fix = did_you_mean(name, [*known, *stems, *codes], "`formgen list` names the documents.")
    message = f'there is no document "{brief(typed)}", and no chapter or file of words.'
    raise InputError([Finding(place, Code.UNKNOWN_DOCUMENT, message, fix)])


def _by_file(name: str, known: Sequence[Words]) -> Words | None:
    """Return the words whose file is called so, with its folders or without."""
    path = PurePosixPath(name.replace("\\", "/"))
    for words in known:
        of_words = PurePosixPath(words.path)
        if path in (of_words, PurePosixPath(of_words.name), PurePosixPath(of_words.stem)):
            return words
    return None


def words_by_path(stack: Stack, language: str) -> dict[str, Words]:
    """Return all files of words that a local can have of its own, by their paths."""
    home = Home(stack, language)
    return {words.path: words for words in _all_words(home, read_catalog(stack))}


def _all_words(home: Home, catalog: Node) -> Iterator[Words]:
    listed = catalog.get("documents")
    entries = listed.value if listed and isinstance(listed.value, dict) else {}
    for name, entry in entries.items():
        path = language_path(home.language, entry.text("content"))
        if entry.text("kind") == "manual":
            for file in home.stack.names_in(path, ".md"):
                yield Words(f"{name}/{Path(file).stem}", f"{path}/{file}", "chapter", name)
            stem = Path(ABOUT_FILE).stem
            yield Words(f"{name}/{stem}", f"{path}/{ABOUT_FILE}", "about", name)
        else:
            is_private = entry.text("privacy") == "private"
            yield Words(name, path, _kind(entry.text("kind")), name, is_private)
    for file in sorted(MERGED - {Path(each).name for each in _NO_WORDS}):
        path = language_path(home.language, file)
        if home.stack.find(path):
            yield Words(Path(file).stem, path, "words")


def _kind(kind: str) -> WordsKind:
    kinds: dict[str, WordsKind] = {
        "agreement": "agreement",
        "letter": "letter",
        "certificate": "certificate",
    }
    return kinds.get(kind, "form")


def locked_clauses(home: Home, words: Words) -> tuple[str, ...]:
    """Return what of some words has to stay as it is. Raises InputError if that is all of them."""
    locks, _ = read_packs(home.stack, formgen.__version__)
    ours = [lock for lock in locks if words.document and lock.name == words.document]
    chapter = words.name.rpartition("/")[2] if words.kind == "chapter" else ""
    whole = [lock for lock in ours if lock.clause in {"", chapter}]
    if whole:
        raise _locked(home, words, whole[0])
    return () if words.kind in {"chapter", "about"} else tuple(lock.clause for lock in ours)


def _locked(home: Home, words: Words, lock: Locked) -> InputError:
    message = f"{words.name} is locked by {lock.by}, so its words stay as they are."
    fix = "change the settings that it shows, or another document;"
    if words.kind == "chapter" and lock.clause:
        fix = "change another chapter, or write one of your own;"
    fix += " ask the pack's publisher if it does not fit your local."
    return InputError([Finding(Place(home.stack.local.folder), Code.LOCKED, message, fix)])
