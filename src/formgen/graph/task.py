"""What there is to make: tasks that ask for other tasks, and the work that they end with.

A task is a generator: it yields the tasks that it needs, is sent their results, and returns
either work, to be done by whoever is free, or a result of its own. The same work makes the same
files, so its key is the hash of what it does, on which facts, with which files; how those
files came about is no part of it.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from formgen.findings import Finding, Place

# The SHA-256 of a file's bytes, in hexadecimal.
Digest: TypeAlias = str


@dataclass(frozen=True)
class Made:
    """What a piece of work made: files by name, plain facts (JSON), and what was found."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of a task: its files by name, of which the store has the bytes."""

    files: Mapping[str, Digest] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    # Made for a person, or of something that was: kept nowhere but where it is published.
    personal: bool = False
    # How many bytes each file has.
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """A pure function, the facts and the files that it gets: all that its result depends on."""

    # A function of a module, so that another process can find it.
    do: Callable[[Any, Mapping[str, bytes]], Made]
    # Plain values and frozen dataclasses, whose `repr` tells all of them.
    facts: Any = None
    files: Mapping[str, Digest] = field(default_factory=dict)
    # Files that go along beside those; what of them matters is among the facts.
    carried: Mapping[str, bytes] = field(default_factory=dict)
    # Cheap and our own: done in this process, not by a worker.
    here: bool = False
    # Quickly made again from its files: once published, it is kept in no second place.
    lasting: bool = True


@dataclass(frozen=True)
class WithFiles:
    """A request for tasks whose files are wanted themselves, not only what is known of them."""

    tasks: Sequence[Task]


Request: TypeAlias = "Sequence[Task] | WithFiles"
Steps: TypeAlias = Generator[Request, list[Result], Work | Result]


def _always(_result: Result) -> bool:
    return True


@dataclass(frozen=True)
class Task:
    """Something to make, by a name that is its own among all that one goal asks for."""

    name: str
    steps: Callable[[], Steps]
    # What people call it, and where it is mended if the work cannot be done.
    label: str = ""
    place: Place | None = None
    personal: bool = False
    # The hash of all that it is made from, if that is known beforehand: then, with a result that
    # is still good, nothing that it needs is asked for.
    leaves: Digest = ""
    is_good: Callable[[Result], bool] = _always


def work_task(
    name: str,
    work: Callable[..., Work],
    label: str = "",
    place: Place | None = None,
    needs: Sequence[Task] = (),
) -> Task:
    """Return a task that ends with the work that ``work`` makes of the results of its needs."""

    def steps() -> Steps:
        results = yield needs
        return work(*results)

    return Task(name, steps, label, place)


def key_parts(work: Work, code: str) -> dict[str, str]:
    """Return the parts of a key by name; ``code`` is the hash of the code that does the work."""
    facts = work.facts
    if dataclasses.is_dataclass(facts) and not isinstance(facts, type):
        said = {each.name: repr(getattr(facts, each.name)) for each in dataclasses.fields(facts)}
    else:
        said = {"facts": repr(facts)}
    named = {name: _hash(text) for name, text in said.items()}
    files = {f"file {name}": digest for name, digest in work.files.items()}
    return {"code": f"{work.do.__module__}.{work.do.__qualname__} {code}", **named, **files}


def key_of(parts: Mapping[str, str]) -> Digest:
    """Return the key that has these parts."""
    return _hash(repr(sorted(parts.items())))


def digest_of(data: bytes) -> Digest:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def _hash(text: str) -> Digest:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
