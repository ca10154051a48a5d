"""Build an archive from a pack's folder, once its own sample local builds without a finding."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import formgen
from formgen.build.build import build
from formgen.build.check import check_locals
from formgen.build.publish import write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, errors, in_order
from formgen.graph.cache import cache_folder, user_cache
from formgen.model.editions.ranges import editions_below
from formgen.model.editions.reaching import reaching
from formgen.model.editions.record import next_record, read_record, record_text
from formgen.model.pack import Pack, check_complete
from formgen.model.validate import check_shape
from formgen.packs.records.approvals import check_approvals
from formgen.packs.records.notes import check_notes
from formgen.packs.review import samples, stack_of
from formgen.packs.signing import sign
from formgen.packs.verified import OpenPack, open_pack
from formgen.pdf.fonts import font_folder
from formgen.pdf.versions import library_versions
from formgen.sources.pack_files.archive import (
    PackFacts,
    archive_bytes,
    manifest_bytes,
    parse_archive,
)
from formgen.sources.pack_files.folder import folder_files
from formgen.sources.paths import EDITIONS_FILE, LOCAL_FILE, LOCALS, PACK_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node
from formgen.workers.pool import usable_cores, worker_pool

SUFFIX = ".zip"


@dataclass(frozen=True)
class BuiltPack:
    """An archive that was written."""

    path: Path
    opened: OpenPack
    size: int
    # The sample locals that were built from it.
    samples: tuple[str, ...]


def read_pack(folder: Path) -> tuple[Pack, Node]:
    """Read the `pack.yaml` of a folder. Raises InputError."""
    tree = read_yaml(folder / PACK_FILE)
    pack, findings = check_shape(tree, Pack)
    if pack is None:
        raise InputError(findings)
    return pack, tree


def build_pack(
    folder: Path, out: Path, key_file: Path | None = None, *, typeset: bool = True
) -> BuiltPack:
    """Check a pack's folder and write its archive into ``out``. Raises InputError.

    Without ``typeset``, the sample locals are composed alone, which is done at once and does not
    see what only shows on paper.
    """
    pack, tree = read_pack(folder)
    files = folder_files(folder)
    findings = check_complete(pack, tree, formgen.__version__)
    findings += check_notes(folder, pack, tree)
    findings += check_samples(folder, pack)
    # What does not compose has no finished words.
    findings += [] if errors(findings) else check_approvals(folder, pack.id)
    if not findings and typeset:
        findings = typeset_samples(folder)
    if not findings and folder_files(folder) != files:
        message = "the pack's files changed while its sample local was built."
        findings.append(Finding(Place(folder), Code.CHANGED, message, "build it again."))
    if findings:
        raise InputError(in_order(findings))
    record = record_bytes(folder, pack.edition)
    files[EDITIONS_FILE] = record
    facts = PackFacts(pack.id, pack.name, pack.edition, pack.formgen, pack.extends, {})
    manifest = manifest_bytes(facts, files)
    signer, signature = sign(manifest, key_file) if key_file else ("", b"")
    if pack.keys and signer not in pack.keys:
        message = "the pack names the keys that sign it, and this edition is not signed by one."
        place = tree.nearest(("keys",)).place
        fix = "name the private key with --key, or correct `keys`."
        raise InputError([Finding(place, Code.PACK_SIGNATURE, message, fix)])
    path = out / f"{pack.id}-{pack.edition}{SUFFIX}"
    data = archive_bytes(files, manifest, signature)
    # What is handed on has been read as its receivers will read it.
    opened = open_pack(parse_archive(data, Place(path)))
    _check_same_edition(path, data, tree)
    write_file(path, data)
    write_file(folder / EDITIONS_FILE, record)
    return BuiltPack(path, opened, len(data), tuple(each.parent.name for each in samples(folder)))


def record_bytes(folder: Path, edition: str) -> bytes:
    """Return in which edition each document last changed, with this one, and what it lies on.

    Raises InputError.
    """
    stack = stack_of(folder)
    record = next_record(read_record(stack.local), reaching(stack), edition)
    return record_text(replace(record, tried_with=editions_below(stack))).encode()


def _check_same_edition(path: Path, data: bytes, tree: Node) -> None:
    """Refuse to write other contents over an edition that may be in use already."""
    if path.is_file() and path.read_bytes() != data:
        message = f"{path.name} is there already with other contents; an edition never changes."
        fix = "raise `edition`; if nobody has it yet, delete the file."
        place = tree.nearest(("edition",)).place
        raise InputError([Finding(place, Code.EDITION_EXISTS, message, fix)])


def check_samples(folder: Path, pack: Pack) -> list[Finding]:
    """Compose a pack's sample locals: every finding keeps the pack from being handed on."""
    findings: list[Finding] = []
    files = samples(folder)
    if not files:
        place = Place(folder / LOCALS)
        message = "the pack has no sample local, so nobody can tell whether it builds."
        fix = f"add locals/<name>/{LOCAL_FILE} with `extends: {pack.id}`."
        return [Finding(place, Code.NO_SAMPLE, message, fix)]
    fonts = font_folder(cache_folder())
    pool = worker_pool(usable_cores(), fonts, typesets=False)
    for checked in check_locals(files, pool, user_cache(), library_versions(fonts)):
        findings += checked.findings
        if checked.stack is None:
            continue
        if checked.stack.layers[1].folder.resolve() != folder.resolve():
            message = f"the sample local does not build on {pack.id}."
            fix = f"write `extends: {pack.id}` into it."
            place = read_yaml(checked.local).nearest(("extends",)).place
            findings.append(Finding(place, Code.NO_SAMPLE, message, fix))
    return findings


def typeset_samples(folder: Path) -> list[Finding]:
    """Build the sample locals of a pack, packets too; return what is wrong on paper."""
    locals_ = [file.parent for file in samples(folder)]
    fonts = font_folder(cache_folder())
    pool = worker_pool(usable_cores(), fonts)
    with tempfile.TemporaryDirectory(prefix="formgen-") as temporary:
        reports = build(
            locals_, Path(temporary), pool, cache=user_cache(), versions=library_versions(fonts)
        )
    return [finding for report in reports for finding in report.findings]
