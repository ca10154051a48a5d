"""Where results are: in the cache, among the files of published kits, or in memory for a while."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.graph.cache import Cache
from formgen.graph.task import Digest, Made, Result, digest_of
from formgen.plain_files import read_plain

# The cache is looked over for its size after so many new entries; whoever builds does it once
# more at the end.
_PUTS_BETWEEN_TRIMS = 4000


class Store:
    """Results by key, and the bytes of their files by hash."""

    def __init__(self, cache: Cache) -> None:
        """Keep what lasts in a cache."""
        self._cache = cache
        # What the disk did not take, and what may not get there.
        self._memory: dict[Digest, bytes] = {}
        # How many hold a file that is kept for a while, in memory or in the cache.
        self._held: Counter[Digest] = Counter()
        # Where files of published kits are; those that were found to be whole.
        self._published: dict[Digest, Path] = {}
        self._whole: set[Path] = set()
        self._puts = 0

    def get(self, key: Digest) -> Result | None:
        """Return the result of this key, or None; whether its files are there is not asked."""
        record = self._cache.get(key)
        return _result_from(json.loads(record)) if record else None

    def keep(self, key: Digest, made: Made, *, lasting: bool) -> Result:
        """Keep what was made under a key, and return it as a result.

        What does not last, and what the disk does not take, is held until it is let go.
        """
        result = result_of(made)
        for name, digest in result.files.items():
            if digest in self._held:
                self._held[digest] += 1
            elif not self.has(digest):
                kept = self._put(digest, made.files[name])
                if not kept:
                    self._memory[digest] = made.files[name]
                if not (kept and lasting):
                    self._held[digest] = 1
        self.keep_result(key, result)
        return result

    def keep_result(self, key: Digest, result: Result) -> None:
        """Keep a result under a key, whose files are kept elsewhere."""
        self._put(key, json.dumps(_facts_of(result)).encode())

    def hold(self, made: Made, *, personal: bool) -> Result:
        """Hold what was made in memory alone, until it is let go; return it as a result."""
        result = result_of(made, personal=personal)
        for name, digest in result.files.items():
            self._memory[digest] = made.files[name]
            self._held[digest] += 1
        return result

    def hold_too(self, digests: Iterable[Digest]) -> list[Digest]:
        """Hold files that others hold already; return which those are."""
        shared = [digest for digest in digests if digest in self._held]
        self._held.update(shared)
        return shared

    def let_go(self, digests: Iterable[Digest]) -> None:
        """Let go files that were held; the last one who does removes them."""
        for digest in digests:
            if digest not in self._held:
                continue
            self._held[digest] -= 1
            if not self._held[digest]:
                del self._held[digest]
                if self._memory.pop(digest, None) is None:
                    self._cache.remove(digest)

    def has(self, digest: Digest) -> bool:
        """Tell whether a file is to be had, whole."""
        if digest in self._memory or self._is_published(digest):
            return True
        # What is damaged is found out by reading it.
        return self._cache.get(digest) is not None

    def read(self, digest: Digest) -> bytes | None:
        """Return the bytes of a file, or None if it is not to be had."""
        if digest in self._memory:
            return self._memory[digest]
        path = self._published.get(digest)
        data = _read(path) if path else None
        if data is not None and digest_of(data) == digest:
            return data
        if path:
            # Somebody changed it since it was looked at.
            self.unknow({path: digest})
        return self._cache.get(digest)

    def know(self, files: Mapping[Path, Digest], *, whole: bool = False) -> None:
        """Let files of a published kit count as stored, as far as they are what they were."""
        for path, digest in files.items():
            self._published[digest] = path
            if whole:
                self._whole.add(path)

    def unknow(self, files: Mapping[Path, Digest]) -> None:
        """Forget the files of a kit that is done with."""
        for path, digest in files.items():
            self._whole.discard(path)
            if self._published.get(digest) == path:
                del self._published[digest]

    def _put(self, key: Digest, data: bytes) -> bool:
        self._puts += 1
        if self._puts % _PUTS_BETWEEN_TRIMS == 0:
            self._cache.trim()
        return self._cache.put(key, data)

    def _is_published(self, digest: Digest) -> bool:
        path = self._published.get(digest)
        if path is None:
            return False
        if path not in self._whole:
            data = _read(path)
            if data is None or digest_of(data) != digest:
                return False
            self._whole.add(path)
        return True


def result_of(made: Made, *, personal: bool = False) -> Result:
    """Return what was made as a result, its facts as they would come back from a store."""
    files = {name: digest_of(data) for name, data in made.files.items()}
    facts = json.loads(json.dumps(dict(made.facts)))
    sizes = {name: len(data) for name, data in made.files.items()}
    return Result(files, facts, made.findings, personal, sizes)


def _read(path: Path) -> bytes | None:
    try:
        return read_plain(path)
    except OSError:
        return None


def _facts_of(result: Result) -> dict[str, Any]:
    findings = [
        {**asdict(each), "place": [each.place.file.as_posix(), each.place.line, each.place.column]}
        for each in result.findings
    ]
    return {
        "files": dict(result.files),
        "sizes": dict(result.sizes),
        "facts": dict(result.facts),
        "findings": findings,
    }


def _result_from(record: Mapping[str, Any]) -> Result:
    findings = tuple(_finding_from(each) for each in record["findings"])
    return Result(record["files"], record["facts"], findings, sizes=record["sizes"])


def _finding_from(facts: Mapping[str, Any]) -> Finding:
    file, line, column = facts["place"]
    place = Place(Path(file), line, column)
    code, details = Code(facts["code"]), tuple(facts["details"])
    return Finding(**{**facts, "place": place, "code": code, "details": details})
