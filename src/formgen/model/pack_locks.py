"""What packs lock, and which nearer layers change it all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, did_you_mean
from formgen.model.catalog import Catalog, Document
from formgen.model.groups.chapters import chapter_named
from formgen.model.pack import Pack, fits, wrong_version
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.model.wording.titles import naming_file
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import CATALOG_FILE, PACK_FILE, language_path
from formgen.sources.settings import settings_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, Path_

_ASK = "ask the pack's publisher if it does not fit your local."


@dataclass(frozen=True)
class Locked:
    """One thing that a pack locks."""

    thing: str
    pack: Pack
    # Where `pack.yaml` says so.
    place: Place
    # The number of the pack's layer in the stack; nearer ones have a lower number.
    depth: int

    @property
    def name(self) -> str:
        """Return the name of the setting or of the document."""
        return self.thing.partition("#")[0]

    @property
    def clause(self) -> str:
        """Return the name of the clause, or nothing for a whole document or a setting."""
        return self.thing.partition("#")[2]

    @property
    def by(self) -> str:
        """Name the pack and its edition."""
        return f"pack {self.pack.id} {self.pack.edition}".rstrip()


@dataclass(frozen=True)
class _Search:
    stack: Stack
    own: Node
    language: str
    catalog: Catalog

    def settings_of(self, depth: int) -> list[Node]:
        """Return the settings that one layer itself gives."""
        if depth == 0:
            return [self.own]
        layer = self.stack.layers[depth]
        return settings_of(layer, self.language)


def read_packs(stack: Stack, version: str) -> tuple[list[Locked], list[Finding]]:
    """Read each pack's `pack.yaml`; return what they lock, and what is wrong with them."""
    locks: list[Locked] = []
    findings: list[Finding] = []
    for depth, layer in enumerate(stack.layers[1:-1], 1):
        file = layer.file(PACK_FILE)
        if file is None:
            continue
        try:
            tree = read_yaml(file, layer.name)
        except InputError as problem:
            findings += problem.findings
            continue
        pack, found = check_shape(tree, Pack)
        findings += found
        if pack is None:
            continue
        if not fits(pack.formgen, version):
            findings.append(wrong_version(pack, tree.nearest(("formgen",)), version))
        locks += [
            Locked(thing, pack, tree.nearest(("locked", index)).place, depth)
            for index, thing in enumerate(pack.locked)
        ]
    return locks, findings


def check_locked(
    stack: Stack, own: Node, locks: Sequence[Locked], catalog: Catalog, language: str
) -> Iterator[Finding]:
    """Yield a finding for each nearer layer that changes what a pack locks."""
    search = _Search(stack, own, language, catalog)
    for lock in locks:
        document = catalog.documents.get(lock.name)
        if document is None and lock.name.partition(".")[0] not in Settings.model_fields:
            yield _unknown(lock, catalog)
            continue
        if document and lock.clause and lock.clause not in _clauses(search, lock, document):
            yield _unknown_clause(lock, _clauses(search, lock, document))
            continue
        for depth in range(lock.depth):
            if document is None:
                yield from _setting(search, lock, depth)
            else:
                yield from _document(search, lock, depth, document)


def _unknown(lock: Locked, catalog: Catalog) -> Finding:
    known = [*Settings.model_fields, *catalog.documents]
    message = f'"{lock.name}" is neither a setting nor a document, so it cannot be locked.'
    fix = did_you_mean(lock.name, known, "`formgen list` names the documents.")
    return Finding(lock.place, Code.UNKNOWN_LOCK, message, fix)


def _unknown_clause(lock: Locked, known: Sequence[str]) -> Finding:
    message = f'{lock.name} has no clause "{lock.clause}".'
    otherwise = f"its clauses are: {', '.join(known)}." if known else "lock the whole document."
    return Finding(
        lock.place, Code.UNKNOWN_LOCK, message, did_you_mean(lock.clause, known, otherwise)
    )


def _clauses(search: _Search, lock: Locked, document: Document) -> list[str]:
    """Return the clauses of a document as the pack has it: sections, or chapters."""
    lower = Stack(search.stack.layers[lock.depth :])
    path = language_path(search.language, document.content)
    if document.kind == "manual":
        return [Path(name).stem for name in lower.names_in(path, ".md")]
    return [section for section, _ in _sections(lower, path)]


