"""What became of each local of a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from formgen.build.publish import Entry
from formgen.findings import ExitCode, Finding, errors, exit_code, relative_to
from formgen.plain_files import shown

# Called with how much is done, the number expected so far, and a name.
Progress = Callable[[int, int, str], None]
State = Literal["built", "unchanged", "partly", "failed"]


def silent(_done: int, _known: int, _name: str) -> None:
    """Show no progress."""


@dataclass
class KitReport:
    """What became of one local."""

    local: Path
    id: str = ""
    name: str = ""
    edition: str = ""
    language: str = ""
    folder: Path | None = None
    built: list[Entry] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    documents: int = 0
    # The local's own files that stand in for files of its packs.
    overlays: list[str] = field(default_factory=list)
    unchanged: bool = False
    # Why each thing was made, in words, and the hashes of the files that it is all made from.
    reasons: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    # The hashes of its papers by document, as the build found them, and as it made them.
    papers_before: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)

    @property
    def exit_code(self) -> ExitCode:
        """Return the exit code for this local alone."""
        if self.folder is None:
            return exit_code(self.findings) or ExitCode.BAD_INPUT
        return ExitCode.SOME_FAILED if errors(self.findings) else ExitCode.ALL_BUILT

    @property
    def state(self) -> State:
        """Return what became of the local in one word."""
        if self.folder is None:
            return "failed"
        if errors(self.findings):
            return "partly"
        return "unchanged" if self.unchanged else "built"


def sentence_of(finding: Finding, folder: Path) -> str:
    """Return what was found in a local's folder, for those who know nothing of files.

    Neither its code nor its place is in it.
    """
    (near,) = relative_to([finding], folder)
    return shown(f"{near.message} {near.fix}".strip().replace(f"{folder}/", ""))


@dataclass(frozen=True)
class BuildReport:
    """What became of a build: a report for each kit, in order, and all findings."""

    kits: tuple[KitReport, ...]
    findings: tuple[Finding, ...]
    seconds: float
    exit_code: ExitCode
    # The folders of kits whose locals are gone, each with the files that stay there.
    pruned: tuple[tuple[Path, tuple[Path, ...]], ...] = ()


def worst(reports: Sequence[KitReport]) -> ExitCode:
    """Return the exit code for all locals: 1 if only some of them could be built."""
    codes = [report.exit_code for report in reports]
    if any(report.folder for report in reports) and any(codes):
        return ExitCode.SOME_FAILED
    return max(codes, default=ExitCode.ALL_BUILT)


class Meter:
    """Counts the work of a build, of which most is not known at its start."""

    def __init__(self, show: Progress, locals_: int) -> None:
        """Expect of each local as much work as of those that were seen."""
        self._show = show
        self._locals = locals_
        self._seen = 0
        self._known = self._counted = self._done = 0
        # Of locals that are being made.
        self._open: Counter[str] = Counter()

    def found(self, local: str = "") -> None:
        """Count one piece more that is to be made of a local."""
        self._known += 1
        self._open[local] += 1

    def finished(self, name: str) -> None:
        """Count one piece as made or given up, and show it."""
        self._done += 1
        self._show(self._done, self._expected(), name)

    def local_seen(self, local: str = "") -> None:
        """Note that all work of one more local is known."""
        self._seen += 1
        self._counted += self._open.pop(local, 0)

    def _expected(self) -> int:
        if not self._seen:
            return self._known
        return max(self._known, round(self._counted / self._seen * self._locals))
