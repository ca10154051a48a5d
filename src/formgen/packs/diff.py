"""Compare two editions of a pack: what they say, and what that changes for a local."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from formgen.codes import Code
from formgen.compare.kits import KitDiff, Made, compare_kits
from formgen.findings import Finding, InputError, Place
from formgen.kit import resolve_stack
from formgen.packs.records.notes import news
from formgen.packs.verified import open_pack
from formgen.sources.layers import Layer, Stack, base_layer, read_stack
from formgen.sources.pack_files.archive import read_archive
from formgen.sources.pack_files.folder import folder_files
from formgen.sources.paths import (
    CATALOG_FILE,
    CONTENT,
    MERGED,
    OWN_FILES,
    PACK_FILE,
    PACK_RECORDS,
    SETTINGS_FILE,
    local_file,
)
from formgen.sources.replaced.text_diff import (
    flat,
    form_changed,
    tree_of,
    values_changed,
    words_changed,
)
from formgen.sources.tree import Node

# What parts words and is not read itself.
_UNREAD = re.compile(r"<(style|script)\b.*?</\1>|<br\b[^>]*>", re.DOTALL | re.IGNORECASE)
_MOST_SPOTS = 5
# What is told otherwise, or not at all.
_APART = PACK_RECORDS | {OWN_FILES}
# The group of what is wrong then.
BROKEN = "findings"


@dataclass(frozen=True)
class Change:
    """Something that differs between two editions, and how."""

    group: str
    name: str
    lines: tuple[str, ...] = ()


def files_of(place: Path) -> dict[str, bytes]:
    """Return the files of a pack: of a folder, or of an archive. Raises InputError."""
    if place.is_dir():
        return folder_files(place)
    return dict(open_pack(read_archive(place)).archive.files)


def changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Change]:
    """Yield what is new in words for people, then settings, words, forms and looks that differ."""
    for notes in news(old, new):
        yield Change("notes", notes.edition, notes.lines)
    for name in sorted({*old, *new}):
        before, now = old.get(name), new.get(name)
        if before == now or name in _APART or name.startswith("locals/"):
            continue
        group = _group(name)
        if group == "looks":
            how = "new" if before is None else "gone" if now is None else "changed"
            yield Change(group, f"{name} ({how})")
            continue
        # A file that is new, or gone, is compared with the base pack's that it replaces.
        other = _of_base(group, name)
        lines = tuple(_lines(group, name, before or other, now or other))
        how = " (new)" if before is None else " (gone)" if now is None else ""
        if lines or how:
            yield Change(group, f"{name}{how}", lines)


def _of_base(group: str, name: str) -> bytes:
    found = base_layer().file(name) if group in {"words", "forms"} else None
    return found.read_bytes() if found and found.name not in MERGED else b""


def _group(name: str) -> str:
    path = PurePosixPath(name)
    if path.parts[0] != CONTENT or path.suffix not in {".yaml", ".md"}:
        return "looks"
    if name == PACK_FILE:
        return "pack"
    if path.name in {Path(SETTINGS_FILE).name, Path(CATALOG_FILE).name}:
        return "settings"
    return "forms" if path.parent.name in {"forms", "pledges"} else "words"


def _lines(group: str, name: str, old: bytes, new: bytes) -> Iterable[str]:
    if not name.endswith(".yaml"):
        return words_changed(old.decode("utf-8-sig"), new.decode("utf-8-sig"))
    before, now = tree_of(old, name), tree_of(new, name)
    if group == "forms":
        return form_changed(before, now)
    return values_changed(dict(flat(before)), dict(flat(now)))


def pack_of(files: Mapping[str, bytes], place: Path) -> str:
    """Return a pack's id. Raises InputError if it has none."""
    tree = tree_of(files.get(PACK_FILE, b""), PACK_FILE)
    if not tree.text("id"):
        message = f"there is no pack in {place}."
        raise InputError([Finding(Place(place), Code.NOT_A_PACK, message, "name a pack.")])
    return tree.text("id")


