"""Packs made in code: small ones that are fine, and their archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from formgen.findings import Place
from formgen.packs.build_pack import record_bytes
from formgen.packs.diff import Change, local_changes, two_editions
from formgen.packs.verified import OpenPack, open_pack
from formgen.sources.pack_files.archive import (
    PackFacts,
    archive_bytes,
    manifest_bytes,
    parse_archive,
)
from formgen.sources.pack_files.rules import MANIFEST
from formgen.sources.paths import EDITIONS_FILE, PACK_FILE
from tests.support.locals import write

ARCHIVE = Path("ohio.zip")
LETTER = "content/en/letters/mentor-thank-you.md"
FORM = "content/en/forms/mentor-application.yaml"
AGREEMENT = "content/en/pledges/letter-of-understanding.yaml"
SAMPLE = """\
formgen: 1
id: sample-local
extends: {id}
local: {{name: Sample Local}}
coordinator: {{name: Pat Doe, phone: 555-0100}}
"""
FACTS = {"id": "ohio", "name": "Ohio pack", "edition": "2026.1", "formgen": ">=0.1"}


def pack_files(
    facts: Mapping[str, Any] | None = None, more: Mapping[str, str | bytes] | None = None
) -> dict[str, bytes]:
    """Return the files of a small pack, with other facts and further files."""
    said = {**FACTS, **(facts or {})}
    files: dict[str, str | bytes] = {
        PACK_FILE: yaml.safe_dump(said, sort_keys=False),
        "content/program.yaml": "affiliates:\n  state: {name: Ohio Association}\n",
        "locals/sample-local/local.yaml": SAMPLE.format(id=said["id"]),
        **(more or {}),
    }
    return {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}


def manifest_of(files: Mapping[str, bytes], **facts: str) -> bytes:
    """Return the `PACK.json` of some files, as formgen would write it."""
    said = yaml.safe_load(files[PACK_FILE]) if PACK_FILE in files else FACTS
    said = {"name": "", "formgen": "", "extends": "", **said, **facts}
    keys = ("id", "name", "edition", "formgen", "extends")
    pack, name, edition, formgen, extends = (str(said[key]) for key in keys)
    return manifest_bytes(PackFacts(pack, name, edition, formgen, extends, {}), files)


def packed(files: Mapping[str, bytes], manifest: bytes = b"", signature: bytes = b"") -> bytes:
    """Return the archive of some files."""
    return archive_bytes(files, manifest or manifest_of(files), signature)


def opened(files: Mapping[str, bytes], signature: bytes = b"") -> OpenPack:
    """Return the archive of some files, opened."""
    return open_pack(parse_archive(packed(files, signature=signature), Place(ARCHIVE)))


def zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], **options: Any) -> bytes:
    """Return a zip as anybody could make it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def members_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what an archive of some files holds, in order."""
    return dict(sorted({**files, MANIFEST: manifest_of(files)}.items()))


def entry(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    """Return an entry of an archive as formgen writes it, or of another kind."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_STORED
    return info


def write_pack(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files of a pack into a folder."""
    for name, data in files.items():
        write(folder / name, data.decode())
    return folder


def raise_edition(pack: Path, edition: str) -> None:
    """Write an edition into a pack's folder, and its record as `formgen pack build` does."""
    facts = pack / PACK_FILE
    lines = [each for each in facts.read_text("utf-8").splitlines() if "edition" not in each]
    write(facts, "\n".join([*lines, f'edition: "{edition}"', ""]))
    write(pack / EDITIONS_FILE, record_bytes(pack, edition).decode())


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Return all that lies below a folder, for comparing before and after."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def compare(old: Path, new: Path, local: Path | None = None) -> list[Change]:
    """Return all that differs between two archives or folders of a pack, for a local as well."""
    editions = two_editions(old, new)
    if local is None:
        return editions.changes
    with editions.on_disk() as folders:
        diff = local_changes(local, editions.pack, *folders, typeset=True)
    return [*editions.changes, *diff.changes]
