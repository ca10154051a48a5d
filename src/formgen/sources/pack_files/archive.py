"""Archives of packs: read without trust, written so that the same files give the same bytes.

An archive has one form: a zip with its names in order, one time, one set of attributes, files as
they are and nothing between, before or after. It is written again from what was read in it, and
what differs by a bit was not made by formgen, and is refused; so two readers of an archive can
never see two different packs in it. Nothing is compressed, since the same bytes can be compressed
in many ways, and libraries differ in theirs.
"""

from __future__ import annotations

import hashlib
import io
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.pack_files.rules import (
    LIMITS,
    MANIFEST,
    SIGNATURE,
    content_problem,
    name_problem,
    size_problem,
    twins,
)

FORMAT = 1
_ALLOWED = "check its permissions."
_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = (stat.S_IFREG | 0o644) << 16
_UNIX = 3
_ENCRYPTED = 1
_FACTS = ("format", "id", "name", "edition", "formgen", "extends", "files")
# What a damaged zip makes Python's reader raise.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError),
    *(RuntimeError, NotImplementedError, OverflowError, OSError, KeyError, IndexError),
)


@dataclass(frozen=True)
class PackFacts:
    """What `PACK.json` says of a pack."""

    id: str
    name: str
    edition: str
    formgen: str
    extends: str
    # The SHA-256 of every file, by path.
    files: Mapping[str, str]


@dataclass(frozen=True)
class Archive:
    """An archive that was read and checked: every file is what `PACK.json` says it is."""

    place: Place
    sha256: str
    facts: PackFacts
    manifest: bytes
    signature: bytes
    files: Mapping[str, bytes]


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes as text."""
    return hashlib.sha256(data).hexdigest()


def with_any_ends(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return a text as it is, and with the line ends that Git gives it here and on Windows."""
    plain = data.replace(b"\r\n", b"\n")
    return data, plain, plain.replace(b"\n", b"\r\n")


def refuse(place: Place, what: str, fix: str, code: Code = Code.PACK_ARCHIVE) -> InputError:
    """Return the error for a pack that formgen's policy keeps out."""
    return InputError([Finding(place, code, f"{what}.", fix)])


def manifest_bytes(facts: PackFacts, files: Mapping[str, bytes]) -> bytes:
    """Return the `PACK.json` of some files."""
    listed = {
        name: {"sha256": sha256_of(files[name]), "size": len(files[name])} for name in sorted(files)
    }
    data = {
        "format": FORMAT,
        **{key: getattr(facts, key) for key in _FACTS[1:-1]},
        "files": listed,
    }
    return _canonical(data)


def _canonical(data: Any) -> bytes:
    return f"{json.dumps(data, indent=1, ensure_ascii=True)}\n".encode("ascii")


def archive_bytes(files: Mapping[str, bytes], manifest: bytes, signature: bytes = b"") -> bytes:
    """Return an archive: the same files and `PACK.json` give the same bytes."""
    members = {MANIFEST: manifest, **({SIGNATURE: signature} if signature else {}), **files}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(members):
            archive.writestr(_entry(name), members[name])
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.create_system = _UNIX
    info.external_attr = _MODE
    info.compress_type = zipfile.ZIP_STORED
    return info


