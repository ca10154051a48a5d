"""A file of a layer: on the disk, or as its bytes were when the layer was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formgen.plain_files import read_plain


@dataclass(frozen=True, order=True)
class File:
    """A file by its path, which findings name; its bytes come along where they were read."""

    path: Path
    data: bytes | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return self.path.name

    @property
    def suffix(self) -> str:
        """Return the ending of the name."""
        return self.path.suffix

    @property
    def size(self) -> int:
        """Return the number of bytes. Raises OSError."""
        return self.path.stat().st_size if self.data is None else len(self.data)

    def read_bytes(self) -> bytes:
        """Return the bytes. Raises OSError."""
        return read_plain(self.path) if self.data is None else self.data