def _sections(stack: Stack, path: str) -> Iterator[tuple[str, Node]]:
    found = stack.find(path)
    if found is None or not path.endswith(".yaml"):
        return
    sections = read_yaml(found[1]).get("sections")
    for section in sections.value if sections and isinstance(sections.value, list) else []:
        yield section.text("name"), section


def _setting(search: _Search, lock: Locked, depth: int) -> Iterator[Finding]:
    yield from _set(search, lock, depth, tuple(lock.name.split(".")))


def _set(search: _Search, lock: Locked, depth: int, path: Path_) -> Iterator[Finding]:
    """Yield a finding if a layer gives a setting any value of its own."""
    for tree in search.settings_of(depth):
        node = tree.get(*path)
        if node is not None and node.value is not None and node.value != {}:
            name = ".".join(map(str, path))
            what = "is locked" if name == lock.name else f"changes {lock.name}, which is locked"
            yield _refuse(
                node.key_place or node.place, f'"{name}" {what} by {lock.by}.', "delete it"
            )


def _document(search: _Search, lock: Locked, depth: int, document: Document) -> Iterator[Finding]:
    """Yield what a layer changes in a locked document.

    A clause of a form may stand in a file that is replaced, if its words stay the same;
    they are compared when they are rendered.
    """
    layer = search.stack.layers[depth]
    path = language_path(search.language, document.content)
    if document.kind == "manual":
        for name in _own_names(layer, path):
            if lock.clause in {"", Path(name).stem}:
                yield _replaced(layer, f"{path}/{name}", lock)
        yield from _dropped(search, lock, depth, _clauses(search, lock, document))
        if not lock.clause:
            yield from _set(search, lock, depth, ("manual", "order"))
        if lock.clause:
            return
    if lock.clause:
        return
    # Of a manual, what says its title.
    whole = naming_file(document, search.language)
    if layer.file(whole):
        yield _replaced(layer, whole, lock)
    yield from _set(search, lock, depth, ("forms", lock.name))
    for whose in sorted({node.text("promises_of") for _, node in _sections(search.stack, path)}):
        if whose:
            yield from _set(search, lock, depth, ("pledges", whose))
    yield from _omitted(search, lock, depth)
    yield from _relisted(layer, lock)


def _own_names(layer: Layer, folder: str) -> list[str]:
    return Stack((layer,)).names_in(folder, ".md")


def _replaced(layer: Layer, path: str, lock: Locked) -> Finding:
    message = f"this file replaces words of {lock.thing}, which is locked by {lock.by}."
    return _refuse(Place(layer.folder / path), message, "delete the file")


def _omitted(search: _Search, lock: Locked, depth: int) -> Iterator[Finding]:
    for tree in search.settings_of(depth):
        omit = tree.get("documents", "omit")
        for node in omit.value if omit and isinstance(omit.value, list) else []:
            if node.value == lock.name:
                message = f"{lock.name} cannot be left out: it is locked by {lock.by}."
                yield _refuse(node.place, message, "take it off the list")


def _dropped(
    search: _Search, lock: Locked, depth: int, chapters: Sequence[str]
) -> Iterator[Finding]:
    for tree in search.settings_of(depth):
        drop = tree.get("manual", "drop")
        for node in drop.value if drop and isinstance(drop.value, list) else []:
            name = chapter_named(str(node.value), chapters)
            if name and lock.clause in {"", name}:
                message = f"{lock.name}#{name} cannot be left out: it is locked by {lock.by}."
                yield _refuse(node.place, message, "take it off the list")


def _relisted(layer: Layer, lock: Locked) -> Iterator[Finding]:
    file = layer.file(CATALOG_FILE)
    entry = read_yaml(file, layer.name).get("documents", lock.name) if file else None
    if entry is not None:
        message = f"{lock.name} cannot be listed anew: it is locked by {lock.by}."
        yield _refuse(entry.key_place or entry.place, message, "delete the entry")


def _refuse(place: Place, message: str, fix: str) -> Finding:
    return Finding(place, Code.LOCKED, message, f"{fix}; {_ASK}")
