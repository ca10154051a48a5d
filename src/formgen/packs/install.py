"""Install packs into a local's folder, and lock what was installed; all of it or nothing."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from formgen.build.publish import write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.packs.checks import (
    check_below,
    check_edition,
    check_key,
    check_range,
    check_succession,
)
from formgen.packs.diff import BROKEN, Change, changes, local_changes, with_folder, write_files
from formgen.packs.extend import Extended, extend, read_or_none
from formgen.packs.kept import keep
from formgen.packs.merging import clashes
from formgen.packs.review import record_bases
from formgen.packs.verified import OpenPack
from formgen.sources.layers import Stack, read_stack
from formgen.sources.pack_files.archive import sha256_of
from formgen.sources.pack_files.lock_file import (
    LOCK_FILE,
    Lock,
    LockedPack,
    lock_home,
    lock_text,
    pack_folder,
    read_lock,
    served_by,
)
from formgen.sources.pack_files.unfinished import INSTALLING, NEW, OLD, finish, mend
from formgen.sources.paths import LOCAL_FILE, PACKS
from formgen.sources.replaced.stale import bases_before, missed
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

GIT_FILE = ".gitattributes"
GIT_RULES = """\
# Written by formgen. Packs are compared byte for byte, so Git is to change no line end in them.
* -text
"""


@dataclass(frozen=True)
class Update:
    """What an update would change, before anything is written."""

    before: LockedPack
    after: OpenPack
    changes: tuple[Change, ...]
    # The local's files whose originals change, and its values that hide what changes.
    stale: tuple[Finding, ...]
    # Of those files, the ones that can be merged, and in how many places they clash.
    clashes: Mapping[str, int] = field(default_factory=dict)

    @property
    def breaks(self) -> tuple[str, ...]:
        """Return why the local does not build with it, as far as composing tells."""
        return tuple(
            line for change in self.changes if change.group == BROKEN for line in change.lines
        )


def add(opened: OpenPack, local_yaml: Path, waiting: Waiting = wait_silently) -> Extended:
    """Install a pack in a local for the first time, or the same archive again; lock it.

    Returns what became of `extends` in `local.yaml`. Raises InputError.
    """
    with locked(local_yaml.parent / PACKS, waiting):
        finish(local_yaml.parent)
        return _add(opened, local_yaml.parent, [local_yaml])[local_yaml]


def add_shared(
    opened: OpenPack, home: Path, waiting: Waiting = wait_silently
) -> dict[Path, Extended]:
    """Install a pack beside the locals of a folder, for all that have no lock of their own.

    Returns what became of `extends` in each `local.yaml`. Raises InputError.
    """
    with locked(home / PACKS, waiting):
        finish(home)
        if (home / LOCAL_FILE).exists():
            message = f"{home} is a local itself, and shares its packs with nobody."
            fix = "name the folder that holds the folders of locals."
            raise InputError([Finding(Place(home), Code.SHARED_PACKS, message, fix)])
        return _add(opened, home, served_by(home))


def _add(opened: OpenPack, folder: Path, locals_: Sequence[Path]) -> dict[Path, Extended]:
    trees = {local_yaml: read_yaml(local_yaml, "local") for local_yaml in locals_}
    lock = read_lock(folder) or Lock()
    known = lock.packs.get(opened.pack.id)
    if known and known.files != opened.as_locked().files:
        message = f"pack {known.id} {known.edition} is installed already."
        fix = "change it with `formgen pack update`."
        raise InputError([Finding(Place(folder / LOCK_FILE), Code.PACK_INSTALLED, message, fix)])
    for tree in trees.values():
        check_key(opened, tree)
    check_below(opened, lock)
    check_range(opened, lock)
    target = pack_folder(folder, opened.pack.id)
    if not known and (target.exists() or target.is_symlink()):
        message = f"{PACKS}/{opened.pack.id} is there already, and is not from an archive."
        raise InputError([Finding(Place(target), Code.EXISTS, message, "move it away.")])
    before = () if known else filter(None, map(read_or_none, locals_))
    _install(opened, folder, lock, tuple(before))
    return {
        local_yaml: extend(local_yaml, tree, opened.pack.id) for local_yaml, tree in trees.items()
    }


def plan_update(opened: OpenPack, local_yaml: Path, *, allow_downgrade: bool) -> Update | None:
    """Return what an archive would change for a local; None if it is installed already.

    Raises InputError, also for what an update must not do.
    """
    folder = lock_home(local_yaml.parent)
    mend(folder)
    lock = read_lock(folder) or Lock()
    before = lock.packs.get(opened.pack.id)
    if before is None:
        message = f"pack {opened.pack.id} is not installed here."
        fix = "install it with `formgen pack add`."
        raise InputError([Finding(Place(folder / LOCK_FILE), Code.PACK_NOT_USED, message, fix)])
    stack, own = read_stack(local_yaml)
    check_succession(opened, before, folder)
    check_key(opened, own)
    check_below(opened, lock)
    if before.files == opened.as_locked().files:
        return None
    check_edition(opened, before, allow_downgrade=allow_downgrade)
    with tempfile.TemporaryDirectory(prefix="formgen-") as temporary:
        after = Path(temporary) / opened.pack.id
        write_files(after, opened.installed_files())
        old = _installed_files(before, folder)
        named = [*changes(_own_files(old), opened.archive.files)]
        if before.id in {layer.name for layer in stack.layers[1:]}:
            write_files(now := Path(temporary) / "now", old)
            named += local_changes(local_yaml, before.id, now, after).changes
        then = with_folder(stack, before.id, after)
        bases = bases_before(stack, then, own)
        stale = missed(then, own, bases)
        return Update(before, opened, tuple(named), tuple(stale.values()), clashes(then, bases))


def _installed_files(pack: LockedPack, folder: Path) -> dict[str, bytes]:
    """Return the files of an installed pack, as they were when they were compared with the lock."""
    files = {name: (pack_folder(folder, pack.id) / name).read_bytes() for name in pack.files}
    if {name: sha256_of(data) for name, data in files.items()} != pack.files:
        place = Place(pack_folder(folder, pack.id))
        raise InputError(
            [Finding(place, Code.CHANGED, "the pack changed meanwhile.", "start again.")]
        )
    return files


def _own_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if "/" in name}


def update(
    planned: Update,
    local_yaml: Path,
    waiting: Waiting = wait_silently,
    *,
    together: Sequence[Path] = (),
) -> None:
    """Install what was planned. Raises InputError if the local changed meanwhile.

    If its packs serve other locals as well, ``together`` are those that it was planned for, too.
    """
    folder = lock_home(local_yaml.parent)
    served = check_together([local_yaml, *together])
    with locked(folder / PACKS, waiting):
        finish(folder)
        lock = read_lock(folder) or Lock()
        if lock.packs.get(planned.before.id) != planned.before:
            message = f"{LOCK_FILE} changed meanwhile."
            place = Place(folder / LOCK_FILE)
            raise InputError([Finding(place, Code.CHANGED, message, "start again.")])
        before = filter(None, map(read_or_none, served))
        _install(planned.after, folder, lock, tuple(before))


def check_together(locals_: Sequence[Path]) -> list[Path]:
    """Return those that get an edition together with the first, all of which have to be named.

    Raises InputError.
    """
    first = locals_[0]
    home = lock_home(first.parent)
    served = [first] if home == first.parent else served_by(home)
    named = {each.absolute() for each in locals_}
    if not named.issuperset(each.absolute() for each in served):
        raise InputError([not_alone(first, home, len(served))])
    return served


def not_alone(local_yaml: Path, home: Path, served: int) -> Finding:
    """Return the finding for a local whose packs are those of others as well."""
    message = f"its packs lie in {home / PACKS} and serve {served} locals, all or none of them."
    fix = f"name {home}, or give it packs of its own with `formgen pack add`."
    return Finding(Place(local_yaml), Code.SHARED_PACKS, message, fix)


@contextlib.contextmanager
def _beside(packs: Path, name: str) -> Iterator[Path]:
    """Give a folder on the same disk, which is gone afterwards unless all ends here."""
    packs.mkdir(exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f"{INSTALLING}{name}-", dir=packs))
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _install(
    opened: OpenPack, folder: Path, lock: Lock, before: Iterable[tuple[Stack, Node]]
) -> None:
    """Put a pack's folder in its place by renaming it, and write the lock.

    Of the stacks and each `local.yaml` before, what a local's own files replace is written down,
    and what its values hide, if that changes.
    """
    packs, target = folder / PACKS, pack_folder(folder, opened.pack.id)
    if packs.is_symlink() or target.is_symlink():
        what = packs if packs.is_symlink() else target
        message = f"{what.name} is a link, and packs are installed in the local's own folder."
        raise InputError(
            [Finding(Place(what), Code.LINKED_FOLDER, message, "replace it by a folder.")]
        )
    known = lock.packs.get(opened.pack.id)
    lock = replace(lock, packs={**lock.packs, opened.pack.id: opened.as_locked()})
    with _beside(packs, opened.pack.id) as temporary:
        write_files(temporary / NEW, opened.installed_files())
        for stack, own in before:
            record_bases(stack, with_folder(stack, opened.pack.id, temporary / NEW), own)
        old = temporary / OLD
        had = target.exists()
        if had:
            target.rename(old)
        try:
            (temporary / NEW).rename(target)
            write_lock(folder, lock)
        except BaseException:
            # The lock still names the old edition, so that is what must be there.
            if target.exists():
                target.rename(temporary / "failed")
            if had:
                old.rename(target)
            raise
        if known and known.archive != opened.archive.sha256:
            keep(folder, known, old)
    _keep_line_ends(packs)


def _keep_line_ends(packs: Path) -> None:
    """Tell Git to leave the files of packs as they are, whatever it does to others."""
    if not (packs / GIT_FILE).exists():
        write_file(packs / GIT_FILE, GIT_RULES.encode())


def write_lock(folder: Path, lock: Lock) -> None:
    """Write the lock in a folder."""
    write_file(folder / LOCK_FILE, lock_text(lock).encode())
