"""Say why something was made: which part of its key was another when it was last asked for.

And which papers are others than those that were printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formgen.graph.cache import Cache
from formgen.graph.task import digest_of

# So many letters of a hash tell it from others.
_ENOUGH = 16
# Parts of keys by what has them.
Parts = Mapping[str, Mapping[str, str]]
FILES = "files"
# The hashes of papers by document: as they were made last, and as they were when they were printed.
PAPERS, PRINTED = "papers", "printed"
Papers = Mapping[str, str]


@dataclass
class Reasons:
    """What the tasks of a local were made from, and which of them had to be made."""

    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def note(self, name: str, parts: Mapping[str, str], *, made: bool) -> None:
        """Note the key of a task, and whether it was made."""
        self.parts[name] = short(parts)
        if made:
            self.made.append(name)

    def against(self, before: Parts) -> Iterator[str]:
        """Yield why each thing was made, compared with the time before."""
        if not before:
            yield "nothing of it was made here before."
            return
        for path, change in _changes(before.get(FILES, {}), self.parts.get(FILES, {})):
            yield f"{path} {change}"
        for name in self.made:
            last = before.get(name)
            if last is None:
                yield f"{name}: made for the first time"
                continue
            said = [f"{part} {change}" for part, change in _changes(last, self.parts[name])]
            yield f"{name}: {', '.join(said) or 'what was made of the same is gone'}"


def short(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a key as they are kept."""
    return {part: digest[-_ENOUGH:] for part, digest in parts.items()}


def to_print_again(known: Papers, was: Papers, now: Papers) -> dict[str, str]:
    """Return of each paper that is another than when it was printed, its hash then.

    ``known`` are those that were so before a build, which found ``was`` and made ``now``. Of a
    first build nothing is printed yet, and a paper that is as it was again counts no more.
    """
    changed = {name: was.get(name, "") for name in now if was and was.get(name) != now[name]}
    return {
        name: printed
        for name, printed in {**changed, **known}.items()
        if now.get(name, printed) != printed
    }


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *now}):
        if name not in before:
            yield name, "is new"
        elif name not in now:
            yield name, "is gone"
        elif before[name] != now[name]:
            yield name, "changed"


def read_parts(cache: Cache, out: Path, local: Path) -> Parts:
    """Return what a local's tasks were made from the last time."""
    known = cache.get(_key(out, local))
    parts: Parts = json.loads(known) if known else {}
    return parts


def keep_parts(cache: Cache, out: Path, local: Path, before: Parts, now: Parts) -> None:
    """Keep what a local's tasks were made from."""
    cache.put(_key(out, local), json.dumps({**before, **now}).encode())


def papers_to_print_again(cache: Cache, out: Path, local: Path) -> tuple[str, ...]:
    """Return the documents whose papers are others than when they were printed."""
    return tuple(read_parts(cache, out, local).get(PRINTED, {}))


def note_printed(cache: Cache, out: Path, local: Path) -> None:
    """Note that all papers of a local are printed as they are now."""
    before = read_parts(cache, out, local)
    if before.get(PRINTED):
        keep_parts(cache, out, local, before, {PRINTED: {}})


def _key(out: Path, local: Path) -> str:
    return digest_of(f"why {out.resolve()} {local.resolve()}".encode("utf-8", "surrogatepass"))
