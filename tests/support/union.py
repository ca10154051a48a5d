"""A small union on a disk: a state that publishes packs, its keys, and locals that install them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from formgen.packs.install import Update, add, plan_update
from formgen.packs.signing import make_keys, sign
from formgen.packs.verified import OpenPack
from tests.support.locals import MINIMAL, write, write_local
from tests.support.packs import manifest_of, opened, pack_files

Settings = str | Mapping[str, Any]


@dataclass
class Union:
    """Turn one knob at a time: an edition, a key, a file; then ask what becomes of a local."""

    folder: Path
    # Public keys by name.
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """Return the public key of a name; its pair is made at first use."""
        if name not in self.keys:
            self.keys[name] = make_keys(self.folder / f"{name}.key")
        return self.keys[name]

    def publish(
        self, *, key: str = "", files: Mapping[str, str | bytes] | None = None, **facts: Any
    ) -> OpenPack:
        """Return a pack as it is received, with other facts and more files; signed if by a key."""
        held = pack_files(facts, files)
        if not key:
            return opened(held)
        self.key(key)
        return opened(held, sign(manifest_of(held), self.folder / f"{key}.key")[1])

    def local(self, name: str = "maple", settings: Settings = MINIMAL) -> Path:
        """Return the `local.yaml` of a new local."""
        return write_local(self.folder / "locals" / name, settings)

    def member(self, pack: OpenPack | None = None, name: str = "maple") -> Path:
        """Return the `local.yaml` of a new local that has installed a pack."""
        local = self.local(name)
        add(pack or self.publish(), local)
        return local

    def plan(self, local: Path, pack: OpenPack, *, allow_downgrade: bool = False) -> Update | None:
        """Return what an update of a local to a pack would change."""
        return plan_update(pack, local, allow_downgrade=allow_downgrade)

    def tamper(self, local: Path, file: str, text: str) -> None:
        """Change a file of a pack that a local has installed."""
        write(local.parent / "packs" / file, text)
