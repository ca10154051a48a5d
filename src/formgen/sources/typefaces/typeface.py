"""A typeface of a local's own, ready for pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Slant = Literal["normal", "italic"]


@dataclass(frozen=True)
class Face:
    """One file of a typeface, as a static font, and where on its scale it stands."""

    weight: int
    slant: Slant
    data: bytes


@dataclass(frozen=True)
class OwnTypeface:
    """The faces of a typeface."""

    faces: tuple[Face, ...]
    # Which of our typefaces stands in for letters that it lacks: "serif" or "sans".
    voice: str
    # As WOFF2, with the letters that web pages have; nothing if it may not be part of them.
    on_screen: bytes

    @property
    def family(self) -> str:
        """Return a name that no other typeface has, whatever local it is of."""
        whole = hashlib.sha256()
        for face in self.faces:
            whole.update(f"{face.weight} {face.slant} {len(face.data)} ".encode())
            whole.update(face.data)
        return f"Own {whole.hexdigest()[:16]}"
