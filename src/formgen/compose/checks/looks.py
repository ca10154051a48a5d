"""What is wrong with a local's looks, though every page can be made."""

from __future__ import annotations

from collections.abc import Iterator

from formgen.compose.checks.font_families import unknown_families
from formgen.compose.checks.unused_looks import unused_looks
from formgen.findings import Finding
from formgen.kit import Kit


def check_looks(kit: Kit) -> Iterator[Finding]:
    """Yield a warning for each file that is not used, and for each typeface that there is not."""
    yield from unused_looks(kit)
    yield from unknown_families(kit.stack)
