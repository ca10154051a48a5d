"""What can be asked of a build: which part of kits, where, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BuildOptions:
    """Which part of kits to build, where, and by whom; without any, all of them."""

    # Ids of documents to build alone.
    documents: tuple[str, ...] = ()
    # Ids of outputs (`formgen.outputs.table`) to build alone.
    outputs: tuple[str, ...] = ()
    # Ids of packets to build alone, with the documents in them.
    packets: tuple[str, ...] = ()
    # Ids of outputs to build besides.
    also: tuple[str, ...] = ()
    # The number of pairs for which copies are listed.
    pairs: int = 0
    # Folder that holds a folder for each kit.
    out: Path = Path("output")
    # The number of processes; without it, one a core.
    jobs: int | None = None
    # The address of a Dask scheduler, whose workers do the work then.
    cluster: str = ""
    # Use what was made before, and keep what is made.
    cache: bool = True
    # Take away the kits of locals that are gone: these locals are all that there are.
    prune: bool = False
    # Say in each report why things were made.
    why: bool = False
