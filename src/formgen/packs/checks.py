"""Whether an archive may be installed in a local: who signed it, what it builds on, its edition."""

from __future__ import annotations

from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.model.editions.ranges import check_tried, out_of_range
from formgen.model.pack import is_older, numbered
from formgen.packs.verified import OpenPack
from formgen.sources.layers import MAX_LAYERS, read_stack
from formgen.sources.pack_files.archive import refuse
from formgen.sources.pack_files.lock_file import KEYS_SETTING, Lock, LockedPack, pack_folder
from formgen.sources.pack_files.requirement import requirement_of
from formgen.sources.pack_files.signatures import key_id
from formgen.sources.paths import PACK_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

_STRANGER = "ask the pack's publisher whether this archive is theirs; nothing was installed."


def check_key(opened: OpenPack, tree: Node) -> None:
    """Refuse an archive that none of the local's own keys has signed."""
    asked = tree.get(KEYS_SETTING)
    keys = [key.value for key in asked.value] if asked and isinstance(asked.value, list) else []
    if keys and opened.signer not in keys:
        by = f"by the key {key_id(opened.signer)}" if opened.signer else "by nobody"
        message = f"{opened.label} is signed {by}, and `{KEYS_SETTING}` in local.yaml asks for"
        message += f" {', '.join(key_id(str(key)) for key in keys)}"
        raise refuse(opened.archive.place, message, _STRANGER, Code.PACK_KEY)


def check_below(opened: OpenPack, lock: Lock) -> None:
    """See that the packs below are installed, and that none of them builds on this one."""
    below = requirement_of(opened.pack.extends).pack
    for _ in range(MAX_LAYERS):
        if below in {"", "base"}:
            return
        if below not in lock.packs or below == opened.pack.id:
            break
        below = requirement_of(lock.packs[below].extends).pack
    if below == opened.pack.id or below in lock.packs:
        code, fix = Code.PACK_CIRCLE, _STRANGER
        message = f"{opened.label} builds on itself in a circle."
    else:
        code, fix = Code.NO_PACK, f"install {below} first, with `formgen pack add`."
        message = f"{opened.label} builds on pack {below}, which is not installed here."
    raise InputError([Finding(opened.archive.place, code, message, fix)])


def check_range(opened: OpenPack, lock: Lock) -> None:
    """Refuse an archive that asks for another edition of the pack below than is installed."""
    asked = requirement_of(opened.pack.extends)
    below = lock.packs.get(asked.pack)
    if below:
        place = opened.archive.place
        found = out_of_range(opened.label, asked, below.edition, place)
        if found:
            raise InputError([found])


def untried(local_yaml: Path) -> list[Finding]:
    """Return the editions of packs that those above them were not tried with in a local.

    Of a local with other problems nothing is said; `formgen check` names those.
    """
    try:
        return list(check_tried(read_stack(local_yaml)[0]))
    except InputError:
        return []


def check_succession(opened: OpenPack, before: LockedPack, folder: Path) -> None:
    """Refuse an update that comes from someone else than the installed edition did."""
    file = pack_folder(folder, before.id) / PACK_FILE
    named = read_yaml(file).get("keys") if file.is_file() else None
    keys = (
        {str(key.value) for key in named.value}
        if named and isinstance(named.value, list)
        else set()
    )
    keys |= {before.key} - {""}
    if keys and opened.signer not in keys:
        message = f"{opened.label} is not signed by a key that signs {before.id} {before.edition}"
        raise refuse(opened.archive.place, message, _STRANGER, Code.PACK_KEY)


def check_edition(opened: OpenPack, before: LockedPack, *, allow_downgrade: bool) -> None:
    """Refuse other files under the same number, and an older edition unless that is meant."""
    place = opened.archive.place
    if numbered(opened.pack.edition) == numbered(before.edition):
        message = f"this {opened.label} holds other files than the one that is installed"
        raise refuse(
            place, message, "an edition never changes: ask its publisher.", Code.PACK_REPLAY
        )
    if is_older(opened.pack.edition, before.edition) and not allow_downgrade:
        message = f"{opened.label} is older than the installed edition {before.edition}"
        raise refuse(place, message, "if you mean it, add --allow-downgrade.", Code.PACK_DOWNGRADE)
