"""What a layer's files that replace others were made from, kept beside them in one file.

A value of a local that hides one below is kept likewise, once an edition changed what it hides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import FOLDERS, MERGED, OWN_FILES
from formgen.sources.replaced.file_diff import text_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.styles import added_to, original_of
from formgen.sources.tree import Node

_HEAD = """\
# What your own files were made from, so that formgen can tell what they miss when that changes.
# FILE#NAME is a value of yours that hides another one, which an edition of a pack has changed.
# Written by `formgen own` and `formgen pack`; keep it with them, and change nothing in it.
"""
_INDENT = " " * 6


@dataclass(frozen=True)
class Review:
    """Who took a file for up to date, on which day, and why."""

    by: str
    on: str
    because: str = ""


@dataclass(frozen=True)
class Basis:
    """The file that another one was made from: its hash, and its text unless it is a picture."""

    sha256: str
    text: str | None
    # The last review that somebody put a name to.
    review: Review | None = None


@dataclass(frozen=True)
class Replaced:
    """A file below that a layer's own file hides, as it is now, and whose it is."""

    layer: Layer
    data: bytes


def basis_of(path: str, data: bytes) -> Basis:
    """Return what is kept of a file; its line ends count for nothing, since Git changes them."""
    digest = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    return Basis(digest, text_of(path, data))


def basis_of_value(text: str) -> Basis:
    """Return what is kept of a value that another one hides."""
    return Basis(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text)


def is_of(layer: Layer, key: str) -> bool:
    """Tell whether a layer has a file that something is known of, or whose value that is."""
    return bool(layer.file(key) or layer.file(key.partition("#")[0]))


def replaced_by(stack: Stack) -> dict[str, Replaced]:
    """Return what the nearest layer of a stack replaces, by the path of its own file."""
    paths = (path for folder in FOLDERS for path in stack.local.paths(folder))
    found = ((path, replaced_at(stack, path)) for path in paths)
    return {path: each for path, each in found if each}


def replaced_at(stack: Stack, path: str) -> Replaced | None:
    """Return what a file of the nearest layer replaces, or would replace; None if that is none."""
    if path == OWN_FILES or Path(path).name in MERGED or added_to(path):
        return None
    found = original_of(Stack(stack.layers[1:]), path)
    return Replaced(*found) if found else None


# --- The file


def read_bases(layer: Layer) -> dict[str, Basis]:
    """Return what is known of a layer's own files, by path. Raises InputError."""
    file = layer.file(OWN_FILES)
    if file is None:
        return {}
    tree = read_yaml(file, layer.name)
    listed = tree.get("files")
    if listed is None or not isinstance(listed.value, dict):
        raise _unreadable(tree.place)
    bases = {}
    for path, node in listed.value.items():
        digest, words = node.text("sha256"), node.get("words")
        if not digest:
            raise _unreadable(node.key_place or node.place)
        text = str(words.value or "") if words else None
        bases[path] = Basis(digest, text, _review(node.get("reviewed")))
    return bases


def _review(node: Node | None) -> Review | None:
    """Return what is written of a review, if it names somebody."""
    if node is None or not node.text("by"):
        return None
    return Review(node.text("by"), node.text("on"), node.text("because"))


def _unreadable(place: Place) -> InputError:
    message = "this is not what formgen writes into its list of own files."
    fix = "take the file back from your backup, or delete it and run `formgen pack review`."
    return InputError([Finding(place, Code.BAD_TYPE, message, fix)])


def bases_text(bases: Mapping[str, Basis]) -> str:
    """Return the file as formgen writes it: in order, each text as it was."""
    return "".join([_HEAD, "files:\n" if bases else "files: {}\n", *_entries(bases)])


def _entries(bases: Mapping[str, Basis]) -> Iterator[str]:
    for path, basis in sorted(bases.items()):
        yield f'  "{path}":\n    sha256: {basis.sha256}\n'
        if basis.review:
            # JSON is YAML as well, as long as no letter is written as two halves.
            said = json.dumps(asdict(basis.review), ensure_ascii=False)
            yield f"    reviewed: {said}\n"
        if basis.text == "":
            yield '    words: ""\n'
        elif basis.text is not None:
            # The number keeps blanks at the start of the first line.
            lines = (f"{_INDENT}{line}" if line else "" for line in basis.text.split("\n"))
            yield "\n".join(["    words: |2-", *lines, ""])


def known_bases(stack: Stack) -> dict[str, Basis]:
    """Return what is known of the nearest layer's own files; of the others, what is below now.

    Files that are not there any more are left out. Raises InputError.
    """
    now = {path: basis_of(path, each.data) for path, each in replaced_by(stack).items()}
    known = {
        path: each for path, each in read_bases(stack.local).items() if is_of(stack.local, path)
    }
    return {**now, **known}
