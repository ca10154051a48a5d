"""build.py of pipeline: what fails stops nothing else, and a kit says what is in it."""

import hashlib
import json
import re

import pytest

from formgen.build.build import build
from formgen.build.publish import MANIFEST, read_manifest
from formgen.build.report import KitReport, worst
from formgen.codes import Code
from formgen.findings import ExitCode, Finding, Place, errors
from formgen.outputs.base import EVERYTHING, Choice
from formgen.workers.pool import this_process
from tests.support.locals import lines_of, write, write_local
from tests.support.tiny import FILES, KEPT, OMITTED, write_tiny

PLEDGE = "content/en/pledges/mentor-pledge.yaml"
PLEDGE_FILES = [path for path in FILES if "mentor-pledge" in path]
WEB = Choice(outputs=("web",))


@pytest.fixture
def make(fonts, monkeypatch, tmp_path):
    """Give what builds locals into one folder, in this process."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(*locals_, choice=EVERYTHING, out=tmp_path / "out", **more):
        return build(locals_, out, this_process(fonts), choice, **more)

    return run


def files_in(folder):
    """Return all files of a kit but its manifest."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    )


def listed_in(folder):
    return [entry.path for entry in read_manifest(folder)]


def linked_from(folder):
    page = (folder / "index.html").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'href="(year\.ics|(?:packets|print|fillable|web)/[^"]+)"', page)))


def moments(folder):
    return {name: (folder / name).stat().st_mtime_ns for name in files_in(folder)}


# --- One local


def test_a_kit_is_its_documents_its_index_and_its_manifest(make, tmp_path):
    (report,) = make(write_tiny(tmp_path / "a"))

    assert errors(report.findings) == []
    assert report.exit_code == ExitCode.ALL_BUILT
    assert report.folder == tmp_path / "out" / "a"
    assert files_in(report.folder) == FILES
    assert (report.id, report.name, report.documents) == ("a", "Test Local", 3)
    assert sorted(entry.path for entry in report.built) == FILES
    assert report.removed == []


def test_a_local_is_its_folder_or_its_file(make, tmp_path):
    folder = write_tiny(tmp_path / "a")

    for local in (folder, folder / "local.yaml"):
        (report,) = make(local, choice=WEB)
        assert (report.local, report.id) == (folder / "local.yaml", "a")


@pytest.mark.parametrize("name", ["riverbend-esp", "harbor-islands-ueso", "juniper-flats-drivers"])
def test_the_manifest_of_a_sample_lists_every_file_with_its_hash(name, sample_kits):
    folder = sample_kits[name]
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    known = {entry["path"]: entry for entry in manifest["files"]}

    assert sorted(known) == files_in(folder)
    for path, entry in known.items():
        data = (folder / path).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert manifest["id"] == name
    documents = {e["document"] for e in manifest["files"] if e["variant"] in {"print", "web"}}
    others = ("index", "year.ics", "fillable/", "packets/")
    assert {path for path in known if not path.startswith(others)} == {
        path for document in documents for path in (f"print/{document}.pdf", f"web/{document}.html")
    }
    assert all(entry["pages"] > 0 for path, entry in known.items() if path.endswith(".pdf"))
    assert all(entry["sources"] for entry in known.values() if entry["document"])


@pytest.mark.parametrize("name", ["riverbend-esp", "harbor-islands-ueso", "juniper-flats-drivers"])
def test_the_index_of_a_sample_leads_to_every_file(name, sample_kits):
    folder = sample_kits[name]

    assert linked_from(folder) == [path for path in files_in(folder) if path != "index.html"]


def test_progress_is_told_to_its_end(make, tmp_path):
    seen = []

    make(
        write_tiny(tmp_path / "a"),
        write_tiny(tmp_path / "b"),
        progress=lambda *step: seen.append(step),
    )

    # Of each: titles, three documents composed and five pages set, three first pages drawn, the
    # index, four web pages made whole with typefaces that are mostly cut already, the manifest.
    assert seen[-1][:2] == (36, 36)
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert all(done <= known for done, known, _ in seen)
    labels = {"titles", "index", "manifest"}
    assert {name.rpartition(" ")[2] for _, _, name in seen} == {*KEPT, *labels}


# --- What fails


def test_a_broken_local_among_three_costs_itself_alone(make, tmp_path):
    broken = write_local(tmp_path / "b", "formgen: 1\nid: b\nlocal: {name: B}\n").parent
    reports = make(write_tiny(tmp_path / "a"), broken, write_tiny(tmp_path / "c"))

    assert [report.exit_code for report in reports] == [
        ExitCode.ALL_BUILT,
        ExitCode.BAD_INPUT,
        ExitCode.ALL_BUILT,
    ]
    assert worst(reports) == ExitCode.SOME_FAILED
    assert [report.folder for report in reports] == [
        tmp_path / "out" / "a",
        None,
        tmp_path / "out" / "c",
    ]
    assert {finding.place.file for finding in reports[1].findings} == {broken / "local.yaml"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "c"]
    assert files_in(tmp_path / "out" / "c") == FILES


