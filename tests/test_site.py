"""site/: kits as plain files on which members find their local, and nothing that is not theirs."""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from formgen import api
from formgen.build.publish import describe, manifest_bytes, write_file
from formgen.cli import program
from formgen.compose.index_page import KitFiles, index_page
from formgen.compose.pages import make_composer
from formgen.findings import ExitCode, InputError
from formgen.kit import resolve
from formgen.site.contact import showing_contact
from formgen.site.local_site import address_of, listed_local
from tests.support.browser import NARROW, chromium, opened, violations
from tests.support.locals import changed, write, write_local
from tests.support.tiny import OMITTED

OUT = Path("site")
PHONE, EMAIL = "555-0177", "ask@example.org"
OWN = {
    "documents": {"omit": [name for name in OMITTED if name != "scoring-sheet"]},
    "coordinator": {"name": "Noor Haddad", "phone": PHONE, "email": EMAIL},
}
KIT = {
    "print/mentor-pledge.pdf": ("mentor-pledge", "print"),
    "fillable/mentor-pledge.pdf": ("mentor-pledge", "fillable"),
    "web/mentor-pledge.html": ("mentor-pledge", "web"),
    "packets/pair.pdf": ("pair", "packet"),
    "packets/committee.pdf": ("committee", "packet"),
    "packets/0-copies.pdf": ("", "copies"),
}


@pytest.fixture(scope="module")
def pdf():
    """Give a PDF of one empty page."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(612, 792))
        document.save(file, deterministic_id=True)
    return file.getvalue()


@pytest.fixture
def state(tmp_path, monkeypatch, pdf):
    """Give what makes a local with a kit in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def make(name, number, more=None, word="web page"):
        local = {"name": f"{name.title()} ESP", "number": number, "district": f"{name} schools"}
        local["address"] = ["12 Mill Street", f"{name.title()}ville, IL 60999"]
        write_local(
            tmp_path / "locals" / name, changed({"id": name, "local": local, **OWN}, more or {})
        )
        kit, entries = tmp_path / "output" / name, []
        for path, (document, variant) in KIT.items():
            data = pdf if path.endswith(".pdf") else f"<!doctype html><p>{word}".encode()
            write_file(kit / path, data)
            sources = ("pack:/secret/path",)
            entries.append(
                describe(path, data, document=document, variant=variant, pages=1, sources=sources)
            )
        facts = {"id": name, "name": name, "edition": "1", "findings": [{"message": "a secret"}]}
        write_file(kit / "manifest.json", manifest_bytes(facts, entries))
        write_file(kit / "people/letter.pdf", pdf)
        return kit

    return make


def site(**asked):
    return api.write_site([Path("locals")], api.SiteOptions(OUT, **asked))