@dataclass(frozen=True)
class LocalDiff:
    """What a new edition changes for a local, and its two kits if both can be made."""

    changes: tuple[Change, ...]
    kits: KitDiff | None = None


def local_changes(
    local: Path, pack: str, old: Path, new: Path, *, typeset: bool = False
) -> LocalDiff:
    """Return what a local's documents and findings are with the new edition in the old one's place.

    ``old`` and ``new`` are folders that hold the two editions. With ``typeset``, the documents
    that change are typeset, to name their pages. Raises InputError.
    """
    stack, own = read_stack(local_file(local))
    if pack not in {layer.name for layer in stack.layers}:
        place = own.nearest(("extends",)).place
        message = f"this local does not build on pack {pack}."
        raise InputError([Finding(place, Code.PACK_NOT_USED, message, "name another local.")])
    try:
        now = resolve_stack(with_folder(stack, pack, new), own)
    except InputError as problem:
        lines = tuple(map(str, problem.findings))
        return LocalDiff((Change(BROKEN, "with the new edition", lines),))
    try:
        before = resolve_stack(with_folder(stack, pack, old), own)
    except InputError:
        # What is wrong now may be what the new edition mends; there is nothing to compare.
        before = now
    both = compare_kits(before, now, typeset=typeset)
    return LocalDiff((*_values(before.tree, now.tree), *_documents(both)), both)


def with_folder(stack: Stack, pack: str, folder: Path) -> Stack:
    """Return the stack with a pack read from another folder."""
    return Stack(
        tuple(
            Layer(layer.name, folder) if layer.name == pack and number else layer
            for number, layer in enumerate(stack.layers)
        )
    )


def _values(before: Node, now: Node) -> Iterator[Change]:
    lines = tuple(values_changed(dict(flat(before)), dict(flat(now))))
    if lines:
        yield Change("local", "settings", lines)


def _documents(both: KitDiff) -> Iterator[Change]:
    """Yield the documents that change; the edition in their footers does not count."""
    old, new, changed = both.old, both.new, both.changed
    broken = [f"{name}: {page}" for name, page in new.items() if isinstance(page, str)]
    if broken:
        yield Change(BROKEN, "with the new edition", tuple(broken))
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            yield Change("local", f"{name} is not built any more")
        elif name not in old:
            yield Change("local", f"{name} is new")
        elif name in changed:
            spots = words_changed(*(_words_of(page) for page in changed[name]))
            how = both.pages.get(name)
            said = f"{name} changes: {how.said}" if how else f"{name} changes"
            said = f"{name}: no page looks otherwise" if how and not how.said else said
            yield Change("local", said, tuple(islice(spots, _MOST_SPOTS)))


def _words_of(page: Made) -> str:
    """Return what people read on a page, without its styles and scripts."""
    html = page if isinstance(page, str) else page.html
    return Markup(_UNREAD.sub(" ", html)).striptags()  # noqa: S704


@dataclass(frozen=True)
class Editions:
    """Two editions of a pack, and what they say differently."""

    pack: str
    before: Mapping[str, bytes]
    now: Mapping[str, bytes]

    @property
    def changes(self) -> list[Change]:
        """Return what differs, whoever builds on them."""
        return list(changes(self.before, self.now))

    @contextlib.contextmanager
    def on_disk(self) -> Iterator[tuple[Path, Path]]:
        """Give folders that hold the two editions."""
        with tempfile.TemporaryDirectory(prefix="formgen-") as temporary:
            old, new = Path(temporary) / "old", Path(temporary) / "new"
            write_files(old, self.before)
            write_files(new, self.now)
            yield old, new


def two_editions(old: Path, new: Path) -> Editions:
    """Return two archives or folders of a pack. Raises InputError if they are of two packs."""
    before, now = files_of(old), files_of(new)
    pack = pack_of(now, new)
    if pack_of(before, old) != pack:
        message = f"{old} and {new} are not editions of the same pack."
        raise InputError(
            [Finding(Place(new), Code.OTHER_PACK, message, "name the same pack twice.")]
        )
    return Editions(pack, before, now)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a pack's files into a new folder: never through a link, never over anything."""
    for name, data in files.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
