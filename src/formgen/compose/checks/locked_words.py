"""Documents in which a pack locks words: whose looks they have, and whether the words are there.

Such a document is composed with the templates, styles and assets of all layers but the local's,
so nothing of the local's can hide, cover or repaint what is locked. Its words, which files, form
changes and small words of a local can still change, are compared with the pack's once both are
rendered: every locked clause must stand on the page word for word.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formgen.codes import Code
from formgen.compose.checks.page_text import Page, read_page
from formgen.compose.text.contents import read_chapters
from formgen.compose.text.context import words_context
from formgen.compose.text.wording import Wording
from formgen.findings import Finding, Place
from formgen.kit import Kit, KitDocument
from formgen.model.pack_locks import Locked
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.model.wording.pieces import SAY
from formgen.sources.layers import Stack
from formgen.sources.paths import (
    CONTENT,
    FOLDERS,
    TEMPLATES,
    settings_paths,
    words_paths,
)
from formgen.sources.tree import Node, overlay

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a local changes in a document through its settings.
_CHANGES = ("forms", "pledges")
_WORDS_AROUND = 6
_MOST_WORDS = 60


@dataclass(frozen=True)
class Clause:
    """One thing that a pack locks in a document."""

    # The name of its section; none means every part of the document.
    section: str
    # What is said of it: `letter-of-understanding#disclosure`, and `pack ohio 2026.1`.
    thing: str
    by: str
    # The ids of a chapter on the page and on the pack's, if it is one among others.
    chapter: str = ""
    pack_chapter: str = ""


@dataclass(frozen=True)
class PackPage:
    """A page as a pack has it, and the clauses whose words must be on the local's page."""

    html: str
    clauses: tuple[Clause, ...]


def locks_of(kit: Kit, document: KitDocument) -> list[Locked]:
    """Return what packs lock in a document."""
    return [lock for lock in kit.locks if lock.name == document.id]


def is_touched(kit: Kit, lock: Locked) -> bool:
    """Tell whether anything above a pack could change the words of what it locks."""
    nearer = kit.stack.layers[: lock.depth]
    if kit.stack.local.has(CONTENT):
        return True
    if any(layer.has(folder) for layer in nearer[1:] for folder in FOLDERS):
        return True
    names = {layer.name for layer in nearer} | {"local"}
    return any(_set_by(kit.tree.get(*path), names) for path in (("pledges",), ("forms", lock.name)))


def _set_by(node: Node | None, layers: set[str]) -> bool:
    if node is None:
        return False
    if isinstance(node.value, dict):
        return any(_set_by(child, layers) for child in node.value.values())
    if isinstance(node.value, list):
        return node.layer in layers or any(_set_by(child, layers) for child in node.value)
    return node.layer in layers


def as_the_pack_has_it(kit: Kit, lock: Locked) -> Kit:
    """Return the kit with the words and looks of the pack and what is below it alone.

    The local's settings stay, since the clause may speak of them; its changes to forms and
    pledges go.
    """
    stack = Stack(kit.stack.layers[lock.depth :])
    language = kit.settings.language
    below = stack.merged(*settings_paths(language))
    words = stack.merged(*words_paths(language))
    tree = kit.tree
    for key in _CHANGES:
        tree = _with(tree, key, below.get(key))
    settings, _ = check_shape(tree, Settings)
    return replace(
        kit,
        settings=settings or kit.settings,
        tree=tree,
        stack=stack,
        # A piece is the pack's as a whole: a case that the local adds would speak in it.
        words=_with(overlay(kit.words, words), SAY, words.get(SAY)),
        locks=(),
    )


def _with(tree: Node, key: str, value: Node | None) -> Node:
    entries = dict(tree.value) if isinstance(tree.value, dict) else {}
    if value is not None:
        entries[key] = value
    return replace(tree, value=entries)


def look_stack(kit: Kit, document: KitDocument) -> Stack:
    """Return the layers whose templates, styles and assets a document has."""
    return Stack(kit.stack.layers[1:]) if locks_of(kit, document) else kit.stack


def pack_pages(
    kit: Kit, document: KitDocument, render: Callable[[Kit, KitDocument], str]
) -> dict[int, PackPage]:
    """Return the document as the packs have it that lock words of it, by the packs' depths.

    ``render`` composes a page.
    """
    touched: dict[int, list[Locked]] = {}
    for lock in locks_of(kit, document):
        if is_touched(kit, lock):
            touched.setdefault(lock.depth, []).append(lock)
    pages = {}
    for depth, locks in touched.items():
        theirs = as_the_pack_has_it(kit, locks[0])
        clauses = tuple(_clauses(kit, theirs, document, locks))
        pages[depth] = PackPage(render(theirs, document), clauses)
    return pages


