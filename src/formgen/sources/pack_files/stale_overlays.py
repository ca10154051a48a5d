"""Stale overlays: a local's files whose originals changed in a new edition."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.sources.layers import Layer, Stack
from formgen.sources.pack_files.archive import sha256_of, with_any_ends
from formgen.sources.pack_files.lock_file import Lock, SeenOverlay
from formgen.sources.pack_files.rules import PICTURES
from formgen.sources.paths import FOLDERS, MERGED, PACKS
from formgen.sources.styles import added_to, original_of

# Files as they were when a local replaced them, called by their SHA-256.
_KEPT = ".replaced"
_MOST_LINES = 40


@dataclass(frozen=True)
class Overlay:
    """A file of the local that replaces one of a lower layer, as both are now."""

    yours: bytes
    layer: Layer
    replaced: bytes


def overlays_of(stack: Stack) -> dict[str, Overlay]:
    """Return the local's files that replace one of a lower layer, by path."""
    below = Stack(stack.layers[1:])
    found = {}
    for top in FOLDERS:
        for path in sorted((stack.local.folder / top).rglob("*")):
            name = path.relative_to(stack.local.folder).as_posix()
            if path.name in MERGED or added_to(name) or stack.local.file(name) is None:
                continue
            original = original_of(below, name)
            if original:
                found[name] = Overlay(path.read_bytes(), *original)
    return found


def check_stale(
    stack: Stack, lock: Lock, originals: Mapping[str, bytes] | None = None
) -> Iterator[Finding]:
    """Yield a warning for each overlay whose original changed and that did not.

    ``originals`` are replaced files by SHA-256 that are not kept yet.
    """
    if not lock.overlays:
        return
    there = overlays_of(stack)
    for name, seen in lock.overlays.items():
        mine = stack.local.file(name)
        if mine is None or not _is_as_seen(mine.read_bytes(), seen):
            continue
        below = there.get(name)
        now = below.replaced if below else b""
        if below and sha256_of(now) == seen.replaced:
            continue
        who = below.layer.name if below else "the pack"
        what = "changed" if below else "was removed"
        yield Finding(
            Place(mine.path),
            Code.STALE_OVERLAY,
            f"the file of {who} that this one replaces {what} in a new edition.",
            "take over what changed, or keep yours and run `formgen pack review`.",
            details=difference(
                (originals or {}).get(seen.replaced) or kept(stack.local.folder, seen.replaced),
                now,
                name,
            ),
        )


def _is_as_seen(data: bytes, seen: SeenOverlay) -> bool:
    """Tell whether a local's file is the one that was seen, whatever Git made of its line ends."""
    return seen.yours in map(sha256_of, with_any_ends(data))


def difference(before: bytes | None, now: bytes, name: str) -> tuple[str, ...]:
    """Return the lines that changed between two files, for people to read."""
    if before is None:
        return (f"The file as it was is no longer in {PACKS}/{_KEPT}.",)
    if Path(name).suffix in PICTURES:
        return ("The picture is another one.",)
    lines = difflib.unified_diff(
        before.decode("utf-8", "replace").splitlines(),
        now.decode("utf-8", "replace").splitlines(),
        "before",
        "now",
        lineterm="",
        n=1,
    )
    shown = list(lines)
    more = len(shown) - _MOST_LINES
    return (*shown[:_MOST_LINES], *([f"… and {more} lines more"] if more > 0 else []))


def kept(local: Path, digest: str) -> bytes | None:
    """Return a replaced file as it was, or None if it is not there any more."""
    try:
        data = (local / PACKS / _KEPT / digest).read_bytes()
    except OSError:
        return None
    return data if sha256_of(data) == digest else None


def seen_now(stack: Stack, lock: Lock) -> tuple[dict[str, SeenOverlay], Mapping[str, bytes]]:
    """Return the overlays with their originals, and those originals, to be kept.

    What is stale already stays so until the local's file changes.
    """
    seen: dict[str, SeenOverlay] = {}
    originals: dict[str, bytes] = {}
    for name, overlay in overlays_of(stack).items():
        yours, data = sha256_of(overlay.yours), overlay.replaced
        known = lock.overlays.get(name)
        stale = known is not None and _is_as_seen(overlay.yours, known)
        replaced = known.replaced if known and stale else sha256_of(data)
        seen[name] = SeenOverlay(replaced, yours)
        if replaced == sha256_of(data):
            originals[replaced] = data
    return seen, originals


def keep_folder(local: Path) -> Path:
    """Return the folder that keeps replaced files."""
    return local / PACKS / _KEPT
