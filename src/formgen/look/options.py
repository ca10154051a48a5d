"""What can be asked of a look at all locals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LookOptions:
    """Which page is looked at, and where the sheet goes."""

    document: str
    # The first page is 1.
    page: int
    # Where kits lie.
    kits: Path
    # The sheet.
    file: Path
