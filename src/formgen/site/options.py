"""What can be asked of a site."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SiteOptions:
    """Where a site goes, and what is on it."""

    # The site's folder.
    out: Path
    # Where kits lie.
    kits: Path = Path("output")
    # Ids or numbers of locals that are left out.
    without: Collection[str] = ()
    # A picture of the state's mark.
    mark: Path | None = None
