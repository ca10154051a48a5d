"""Look the machine over: what formgen needs, whether it is there, and what mends it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formgen.system import how_to_get_libraries, missing_libraries

_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Checkup:
    """One thing that was looked at; ``remedy`` is empty if it is well."""

    name: str
    seen: str
    remedy: str = ""


def look_over(cache: Path, out: Path) -> Iterator[Checkup]:
    """Yield a checkup for each thing that formgen needs."""
    version = platform.python_version()
    old = sys.version_info < _OLDEST_PYTHON
    yield Checkup("Python", version, "install Python 3.11 or newer." if old else "")
    libraries = _libraries()
    yield libraries
    if not libraries.remedy:
        yield _weasyprint()
    yield _fonts(cache)
    yield _writable("cache", cache)
    yield _writable("output", out)


def _libraries() -> Checkup:
    system = platform.system()
    missing = missing_libraries(system)
    if not missing:
        return Checkup("Pango and HarfBuzz", "found")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    remedy = how_to_get_libraries(system, "run `formgen doctor`", root=root)
    return Checkup("Pango and HarfBuzz", f"missing: {', '.join(missing)}", remedy)


def _weasyprint() -> Checkup:
    from formgen.pdf.engine.load import load_weasyprint

    try:
        version = load_weasyprint()
    except (ImportError, OSError) as problem:
        return Checkup(
            "WeasyPrint",
            str(problem),
            "install formgen again: pip install --force-reinstall formgen",
        )
    return Checkup("WeasyPrint", version)


def _fonts(cache: Path) -> Checkup:
    from formgen.pdf.fonts import CUTS, font_folder

    try:
        folder = font_folder(cache)
    except (OSError, ImportError, LookupError) as problem:
        return Checkup(
            "fonts",
            str(problem),
            "install formgen again, and see to it that the cache can be written.",
        )
    return Checkup("fonts", f"{len(CUTS)} in {folder}")


def _writable(name: str, folder: Path) -> Checkup:
    """Look whether a folder can be written, or be made; it is not made here."""
    there = next(
        parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists()
    )
    if there.is_dir() and os.access(there, os.W_OK):
        return Checkup(f"{name} folder", str(folder))
    return Checkup(
        f"{name} folder",
        f"{there} cannot be written",
        f"make {there} writable, or name another folder.",
    )
