"""Archives of editions that an update has replaced, kept beside the packs, to go back to."""

from __future__ import annotations

from pathlib import Path

from formgen.build.publish import write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.model.pack import is_older, numbered
from formgen.packs.verified import OpenPack, open_pack
from formgen.sources.pack_files.archive import archive_bytes, read_archive, sha256_of
from formgen.sources.pack_files.lock_file import LOCK_FILE, LockedPack, read_lock
from formgen.sources.pack_files.rules import MANIFEST, SIGNATURE
from formgen.sources.paths import PACKS

# Hidden, so that nothing takes it for a pack.
_FOLDER = ".kept"
_SUFFIX = ".zip"
# How many editions of a pack are kept.
_MOST = 3


def keep(home: Path, pack: LockedPack, folder: Path) -> None:
    """Keep the archive of an edition whose files are in a folder, unless they were changed."""
    try:
        files = {name: (folder / name).read_bytes() for name in pack.files}
    except OSError:
        return
    manifest, signature = files.pop(MANIFEST, b""), files.pop(SIGNATURE, b"")
    data = archive_bytes(files, manifest, signature)
    if sha256_of(data) == pack.archive:
        write_file(_place(home, pack.id, pack.edition), data)
        for edition in kept_editions(home, pack.id)[_MOST:]:
            _place(home, pack.id, edition).unlink(missing_ok=True)


def kept_editions(home: Path, pack: str) -> list[str]:
    """Return the editions of a pack that were kept, newest first."""
    start = f"{pack}-"
    names = (path.name for path in (home / PACKS / _FOLDER).glob(f"{start}*{_SUFFIX}"))
    editions = (name.removeprefix(start).removesuffix(_SUFFIX) for name in names)
    # What else begins so is of another pack.
    return sorted(filter(numbered, editions), key=lambda each: numbered(each) or (), reverse=True)


def forget(home: Path, pack: str) -> None:
    """Delete the archives that were kept of a pack."""
    for edition in kept_editions(home, pack):
        _place(home, pack, edition).unlink(missing_ok=True)


def previous(home: Path, pack: str) -> OpenPack:
    """Return the newest edition before the installed one that was kept.

    Raises InputError if there is none, or the pack is not installed.
    """
    lock = read_lock(home)
    installed = lock.packs.get(pack) if lock else None
    place = Place(home / LOCK_FILE)
    if installed is None:
        message = f"pack {pack} is not installed here."
        fix = "`formgen pack list` names those that are."
        raise InputError([Finding(place, Code.PACK_NOT_USED, message, fix)])
    for edition in kept_editions(home, pack):
        if is_older(edition, installed.edition):
            return open_pack(read_archive(_place(home, pack, edition)))
    message = f"no edition of {pack} before {installed.edition} was kept here."
    fix = "install its archive with `formgen pack update --allow-downgrade`."
    raise InputError([Finding(place, Code.NO_FILE, message, fix)])


def _place(home: Path, pack: str, edition: str) -> Path:
    return home / PACKS / _FOLDER / f"{pack}-{edition}{_SUFFIX}"
