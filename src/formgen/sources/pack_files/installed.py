"""The packs that a local builds on, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from formgen.sources.files import File
from formgen.sources.layers import Layer, Stack
from formgen.sources.pack_files.lock_file import LockedPack, lock_home, read_lock
from formgen.sources.paths import PACK_FILE
from formgen.sources.strict_yaml import read_yaml


@dataclass(frozen=True)
class InstalledPack:
    """A pack that a local builds on; without a lock, its hash and key are not known."""

    id: str
    name: str
    edition: str
    # The SHA-256 of the archive that it was installed from.
    sha256: str = ""
    # The public key that signed it.
    key: str = ""


def installed_packs(stack: Stack) -> list[InstalledPack]:
    """Return the packs of a stack, nearest first. Raises InputError."""
    lock = read_lock(lock_home(stack.local.folder))
    found = []
    for layer in stack.layers[1:-1]:
        locked = lock.packs.get(layer.name) if lock else None
        if locked:
            found.append(_as_locked(locked))
            continue
        file = layer.file(PACK_FILE)
        if file:
            facts = read_yaml(file, layer.name)
            found.append(InstalledPack(layer.name, facts.text("name"), facts.text("edition")))
    return found


def edition_giver(stack: Stack) -> tuple[Layer, File] | None:
    """Return the nearest pack that has an edition, with its `pack.yaml`; the base pack is none."""
    for layer, file in Stack(stack.layers[1:-1]).find_all(PACK_FILE):
        if read_yaml(file).text("edition"):
            return layer, file
    return None


def printed_edition(stack: Stack, own: str, last_changed: str = "") -> str:
    """Return the edition that stands on a local's pages: its pack's, and its own beside that.

    What the local calls its own never hides which edition of the pack it has. ``last_changed`` is
    the pack's edition in which a page last changed, if that is an older one.
    """
    giver = edition_giver(stack)
    if giver is None:
        base = stack.layers[-1].file(PACK_FILE)
        return own or (read_yaml(base).text("edition") if base else "")
    layer, file = giver
    facts = read_yaml(file)
    newest = facts.text("edition")
    edition, name = last_changed or newest, facts.text("name") or layer.name
    return edition if own in {"", newest} else f"{name} {edition} · {own}"


def pack_editions(stack: Stack) -> set[str]:
    """Return the editions of the packs that a local builds on."""
    packs = Stack(stack.layers[1:-1]).find_all(PACK_FILE)
    return {read_yaml(file).text("edition") for _, file in packs}


def locked_packs(local: Path) -> list[InstalledPack]:
    """Return the packs of the lock that serves a local, whatever became of their files.

    Raises InputError.
    """
    lock = read_lock(lock_home(local))
    return [_as_locked(pack) for pack in lock.packs.values()] if lock else []


def _as_locked(pack: LockedPack) -> InstalledPack:
    return InstalledPack(pack.id, pack.name, pack.edition, pack.archive, pack.key)