def _clauses(
    kit: Kit, theirs: Kit, document: KitDocument, locks: Sequence[Locked]
) -> Iterator[Clause]:
    """Yield what is locked; a chapter that the pack itself drops has no words to lock."""
    manual = document.entry.kind == "manual" and any(lock.clause for lock in locks)
    here, there = (_chapter_ids(each, document) if manual else {} for each in (kit, theirs))
    for lock in locks:
        if not (manual and lock.clause):
            yield Clause(lock.clause, lock.thing, lock.by)
        elif lock.clause in there:
            chapter = here.get(lock.clause, "")
            yield Clause(lock.clause, lock.thing, lock.by, chapter, there[lock.clause])


def _chapter_ids(kit: Kit, document: KitDocument) -> dict[str, str]:
    """Return the ids of a manual's chapters on its page, by the names of their files."""
    wording, _ = words_context(kit)
    chapters = read_chapters(kit, document, Wording(wording.context))
    return {each.file: each.id for each in chapters}


def words_of(kit: Kit, document: KitDocument, lock: Locked, page: Page) -> list[str]:
    """Return the finished words on a document's page of what a pack locks in it."""
    clause = next(_clauses(kit, kit, document, [lock]), None)
    if clause is None:
        return []
    if clause.chapter:
        return page.chapters.get(clause.chapter, [])
    if clause.section:
        return page.sections.get(clause.section, [])
    parts = (*page.chapters.values(), *page.sections.values(), page.main)
    return [word for part in parts for word in part]


def compare(clause: Clause, page: Page, pack: Page, place: Place) -> Finding | None:
    """Return a finding if the page lacks locked words that the pack's page has."""
    lost = _lost(clause, page, pack)
    if lost is None:
        return None
    message = f"{clause.thing} does not say word for word what {clause.by} says, which locks it."
    fix = "take your changes to it back: files, templates, fields and promises."
    said, wanted = lost
    details = tuple(_differences(wanted, said))
    return Finding(place, Code.LOCKED_WORDS, message, fix, details=details)


def _lost(clause: Clause, ours: Page, theirs: Page) -> tuple[list[str], list[str]] | None:
    """Return what the page and the pack say where they differ, or None if they do not."""
    if clause.pack_chapter in theirs.chapters:
        said, wanted = ours.chapters.get(clause.chapter, []), theirs.chapters[clause.pack_chapter]
        return None if said == wanted else (said, wanted)
    if theirs.chapters:
        here = list(ours.chapters.values())
        lost = next((each for each in theirs.chapters.values() if each not in here), None)
        return None if lost is None else ([], lost)
    sections = theirs.sections
    if clause.section:
        sections = {name: said for name, said in sections.items() if name == clause.section}
    for name, said in sections.items():
        if ours.sections.get(name, []) != said:
            return ours.sections.get(name, []), said
    if clause.section:
        return None
    if list(ours.sections) != list(theirs.sections):
        return list(ours.sections), list(theirs.sections)
    return None if ours.main == theirs.main else (ours.main, theirs.main)


def _differences(pack: Sequence[str], page: Sequence[str]) -> Iterator[str]:
    """Yield where the words differ, some words around each spot."""
    matcher = difflib.SequenceMatcher(None, pack, page, autojunk=False)
    for group in matcher.get_grouped_opcodes(_WORDS_AROUND):
        yield f"pack: {_shortened(pack[group[0][1] : group[-1][2]])}"
        yield f"here: {_shortened(page[group[0][3] : group[-1][4]])}"


def _shortened(words: Sequence[str]) -> str:
    """Return words as a text; of very many, how they begin and end."""
    if len(words) > _MOST_WORDS:
        words = [*words[: _MOST_WORDS // 2], "…", *words[-_MOST_WORDS // 2 :]]
    return " ".join(words) or "(nothing)"


def _culprit(kit: Kit, lock: Locked, place: Place) -> Place:
    """Return where the words were most likely changed: the file, the settings or the templates."""
    nearer = kit.stack.layers[: lock.depth]
    around = [layer for layer in kit.stack.layers if place.file.is_relative_to(layer.folder)]
    # A pack that was installed lies in the local's own folder.
    if max(around, key=lambda layer: len(layer.folder.parts), default=None) in nearer:
        return place
    names = {layer.name for layer in nearer} | {"local"}
    for path in (("forms", lock.name), ("pledges",)):
        node = kit.tree.get(*path)
        if node is not None and _set_by(node, names):
            return node.key_place or node.place
    # What a local's templates make is not here; a nearer pack's may be.
    with_looks = (layer.folder / TEMPLATES for layer in nearer[1:] if layer.has(TEMPLATES))
    return next((Place(folder) for folder in with_looks), place)


def check_words(
    kit: Kit, document: KitDocument, html: str, place: Place, packs: Mapping[int, PackPage]
) -> Iterator[Finding]:
    """Yield what a page lacks of the locked words that ``packs``, the packs' own pages, have."""
    locks = {(lock.depth, lock.thing): lock for lock in locks_of(kit, document)}
    for depth, original in packs.items():
        if original.html == html:
            continue
        page, pack = read_page(html), read_page(original.html)
        for clause in original.clauses:
            culprit = _culprit(kit, locks[depth, clause.thing], place)
            found = compare(clause, page, pack, culprit)
            if found:
                yield found
