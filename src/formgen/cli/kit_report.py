"""What is printed of built kits: what was built, where, why, and how to print it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from formgen.build.report import KitReport
from formgen.cli.console import count, print_columns
from formgen.findings import errors
from formgen.outputs.table import OUTPUTS


def report_rows(reports: Sequence[KitReport]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each local: name, edition, what became of it, files, findings, overlays."""
    yield ("local", "edition", "state", "files", "findings", "overlays")
    for report in reports:
        serious = len(errors(report.findings))
        rest = len(report.findings) - serious
        found = [count(serious, "error")] * bool(serious) + [count(rest, "warning")] * bool(rest)
        files = str(len(report.built)) if report.folder else "-"
        yield (
            report.id or str(report.local),
            report.edition or "-",
            report.state,
            files,
            ", ".join(found) or "-",
            str(len(report.overlays) or "-"),
        )


def report_lines(reports: Sequence[KitReport], seconds: float) -> Iterator[str]:
    """Yield what was built, where, and how long it took."""
    for report in reports:
        if report.folder is None:
            yield f"{report.id or report.local}: nothing was built; see the findings above."
            continue
        failed = len(errors(report.findings))
        yield (
            f"{report.id}: {', '.join(_counts(report))}"
            + (f", {count(failed, 'error')}" if failed else "")
            + (" (nothing has changed)" if report.unchanged else "")
        )
        yield f"  open {report.folder / 'index.html'}"
    yield f"Done in {seconds:.1f} s."


def _counts(report: KitReport) -> Iterator[str]:
    """Yield how many files of each kind there are, in the words of the table of outputs."""
    for output in OUTPUTS:
        made = [entry for entry in report.built if entry.variant == output.id]
        if output.count and (made or output.count.always):
            words = output.count.one if len(made) == 1 else output.count.many
            pages = count(sum(entry.pages for entry in made), "page")
            yield words.replace("{count}", str(len(made))).replace("{pages}", pages)


def reason_lines(reports: Iterable[KitReport]) -> Iterator[str]:
    """Yield why each thing was made."""
    for report in reports:
        for reason in report.reasons:
            yield f"{report.id or report.local}: {reason}"


def printing_lines(reports: Sequence[KitReport]) -> Iterator[str]:
    """Yield where the files for copiers and print shops are, and how they are printed."""
    folders = dict.fromkeys(
        (entry.variant, entry.path.rpartition("/")[0])
        for report in reports
        for entry in report.built
    )
    for output in OUTPUTS:
        for made, folder in folders:
            if output.advice and made == output.id:
                yield f"  {folder}: {output.advice}"


def print_table(reports: Sequence[KitReport]) -> None:
    """Print what became of each local, in columns; with colors and lines on a terminal."""
    rows = list(report_rows(reports))
    if not sys.stdout.isatty():
        print_columns(rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colors = {"failed": "red", "partly": "yellow", "built": "green"}
    table = Table(*rows[0])
    for row in rows[1:]:
        table.add_row(*(Text(cell, style=colors.get(cell, "")) for cell in row))
    Console().print(table)
