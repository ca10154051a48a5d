"""formgen as a program of its own, run as somebody whom files may be denied to."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import formgen

_DROP = 24  # PR_CAPBSET_DROP
# What lets root read and write whatever permissions say.
_OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def deprived() -> None:
    """Let the program that follows have no more rights than its user's files give."""
    if os.geteuid() == 0:
        for each in _OVERRIDES:
            ctypes.CDLL(None).prctl(_DROP, each, 0, 0, 0)


def formgen_as_program(
    folder: Path,
    *arguments: object,
    before: Callable[[], None] = deprived,
    more: Mapping[str, str] | None = None,
    **options: Any,
) -> subprocess.CompletedProcess[str]:
    """Run formgen in a folder; return what became of it."""
    source = Path(formgen.__file__).parents[1]
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "formgen", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(source), **(more or {})},
        preexec_fn=before,
        check=False,
        text=True,
        timeout=300,
        **{"capture_output": True, **options},
    )
