"""A local with three short documents and no packets, which is built in no time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import read_yaml
from tests.support.locals import changed, write_local

KEPT = ("letter-of-understanding", "mentor-pledge", "certificate-of-completion")
CATALOG = read_yaml(base_layer().folder / "content" / "documents.yaml")
EVERY = tuple(CATALOG.get("documents").value)
PACKETS = tuple(CATALOG.get("packets").value)
OMITTED = [name for name in EVERY if name not in KEPT]
# What asks something and so can be filled in.
FILLED = KEPT[:2]
FILES = sorted(
    ["index.html"]
    + [f"print/{name}.pdf" for name in KEPT]
    + [f"fillable/{name}.pdf" for name in FILLED]
    + [f"web/{name}.html" for name in KEPT]
)


def write_tiny(folder: Path, changes: Mapping[str, Any] | None = None) -> Path:
    """Write a local whose id is its folder's name, with changes; return its folder.

    It binds no packets, unless it is changed to.
    """
    own = {
        "id": folder.name,
        "documents": {"omit": OMITTED},
        "packets": {"omit": list(PACKETS)},
    }
    write_local(folder, changed(own, changes or {}))
    return folder
