"""Read the folder of a pack: its own files, and nothing that packs cannot hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.pack_files.rules import (
    LIMITS,
    PACK_FOLDERS,
    content_problem,
    is_litter,
    name_problem,
    size_problem,
    twins,
)
from formgen.sources.strict_yaml import parse_yaml


def folder_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a pack's folder by path. Raises InputError for what packs cannot hold.

    Hidden files, what other programs leave, and what lies beside a pack's own folders count not.
    """
    findings: list[Finding] = []
    files: dict[str, bytes] = {}
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        problem = name_problem(name)
        if path.is_symlink() or not path.is_file():
            problem = f'"{name}" is a link or a device'
        if not problem:
            problem = size_problem(name, path.stat().st_size)
        if not problem:
            files[name] = path.read_bytes()
            mistakes = _mistakes(path, files[name])
            findings += mistakes
            problem = "" if mistakes else content_problem(name, files[name])
        if problem:
            fix = "take it out of the pack; packs hold words, looks and pictures."
            findings.append(Finding(Place(path), Code.PACK_FILE, f"{problem}.", fix))
    for name in twins(files):
        message = f'"{name}" differs from another name only in capitals.'
        findings.append(Finding(Place(folder / name), Code.PACK_FILE, message, "rename one."))
    if len(files) > LIMITS.files or sum(map(len, files.values())) > LIMITS.all_bytes:
        message = f"the pack holds more than {LIMITS.files} files or {LIMITS.all_bytes:,} bytes."
        findings.append(Finding(Place(folder), Code.PACK_FILE, message, "take some out."))
    if findings:
        raise InputError(findings)
    return files


def _mistakes(path: Path, data: bytes) -> list[Finding]:
    """Return what is wrong with the YAML of a file, each mistake at its place."""
    if path.suffix != ".yaml":
        return []
    try:
        parse_yaml(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        return []
    except InputError as problem:
        return list(problem.findings)
    return []


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what lies below a pack's own folders, links themselves and not their targets."""
    for top in PACK_FOLDERS:
        if (folder / top).is_symlink():
            yield folder / top
            continue
        for here, folders, names in os.walk(folder / top):
            linked = [name for name in folders if (Path(here) / name).is_symlink()]
            folders[:] = sorted(name for name in folders if not is_litter(name))
            for name in sorted([*names, *linked]):
                if not is_litter(name):
                    yield Path(here) / name
