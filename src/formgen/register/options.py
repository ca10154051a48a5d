"""What can be asked of a run with a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class RegisterOptions:
    """What to do with a sheet."""

    # Archives or https addresses of packs for new locals, in place of those of `register.yaml`.
    packs: Sequence[str] = ()
    dry_run: bool = False
    # Move the folders of locals that left.
    archive: bool = False
    # Where kits lie, which may hold papers for people.
    out: Path = field(default_factory=lambda: Path("output"))
