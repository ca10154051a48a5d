"""Which files a local has of its own, and what they say that is not said below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from formgen.own.look import Difference, Look
from formgen.own.words import Words, words_by_path
from formgen.sources.files import File
from formgen.sources.paths import (
    ASSETS,
    CATALOG_FILE,
    CONTENT,
    MERGED,
    OWN_FILES,
    TEMPLATES,
    settings_paths,
)
from formgen.sources.replaced.basis import Replaced, read_bases, replaced_at
from formgen.sources.replaced.file_diff import (
    difference,
    says_the_same,
    sentences_changed,
    text_of,
)
from formgen.sources.replaced.stale import owner_of, stale_files
from formgen.sources.replaced.text_diff import flat, values_changed
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.styles import added_to

# A file that says no title keeps that of the one below it.
_IS_INHERITED = re.compile(r"(?:title|purpose): \[-[^\]]*-\]")


def changed_words(look: Look) -> Iterator[Difference]:
    """Yield each file of words that a local has of its own."""
    known = words_by_path(look.stack, look.language)
    bases = read_bases(look.stack.local)
    stale = {each.place.file for each in stale_files(look.stack, bases)}
    for path in look.stack.local.paths(CONTENT):
        file = look.stack.local.file(path)
        # Settings are told of as such.
        if file is None or path in {OWN_FILES, *settings_paths(look.language)}:
            continue
        name = _name(look, known.get(path), path)
        if Path(path).name in MERGED:
            lines = tuple(_merged(look, path, file))
            if lines:
                yield Difference(
                    "documents" if path == CATALOG_FILE else "words", name, lines, path
                )
            continue
        replaced = replaced_at(look.stack, path)
        if replaced is None:
            yield Difference("words", name, ("your own",), path)
            continue
        lines = (_summary(path, file, replaced), *_spots(path, file, replaced))
        if path not in bases:
            lines += ("not known what it was made from: `formgen pack review` has it followed",)
        if file.path in stale:
            whose = owner_of(replaced.layer)
            lines += (f"{whose} changed that since: `formgen check` tells what it misses",)
        yield Difference("words", name, lines, path)


def _name(look: Look, words: Words | None, path: str) -> str:
    """Return what people call a file of words."""
    if words is None or words.kind in {"chapter", "about", "words"}:
        return words.name if words else path
    return look.title(words.document)


def _merged(look: Look, path: str, file: File) -> Iterator[str]:
    """Yield what a file says otherwise that is laid over those below it."""
    mine = dict(flat(read_yaml(file)))
    known: dict[str, str] = {}
    for _, each in reversed(look.below.find_all(path)):
        known |= dict(flat(read_yaml(each)))
    return values_changed({name: known[name] for name in mine if name in known}, mine)


def _summary(path: str, file: File, replaced: Replaced) -> str:
    """Say in a line how much of a file is not as in the one that it replaces."""
    instead = f"in place of {owner_of(replaced.layer)}'s"
    mine, theirs = text_of(path, file.read_bytes()), text_of(path, replaced.data)
    if mine is None or theirs is None:
        return instead
    if says_the_same(path, mine, theirs):
        return f"{instead}, and says the same"
    if not mine.strip():
        return f"{instead}, and empty: it is left out"
    if path.endswith(".md"):
        other, whole = sentences_changed(path, theirs, mine)
        sentences = "1 sentence" if whole == 1 else f"{whole} sentences"
        yours = f"of which {other} {'is' if other == 1 else 'are'} yours"
        return f"{instead}: {sentences}, {yours if other else 'all of them from there'}"
    return instead


def _spots(path: str, file: File, replaced: Replaced) -> tuple[str, ...]:
    mine, theirs = text_of(path, file.read_bytes()), text_of(path, replaced.data)
    if mine is None or theirs is None or not mine.strip():
        return ()
    spots = difference(path, theirs, mine)
    return tuple(each for each in spots if not _IS_INHERITED.fullmatch(each))


def changed_looks(look: Look) -> Iterator[Difference]:
    """Yield each template, style and picture that a local has of its own."""
    local = look.stack.local
    for path in (each for top in (TEMPLATES, ASSETS) for each in local.paths(top)):
        file, replaced = local.file(path), replaced_at(look.stack, path)
        if file is None:
            continue
        if replaced:
            lines = (_summary(path, file, replaced), *_spots(path, file, replaced))
        else:
            added = added_to(path)
            lines = (f"adds to {added}" if added else "your own",)
        yield Difference("looks", path, lines, path)
