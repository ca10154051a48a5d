"""What typesetting depends on besides the sheet: the program, its libraries, its fonts."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import sys
import zlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import formgen
from formgen.sources.layers import base_layer, read_whole

_PACKAGES = (
    *("weasyprint", "pydyf", "pikepdf", "fonttools", "pillow", "pyphen", "brotli", "pypdfium2"),
    *("tinycss2", "tinyhtml5", "cssselect2"),
    *("jinja2", "markupsafe", "markdown-it-py", "babel"),
)
# Shared libraries by the names that WeasyPrint asks for, and what tells their version.
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


def library_versions(fonts: Path) -> dict[str, str]:
    """Return the versions of all that makes pages beside formgen's own code."""
    return {**_versions(), "fonts": fonts.name}


def installation(fonts: Path) -> dict[str, str]:
    """Return what has to be equal for two machines to make the same bytes of the same work."""
    base = read_whole(base_layer()).digest
    own = f"{formgen.__version__} {source_hash()[:12]}"
    return {**library_versions(fonts), "formgen": own, "base pack": base[:12]}


@functools.cache
def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    found["pango"] = _library_version(_PANGO, "pango_version_string")
    found["harfbuzz"] = _library_version(_HARFBUZZ, "hb_version_string")
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    found["python"] = ".".join(map(str, sys.version_info[:2]))
    return found


@functools.cache
def source_hash() -> str:
    """Return the hash of all of formgen's own modules."""
    root = Path(formgen.__file__).parent
    return _hash_of(sorted(root.rglob("*.py")), root)


def _hash_of(paths: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _library_version(names: Iterable[str], function: str) -> str:
    for name in names:
        try:
            ask = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode())
    return ""