def read_archive(path: Path) -> Archive:
    """Read an archive from a file. Raises InputError for anything but a pack."""
    place = Place(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refuse(place, f"{path.name} is no archive of a pack", _FIX)
        if size > LIMITS.archive_bytes:
            message = f"the archive is larger than {LIMITS.archive_bytes:,} bytes"
            raise refuse(place, message, _FIX)
        data = path.read_bytes()
    except OSError as problem:
        gone = isinstance(problem, FileNotFoundError)
        message = f"{path.name} cannot be read: {problem.strerror}."
        code, fix = (Code.NO_FILE, "check the name.") if gone else (Code.UNREADABLE, _ALLOWED)
        raise InputError([Finding(place, code, message, fix)]) from None
    return parse_archive(data, place)


_FIX = "ask for an archive that `formgen pack build` made; nothing was installed."


def parse_archive(data: bytes, place: Place) -> Archive:
    """Check an archive's bytes and return what it holds. Raises InputError."""
    if len(data) > LIMITS.archive_bytes:
        raise refuse(place, f"the archive is larger than {LIMITS.archive_bytes:,} bytes", _FIX)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = next(_form_problems(archive), "")
            members = {} if problem else {name: archive.read(name) for name in archive.namelist()}
    except _DAMAGED:
        raise refuse(place, "this is no archive of a pack, or a damaged one", _FIX) from None
    if problem:
        raise refuse(place, problem, _FIX)
    manifest, signature = members.pop(MANIFEST), members.pop(SIGNATURE, b"")
    if archive_bytes(members, manifest, signature) != data:
        raise refuse(place, "the archive is not, byte for byte, as formgen writes it", _FIX)
    facts = _facts(manifest, members, place)
    for name, text in members.items():
        problem = content_problem(name, text)
        if problem:
            raise refuse(place, problem, _FIX)
    return Archive(place, sha256_of(data), facts, manifest, signature, members)


def _form_problems(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield what formgen writes in no directory of an archive; no file is read yet."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    own = [name for name in names if name not in {MANIFEST, SIGNATURE}]
    if len(entries) > LIMITS.files:
        yield f"the archive holds more than {LIMITS.files} files"
    if sum(entry.file_size for entry in entries) > LIMITS.all_bytes:
        yield f"the archive holds more than {LIMITS.all_bytes:,} bytes"
    yield from filter(None, map(name_problem, own))
    for entry in entries:
        yield from _entry_problems(entry)
    for name in twins(names):
        yield f'"{name}" stands in the archive twice, or differs only in capitals'
    if MANIFEST not in names:
        yield f"the archive has no {MANIFEST}"
    if names != sorted(names):
        yield "the archive's files are not in order"


def _entry_problems(entry: zipfile.ZipInfo) -> Iterator[str]:
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        yield f'"{entry.filename}" is a link, a folder or a device'
    if entry.flag_bits & _ENCRYPTED:
        yield f'"{entry.filename}" is encrypted'
    yield from filter(None, [size_problem(entry.filename, entry.file_size)])
    if _attributes(entry) != _attributes(_entry(entry.filename)):
        yield f'"{entry.filename}" was not packed by formgen'


def _attributes(entry: zipfile.ZipInfo) -> tuple[object, ...]:
    return (
        *(entry.date_time, entry.create_system, entry.external_attr, entry.internal_attr),
        *(entry.compress_type, entry.flag_bits, entry.extra, entry.comment, entry.volume),
    )


def _facts(manifest: bytes, files: Mapping[str, bytes], place: Place) -> PackFacts:
    facts = parse_manifest(manifest)
    if facts is None:
        raise refuse(place, f"{MANIFEST} is not one that formgen wrote", _FIX)
    for name in sorted({*files, *facts.files}):
        if name not in files:
            raise refuse(place, f"{name} is missing from the archive", _FIX)
        if name not in facts.files:
            raise refuse(place, f"{name} is not listed in {MANIFEST}", _FIX)
        if sha256_of(files[name]) != facts.files[name]:
            raise refuse(place, f"{name} is not the file that {MANIFEST} lists", _FIX)
    if manifest_bytes(facts, files) != manifest:
        raise refuse(place, f"{MANIFEST} is not one that formgen wrote", _FIX)
    return facts


def parse_manifest(manifest: bytes) -> PackFacts | None:
    """Return what a `PACK.json` says, or None if formgen did not write it so."""
    try:
        data = json.loads(manifest)
        if tuple(data) != _FACTS or data["format"] != FORMAT or _canonical(data) != manifest:
            return None
        files = {str(name): str(entry["sha256"]) for name, entry in data["files"].items()}
        pack, name, edition, needed, extends = (str(data[key]) for key in _FACTS[1:-1])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return PackFacts(pack, name, edition, needed, extends, files)