@pytest.mark.parametrize("text", [None, "", "nothing", "a: [", "formgen: 1\n", "\x00"])
def test_without_a_local_that_can_be_read_nothing_is_built(text, make, tmp_path):
    local = tmp_path / "local.yaml" if text is None else write_local(tmp_path, text)
    reports = make(local)

    assert worst(reports) == ExitCode.BAD_INPUT
    assert (reports[0].folder, reports[0].built) == (None, [])
    assert not (tmp_path / "out").exists()


def test_what_policy_refuses_has_a_code_of_its_own(make, tmp_path):
    local = write_tiny(tmp_path / "a", {"archive": {"documents": ["mentor-reflection"]}})
    broken = write_local(tmp_path / "b", "formgen: 1\n").parent

    assert worst(make(local)) == ExitCode.REFUSED
    assert worst(make(local, broken)) == ExitCode.REFUSED
    assert worst(make(broken, local)) == ExitCode.REFUSED
    assert worst(make(local, write_tiny(tmp_path / "c"), choice=WEB)) == ExitCode.SOME_FAILED
    assert not (tmp_path / "out" / "a").exists()


def test_a_broken_document_costs_itself_alone(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    write(local / PLEDGE, "lead: '{{ nobody }}'\n")
    (report,) = make(local)

    assert report.exit_code == ExitCode.SOME_FAILED
    assert lines_of(errors(report.findings), local) == [
        (
            f"{PLEDGE}:1:1: error[undefined]: 'nobody' is undefined."
            " Fix: correct the name, or see content/README.md."
        )
    ]
    built = [path for path in FILES if "mentor-pledge" not in path]
    assert files_in(report.folder) == listed_in(report.folder) == built
    assert linked_from(report.folder) == [path for path in built if path != "index.html"]
    index = (report.folder / "index.html").read_text(encoding="utf-8")
    assert index.count("This document could not be made.") == 1


def test_a_page_with_a_defect_is_not_published_and_its_web_page_is(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    write(
        local / "templates" / "certificate.html.j2",
        '{% extends "base/certificate.html.j2" %}{% block head %}'
        "<style>h1 {flum: 1}</style>{% endblock %}",
    )
    (report,) = make(local)

    (finding,) = errors(report.findings)
    assert finding.code == "css"
    assert finding.place.file.name == "certificate-of-completion.md"
    assert finding.message == (
        "certificate-of-completion: Ignored `flum: 1` at 1:5, unknown property."
    )
    assert files_in(report.folder) == [
        path for path in FILES if path != "print/certificate-of-completion.pdf"
    ]


def test_a_page_that_cannot_be_set_is_not_published_and_its_web_page_is(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    write(local / "templates" / "styles" / "certificate.css", "h1 { font-size: 1e9px }")
    (report,) = make(local)

    (finding,) = errors(report.findings)
    assert (finding.code, finding.message) == (
        "typeset",
        (
            "certificate-of-completion: typesetting failed"
            " (ZeroDivisionError: float division by zero)."
        ),
    )
    assert "web/certificate-of-completion.html" in files_in(report.folder)
    assert "print/certificate-of-completion.pdf" not in files_in(report.folder)


def test_a_broken_index_is_a_finding_and_the_documents_are_there(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    write(local / "templates" / "index.html.j2", "{{ nobody }}")
    (report,) = make(local, choice=WEB)

    assert [finding.code for finding in errors(report.findings)] == ["undefined"]
    assert files_in(report.folder) == [path for path in FILES if path.startswith("web/")]


def test_a_catalog_that_does_not_work_costs_its_local(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    write(local / "content" / "documents.yaml", "documents: {mentor-pledge: {title: '{{ x }}'}}\n")
    reports = make(local, write_tiny(tmp_path / "b"), choice=WEB)

    assert [report.exit_code for report in reports] == [ExitCode.BAD_INPUT, ExitCode.ALL_BUILT]


def test_two_locals_of_one_id_are_not_built_over_each_other(make, tmp_path):
    reports = make(
        write_tiny(tmp_path / "a", {"id": "same", "local": {"name": "First"}}),
        write_tiny(tmp_path / "b", {"id": "same", "local": {"name": "Second"}}),
        choice=WEB,
    )

    assert [report.exit_code for report in reports] == [ExitCode.ALL_BUILT, ExitCode.BAD_INPUT]
    (finding,) = reports[1].findings
    assert finding.place.file == tmp_path / "b" / "local.yaml"
    assert (finding.code, finding.message) == (
        "duplicate-id",
        f'"same" is the id of {tmp_path / "a" / "local.yaml"} too.',
    )
    assert "First" in (tmp_path / "out" / "same" / "index.html").read_text(encoding="utf-8")


def test_a_kit_that_cannot_be_written_costs_itself_alone(make, tmp_path):
    write(tmp_path / "out" / "a", "a file where the folder should be")
    reports = make(write_tiny(tmp_path / "a"), write_tiny(tmp_path / "b"), choice=WEB)

    assert [report.exit_code for report in reports] == [ExitCode.BAD_INPUT, ExitCode.ALL_BUILT]
    (finding,) = errors(reports[0].findings)
    assert (finding.place, finding.code) == (Place(tmp_path / "out" / "a"), "cannot-write")
    assert reports[0].folder is None


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        ([], ExitCode.ALL_BUILT),
        (["built"], ExitCode.ALL_BUILT),
        (["partly"], ExitCode.SOME_FAILED),
        (["bad"], ExitCode.BAD_INPUT),
        (["refused"], ExitCode.REFUSED),
        (["bad", "refused"], ExitCode.REFUSED),
        (["built", "bad"], ExitCode.SOME_FAILED),
        (["refused", "built"], ExitCode.SOME_FAILED),
        (["partly", "bad"], ExitCode.SOME_FAILED),
        (["nothing said"], ExitCode.BAD_INPUT),
    ],
)
def test_the_exit_code_for_several_locals(built, expected, tmp_path):
    place = Place(tmp_path / "local.yaml")
    kinds = {
        "built": KitReport(tmp_path, folder=tmp_path),
        "partly": KitReport(tmp_path, folder=tmp_path, findings=[Finding(place, Code.EMPTY, "x.")]),
        "bad": KitReport(tmp_path, findings=[Finding(place, Code.EMPTY, "x.")]),
        "refused": KitReport(tmp_path, findings=[Finding(place, Code.LOCKED, "x.")]),
        "nothing said": KitReport(tmp_path),
    }

    assert worst([kinds[kind] for kind in built]) == expected


# --- A part of a kit


@pytest.mark.parametrize(
    ("choice", "made"),
    [
        (Choice(("mentor-pledge",)), PLEDGE_FILES),
        (WEB, [path for path in FILES if path.startswith("web/")]),
        (Choice(("mentor-pledge",), ("web",)), ["web/mentor-pledge.html"]),
    ],
)
def test_building_a_part_keeps_the_rest(choice, made, make, tmp_path):
    local = write_tiny(tmp_path / "a")
    (before,) = make(local)
    entries, times = listed_in(before.folder), moments(before.folder)

    (after,) = make(local, choice=choice)

    assert sorted(entry.path for entry in after.built) == sorted([*made, "index.html"])
    assert after.removed == []
    assert files_in(after.folder) == FILES
    assert listed_in(after.folder) == entries
    assert linked_from(after.folder) == [path for path in FILES if path != "index.html"]
    # What is the same as before is not even written again.
    assert moments(after.folder) == times


def test_a_part_that_comes_first_is_a_kit_of_its_own(make, tmp_path):
    (report,) = make(write_tiny(tmp_path / "a"), choice=Choice(("mentor-pledge",), ("web",)))

    assert files_in(report.folder) == ["index.html", "web/mentor-pledge.html"]
    assert listed_in(report.folder) == files_in(report.folder)
    assert linked_from(report.folder) == ["web/mentor-pledge.html"]


def test_what_was_deleted_by_hand_is_not_listed_any_more(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    (before,) = make(local, choice=WEB)
    (before.folder / "web" / "mentor-pledge.html").unlink()

    (after,) = make(local, choice=Choice(("letter-of-understanding",), ("web",)))

    assert "web/mentor-pledge.html" not in listed_in(after.folder)


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("mentor-pledg", 'did you mean "mentor-pledge"?'),
        ("zzz", "`formgen list` names them all."),
        ("manual", "`formgen list` names them all."),
    ],
)
def test_choosing_what_a_local_does_not_build_is_a_finding(name, fix, make, tmp_path):
    reports = make(write_tiny(tmp_path / "a"), choice=Choice((name, "mentor-pledge"), ("web",)))

    assert worst(reports) == ExitCode.BAD_INPUT
    (finding,) = reports[0].findings
    assert (finding.code, finding.message, finding.fix) == (
        "unknown-document",
        f'this local does not build a document "{name}".',
        fix,
    )


# --- Building again


def test_what_is_no_longer_built_goes_unless_it_was_changed_by_hand(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    (before,) = make(local)
    (before.folder / "print" / "mentor-pledge.pdf").write_bytes(b"my notes")
    write(before.folder / "print" / "mine.txt", "mine")

    write_tiny(local, {"documents": {"omit": [*OMITTED, "mentor-pledge"]}})
    (after,) = make(local)

    assert after.removed == ["fillable/mentor-pledge.pdf", "web/mentor-pledge.html"]
    kept = ["print/mentor-pledge.pdf", "print/mine.txt"]
    assert files_in(after.folder) == sorted(
        [path for path in FILES if "mentor-pledge" not in path] + kept
    )
    assert not set(kept) & set(listed_in(after.folder))


def test_a_document_that_broke_takes_its_old_file_along(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    make(local, choice=EVERYTHING)
    write(local / PLEDGE, "lead: '{{ nobody }}'\n")

    (report,) = make(local)

    assert report.removed == PLEDGE_FILES
    assert "print/mentor-pledge.pdf" not in files_in(report.folder)


def test_a_local_that_broke_leaves_its_last_kit_alone(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    (before,) = make(local, choice=WEB)
    times = moments(before.folder)
    write_local(local, "formgen: 1\n")

    (after,) = make(local)

    assert after.folder is None
    assert moments(before.folder) == times
