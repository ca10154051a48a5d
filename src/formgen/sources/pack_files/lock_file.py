"""`formgen.lock`: which packs a local builds from, file by file, and whether they are there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief
from formgen.sources.pack_files.archive import parse_manifest, sha256_of
from formgen.sources.pack_files.rules import MANIFEST, SIGNATURE
from formgen.sources.pack_files.signatures import key_id, signer_of
from formgen.sources.paths import PACKS
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

LOCK_FILE = "formgen.lock"
# Where the local's own settings name the keys that must have signed its packs.
KEYS_SETTING = "pack_keys"
_FORMAT = "1"
_HEAD = """\
# Which packs this local builds from, file by file. Written by `formgen pack`; keep it with
# local.yaml, and change it only with `formgen pack add` and `formgen pack update`.
"""
# What file managers leave behind, and nothing ever reads.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_AGAIN = "install the edition again with `formgen pack add`."


@dataclass(frozen=True)
class LockedPack:
    """One pack as it was installed."""

    id: str
    name: str
    edition: str
    extends: str
    # The SHA-256 of the archive, and that of every file by path.
    archive: str
    files: Mapping[str, str]
    # The public key that signed it, or nothing.
    key: str = ""
    place: Place = field(default=Place(Path(LOCK_FILE)), compare=False)


@dataclass(frozen=True)
class SeenOverlay:
    """A file of the local that replaces one of a lower layer, as both were when last looked at."""

    replaced: str
    yours: str


@dataclass(frozen=True)
class Lock:
    """All that `formgen.lock` says."""

    packs: Mapping[str, LockedPack] = field(default_factory=dict)
    overlays: Mapping[str, SeenOverlay] = field(default_factory=dict)


def read_lock(folder: Path) -> Lock | None:
    """Return the lock of a local, or None if it has none. Raises InputError."""
    path = folder / LOCK_FILE
    if not path.exists() and not path.is_symlink():
        return None
    tree = read_yaml(path, "lock")
    try:
        return _lock(tree)
    except _UnreadableError as problem:
        message = "this is not what formgen wrote into its lock."
        fix = f"take {LOCK_FILE} back from your backup, or delete it and {_AGAIN}"
        place = problem.node.place
        raise InputError([Finding(place, Code.BAD_LOCK_FILE, message, fix)]) from None


def _lock(tree: Node) -> Lock:
    if tree.text("formgen-lock") != _FORMAT:
        raise _UnreadableError(tree.nearest(("formgen-lock",)))
    return Lock(
        {name: _pack(name, node) for name, node in _entries(tree, "packs")},
        {
            name: SeenOverlay(_text(node, "replaced"), _text(node, "yours"))
            for name, node in _entries(tree, "overlays")
        },
    )


class _UnreadableError(Exception):
    """A lock that says something else than formgen writes."""

    def __init__(self, node: Node) -> None:
        self.node = node
        super().__init__()


def _entries(tree: Node, key: str) -> list[tuple[str, Node]]:
    node = tree.get(key)
    if node is None or node.value is None:
        return []
    if not isinstance(node.value, dict):
        raise _UnreadableError(node)
    return list(node.value.items())


def _text(node: Node, key: str, *, empty: bool = False) -> str:
    text = node.text(key)
    if not text and not empty:
        raise _UnreadableError(node)
    return text


def _pack(name: str, node: Node) -> LockedPack:
    files = {path: str(entry.value) for path, entry in _entries(node, "files")}
    if not files or "/" in name or name.startswith("."):
        raise _UnreadableError(node)
    return LockedPack(
        id=name,
        name=_text(node, "name", empty=True),
        edition=_text(node, "edition"),
        extends=_text(node, "extends", empty=True),
        archive=_text(node, "archive"),
        files=files,
        key=_text(node, "key", empty=True),
        place=node.key_place or node.place,
    )


def lock_text(lock: Lock) -> str:
    """Return the lock as formgen writes it: YAML, in order, one file a line."""
    lines = [f"formgen-lock: {_FORMAT}", "packs:" if lock.packs else "packs: {}"]
    for name, pack in sorted(lock.packs.items()):
        lines.append(f"  {name}:")
        lines += [
            f"    {key}: {_quoted(getattr(pack, key))}"
            for key in ("name", "edition", "extends", "archive", "key")
        ]
        lines.append("    files:")
        lines += [f"      {_quoted(path)}: {digest}" for path, digest in sorted(pack.files.items())]
    lines.append("overlays:" if lock.overlays else "overlays: {}")
    for path, seen in sorted(lock.overlays.items()):
        lines += [
            f"  {_quoted(path)}:",
            f"    replaced: {seen.replaced}",
            f"    yours: {seen.yours}",
        ]
    return _HEAD + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a YAML one, as long as no letter is written as two halves.
    return json.dumps(text, ensure_ascii=False)


def pack_folder(local: Path, name: str) -> Path:
    """Return the folder that a pack of a local is installed in."""
    return local / PACKS / name


def check_installed(local: Path, lock: Lock) -> list[Finding]:
    """Return every file of the installed packs that is not what the lock says."""
    return [finding for pack in lock.packs.values() for finding in _check_pack(local, pack)]


def _check_pack(local: Path, pack: LockedPack) -> Iterator[Finding]:
    folder = pack_folder(local, pack.id)
    if folder.is_symlink() or not folder.is_dir():
        message = f"pack {pack.id} {pack.edition} is locked, but not installed."
        yield Finding(pack.place, Code.PACK_MISSING, message, _AGAIN)
        return
    there = dict(_files_in(folder))
    for name in sorted({*there, *pack.files}):
        file = folder / name
        if name not in there:
            what = "is missing"
        elif name not in pack.files:
            what = "is not in the lock"
        elif there[name] != pack.files[name]:
            what = "differs from the lock"
        else:
            continue
        message = f"{brief(name)} of pack {pack.id} {pack.edition} {what}; nothing was built."
        yield Finding(Place(file), Code.PACK_HASH, message, _AGAIN)


def _files_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file below a folder with its SHA-256; what is no plain file has none."""
    for here, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(here) / name).is_symlink()]
        for name in [*names, *linked]:
            path = Path(here) / name
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file():
                yield relative, ""
            elif name not in _LITTER:
                yield relative, sha256_of(path.read_bytes())


def check_keys(local: Path, keys: Sequence[str], packs: Sequence[LockedPack]) -> list[Finding]:
    """Return the packs that none of the keys has signed; their files were compared already."""
    return [
        Finding(
            pack.place,
            Code.PACK_KEY,
            f"pack {pack.id} {pack.edition} is not signed by a key of `{KEYS_SETTING}`"
            f" ({', '.join(map(key_id, keys))}).",
            f"ask its publisher for a signed archive, or correct `{KEYS_SETTING}` in local.yaml.",
        )
        for pack in packs
        if not _is_signed(pack_folder(local, pack.id), keys, pack)
    ]


def _is_signed(folder: Path, keys: Sequence[str], pack: LockedPack) -> bool:
    try:
        manifest = (folder / MANIFEST).read_bytes()
        signature = (folder / SIGNATURE).read_bytes()
    except OSError:
        return False
    facts = parse_manifest(manifest)
    files = {name: sha for name, sha in pack.files.items() if name not in {MANIFEST, SIGNATURE}}
    # What is signed must be the pack that is used, and not another one of the same publisher.
    same = facts is not None and (facts.id, facts.edition, facts.files) == (
        pack.id,
        pack.edition,
        files,
    )
    return same and signer_of(manifest, signature) in keys
