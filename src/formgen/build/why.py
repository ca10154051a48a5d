"""Say why something was made: which part of its key was another when it was last asked for."""

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


@dataclass
class Reasons:
    """What the tasks of a local were made from, and which of them had to be made."""

    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def note(self, name: str, parts: Mapping[str, str], *, made: bool) -> None:
        """Note the key of a task, and whether it was made."""
        self.parts[name] = {part: digest[-_ENOUGH:] for part, digest in parts.items()}
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


def _key(out: Path, local: Path) -> str:
    return digest_of(f"why {out.resolve()} {local.resolve()}".encode("utf-8", "surrogatepass"))
