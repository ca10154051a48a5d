"""Findings: every problem that formgen reports, with its place and its remedy."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from typing import Literal

from formgen.codes import Code

# Nobody reads more; a file of a million mistakes must not become a million findings.
MOST_OF_A_KIND = 100
Severity = Literal["error", "warning"]


class ExitCode(IntEnum):
    """What a run of formgen ends with (design page, «Findings and exit codes»)."""

    ALL_BUILT = 0
    SOME_FAILED = 1
    USAGE = 2
    BAD_INPUT = 3
    REFUSED = 4
    BUG = 5


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file; line and column count from 1, and 0 means «the whole file»."""

    file: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as editors read it: ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else str(self.file)

    def seen_from(self, folder: Path) -> Place:
        """Return the place with its file as seen from a folder, if it lies in it."""
        if not self.file.is_relative_to(folder):
            return self
        return replace(self, file=self.file.relative_to(folder))


@dataclass(frozen=True)
class Finding:
    """One problem: where it is, what is wrong, and what to do about it."""

    place: Place
    code: Code
    message: str
    fix: str = ""
    # Lines that help to see it, such as a difference; printed below the finding.
    details: tuple[str, ...] = field(default=())
    # Whoever meets it cannot correct it, though its code is no refusal by itself.
    refused: bool = False
    # How many it stands for: of very many, the first are told, and a count.
    count: int = 1
    # There may be more than that.
    is_least: bool = False

    @property
    def severity(self) -> Severity:
        """Tell whether it keeps something from being built."""
        return "warning" if self.code.level == "warning" else "error"

    @property
    def policy(self) -> bool:
        """Tell whether no correction settles it, so that formgen refuses (exit 4)."""
        return self.refused or self.code.level == "refusal"

    def __str__(self) -> str:
        """Write the finding on one line, in the form that scripts rely on."""
        remedy = f" Fix: {self.fix}" if self.fix else ""
        return f"{self.place}: {self.severity}[{self.code}]: {self.message}{remedy}"


class InputError(Exception):
    """Raised where nothing can go on without an input that has findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings for the edge that prints them."""
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        """Come back with its findings from another process."""
        return type(self), (self.findings,)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repeats, by file, line and column."""

    def key(finding: Finding) -> tuple[Place, str, str, bool, str]:
        is_count = finding.count > 1 or finding.is_least
        return finding.place, finding.severity, finding.code, is_count, finding.message

    once: dict[tuple[Place, str, str, bool, str], Finding] = {}
    for finding in findings:
        once.setdefault(key(finding), finding)
    return sorted(once.values(), key=key)


def first_of_each(findings: Iterable[Finding], most: int = MOST_OF_A_KIND) -> list[Finding]:
    """Return the findings in order, of each code the first, and how many more there are."""
    told: Counter[Code] = Counter()
    more: Counter[Code] = Counter()
    open_ended: dict[Code, bool] = defaultdict(bool)
    first: dict[Code, Finding] = {}
    kept: list[Finding] = []
    for finding in in_order(findings):
        if finding.count == 1 and not finding.is_least and told[finding.code] < most:
            told[finding.code] += 1
            kept.append(finding)
        else:
            more[finding.code] += finding.count
            open_ended[finding.code] |= finding.is_least
            # A count stands where the first of those is that it counts.
            first.setdefault(finding.code, finding)
    counts = (
        more_like(each, more[code], at_least=open_ended[code]) for code, each in first.items()
    )
    return in_order([*kept, *counts])


def more_like(finding: Finding, count: int, *, at_least: bool = False) -> Finding:
    """Return what is said instead of so many findings of a kind, of which this is the first."""
    number = f"{count:,} or more" if at_least else f"{count:,} more"
    message = f"{number} of this kind are not listed."
    fix = "mend the others first."
    return replace(finding, message=message, fix=fix, details=(), count=count, is_least=at_least)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return those findings that keep something from being built."""
    return [finding for finding in findings if finding.severity == "error"]


def exit_code(findings: Iterable[Finding]) -> ExitCode:
    """Return the exit code for findings of the input: 0, 3, or 4 if policy refuses."""
    serious = errors(findings)
    if any(finding.code == Code.BUG for finding in serious):
        return ExitCode.BUG
    if any(finding.policy for finding in serious):
        return ExitCode.REFUSED
    return ExitCode.BAD_INPUT if serious else ExitCode.ALL_BUILT


def relative_to(findings: Iterable[Finding], folder: Path) -> list[Finding]:
    """Return the findings with file names as seen from ``folder``, where they lie in it."""
    return [replace(finding, place=finding.place.seen_from(folder)) for finding in findings]


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return «did you mean "x"?» for the nearest known word, or another remedy."""
    known = list(known)
    typed = word.casefold()
    begun = [each for each in known if typed and each.casefold().startswith(typed)]
    # Half a name says more than one that looks like it.
    near = begun if len(begun) == 1 else difflib.get_close_matches(typed, known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else otherwise


def brief(text: str, most: int = 80) -> str:
    """Return what was typed as a message shows it: on one line, and cut if it is long."""
    line = " ".join(text[: 2 * most].split())
    return line if len(line) <= most and len(text) <= 2 * most else f"{line[:most]}…"


def one_of(words: Iterable[str]) -> str:
    """Write the allowed words for a remedy: ``use one of: a, b, c.``."""
    return f"use one of: {', '.join(words)}."
