"""Which files of packs can reach which document: its words, the looks of its kind, what all share.

What any page may say of a document belongs to all of them: its title, what it is for, and the
headings of its chapters.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import formgen
from formgen.findings import InputError
from formgen.model.catalog import read_catalog
from formgen.model.editions.templates import STUDIO, Uses, template_uses, top_name
from formgen.model.looks.kind_sheets import all_sheets, sheets_of
from formgen.sources.files import File
from formgen.sources.front_matter import split_front_matter
from formgen.sources.layers import Stack
from formgen.sources.paths import (
    CONTENT,
    FOLDERS,
    OWN_FILES,
    PACK_FILE,
    PACK_RECORDS,
    STUDIO_WORDS,
    TEXTS,
    style_path,
)
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.styles import added_to
from formgen.sources.text_files import decode_text, read_text
from formgen.sources.tree import Node, plain

# No page of a document shows anything of these.
_NOT_SHOWN = PACK_RECORDS | {OWN_FILES, PACK_FILE}
# What says of a pack who made it and what it builds on, and changes no page.
_ABOUT_PACK = frozenset({"edition", "formgen", "extends", "keys"})
# The kinds of page that are not a document's alone.
COVER = "packet"
KINDS = ("manual", "form", "agreement", "letter", "certificate", COVER)
_HEADING = re.compile(r"^(?:#[ \t]|:::).*$", re.MULTILINE)


@dataclass(frozen=True)
class Listed:
    """What the catalog says of a document that decides which files it is made of."""

    kind: str
    content: str


@dataclass(frozen=True)
class Reaching:
    """The hashes of all files of packs that reach a document, or any page of a kind."""

    listed: Mapping[str, Listed]
    documents: Mapping[str, str]
    kinds: Mapping[str, str]
    uses: Uses


def listed_in(catalog: Node) -> dict[str, Listed]:
    """Return the documents of a catalog that was laid over others, by id."""
    entries = catalog.get("documents")
    items = entries.value.items() if entries and isinstance(entries.value, dict) else ()
    return {name: Listed(node.text("kind"), node.text("content")) for name, node in items}


def owners_of(contents: Mapping[str, str]) -> Mapping[str, str]:
    """Return whose words lie in a file or folder; what two documents share belongs to none.

    ``contents`` are the paths of the documents' words below a language's folder.
    """
    times = Counter(contents.values())
    return {path: document for document, path in contents.items() if times[path] == 1}


def owner_of(path: str, owners: Mapping[str, str]) -> str:
    """Return the document whose own words a file of a layer holds, or nothing."""
    top, _, below = path.partition("/")
    inside = below.partition("/")[2] if top == CONTENT else ""
    # The words of a manual are a folder.
    return owners.get(inside) or owners.get(inside.rpartition("/")[0]) or ""


def reaching(packs: Stack) -> Reaching:
    """Return what reaches each document of some packs. Raises InputError.

    Layers that were read whole are looked at once, wherever each local has its copy of them.
    """
    if all(layer.digest for layer in packs.layers):
        try:
            layers = (replace(layer, folder=Path(layer.name)) for layer in packs.layers)
            return _known(Stack(tuple(layers)))
        except InputError:  # told with its place
            return _reaching(packs)
    return _reaching(packs)


@functools.lru_cache(maxsize=4)
def _known(packs: Stack) -> Reaching:
    return _reaching(packs)


def _reaching(packs: Stack) -> Reaching:
    listed = listed_in(read_catalog(packs))
    owners = owners_of({name: each.content for name, each in listed.items()})
    uses, limited = template_uses(packs), {style_path(name) for name in all_sheets()}
    shared: list[object] = [formgen.__version__, [layer.name for layer in packs.layers]]
    words: dict[str, list[object]] = {name: [] for name in listed}
    looks: list[tuple[str, object]] = []
    for number, path, file in _files(packs):
        if path == PACK_FILE:
            shared.append((number, pack_facts(file)))
        if path in _NOT_SHOWN or path.startswith(STUDIO) or path.endswith(f"/{STUDIO_WORDS}"):
            continue
        item = (number, path, _hash(file))
        owner = owner_of(path, owners)
        if owner:
            words[owner].append(item)
            shared.append((number, path, said_of(path, file)))
        elif top_name(path) or (added_to(path) or path) in limited:
            looks.append((path, item))
        else:
            shared.append(item)
    kinds = {kind: _digest(shared, _looks_of(kind, looks, uses)) for kind in KINDS}
    documents = {
        # A kind that there is not is found where the catalog is checked.
        name: _digest(kinds.get(each.kind, ""), words[name], each.kind, each.content)
        for name, each in listed.items()
    }
    return Reaching(listed, documents, kinds, uses)


def _looks_of(kind: str, looks: list[tuple[str, object]], uses: Uses) -> list[object]:
    templates, sheets = uses.of(kind), {style_path(name) for name in sheets_of(kind)}
    return [
        item
        for path, item in looks
        if (added_to(path) or path) in sheets or (top_name(path) and top_name(path) in templates)
    ]


def _files(packs: Stack) -> Iterator[tuple[int, str, File]]:
    for number, layer in enumerate(packs.layers):
        for path in (path for folder in FOLDERS for path in layer.paths(folder)):
            file = layer.file(path)
            if file:
                yield number, path, file


def pack_facts(file: File) -> object:
    """Return what of a `pack.yaml` can change a page, apart from the edition. Raises InputError."""
    said = plain(parse_yaml(read_text(file), file.path))
    facts = said.items() if isinstance(said, dict) else ()
    return sorted((key, repr(value)) for key, value in facts if key not in _ABOUT_PACK)


def said_of(path: str, file: File) -> object:
    """Return what pages of other documents may say of the one whose words a file holds."""
    name = PurePosixPath(path).name
    try:
        text = decode_text(Path(path), file.read_bytes())
        if name.endswith(".yaml"):
            return _named(parse_yaml(text, Path(path)))
        named = _named(split_front_matter(text, Path(path)).settings)
    except InputError:
        # Composing it tells what is wrong with it.
        return _hash(file)
    headings = _HEADING.findall(text)
    return (named, headings) if named or headings else None


def _named(tree: Node) -> object:
    return [repr(plain(node)) for key in ("title", "purpose") if (node := tree.get(key))]


def _hash(file: File) -> str:
    data = file.read_bytes()
    # Git changes the line ends of texts.
    plain_ends = data.replace(b"\r\n", b"\n") if file.path.suffix in TEXTS else data
    return hashlib.sha256(plain_ends).hexdigest()


def _digest(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()
