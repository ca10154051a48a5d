"""Compare a locked document's words with the pack's, once both are rendered.

Whatever a nearer layer changes (files, templates, form fields, small words), what counts is
what people read: every locked clause must stand on the page word for word.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from formgen.findings import Finding, Place
from formgen.kit import SETTINGS_FILE, Kit, KitDocument
from formgen.model.locked import Locked
from formgen.model.settings import Settings
from formgen.model.shape import check_shape
from formgen.sources.layers import Stack
from formgen.sources.tree import Node, overlay

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a local changes in a document through its settings.
_CHANGES = ("forms", "pledges")
_FOLDERS = ("content", "templates", "assets")
_SECTION = "section-"
# Elements without an end, and those whose words nobody reads.
_VOID = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNREAD = frozenset(("head", "script", "style", "template", "title", "desc", "datalist"))
# The number in front of a part counts the parts above it, which do not belong to it.
_NUMBERS = frozenset(("section-number", "chapter-number"))
# Words of a document outside of its sections.
_MAIN = frozenset(("prose", "lead", "greeting", "closing", "presented"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*0")
_WORDS_AROUND = 6


def locks_of(kit: Kit, document: KitDocument) -> list[Locked]:
    """Return what packs lock in a document."""
    return [lock for lock in kit.locks if lock.name == document.id]


def is_touched(kit: Kit, lock: Locked) -> bool:
    """Tell whether anything above a pack could change the words of what it locks."""
    nearer = kit.stack.layers[: lock.depth]
    if any((layer.folder / folder).is_dir() for layer in nearer for folder in _FOLDERS):
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
    below = stack.merged(SETTINGS_FILE, f"content/{language}/program.yaml")
    tree = kit.tree
    for key in _CHANGES:
        tree = _with(tree, key, below.get(key))
    settings, _ = check_shape(tree, Settings)
    return replace(
        kit,
        settings=settings or kit.settings,
        tree=tree,
        stack=stack,
        words=overlay(kit.words, stack.merged(f"content/{language}/words.yaml")),
        locks=(),
    )


def _with(tree: Node, key: str, value: Node | None) -> Node:
    entries = dict(tree.value) if isinstance(tree.value, dict) else {}
    if value is not None:
        entries[key] = value
    return replace(tree, value=entries)


def compare(
    lock: Locked, document: KitDocument, pages: tuple[str, str], place: Place, own_chapters: int = 0
) -> Finding | None:
    """Return a finding if the page lacks locked words that the pack's page has.

    ``pages`` are the local's and the pack's. Of a manual, so many chapters are the local's own.
    """
    ours, theirs = (_read(page) for page in pages)
    if document.entry.kind == "manual":
        missing = _missing_chapter(ours, theirs, own_chapters if lock.clause else 0)
    else:
        missing = _missing(lock, ours, theirs)
    if missing is None:
        return None
    page, pack = missing
    message = f"{lock.thing} does not say word for word what {lock.by} says, which locks it."
    fix = "take your changes to it back: files, templates, fields and promises."
    return Finding(
        place, "locked-words", message, fix, policy=True, details=tuple(_differences(pack, page))
    )


@dataclass
class _Page:
    """The words of a page, and those of each section by its id."""

    words: list[str] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)
    chapters: list[list[str]] = field(default_factory=list)
    main: list[str] = field(default_factory=list)


def _missing_chapter(ours: _Page, theirs: _Page, own: int) -> tuple[list[str], list[str]] | None:
    """Return a chapter that is not on the page, if more are missing than the local replaces.

    Files of a locked chapter are refused before; here, a template that drops it is.
    """
    there = {" ".join(said) for said in ours.chapters}
    lost = [said for said in theirs.chapters if " ".join(said) not in there]
    return ([], lost[0]) if len(lost) > own else None


def _missing(lock: Locked, ours: _Page, theirs: _Page) -> tuple[list[str], list[str]] | None:
    """Return what the page and the pack say where they differ, or None if they do not."""
    sections = theirs.sections
    if lock.clause:
        sections = {name: said for name, said in sections.items() if name == lock.clause}
    for name, said in sections.items():
        if ours.sections.get(name, []) != said:
            return ours.sections.get(name, []), said
    if lock.clause:
        return None
    if list(ours.sections) != list(theirs.sections):
        return list(ours.sections), list(theirs.sections)
    return None if ours.main == theirs.main else (ours.main, theirs.main)


class _Reader(HTMLParser):
    """Reads the words of a page as a reader sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Page()
        # For each open element: its name, where its words go, and whether nobody reads them.
        self.open: list[tuple[str, list[str] | None, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {key: value or "" for key, value in attrs}
        if tag in _VOID:
            return
        classes = set(facts.get("class", "").split())
        hidden = tag in _UNREAD or bool(classes & _NUMBERS) or "hidden" in facts
        hidden = hidden or bool(_HIDING.search(facts.get("style", "")))
        into: list[str] | None = None
        label = facts.get("aria-labelledby", "")
        if tag == "section" and label.startswith(_SECTION):
            into = self.page.sections.setdefault(label.removeprefix(_SECTION), [])
        elif tag == "section" and "chapter" in classes:
            into = []
            self.page.chapters.append(into)
        elif classes & _MAIN and not self._inside():
            into = self.page.main
        self.open.append((tag, into, hidden))

    def _inside(self) -> bool:
        return any(into is not None for _, into, _ in self.open)

    def handle_endtag(self, tag: str) -> None:
        tags = [name for name, _, _ in self.open]
        if tag in tags:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if any(hidden for _, _, hidden in self.open):
            return
        for _, into, _ in self.open:
            if into is not None:
                into.extend(data.split())


def _read(html: str) -> _Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


def _differences(pack: Sequence[str], page: Sequence[str]) -> Iterator[str]:
    """Yield where the words differ, some words around each spot."""
    matcher = difflib.SequenceMatcher(None, pack, page, autojunk=False)
    for group in matcher.get_grouped_opcodes(_WORDS_AROUND):
        yield f"pack: {' '.join(pack[group[0][1] : group[-1][2]])}"
        yield f"here: {' '.join(page[group[0][3] : group[-1][4]])}"


def _culprit(kit: Kit, lock: Locked, place: Place) -> Place:
    """Return where the words were most likely changed: the file, the settings or the templates."""
    nearer = kit.stack.layers[: lock.depth]
    if any(place.file.is_relative_to(layer.folder) for layer in nearer):
        return place
    names = {layer.name for layer in nearer} | {"local"}
    for path in (("forms", lock.name), ("pledges",)):
        node = kit.tree.get(*path)
        if node is not None and _set_by(node, names):
            return node.key_place or node.place
    with_looks = (layer.folder / "templates" for layer in nearer)
    return next((Place(folder) for folder in with_looks if folder.is_dir()), place)


def _own_chapters(kit: Kit, lock: Locked, document: KitDocument) -> int:
    nearer = Stack(kit.stack.layers[: lock.depth])
    folder = f"content/{kit.settings.language}/{document.entry.content}"
    return len(nearer.names_in(folder, ".md"))


def check_words(
    kit: Kit,
    document: KitDocument,
    html: str,
    place: Place,
    render: Callable[[Kit, KitDocument], str],
) -> Iterator[Finding]:
    """Yield what a page lacks of the locked words; ``render`` composes the pack's own page."""
    seen: Mapping[int, str] = {}
    for lock in locks_of(kit, document):
        if not is_touched(kit, lock):
            continue
        if lock.depth not in seen:
            seen = {**seen, lock.depth: render(as_the_pack_has_it(kit, lock), document)}
        own = _own_chapters(kit, lock, document)
        pages = html, seen[lock.depth]
        found = compare(lock, document, pages, _culprit(kit, lock, place), own)
        if found:
            yield found