def said_in_pdf(text):
    """Return a PDF of one page that says something."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(612, 792))
        names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = pikepdf.Dictionary({key: pikepdf.Name(name) for key, name in names.items()})
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = document.make_stream(f"BT /F 12 Tf 72 72 Td ({text}) Tj ET".encode())
        document.save(file, deterministic_id=True)
    return file.getvalue()


def site_with(file, data):
    """Write the site with a file of a kit that is another one."""
    write_file(file, data)
    return site()


def files_of(folder=OUT):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_site_has_a_page_papers_and_two_zips_of_each_local_by_its_number(state):
    state("maple", "00418")

    report = site()

    assert files_of() == {
        *("index.html", "SHA256SUMS", ".formgen-site.json"),
        *("00418/index.html", "00418/papers.zip", "00418/packets.zip"),
        *("00418/print/mentor-pledge.pdf", "00418/web/mentor-pledge.html"),
    }
    assert (report.changed, report.exit_code) == (["00418"], ExitCode.ALL_BUILT)
    for line in (OUT / "SHA256SUMS").read_text().splitlines():
        digest, path = line.split("  ")
        assert hashlib.sha256((OUT / path).read_bytes()).hexdigest() == digest


def test_zips_hold_what_is_printed_and_filled_in_and_no_packet_of_the_committee(state):
    state("maple", "00418")
    site()

    names = {
        name: zipfile.ZipFile(OUT / "00418" / name).namelist()
        for name in ("papers.zip", "packets.zip")
    }

    assert names == {
        "papers.zip": ["maple/fillable/mentor-pledge.pdf", "maple/print/mentor-pledge.pdf"],
        "packets.zip": ["maple/packets/pair.pdf"],
    }


def test_nothing_of_people_of_findings_and_of_paths_is_on_it(state, tmp_path):
    state("maple", "00418")
    site()

    held = b"".join(path.read_bytes() for path in OUT.rglob("*") if path.is_file())

    for word in (b"secret", str(tmp_path).encode(), b"people/", EMAIL.encode(), PHONE.encode()):
        assert word not in held
    assert b"Noor Haddad" in (OUT / "00418/index.html").read_bytes()


def test_phone_and_address_are_there_where_the_local_says_so(state):
    state("maple", "00418", {"coordinator": {"listed": True}})
    site()

    page = (OUT / "00418/index.html").read_text("utf-8")

    assert PHONE in page
    assert EMAIL in page


def test_papers_that_show_how_to_reach_the_coordinator_stay_off_and_are_named(state):
    kit = state("maple", "00418", word=f"Call <b>{PHONE[:5]}</b>{PHONE[5:]}")
    shows = (kit / "packets/pair.pdf", said_in_pdf(EMAIL))

    first, again = site_with(*shows), site()
    page = (OUT / "00418/index.html").read_text("utf-8")
    assert "Your steward has it." in page
    assert "could not be made" not in page
    state("maple", "00418", {"coordinator": {"listed": True}}, word=f"Call {PHONE}")
    told = site_with(*shows)

    for report in (first, again):
        assert [(each.code, each.severity) for each in report.findings] == [
            ("not-listed", "warning")
        ]
        assert report.findings[0].message.endswith(": A7a, P4.")
        assert report.exit_code == ExitCode.ALL_BUILT
    assert again.changed == []
    assert told.findings == []
    assert {"00418/web/mentor-pledge.html", "00418/packets.zip"} <= files_of()


def test_what_is_left_off_for_many_locals_is_told_of_the_first_and_counted(state):
    for number in range(5):
        state(f"maple{number}", f"0041{number}", word=f"Call {PHONE}")

    said = CliRunner().invoke(program, ["site", "locals", "--out", "site"])

    assert said.output.count("warning[not-listed]") == 3
    assert "  the same of 2 more locals\n" in said.output
    assert said.exit_code == ExitCode.ALL_BUILT


@pytest.mark.parametrize(
    ("shown", "is_told"),
    [
        ("<p>Call 555\u20110177", True),
        ("<p>Call 555-<br>0177", True),
        ('<a href="mailto:ask@example.org">Write</a>', True),
        ("<p>ask&#64;example.org", True),
        ('<style>@font-face { src: url("data:x,5550177") }</style><p>Hello', False),
        ('<img src="data:x,5550177"><p>Hello', False),
        ("<p>Call 555-0178", False),
    ],
)
def test_how_to_reach_somebody_is_known_however_it_is_written(shown, is_told, tmp_path):
    kit = resolve(write_local(tmp_path / "maple", {"id": "maple", **OWN}))
    known = {"web/x.html": describe("web/x.html", b"", document="x")}

    found = showing_contact(kit, {"web/x.html": shown.encode()}, known)

    assert found == ({"x"} if is_told else set())


def test_a_page_says_what_is_new_in_an_edition_that_changes_only_some_papers(tmp_path):
    kit = resolve(write_local(tmp_path / "maple", {"id": "maple", **OWN}))
    editions = {"mentor-pledge": "2027.1"}

    def page(kit, **asked):
        return index_page(make_composer(kit), KitFiles(), **asked)

    documents = tuple(
        replace(each, edition=editions.get(each.id, "2026.1")) for each in kit.documents
    )
    some = replace(kit, edition="2027.1", documents=documents)

    new = re.search(r'<ul class="new">(.*?)</ul>', page(some, on_site=True), re.DOTALL)
    assert re.findall(r"<li>(.*)</li>", new[1]) == ["Mentor’s pledge (A7a)"]
    assert 'class="new"' not in page(kit, on_site=True)
    assert 'class="new"' not in page(some)


def test_an_unchanged_run_touches_nothing_and_a_changed_kit_its_own_folder_alone(state):
    state("maple", "00418")
    state("oak", "7")
    site()
    before = {path: (OUT / path).stat().st_mtime_ns for path in files_of()}

    again = site()
    same = {path: (OUT / path).stat().st_mtime_ns for path in files_of()}
    state("oak", "7", word="another page")
    changes = site()

    assert (again.changed, same) == ([], before)
    assert changes.changed == ["7"]
    assert (OUT / "00418/index.html").stat().st_mtime_ns == before["00418/index.html"]


def test_what_is_left_out_or_not_built_is_not_on_it_and_told(state, tmp_path):
    state("maple", "00418")
    state("oak", "7")
    site()
    write(OUT / "7/theirs.txt", "mine")
    write_local(tmp_path / "locals/elm", {"id": "elm"})

    report = site(without=["7"])

    assert [each.number for each in report.listed] == ["00418"]
    assert (report.removed, [each.parent.name for each in report.unbuilt]) == (["7"], ["elm"])
    assert {path for path in files_of() if path.startswith("7/")} == {"7/theirs.txt"}
    assert report.exit_code == ExitCode.SOME_FAILED


def test_two_locals_of_one_address_are_told_and_the_first_one_stays(state):
    state("maple", "00418")
    state("oak", "00418")

    report = site()

    assert [each.code for each in report.findings] == ["duplicate-id"]
    assert [each.name for each in report.listed] == ["Maple ESP"]


def test_nothing_is_written_beside_a_page_of_somebody_elses(state):
    state("maple", "00418")
    write(OUT / "index.html", "<p>Our association")

    with pytest.raises(InputError) as caught:
        site()

    assert [each.code for each in caught.value.findings] == ["not-ours"]
    assert files_of() == {"index.html"}


def test_a_record_that_names_files_elsewhere_removes_none(state, tmp_path):
    state("maple", "00418")
    site()
    target = write(tmp_path / "mine.txt", "mine")
    record = json.loads((OUT / ".formgen-site.json").read_text("utf-8"))
    evil = dict(record["locals"]["00418"], files=[])
    sha = hashlib.sha256(target.read_bytes()).hexdigest()
    entry = {**record["locals"]["00418"]["files"][0], "path": "../../mine.txt", "sha256": sha}
    record["locals"] = {"..": {**evil, "files": [entry]}, "8": {**evil, "files": [entry]}}
    write(OUT / ".formgen-site.json", json.dumps(record))

    site()

    assert target.is_file()


def test_a_sheet_for_mail_lies_beside_the_kits_and_not_on_the_site(state, tmp_path):
    state("maple", "00418")
    site()

    rows = (tmp_path / "output/locals.csv").read_text("utf-8-sig").splitlines()

    assert rows[1].startswith(f"00418,Maple ESP,Noor Haddad,{EMAIL},00418/,")


@pytest.mark.parametrize(
    ("last", "town"),
    [
        ("Maple, IL 60999", "Maple"),
        ("Maple Grove IL 60999", "Maple Grove"),
        ("Riverbend, Prairie State 00101", "Riverbend"),
        ("P.O. Box 4", ""),
        ("Elm", ""),
    ],
)
def test_the_town_is_read_from_the_last_line_of_the_address(tmp_path, last, town):
    local = write_local(tmp_path / "a", {"local": {"address": ["1 Oak Road", last]}})

    assert listed_local(resolve(local), "1").town == town


def test_an_address_is_the_number_as_a_folder_can_be_called():
    assert [address_of(each, "id") for each in ("00418", "No. 7/B", "", "..")] == [
        *("00418", "no-7-b", "id", "id"),
    ]


def test_a_local_is_found_by_its_town_from_a_file_without_a_request(state):
    for name, number in (("maple", "00418"), ("oak", "00007"), ("elm", "00009")):
        state(name, number)
    site()

    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page, requests = opened(context, (OUT / "index.html").absolute())
        page.get_by_role("searchbox").fill("oakville")
        shown = page.locator("tbody tr:visible").all_inner_texts()
        said = page.get_by_role("status").inner_text()
        broken = violations(page)
        page.emulate_media(color_scheme="dark")
        broken += violations(page, "color-contrast")
        page.set_viewport_size({**NARROW, "width": 390})
        width = page.evaluate("document.documentElement.scrollWidth")
        page.get_by_role("link", name="Oak ESP").click()
        broken += violations(page)
        title = page.title()
        blank = browser.new_context(java_script_enabled=False)
        plain, _ = opened(blank, (OUT / "index.html").absolute())
        listed = plain.locator("tbody tr:visible").count()

    assert (len(shown), said) == (1, "1 local was found.")
    assert (broken, width, listed) == ([], 390, 3)
    assert "Oak ESP" in title
    assert {each.partition(":")[0] for each in requests} <= {"file", "data"}


def test_the_command_says_what_is_on_the_site(state):
    state("maple", "00418")

    said = CliRunner().invoke(program, ["site", "locals", "--out", "site"])

    assert "1 local on the site: 1 written anew, 0 taken away." in said.stdout
    assert said.exit_code == ExitCode.ALL_BUILT
