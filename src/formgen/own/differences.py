"""All that a local says differently from what it builds on."""

from __future__ import annotations

from pathlib import Path

from formgen.own.file_differences import changed_looks, changed_words
from formgen.own.look import Difference, look_at
from formgen.own.setting_differences import (
    changed_forms,
    changed_lists,
    changed_promises,
    changed_settings,
)


def differences(place: Path) -> list[Difference]:
    """Return what a local says differently from what it builds on. Raises InputError."""
    look = look_at(place)
    told = (
        changed_words,
        changed_settings,
        changed_forms,
        changed_promises,
        changed_lists,
        changed_looks,
    )
    return [each for tell in told for each in tell(look)]
