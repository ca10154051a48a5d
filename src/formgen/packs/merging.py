"""Merge what a new edition changed into the files of a local that replace it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.build.publish import write_file
from formgen.findings import InputError
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.packs.review import write_bases
from formgen.sources.edit.drafts import data_of
from formgen.sources.files import File
from formgen.sources.layers import Stack, read_stack
from formgen.sources.pack_files.unfinished import finish
from formgen.sources.paths import PACKS, TO_MERGE
from formgen.sources.replaced.basis import Basis, basis_of, known_bases, replaced_at
from formgen.sources.replaced.file_diff import text_of
from formgen.sources.replaced.merge import Merged, merge
from formgen.sources.replaced.stale import owner_of, stale_files
from formgen.sources.strict_yaml import parse_yaml

_CRLF = b"\r\n"


@dataclass(frozen=True)
class MergedFile:
    """An own file, the file that the merged words are in, and in how many places they clash."""

    path: str
    written: Path
    clashes: int


def clashes(stack: Stack, bases: Mapping[str, Basis]) -> dict[str, int]:
    """Return in how many places each own file clashes that would be merged with what is below."""
    return {each.path: each.merged.clashes for each in _planned(stack, bases)}


@dataclass(frozen=True)
class _Planned:
    path: str
    mine: File
    merged: Merged
    basis: Basis


def merge_files(local_yaml: Path, waiting: Waiting = wait_silently) -> list[MergedFile]:
    """Take over what changed below the own files of a local that miss it.

    Where both sides changed the same lines, the own file stays as it is and stale, and both stand
    in a file of the same path below `to-merge`, which nothing reads. Raises InputError.
    """
    folder = local_yaml.parent
    with locked(folder / PACKS, waiting):
        finish(folder)
        stack, _ = read_stack(local_yaml)
        bases = known_bases(stack)
        done = []
        for each in tuple(_planned(stack, bases)):
            written = each.mine.path
            data = _as_before(each.merged.text, each.mine.read_bytes())
            if each.merged.clashes:
                written = folder / TO_MERGE / each.path
            else:
                bases[each.path] = each.basis
            write_file(written, data)
            done.append(MergedFile(each.path, written, each.merged.clashes))
        if done:
            write_bases(folder, bases)
    return done


def _planned(stack: Stack, bases: Mapping[str, Basis]) -> Iterator[_Planned]:
    """Yield the files that miss something and have words, merged; pictures are left alone."""
    stale = {finding.place.file for finding in stale_files(stack, bases)}
    for path, basis in bases.items():
        mine, below = stack.local.file(path), replaced_at(stack, path)
        if mine is None or below is None or mine.path not in stale or basis.text is None:
            continue
        own, theirs = text_of(path, mine.read_bytes()), text_of(path, below.data)
        if own is None or theirs is None:
            continue
        merged = merge(basis.text, own, theirs, owner_of(below.layer))
        yield _Planned(path, mine, _readable(path, merged), basis_of(path, below.data))


def _readable(path: str, merged: Merged) -> Merged:
    """Return what was merged; what cannot be read any more is one clash, whole."""
    if path.endswith(".yaml") and not merged.clashes:
        try:
            parse_yaml(merged.text, Path(path))
        except InputError:
            return Merged(merged.text, 1)
    return merged


def _as_before(text: str, before: bytes) -> bytes:
    ends = text.replace("\n", "\r\n") if _CRLF in before else text
    return data_of(ends, before)
