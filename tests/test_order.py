"""order/: what a print shop prints for many locals, counted, and the files beside the list."""

import hashlib
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from formgen import api
from formgen.build.publish import describe, manifest_bytes, write_file
from formgen.cli import program
from formgen.findings import ExitCode, InputError
from formgen.pdf.page_text import page_text
from tests.support.locals import write, write_local

SHEET = "number,pairs,applicants,ship to\n00418,4,10,\n7,2,,The office\n"
PAGES = {"pair": 9, "mentor-application": 6, "committee": 4}


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Give a folder with two locals and their kits."""
    monkeypatch.chdir(tmp_path)
    for name, number, paper in (("maple", "00418", "letter"), ("oak", "00007", "legal")):
        local = {"name": name, "number": number, "address": ["1 Oak Road", "Elm, IL 60999"]}
        write_local(tmp_path / "locals" / name, {"id": name, "local": local, "paper": paper})
        entries = []
        for packet, pages in PAGES.items():
            data = f"{name} {packet}".encode()
            path = f"packets/{packet}.pdf"
            write_file(tmp_path / "output" / name / path, data)
            entries.append(describe(path, data, document=packet, variant="packet", pages=pages))
        manifest = manifest_bytes({"id": name}, entries)
        write_file(tmp_path / "output" / name / "manifest.json", manifest)
    return tmp_path


def ordered(text):
    write(Path("pairs.csv"), text)
    return api.order([Path("locals")], Path("pairs.csv"), Path("output"), Path("order"))


def test_each_packet_is_counted_by_whom_it_is_for(state):
    report = ordered(SHEET)

    assert [(e.local, e.packet.split()[1], e.copies, e.sheets, e.paper) for e in report.lines] == [
        ("maple", "mentor-application", 10, 3, "letter"),
        ("maple", "pair", 4, 5, "letter"),
        ("oak", "pair", 2, 5, "legal"),
    ]
    assert dict(report.papers) == {"letter": 50, "legal": 10}
    assert ("oak", "mentor-application", "applicant") in report.uncounted
    assert report.exit_code == ExitCode.ALL_BUILT


def test_the_zip_has_the_list_and_each_file_with_the_hash_that_the_list_says(state):
    report = ordered("number,pairs\n00418,4\n")

    with zipfile.ZipFile("order/order.zip") as archive:
        names = archive.namelist()
        data = archive.read("order/maple/pair.pdf")
    [line] = report.lines
    assert names == ["order/maple/pair.pdf", "order/order.pdf", "order/order.xlsx"]
    assert hashlib.sha256(data).hexdigest() == line.sha256
    rows = list(openpyxl.load_workbook("order/order.xlsx").worksheets[0].values)
    assert rows[1][:6] == ("00418", "maple", line.packet, "4", "5", "20")
    assert rows[-1][1:7] == ("Total", None, None, None, "20", "letter")


def test_the_sheet_on_paper_says_what_the_workbook_does(state):
    report = ordered(SHEET)

    said = page_text(Path("order/order.pdf").read_bytes()).split()
    for line in report.lines:
        assert {line.local, str(line.copies), str(line.in_all), line.paper} <= {*said}
    assert " ".join(said).endswith("legal: 10 sheets letter: 50 sheets 1 / 1")


def test_it_is_sent_where_the_sheet_says_or_to_the_local(state):
    sent = {e.local: e.ship_to for e in ordered(SHEET).lines}

    assert sent["oak"] == "The office"
    assert sent["maple"].splitlines()[-2:] == ["1 Oak Road", "Elm, IL 60999"]


def test_a_local_that_is_not_there_or_not_built_is_told_and_the_others_are_ordered(state):
    (state / "output/oak/manifest.json").unlink()

    report = ordered("number,pairs\n00418,4\n7,2\n99,1\n")

    assert sorted(each.code for each in report.findings) == ["no-file", "unknown-id"]
    assert {each.local for each in report.lines} == {"maple"}
    assert report.exit_code == ExitCode.SOME_FAILED


def test_a_packet_that_changed_since_it_was_built_is_not_ordered(state):
    write(state / "output/maple/packets/pair.pdf", "changed")

    report = ordered("number,pairs\n00418,4\n")

    assert [each.code for each in report.findings] == ["changed"]
    assert not any("pair" in each.packet for each in report.lines)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("number,pairs\n7,many\n", "bad-type"),
        ("number,pairs\n7,#REF!\n", "error-cell"),
        ("number,pairs\n7,1\n007,2\n", "repeated-row"),
        ("number,name\n7,Oak\n", "csv-header"),
    ],
)
def test_a_bad_sheet_orders_nothing(state, text, code):
    with pytest.raises(InputError) as caught:
        ordered(text)

    assert [each.code for each in caught.value.findings] == [code]
    assert not Path("order").exists()


def test_the_command_sums_up_what_is_ordered_and_what_nobody_counted(state):
    write(Path("pairs.csv"), "number,pairs\n00418,4\n7,2\n")

    said = CliRunner().invoke(program, ["order", "locals", "--pairs", "pairs.csv"])

    assert "not ordered by 2 locals: mentor-application, one per applicant" in said.stdout
    assert "2 packets of 2 locals; sheets of paper: 10 legal, 20 letter." in said.stdout
