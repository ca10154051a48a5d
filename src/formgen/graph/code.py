"""The code that makes something: a function's module, and all that it is built on."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import formgen
from formgen.graph.task import Work

_ROOT = Path(formgen.__file__).parent
_IMPORT = re.compile(
    r"^\s*(?:from|import)\s+(formgen[\w.]*)(?:\s+import\s+(?:\(([^)]*)\)|([^\n(]*)))?",
    re.MULTILINE,
)


def code_with(versions: Mapping[str, str]) -> Callable[[Work], str]:
    """Return what names the code of some work, together with the versions of libraries."""
    libraries = _hash(repr(sorted(versions.items())).encode())

    def code_of(work: Work) -> str:
        return f"{code_behind(work.do.__module__)} {libraries}"

    return code_of


@functools.cache
def code_behind(module: str) -> str:
    """Return the hash of a module of formgen and of all that it imports, by whatever way."""
    digest = hashlib.sha256()
    for name in sorted(modules_behind(module)):
        digest.update(f"{name}\0".encode())
        digest.update(_source(name))
    return digest.hexdigest()


def modules_behind(module: str) -> set[str]:
    """Return a module of formgen and those that it imports, directly or by others."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in found and _path(name):
            found.add(name)
            waiting += _imports(name)
    return found


@functools.cache
def _imports(module: str) -> tuple[str, ...]:
    said = _IMPORT.findall(_source(module).decode())
    parts = (
        f"{name}.{each.split()[0]}"
        for name, listed, on_line in said
        for each in (listed or on_line).split(",")
        if each.strip()
    )
    return (*(name for name, _, _ in said), *parts)


@functools.cache
def _source(module: str) -> bytes:
    path = _path(module)
    return path.read_bytes() if path else b""


def _path(module: str) -> Path | None:
    """Return the file of a module of formgen, or None if there is none of this name."""
    place = _ROOT.joinpath(*module.split(".")[1:])
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file():
            return path
    return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
