"""`formgen.lock`: which packs a local builds from, file by file, and whether they are there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief
from formgen.sources.pack_files.archive import parse_manifest, sha256_of
from formgen.sources.pack_files.rules import MANIFEST, SIGNATURE, name_problem
from formgen.sources.pack_files.signatures import key_id, signer_of
from formgen.sources.paths import LOCAL_FILE, PACKS
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
class Lock:
    """All that `formgen.lock` says."""

    packs: Mapping[str, LockedPack] = field(default_factory=dict)


def lock_home(local: Path) -> Path:
    """Return the folder whose lock and packs a local builds from.

    A lock that lies beside the locals serves all that have none of their own.
    """
    shared = beside(local)
    serves = has_lock(shared) and not (shared / LOCAL_FILE).exists()
    return shared if serves and not has_lock(local) else local


def beside(local: Path) -> Path:
    """Return the folder that a local's folder lies in, as it was named."""
    return local / ".." if local.name in {"", ".."} else local.parent


def served_by(home: Path) -> list[Path]:
    """Return the `local.yaml` of each local that the lock in a folder serves, or would."""
    if (home / LOCAL_FILE).exists():
        return [home / LOCAL_FILE]
    found = home.glob(f"*/{LOCAL_FILE}")
    return sorted(file for file in found if not has_lock(file.parent))


def has_lock(folder: Path) -> bool:
    """Tell whether a folder has a lock, whatever it says."""
    path = folder / LOCK_FILE
    return path.exists() or path.is_symlink()


def read_lock(folder: Path) -> Lock | None:
    """Return the lock in a folder, or None if it has none. Raises InputError."""
    path = folder / LOCK_FILE
    if not has_lock(folder):
        return None
    tree = read_yaml(path, "lock")
    written = tree.text("formgen-lock")
    if written.isdecimal() and int(written) > int(_FORMAT):
        message = "a newer formgen wrote this lock."
        fix = "install that formgen; nothing is wrong with the file."
        place = tree.nearest(("formgen-lock",)).place
        raise InputError([Finding(place, Code.NEWER_LOCK, message, fix)])
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
    return Lock({name: _pack(name, node) for name, node in _entries(tree, "packs")})


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
    return _HEAD + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a YAML one, as long as no letter is written as two halves.
    return json.dumps(text, ensure_ascii=False)


def pack_folder(home: Path, name: str) -> Path:
    """Return the folder that a pack is installed in, beside the lock that names it."""
    return home / PACKS / name


def check_installed(home: Path, lock: Lock) -> list[Finding]:
    """Return what of the installed packs is not as the lock says, and what that says wrongly."""
    return [finding for pack in lock.packs.values() for finding in _check_pack(home, pack)]


def _check_pack(home: Path, pack: LockedPack) -> Iterator[Finding]:
    folder = pack_folder(home, pack.id)
    if folder.is_symlink() or not folder.is_dir():
        message = f"pack {pack.id} {pack.edition} is locked, but not installed."
        yield Finding(pack.place, Code.PACK_MISSING, message, _AGAIN)
        return
    there = files_in(folder)
    for name in sorted(name for name in {*there, *pack.files} if _differs(name, there, pack)):
        what = "differs from the lock"
        if name not in there:
            what = "is missing"
        elif name not in pack.files:
            what = "is not in the lock"
        message = f"{brief(name)} of pack {pack.id} {pack.edition} {what}; nothing was built."
        yield Finding(Place(folder / name), Code.PACK_HASH, message, _AGAIN)
    if there == pack.files and not _is_true(folder, pack):
        message = f"what stands here of pack {pack.id} is not what its own {MANIFEST} says."
        fix = f"take {LOCK_FILE} back from your backup, or delete it and {_AGAIN}"
        yield Finding(pack.place, Code.BAD_LOCK_FILE, message, fix)


def _differs(name: str, there: Mapping[str, str], pack: LockedPack) -> bool:
    return there.get(name) != pack.files.get(name)


def files_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of all below a folder that a pack can hold, "" for what is no plain file.

    The rest was left by other programs. It is never read: a layer has the files of the lock alone.
    """
    found = {}
    for here, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(here) / name).is_symlink()]
        for path in (Path(here) / name for name in [*names, *linked]):
            name = path.relative_to(folder).as_posix()
            if name in {MANIFEST, SIGNATURE} or path.name in linked or not name_problem(name):
                plain = path.is_file() and not path.is_symlink()
                found[name] = sha256_of(path.read_bytes()) if plain else ""
    return found


def _is_true(folder: Path, pack: LockedPack) -> bool:
    """Tell whether a lock says of a pack, whose files were compared, what those say themselves."""
    manifest = (folder / MANIFEST).read_bytes() if MANIFEST in pack.files else b""
    signature = (folder / SIGNATURE).read_bytes() if SIGNATURE in pack.files else b""
    facts = parse_manifest(manifest)
    files = {name: sha for name, sha in pack.files.items() if name not in {MANIFEST, SIGNATURE}}
    return (
        facts is not None
        and (facts.id, facts.name, facts.edition, facts.extends, facts.files)
        == (pack.id, pack.name, pack.edition, pack.extends, files)
        and pack.key == ((signer_of(manifest, signature) or "none") if signature else "")
    )


def check_keys(
    asked: Place, keys: Sequence[str], names: Iterable[str], lock: Lock
) -> list[Finding]:
    """Return the packs that none of a local's keys has signed; the lock was found to be true."""
    findings = []
    for name in names:
        pack = lock.packs.get(name)
        if pack is None:
            message = f"pack {name} is not installed from a signed archive, and this local requires"
            fix = "install it with `formgen pack add`."
            findings.append(Finding(asked, Code.PACK_KEY, f"{message} a key.", fix))
        elif pack.key not in keys:
            message = f"pack {name} {pack.edition} is not signed by a key of `{KEYS_SETTING}`"
            message += f" ({', '.join(map(key_id, keys))})."
            fix = "ask its publisher for a signed archive, or correct"
            fix += f" `{KEYS_SETTING}` in local.yaml."
            findings.append(Finding(pack.place, Code.PACK_KEY, message, fix))
    return findings
