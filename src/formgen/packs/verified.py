"""Open an archive: what it holds is checked, its `pack.yaml` read, its signature proved."""

from __future__ import annotations

from dataclasses import dataclass, replace

import formgen
from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.model.pack import Pack, check_complete
from formgen.model.validate import check_shape
from formgen.sources.pack_files.archive import Archive, refuse, sha256_of
from formgen.sources.pack_files.lock_file import LockedPack
from formgen.sources.pack_files.rules import MANIFEST, SIGNATURE
from formgen.sources.pack_files.signatures import key_id, signer_of
from formgen.sources.paths import PACK_FILE
from formgen.sources.strict_yaml import parse_yaml

_STRANGER = "ask its publisher for the archive, and compare the key's short name by phone."


@dataclass(frozen=True)
class OpenPack:
    """An archive that can be installed."""

    archive: Archive
    pack: Pack
    # The public key that signed it, or nothing.
    signer: str

    @property
    def label(self) -> str:
        """Name the pack and its edition."""
        return f"{self.pack.id} {self.pack.edition}"

    def installed_files(self) -> dict[str, bytes]:
        """Return the files that stand on a disk once it is installed."""
        archive = self.archive
        signature = {SIGNATURE: archive.signature} if archive.signature else {}
        return {**archive.files, MANIFEST: archive.manifest, **signature}

    def as_locked(self) -> LockedPack:
        """Return what the lock says of it."""
        return LockedPack(
            id=self.pack.id,
            name=self.pack.name,
            edition=self.pack.edition,
            extends=self.pack.extends,
            archive=self.archive.sha256,
            files={name: sha256_of(data) for name, data in self.installed_files().items()},
            key=self.signer,
        )


def open_pack(archive: Archive, key: str = "") -> OpenPack:
    """Check what an archive says of itself, and that ``key`` signed it if one is given.

    Raises InputError.
    """
    place = archive.place
    if PACK_FILE not in archive.files:
        raise refuse(place, f"the archive has no {PACK_FILE}", _STRANGER)
    tree = parse_yaml(archive.files[PACK_FILE].decode("utf-8-sig"), place.file / PACK_FILE)
    pack, findings = check_shape(tree, Pack)
    if pack is None:
        raise InputError(_policy(findings))
    findings = check_complete(pack, tree, formgen.__version__)
    if findings:
        raise InputError(_policy(findings))
    facts = archive.facts
    said = (facts.id, facts.name, facts.edition, facts.formgen, facts.extends)
    if said != (pack.id, pack.name, pack.edition, pack.formgen, pack.extends):
        message = f"{MANIFEST} speaks of {facts.id} {facts.edition},"
        message += f" and {PACK_FILE} of {pack.id} {pack.edition}"
        raise refuse(place, message, _STRANGER)
    return OpenPack(archive, pack, _signer(archive, pack, key))


def _policy(findings: list[Finding]) -> list[Finding]:
    """Return the findings as refusals: whoever receives a pack cannot correct it."""
    return [replace(finding, refused=True) for finding in findings]


def _signer(archive: Archive, pack: Pack, key: str) -> str:
    signer = ""
    if archive.signature:
        signer = signer_of(archive.manifest, archive.signature) or ""
        if not signer:
            raise refuse(archive.place, "the signature is not good", _STRANGER, Code.PACK_SIGNATURE)
    if pack.keys and signer not in pack.keys:
        message = f"{pack.id} {pack.edition} is not signed by a key that it names itself"
        raise refuse(archive.place, message, _STRANGER, Code.PACK_SIGNATURE)
    if key and signer != key:
        by = f"by the key {key_id(signer)}" if signer else "by nobody"
        message = f"{pack.id} {pack.edition} is signed {by}, and not by {key_id(key)}"
        raise refuse(archive.place, message, _STRANGER, Code.PACK_SIGNATURE)
    return signer
