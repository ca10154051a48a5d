"""List what a print shop prints of the packets of many locals, and put the files into one zip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.publish import MANIFEST, Entry, is_there, read_manifest, write_file
from formgen.build.report import Progress, silent
from formgen.codes import Code
from formgen.compose.copy_list import copies_of, hold_of
from formgen.compose.many.paper_sheet import order_sheet
from formgen.faults import findings_from
from formgen.findings import ExitCode, Finding, InputError, Place, errors, exit_code
from formgen.kit import Kit, resolve
from formgen.look.printed import printed
from formgen.model.catalog import Basis
from formgen.model.packets import KitPacket
from formgen.order.pairs import APPLICANTS, PAIRS, SCHOOLS, Needs, read_needs
from formgen.plain_files import read_plain
from formgen.register.sheet import number_key
from formgen.site.zips import zip_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tables.written import workbook_of

LIST, SHEET, FILES = "order.xlsx", "order.pdf", "order.zip"
# The columns of the sheet that hold numbers, from 0.
_NUMBERS = frozenset({3, 4, 5})
_PACKET = "packet"
_HEADS = (
    *("number", "local", "packet", "copies", "sheets each", "sheets", "paper", "finishing"),
    *("file", "SHA-256", "ship to"),
)


@dataclass(frozen=True)
class OrderLine:
    """A packet of a local, and what the shop makes of it; sheets are printed on both sides."""

    number: str
    local: str
    packet: str
    copies: int
    sheets: int
    paper: str
    finishing: str
    # The file's path in the zip, and its hash.
    file: str
    sha256: str
    ship_to: str

    @property
    def in_all(self) -> int:
        """Return the sheets of all copies."""
        return self.copies * self.sheets


@dataclass
class OrderReport:
    """What is ordered, and what is not."""

    folder: Path
    lines: list[OrderLine] = field(default_factory=list)
    # Packets of which nobody says how many: the local, the packet, and who is to be counted.
    uncounted: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    list_name: str = LIST
    sheet_name: str = SHEET
    zip_name: str = FILES

    @property
    def papers(self) -> Mapping[str, int]:
        """Return the sheets of each paper."""
        sums: Counter[str] = Counter()
        for line in self.lines:
            sums[line.paper] += line.in_all
        return sums

    @property
    def exit_code(self) -> ExitCode:
        """Return 1 if a local of the sheet is not in the order, 0 if all are."""
        if not self.lines:
            return exit_code(self.findings)
        return ExitCode.SOME_FAILED if errors(self.findings) else ExitCode.ALL_BUILT


def order(
    locals_: Sequence[Path], sheet: Path, kits: Path, folder: Path, progress: Progress = silent
) -> OrderReport:
    """Write the order for the locals of a sheet whose kits lie in ``kits``.

    Raises InputError for a bad sheet, and OSError.
    """
    needs = read_needs(sheet)
    report = OrderReport(folder)
    files: dict[str, bytes] = {}
    met: set[str] = set()
    for number, local in enumerate(locals_, 1):
        try:
            own = read_yaml(local, "local")
            known = (number_key(own.text("local", "number")), own.text("id"))
            key = next((each for each in known if each and each in needs), None)
            if key:
                met.add(key)
                _add(report, files, local, needs[key], kits)
        except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
            report.findings += findings_from(problem, Place(local))
        progress(number, len(locals_), local.parent.name)
    for key in needs.keys() - met:
        message = f"there is no local of the number or id {needs[key].number} here."
        fix = "correct it, or name the folder in which it is."
        report.findings.append(Finding(needs[key].place, Code.UNKNOWN_ID, message, fix))
    if report.lines:
        lists = {LIST: workbook_of(_rows(report), "Order"), SHEET: _sheet(report)}
        for name, data in lists.items():
            write_file(folder / name, data)
        write_file(folder / FILES, zip_of({**files, **lists}, "order"))
    return report


def _add(
    report: OrderReport, files: dict[str, bytes], local: Path, needs: Needs, kits: Path
) -> None:
    kit = resolve(local)
    folder = kits / kit.id
    if not (folder / MANIFEST).is_file():
        message = "its kit is not built, so it cannot be ordered."
        fix = "`formgen build LOCAL` builds it."
        raise InputError([Finding(Place(local), Code.NO_FILE, message, fix)])
    made = {each.document: each for each in read_manifest(folder) if each.variant == _PACKET}
    for packet in kit.packets:
        entry = made.get(packet.id)
        if entry is None:
            continue
        copies = _copies(kit, packet.entry.copies, needs)
        if copies is None:
            report.uncounted.append((kit.id, packet.id, packet.entry.copies))
        elif copies:
            if not is_there(folder, entry):
                message = f"{entry.path} is not as it was built."
                raise InputError(
                    [Finding(Place(folder / entry.path), Code.CHANGED, message, "build it again.")]
                )
            line = _line(kit, packet, entry, copies, needs)
            report.lines.append(line)
            files[line.file] = read_plain(folder / entry.path)


def _copies(kit: Kit, basis: Basis, needs: Needs) -> int | None:
    """Return how many copies a local needs, or None if its row does not say."""
    said = {"applicant": APPLICANTS, "school": SCHOOLS}.get(basis)
    if said:
        return needs.counts.get(said)
    return copies_of(kit, basis, needs.counts.get(PAIRS, 0))


def _line(kit: Kit, packet: KitPacket, entry: Entry, copies: int, needs: Needs) -> OrderLine:
    local = kit.settings.local
    sheets = -(-entry.pages // 2)
    hold = kit.words.text("packet", "copies", "hold", hold_of(kit, packet, sheets))
    home = "\n".join([local.name, kit.settings.coordinator.name, *local.address])
    return OrderLine(
        local.number,
        local.name,
        f"{packet.entry.code} {packet.id}",
        copies,
        sheets,
        kit.settings.paper,
        hold,
        f"{kit.id}/{Path(entry.path).name}",
        entry.sha256,
        needs.ship_to or home,
    )


def _sheet(report: OrderReport) -> bytes:
    """Return the order as a PDF; hashes are for programs, and stand in the workbook alone."""
    rows = [
        [
            *(each.number, each.local, each.packet, str(each.copies), str(each.sheets)),
            *(str(each.in_all), each.paper, each.finishing, each.file, each.ship_to),
        ]
        for each in report.lines
    ]
    return printed(order_sheet(rows, _NUMBERS, report.papers), report.folder / SHEET)


def _rows(report: OrderReport) -> Iterator[list[str]]:
    yield [*_HEADS]
    for each in report.lines:
        yield [
            *(each.number, each.local, each.packet, str(each.copies), str(each.sheets)),
            *(str(each.in_all), each.paper, each.finishing, each.file, each.sha256, each.ship_to),
        ]
    for paper, sheets in sorted(report.papers.items()):
        yield ["", "Total", "", "", "", str(sheets), paper, "", "", "", ""]
