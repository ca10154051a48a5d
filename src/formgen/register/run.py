"""Register a sheet: plan it, write it, and report what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.build.report import Progress, silent
from formgen.findings import ExitCode, Finding, errors, exit_code
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.packs.download import get_archive, is_address
from formgen.packs.verified import open_pack
from formgen.register.options import RegisterOptions
from formgen.register.plan import Plan, plan
from formgen.register.write import Written, write


@dataclass(frozen=True)
class RegisterReport:
    """What was planned, and what was done of it: nothing after an error or in a dry run."""

    plan: Plan
    written: Written | None

    @property
    def findings(self) -> Sequence[Finding]:
        """Return what is wrong with the sheet and the locals."""
        return self.plan.findings

    @property
    def exit_code(self) -> ExitCode:
        """Return 0 if all was done, 1 if a broken local was passed over, 3 for a bad sheet."""
        if self.plan.stops:
            return exit_code(self.findings)
        return ExitCode.SOME_FAILED if errors(self.findings) else ExitCode.ALL_BUILT


def register(
    sheet: Path,
    folder: Path,
    options: RegisterOptions,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> RegisterReport:
    """Make and change the locals in a folder by a sheet. Raises InputError, OSError."""
    with locked(folder.absolute(), waiting):
        planned = plan(sheet, folder, options.out)
        if planned.stops or options.dry_run:
            return RegisterReport(planned, None)
        names = options.packs or [
            name if is_address(name) else str(folder / name) for name in planned.said.packs
        ]
        # Read before anything is written, and only if there is a local for them.
        packs = [open_pack(get_archive(name)) for name in names] if planned.new else []
        written = write(planned, packs, archive=options.archive, progress=progress)
        return RegisterReport(planned, written)
