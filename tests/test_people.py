"""people.py, register.py: documents for the people of a roster, and where personal data stays."""

import csv
import dataclasses
import json
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from formgen.build.publish import PEOPLE, sweep_parts
from formgen.cli import program
from formgen.codes import Code
from formgen.compose.mail_merge import Person
from formgen.compose.pages import make_composer
from formgen.compose.text.context import BLANK_ENTRY
from formgen.findings import Finding, InputError, Place
from formgen.graph.task import Work
from formgen.kit import resolve
from formgen.model.rosters.columns import COLUMNS
from formgen.outputs.making.inputs import LayerReader, pack_kit
from formgen.outputs.making.pages import KIT
from formgen.outputs.making.typesetting import PageFacts, typeset_page
from formgen.people.copies import COPIES_AT_ONCE, CopiesFacts, make_copies
from formgen.people.forgetting import forget, forget_those, sweep_people
from formgen.people.local_roster import (
    LocalRoster,
    forget_gone,
    forget_named,
    list_people,
)
from formgen.people.options import PeopleOptions
from formgen.people.people import make_for_people
from formgen.people.people_manifest import BOUND, FOLDER, read_register
from formgen.people.roster import read_roster
from formgen.workers.pool import this_process, worker_pool
from tests.support.composed import FORMATS
from tests.support.locals import SAMPLES, lines_of, write
from tests.support.pdf import everything_in, text_in
from tests.support.pictures import svg
from tests.support.probe import kept_words
from tests.support.tiny import EVERY, write_tiny
from tests.support.verapdf import validate

PERSONAL = ["letter-of-understanding", "mentor-pledge", "certificate-of-completion"]
HEAD = "mentee_name,mentor_name\n"
FINDING = Finding(Place(Path("roster.csv"), 3), Code.EMPTY, "is empty.")


def write_people(folder, rows, changes=None):
    """Write a small local with a roster; return what composes its documents."""
    write_tiny(folder, changes)
    write(folder / "roster.csv", HEAD + "".join(f"{row}\n" for row in rows))
    return make_composer(resolve(folder / "local.yaml"))


def made(composer, out, fonts, **asked):
    options = PeopleOptions(**asked, out=out)
    return make_for_people(composer, read_roster(composer), this_process(fonts), options)


def paths_in(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture(scope="module")
def small(tmp_path_factory, fonts):
    """Give a folder with what was made for two pairs, in both variants, and its report."""
    folder = tmp_path_factory.mktemp("people")
    composer = write_people(folder / "tiny", ["Ada Sample,Bo Example", "Cy Sample,Bo Example"])
    report = made(composer, folder / "out", fonts, variants=("print", "fillable"))
    return composer, folder / "out" / "tiny" / FOLDER, report


def test_each_entry_has_its_folder_and_the_printer_one_file_of_all(small):
    _, folder, report = small
    assert report.findings == []
    files = [f"{name}.pdf" for name in PERSONAL]
    files += [f"{name}-fillable.pdf" for name in PERSONAL[:2]]
    assert paths_in(folder) == sorted(
        [
            "mail.csv",
            "manifest.json",
            *(f"{top}/{file}" for top in [BOUND, *report.people] for file in files),
        ]
    )
    ada, cy = report.people
    assert "Ada Sample" in text_in((folder / ada / "certificate-of-completion.pdf").read_bytes())
    assert "Ada Sample" not in text_in((folder / cy / "certificate-of-completion.pdf").read_bytes())
    bound = text_in((folder / BOUND / "mentor-pledge.pdf").read_bytes())
    assert bound.index("Ada Sample") < bound.index("Cy Sample")


def test_only_the_user_can_read_it(small):
    _, folder, _ = small
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_names_stand_in_no_path_and_not_in_the_list(small):
    _, folder, _ = small
    said = "\n".join(paths_in(folder)) + (folder / "manifest.json").read_text()
    assert [name for name in ("Ada", "Cy", "Bo", "Sample") if name in said] == []


def test_a_copy_names_its_fields_as_the_form_does(small):
    _, folder, report = small
    ada, cy = report.people
    roots = {}
    for top in (ada, BOUND):
        with pikepdf.open(folder / top / "mentor-pledge-fillable.pdf") as pdf:
            fields = pdf.Root.AcroForm.Fields
            roots[top] = [str(field.T) for field in fields]
            values = {str(kid.T): str(kid.get("/V", "")) for kid in fields[0].Kids}
            assert values["mentee-name"] == "Ada Sample"
    assert roots == {
        ada: ["mentor-pledge"],
        BOUND: [f"mentor-pledge-{ada}", f"mentor-pledge-{cy}"],
    }


def test_every_file_keeps_both_standards(small):
    _, folder, report = small
    ada, _ = report.people
    names = ["letter-of-understanding-fillable", "certificate-of-completion"]
    files = [folder / top / f"{name}.pdf" for top in (ada, BOUND) for name in names]
    assert validate(files) == []


def test_copies_start_on_front_sides_and_have_no_blank_pages_of_their_own(small):
    _, folder, report = small
    ada, _ = report.people
    pages = pypdfium2.PdfDocument(folder / BOUND / "mentor-pledge.pdf")
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert [bool(text.strip()) for text in texts] == [True, False, True]
    assert len(pypdfium2.PdfDocument(folder / ada / "mentor-pledge.pdf")) == 1


def test_the_same_roster_makes_the_same_bytes(small, fonts):
    composer, folder, report = small
    before = {path: (folder / path).stat().st_mtime_ns for path in paths_in(folder)}
    again = made(composer, folder.parent.parent, fonts, variants=("print", "fillable"))
    assert list(again.people) == list(report.people)
    assert {path: (folder / path).stat().st_mtime_ns for path in paths_in(folder)} == before


def pixels(pdf):
    return [page.render(scale=1).to_pil().tobytes() for page in pypdfium2.PdfDocument(pdf)]


@pytest.fixture(scope="module")
def riverbend():
    (file,) = [path for path in SAMPLES if path.parent.name == "riverbend-esp"]
    return make_composer(resolve(file))


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("letter-of-understanding", "print"),
        ("letter-of-understanding", "fillable"),
        ("welcome-mentee", "print"),
        ("certificate-of-appreciation", "print"),
    ],
)
def test_a_copy_looks_as_if_it_were_made_alone(riverbend, typesetter, name, variant):
    from formgen.compose.mail_merge import Person, merge
    from formgen.compose.text.context import BLANK_ENTRY
    from tests.support.composed import FORMATS, sheet_of

    (document,) = [each for each in riverbend.kit.documents if each.id == name]
    entries = read_roster(riverbend).entries
    people = [
        Person(f"id{number}", {**BLANK_ENTRY, **entry.values})
        for number, entry in enumerate(entries[:3])
    ]
    alone = [
        typesetter(sheet_of(riverbend.compose(document, FORMATS[variant], person.values), variant))
        for person in people
    ]
    pages = alone[0].pages
    merging = merge(riverbend, document, FORMATS[variant], people, pages=pages)
    merged = typesetter(sheet_of(merging, variant))
    assert [copy.pages for copy in merged.copies] == [single.pages for single in alone]
    assert [pixels(copy.pdf) for copy in merged.copies] == [pixels(each.pdf) for each in alone]
    assert [text_in(copy.pdf) for copy in merged.copies] == [text_in(each.pdf) for each in alone]


# --- Where personal data stays

CANARIES = {column.name: f"Canary{number}x" for number, column in enumerate(COLUMNS)}
CANARIES |= {
    "mentee_phone": "555-0177",
    "mentor_phone": "555-0178",
    "mentee_email": "canary1@example.org",
    "mentor_email": "canary2@example.org",
    "mentor_years": "4861739",
    "matched_on": "1999-12-31",
}
# As it is printed.
CANARIES_SHOWN = {**CANARIES, "matched_on": "December 31, 1999"}


@pytest.fixture(scope="module")
def canary(tmp_path_factory, fonts):
    """Give what there is after a local with canaries in its roster was built in full."""
    folder = tmp_path_factory.mktemp("canary")
    home = folder / "local"
    shutil.copytree(SAMPLES[-1].parent, home)
    rows = [list(CANARIES), list(CANARIES.values()), ["Other Sample", "Other Example"]]
    write(home / "roster.csv", "".join(",".join(row) + "\n" for row in rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORMGEN_CACHE", str(folder / "cache"))
        patch.chdir(folder)
        args = ["people", str(home), "--jobs", "2"]
        some = ["--only", "welcome-mentee", "--variant", "fillable"]
        results = [CliRunner().invoke(program, args), CliRunner().invoke(program, [*args, *some])]
        only = ["--only", "mentor-pledge", "--only", "welcome-mentee"]
        kit = CliRunner().invoke(program, ["build", str(home), "--variant", "print", *only])
    results.append(kit)
    said = "".join(result.output for result in results)
    assert [result.exit_code for result in results] == [0, 0, 0], said
    return folder, said


def held_by(data):
    """Return which canaries a file holds, in its bytes or, of a PDF, in anything inside it."""
    inside = data
    if data.startswith(b"%PDF"):
        inside = data + everything_in(data) + text_in(data).encode()
    forms = {**{f"{name} ": text for name, text in CANARIES.items()}, **CANARIES_SHOWN}
    return {name.strip() for name, text in forms.items() if text.encode() in inside}


def test_personal_data_is_in_the_files_of_its_person_alone(canary):
    folder, said = canary
    assert held_by(said.encode()) == set()
    output = folder / "output" / "riverbend-esp"
    people = output / FOLDER
    files = [path for path in folder.rglob("*") if path.is_file()]
    holding = {path: held_by(path.read_bytes()) for path in files}
    with_any = {path for path, found in holding.items() if found}
    (row,) = {path.parent for path in with_any if people in path.parents} - {
        people / BOUND,
        people,
    }
    # Every column that a document shows is found, so that the search is known to work.
    assert set().union(*(holding[path] for path in row.iterdir())) == set(CANARIES)
    elsewhere = {path for path in with_any if path.parent not in (row, people / BOUND)}
    assert elsewhere == {folder / "local" / "roster.csv", people / "mail.csv"}


def test_personal_data_is_in_no_metadata_and_no_bookmark(canary):
    folder, _ = canary
    people = folder / "output" / "riverbend-esp" / FOLDER
    for file in people.rglob("*.pdf"):
        with pikepdf.open(file) as pdf:
            said = pdf.Root.Metadata.read_bytes() + repr(dict(pdf.docinfo)).encode()
            outlines = pdf.Root.get("/Outlines")
            said += repr(outlines).encode() if outlines is not None else b""
        assert held_by(said) == set(), file.name


# --- What can be asked for


def test_private_documents_are_never_made_for_a_person(riverbend, tmp_path, fonts):
    with pytest.raises(InputError) as problem:
        made(riverbend, tmp_path, fonts, documents=("mentor-reflection", "welcome-mente"))
    folder = riverbend.kit.stack.local.folder
    assert [line.partition("]: ")[2] for line in lines_of(problem.value.findings, folder)] == [
        (
            "mentor-reflection belongs to the pair alone, and is never made for a person. "
            "Fix: print it from the kit; no setting changes this."
        ),
        'there is no document "welcome-mente" for a person. Fix: did you mean "welcome-mentee"?',
    ]
    assert [finding.policy for finding in problem.value.findings] == [True, False]
    assert list(tmp_path.iterdir()) == []


def test_no_layer_gives_a_private_document_to_a_person(tmp_path):
    write_tiny(tmp_path / "tiny", {"documents": {"omit": []}})
    catalog = "documents:\n  mentor-reflection:\n    person: mentor\n"
    write(tmp_path / "tiny" / "content" / "documents.yaml", catalog)
    with pytest.raises(InputError) as problem:
        resolve(tmp_path / "tiny" / "local.yaml")
    (finding,) = problem.value.findings
    assert (finding.code, finding.policy) == ("private", True)


def test_rows_come_in_the_order_that_is_asked_for(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di", "Bea,Al"])
    report = made(
        composer, tmp_path, fonts, documents=("certificate-of-completion",), order="mentee_name"
    )
    assert [entry.values["mentee_name"] for entry in report.people.values()] == ["Ada", "Bea", "Cy"]
    folder = tmp_path / "tiny" / FOLDER / BOUND
    bound = text_in((folder / "certificate-of-completion.pdf").read_bytes())
    assert bound.index("Ada") < bound.index("Bea") < bound.index("Cy")


def names_in(file):
    text = text_in(file.read_bytes())
    return [name for name in ("Ada", "Cy", "Eve", "Bo", "Di", "Flo") if name in text]


@pytest.mark.parametrize(
    ("asked", "folder", "names"),
    [
        ({"rows": ("3",)}, "rows-3", ["Ada", "Di"]),
        ({"rows": ("2", "4")}, "rows-2-and-4", ["Cy", "Eve", "Bo", "Flo"]),
        ({"rows": ("3-4",)}, "rows-3-4", ["Ada", "Eve", "Di", "Flo"]),
        ({"name": "  ada "}, "rows-3", ["Ada", "Di"]),
        ({"name": "FLO"}, "rows-4", ["Eve", "Flo"]),
        ({"rows": ("2-4",)}, BOUND, ["Ada", "Cy", "Eve", "Bo", "Di", "Flo"]),
    ],
)
def test_a_run_for_some_never_touches_the_file_of_all(tmp_path, fonts, asked, folder, names):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di", "Eve,Flo"])
    only = {"documents": ("certificate-of-completion",)}
    made(composer, tmp_path, fonts, **only)
    home = tmp_path / "tiny" / FOLDER
    before = (home / BOUND / "certificate-of-completion.pdf").read_bytes()

    report = made(composer, tmp_path, fonts, **asked, **only)

    assert (home / BOUND / "certificate-of-completion.pdf").read_bytes() == before
    tops = {entry.path.partition("/")[0] for entry in report.made}
    assert tops == {folder, *report.people}
    assert names_in(home / folder / "certificate-of-completion.pdf") == names
    made(composer, tmp_path, fonts)
    assert not [path for path in home.iterdir() if path.name.startswith("rows-")]


def test_bad_rows_that_are_left_out_make_a_run_for_some(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,", "Eve,Flo"])
    report = made(composer, tmp_path, fonts, documents=("certificate-of-completion",))
    assert {entry.path.partition("/")[0] for entry in report.made} == {
        "rows-2-and-4",
        *report.people,
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"people": ("zz",)}, 'nobody has the id "zz"'),
        ({"rows": ("7-9",)}, "nobody is in rows 7-9"),
        ({"name": "Nemo"}, "nobody on the roster has that name"),
    ],
)
def test_somebody_who_is_not_there_is_told(tmp_path, fonts, asked, said):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo"])
    with pytest.raises(InputError, match=said):
        made(composer, tmp_path, fonts, **asked)
    assert not (tmp_path / "tiny" / FOLDER).exists()


def test_only_what_new_rows_lack_is_made(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    made(composer, tmp_path, fonts)
    composer = write_people(tmp_path / "tiny", ["Eve,Flo", "Cy,Bo", "Ada,Di"])
    report = made(composer, tmp_path, fonts, new=True)
    assert [entry.values["mentee_name"] for entry in report.people.values()] == ["Eve"]
    (eve,) = report.people
    assert {entry.path for entry in report.made} == {
        f"{top}/{name}.pdf" for top in (eve, "rows-2") for name in PERSONAL
    }
    again = made(composer, tmp_path, fonts, new=True)
    assert (again.made, again.people) == ([], {})
    (tmp_path / "tiny" / FOLDER / eve / "mentor-pledge.pdf").unlink()
    again = made(composer, tmp_path, fonts, new=True)
    assert {entry.path for entry in again.made} == {
        f"{eve}/mentor-pledge.pdf",
        "rows-2/mentor-pledge.pdf",
    }


# --- Who is who

IDS = "mentee_name,mentor_name,mentee_email,mentee_phone\n"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Ana Ruiz,Bo Hart,,", "Anna Ruiz,Bo Hart,,", True),
        ("Ana Ruiz,Bo Hart,,", "Ana Ruiz-Lopez,Bo Hart,,", True),
        ("Ana Ruiz,Bo Hart,,", "ana  ruiz,Bo Hartt,,", True),
        ("Ana Ruiz,Bo Hart,a@example.org,", "Ana Lopez,Bo Hart,a@example.org,", True),
        ("Ana Ruiz,Bo Hart,,555-0142", "Anna Ruis,Bo Hart,,(555) 0142", True),
        ("Ana Ruiz,Bo Hart,,", "Ana Lopez,Bo Hart,,", False),
        ("Ana Ruiz,Bo Hart,,", "Dee Smith,Bo Hart,,", False),
        ("Ana Ruiz,Bo Hart,,", "Ana Ruiz,Dee Smith,,", False),
        ("Ana Ruiz,Bo Hart,,555-0142", "Dee Smith,Bo Hart,,555-0142", False),
        ("Ana Ruiz,Bo Hart,a@example.org,", "Ann Ruiz,Bo Hart,n@example.org,", False),
        ("Ana Ruiz,Bo Hart,,", "Anna Ruiz,Bo Hartt,,", False),
    ],
)
def test_a_pair_keeps_its_id_when_a_name_is_corrected(tmp_path, fonts, before, after, same):
    folder = tmp_path / "tiny"
    only = {"documents": ("certificate-of-completion",)}
    write_tiny(folder)
    write(folder / "roster.csv", f"{IDS}Cy Hale,Bo Hart,,\n{before}\n")
    composer = make_composer(resolve(folder / "local.yaml"))
    cy, ana = made(composer, tmp_path, fonts, **only).people
    write(folder / "roster.csv", f"{IDS}{after}\nCy Hale,Bo Hart,,\n")

    listed = list_people(LocalRoster(composer, read_roster(composer)), PeopleOptions(out=tmp_path))
    assert [*listed.people][1] == cy
    assert (next(iter(listed.people)) == ana, listed.gone) == (same, [] if same else [ana])
    corrected = (
        before.casefold().split(",")[:2] != " ".join(after.casefold().split()).split(",")[:2]
    )
    assert bool(listed.earlier) == (same and corrected)

    report = made(composer, tmp_path, fonts, new=True, **only)
    of_all = [f"{BOUND}/certificate-of-completion.pdf", "mail.csv"]
    assert report.earlier == (of_all if same and corrected else [])
    assert report.gone == ([] if same else [ana])
    certificate = folder / FOLDER / next(iter(report.people)) / "certificate-of-completion.pdf"
    assert " ".join(after.split(",")[0].split()) in text_in(certificate.read_bytes())


def test_two_who_could_be_one_of_earlier_are_both_new(tmp_path, fonts):
    only = {"documents": ("certificate-of-completion",)}
    composer = write_people(tmp_path / "tiny", ["Ana Ruiz,Bo"])
    (ana,) = made(composer, tmp_path, fonts, **only).people
    composer = write_people(tmp_path / "tiny", ["Anna Ruiz,Bo", "Ann Ruiz,Bo"])
    report = made(composer, tmp_path, fonts, **only)
    assert (ana in report.people, report.gone) == (False, [ana])


def test_a_list_of_an_earlier_formgen_keeps_its_ids(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ana Ruiz,Bo"])
    only = {"documents": ("certificate-of-completion",)}
    people = list(made(composer, tmp_path, fonts, **only).people)
    file = tmp_path / "tiny" / FOLDER / "manifest.json"
    facts = json.loads(file.read_text())
    for later in ("people", "earlier"):
        del facts[later]
    file.write_text(json.dumps(facts))
    assert list(made(composer, tmp_path, fonts, **only).people) == people


def test_whoever_left_the_roster_is_told_by_every_run_and_deleted_when_asked(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    _, ada = made(composer, tmp_path, fonts).people
    write(tmp_path / "tiny" / "roster.csv", f"{HEAD}Cy,Bo\n")
    roster = LocalRoster(composer, read_roster(composer))
    options = PeopleOptions(out=tmp_path)
    assert list_people(roster, options).gone == [ada]
    assert made(composer, tmp_path, fonts).gone == [ada]
    assert made(composer, tmp_path, fonts, new=True).gone == [ada]
    assert (tmp_path / "tiny" / FOLDER / ada / "mentor-pledge.pdf").exists()
    assert [p for p in (tmp_path / "tiny" / FOLDER / BOUND).iterdir() if "Ada" in names_in(p)] == []

    gone = forget_gone(roster, tmp_path)

    assert (gone.people, len(gone.files)) == ((ada,), 3)
    assert not (tmp_path / "tiny" / FOLDER / ada).exists()
    assert forget_gone(roster, tmp_path).people == ()
    bad = dataclasses.replace(
        roster, roster=dataclasses.replace(roster.roster, findings=(FINDING,))
    )
    with pytest.raises(InputError):
        forget_gone(bad, tmp_path)


@pytest.mark.parametrize(
    ("whom", "name", "left"),
    [("2", "", ["Ada"]), ("2-3", "", []), ("", "di", ["Cy"]), ("", "old", ["Cy", "Ada"])],
)
def test_an_entry_is_forgotten_by_row_or_by_name(tmp_path, fonts, whom, name, left):
    only = {"documents": ("certificate-of-completion",)}
    composer = write_people(tmp_path / "tiny", ["Old,Ng", "Cy,Bo", "Ada,Di"])
    made(composer, tmp_path, fonts, **only)
    # Nor is a row mistaken for a folder that is called by rows.
    made(composer, tmp_path, fonts, rows=("2",), **only)
    write(tmp_path / "tiny" / "roster.csv", f"{HEAD}Cy,Bo\nAda,Di\n")
    options = PeopleOptions(name=name, out=tmp_path)
    forget_named(composer, whom, options, None)
    folder = tmp_path / "tiny" / FOLDER
    there = [name for path in sorted(folder.glob("*/*.pdf")) for name in names_in(path)]
    assert sorted(set(there) & {"Ada", "Cy"}) == sorted(left)
    with pytest.raises(InputError, match=r"nothing was made|nobody"):
        forget_named(composer, whom, options, None)


# --- What a mail-merge program needs


def mail_in(file):
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


MAILED = "mentee_name,mentor_name,mentee_email,mentor_email\n"
LETTERS = [
    "Ana Ruiz,Bo Hart,ana@example.org,bo@example.org",
    "Cy Núñez,Bo Hart,,bo@example.org",
    "Eve Lo,Flo Day,,",
]


def write_mailed(folder):
    write_tiny(folder, {"documents": {"omit": [n for n in EVERY if n not in MAIL_KEPT]}})
    write(folder / "roster.csv", MAILED + "\n".join(LETTERS))
    return make_composer(resolve(folder / "local.yaml"))


MAIL_KEPT = ("mentor-pledge", "certificate-of-appreciation", "match-record", "attendance-record")


@pytest.mark.parametrize("archives", [False, True])
def test_each_person_is_listed_with_their_own_files(tmp_path, fonts, archives):
    composer = write_mailed(tmp_path / "tiny")
    report = made(composer, tmp_path, fonts, zip=archives, names=True)
    home = tmp_path / "tiny" / FOLDER
    rows = mail_in(home / "mail.csv")
    assert [(row["name"], row["address"]) for row in rows] == [
        ("Ana Ruiz", "ana@example.org"),
        ("Cy Núñez", ""),
        ("Eve Lo", ""),
        ("Bo Hart", "bo@example.org"),
        ("Flo Day", ""),
    ]
    assert {row["subject"] for row in rows} == {"ESP Mentoring Program: papers for you"}
    files = {row["name"]: [Path(path) for path in row["files"].split(";")] for row in rows}
    assert [path for paths in files.values() for path in paths if not path.is_file()] == []
    assert (report.mail, report.unaddressed) == ("mail.csv", 3)
    names = {
        who: sorted(zipfile.ZipFile(paths[0]).namelist() if archives else [p.name for p in paths])
        for who, paths in files.items()
    }
    again = "-2" if archives else ""
    assert names["Ana Ruiz"] == ["attendance-record.pdf"]
    assert names["Bo Hart"] == sorted(
        [
            *("attendance-record.pdf", f"attendance-record{again}.pdf"),
            *("certificate-of-appreciation.pdf", "mentor-pledge.pdf", f"mentor-pledge{again}.pdf"),
        ]
    )
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()} == {0o600}
    assert "Ana" not in (home / "manifest.json").read_text()

    ana = next(iter(report.people))
    forget_those(tmp_path / "tiny", {ana})
    assert not (home / "mail.csv").exists()
    left = [path for path in home.rglob("*.zip") for name in ("Ana",) if name in path.parent.name]
    assert left == []


def test_the_list_of_a_run_for_some_lies_with_its_files(tmp_path, fonts):
    composer = write_mailed(tmp_path / "tiny")
    only = {"documents": ("mentor-pledge",)}
    made(composer, tmp_path, fonts, zip=True, **only)
    home = tmp_path / "tiny" / FOLDER
    before = (home / "mail.csv").read_bytes()
    report = made(composer, tmp_path, fonts, rows=("4",), **only)
    assert report.mail == "rows-4/mail.csv"
    assert [row["name"] for row in mail_in(home / "rows-4" / "mail.csv")] == ["Flo Day"]
    assert (home / "mail.csv").read_bytes() == before
    # The archive of before would hold the file of before.
    assert sorted(path.name for path in home.rglob("*.zip")) == ["mentor.zip"]
    made(composer, tmp_path, fonts)
    assert sorted(p.name for p in home.iterdir() if p.name.startswith("rows-")) == []
    assert list(home.rglob("*.zip")) == []


# --- One person in several rows

MANY = "mentee_name,mentor_name,mentor_email,mentee_school,mentor_school\n"


def write_shared(folder, rows):
    """Write a local with certificates and thank-you letters for mentors, and a roster."""
    kept = ("certificate-of-appreciation", "mentor-thank-you", "certificate-of-completion")
    omit = [name for name in EVERY if name not in kept]
    write_tiny(folder, {"documents": {"omit": omit}})
    write(folder / "roster.csv", MANY + "".join(f"{row}\n" for row in rows))
    return make_composer(resolve(folder / "local.yaml"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Ada,Bo,,,", "Cy,bo ,,,"], {"certificate-of-appreciation": [["Ada", "Cy", "Bo"]]}),
        (
            ["Ada,Bo,b@example.org,,", "Eve,Flo,,,", "Cy,Bo,,,"],
            {"certificate-of-appreciation": [["Ada", "Cy", "Bo"], ["Eve", "Flo"]]},
        ),
        (
            ["Ada,Bo,b@example.org,,", "Cy,Bo,o@example.org,,"],
            {"certificate-of-appreciation": [["Ada", "Bo"], ["Cy", "Bo"]]},
        ),
        (["Ada,Bo,,,", "Ada,Di,,,"], {"certificate-of-completion": [["Ada", "Bo", "Di"]]}),
    ],
)
def test_one_person_in_two_rows_gets_one_copy_with_both_partners(tmp_path, fonts, rows, expected):
    composer = write_shared(tmp_path / "tiny", rows)
    made(composer, tmp_path, fonts)
    folder = tmp_path / "tiny" / FOLDER
    for document, copies in expected.items():
        files = [*folder.glob(f"*/{document}.pdf")]
        own = [names_in(file) for file in files if file.parent.name != BOUND]
        assert sorted(own) == sorted(copies)
    thanks = [*folder.glob("*/mentor-thank-you.pdf")]
    mentors = {row.split(",")[1].strip().casefold() for row in rows}
    assert len(thanks) == len(mentors) + 1 or len(thanks) == len(rows) + 1


def test_a_copy_for_two_rows_follows_them(tmp_path, fonts):
    only = {"documents": ("certificate-of-appreciation",)}
    composer = write_shared(tmp_path / "tiny", ["Ada,Bo,,,"])
    (ada,) = made(composer, tmp_path, fonts, **only).people
    folder = tmp_path / "tiny" / FOLDER
    composer = write_shared(tmp_path / "tiny", ["Cy,Bo,,,", "Ada,Bo,,,", "Eve,Flo,,,"])
    # Bo's certificate is to name Cy now, and lies with the first of the two rows.
    report = made(composer, tmp_path, fonts, new=True, **only)
    cy, _, eve = report.people
    there = sorted(path.parent.name for path in folder.glob("*/*.pdf"))
    assert there == sorted([cy, eve, BOUND])
    assert names_in(folder / cy / "certificate-of-appreciation.pdf") == ["Ada", "Cy", "Bo"]
    report = made(composer, tmp_path, fonts, rows=("3",), **only)
    assert {entry.path.partition("/")[0] for entry in report.made} == {cy, "rows-3"}
    gone = forget_those(tmp_path / "tiny", {ada})
    assert gone.others == (cy,)
    assert sorted(path.parent.name for path in folder.glob("*/*.pdf")) == [eve]


def documents_in(folder):
    files = json.loads((folder / "manifest.json").read_text())["files"]
    return [entry for entry in files if entry["document"]]


def test_folders_are_called_by_names_only_where_that_was_asked_for(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada O’Sample,Zoë Example"])
    only = {"documents": ("certificate-of-completion",)}
    (ada,) = made(composer, tmp_path, fonts, **only).people
    folder = tmp_path / "tiny" / FOLDER
    listed = documents_in(folder)
    made(composer, tmp_path, fonts, names=True, **only)
    named = f"Ada-O-Sample-Zoë-Example-{ada}"
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [named, BOUND]
    assert documents_in(folder) == listed
    made(composer, tmp_path, fonts, **only)
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == sorted([ada, BOUND])


def test_to_forget_somebody_deletes_every_file_with_their_pages(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo", "Cy,Di"])
    only = {"documents": ("certificate-of-completion", "mentor-pledge")}
    ada, cy = made(composer, tmp_path, fonts, names=True, **only).people
    gone = forget(read_register(tmp_path / "tiny"), {ada})
    assert (len(gone.files), gone.left) == (5, 0)
    folder = tmp_path / "tiny" / FOLDER
    left = [path for path in paths_in(folder) if path != "manifest.json"]
    assert left == [f"Cy-Di-{cy}/certificate-of-completion.pdf", f"Cy-Di-{cy}/mentor-pledge.pdf"]
    listed = json.loads((folder / "manifest.json").read_text())["files"]
    assert {entry["path"].partition("/")[0] for entry in listed} == {cy}
    assert ada not in (folder / "manifest.json").read_text()


def cut_off(composer, out, fonts, monkeypatch, step, **asked):
    """Start a run that is killed before its part files get their names, at one of its steps."""
    replace, done = Path.replace, []

    def killed(path, target):
        if FOLDER in path.parts:
            done.append(path)
        if len(done) == step:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        # Nobody tidies up in a process that is gone.
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        patch.setattr(Path, "rmdir", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            made(composer, out, fonts, **asked)
    assert list((out / "tiny" / FOLDER).rglob(".formgen-*.part"))


@pytest.mark.parametrize("step", [1, 2, 3, 5])
@pytest.mark.parametrize("before", [True, False])
def test_nothing_of_a_run_that_was_cut_off_outlives_a_person(
    tmp_path, fonts, monkeypatch, step, before
):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo", "Cy,Di"])
    only = {"documents": ("certificate-of-completion",), "names": True}
    if before:
        made(composer, tmp_path, fonts, **only)
    dated = {**only, "date": "2026-10-05"} if before else only
    write_certificate = "who completed {{ program.name }} on {{ entry.date }}"
    write(
        tmp_path / "tiny" / "content" / "en" / "letters" / "certificate-of-completion.md",
        f"---\ntitle: T\npresented: To\nsigners: [mentor]\n---\n{write_certificate}.\n",
    )
    composer = make_composer(resolve(tmp_path / "tiny" / "local.yaml"))
    cut_off(composer, tmp_path, fonts, monkeypatch, step, **dated)

    folder = tmp_path / "tiny" / FOLDER
    ada = next(path.name.rpartition("-")[2] for path in folder.glob("Ada-Bo-*"))
    forget_those(tmp_path / "tiny", {ada})

    left = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert [path for path in left if "Ada" in path or ada in path or path.endswith(".part")] == []
    assert [path for path in left if path.startswith(BOUND)] == []


def test_every_command_sweeps_what_a_run_left_that_was_cut_off(tmp_path, fonts, monkeypatch):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo", "Cy,Di"])
    roster = LocalRoster(composer, read_roster(composer))
    only = {"documents": ("certificate-of-completion",)}
    commands = {
        "people": lambda: made(composer, tmp_path, fonts, **only),
        "--check": lambda: list_people(roster, PeopleOptions(out=tmp_path)),
        "sweep": lambda: sweep_people(tmp_path / "tiny"),
    }
    for command, run in commands.items():
        shutil.rmtree(tmp_path / "tiny" / FOLDER, ignore_errors=True)
        cut_off(composer, tmp_path, fonts, monkeypatch, 2, **only)
        run()
        left = list((tmp_path / "tiny" / FOLDER).rglob(".formgen-*.part"))
        assert (command, left) == (command, [])


def test_a_build_leaves_alone_what_is_being_made_for_people(tmp_path):
    part = write(tmp_path / PEOPLE / "all" / ".formgen-abcdefgh.part", "somebody is at work here")
    own = write(tmp_path / "print" / ".formgen-abcdefgh.part", "left by a build")
    assert sweep_parts(tmp_path) == [own]
    assert part.exists()


def test_what_somebody_else_put_into_the_folder_is_told(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo"])
    (ada,) = made(composer, tmp_path, fonts, documents=("certificate-of-completion",)).people
    scan = write(tmp_path / "tiny" / FOLDER / ada / "signed.txt", "a scan")
    gone = forget_those(tmp_path / "tiny", {ada})
    assert (len(gone.files), gone.left, scan.exists()) == (3, 1, True)


def test_files_of_the_other_variant_stay_until_somebody_leaves(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    _cy, ada = made(composer, tmp_path, fonts).people
    printed = [path for path in paths_in(tmp_path / "tiny" / FOLDER) if path.endswith(".pdf")]
    report = made(composer, tmp_path, fonts, variants=("fillable",))
    assert report.removed == []
    assert set(printed) <= set(paths_in(tmp_path / "tiny" / FOLDER))

    composer = write_people(tmp_path / "tiny", ["Cy,Bo"])
    report = made(composer, tmp_path, fonts, variants=("fillable",))
    assert {path.partition("/")[0] for path in report.removed} == {BOUND}
    left = paths_in(tmp_path / "tiny" / FOLDER)
    assert [path for path in printed if not path.startswith(BOUND) and path not in left] == []
    assert report.gone == [ada]


def test_ids_tell_nothing_and_differ_from_output_to_output(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo"])
    only = {"documents": ("certificate-of-completion",)}
    first = made(composer, tmp_path / "a", fonts, **only)
    again = made(composer, tmp_path / "a", fonts, **only)
    other = made(composer, tmp_path / "b", fonts, **only)
    assert list(first.people) == list(again.people) != list(other.people)


def test_what_is_wrong_with_one_copy_costs_that_copy_alone(tmp_path, fonts):
    long = "A" * 200
    rows = ["Ada,Bo", f"{long},Bo", "Cy,Bo"]
    composer = write_people(tmp_path / "tiny", rows)
    report = made(composer, tmp_path, fonts, documents=("mentor-pledge",), variants=("fillable",))
    (finding,) = report.findings
    assert (finding.code, finding.place.line) == ("too-long", 3)
    assert long not in finding.message
    folder = tmp_path / "tiny" / FOLDER
    ada, _, cy = report.people
    file = "mentor-pledge-fillable.pdf"
    assert [path for path in paths_in(folder) if path.endswith(".pdf")] == sorted(
        [f"{ada}/{file}", f"{cy}/{file}", f"rows-2-and-4/{file}"]
    )


@pytest.mark.slow
def test_a_roster_of_a_thousand_rows(tmp_path, fonts):
    rows = [f"Mentee {number:04} Sample,Mentor {number % 97} Example" for number in range(1000)]
    # A bare page: what is tested is a thousand, and not how long the real one takes.
    page = "<html lang=en><title>Certificate</title><body><p>{}</p></body></html>"
    template = page.format("{{ letter.name }}")
    write(tmp_path / "tiny" / "templates" / "certificate.html.j2", template)
    composer = write_people(tmp_path / "tiny", rows)
    pool = worker_pool(2, fonts, deadline=600)
    options = PeopleOptions(("certificate-of-completion",), out=tmp_path)
    report = make_for_people(composer, read_roster(composer), pool, options)
    assert report.findings == []
    folder = tmp_path / "tiny" / FOLDER
    files = paths_in(folder)
    assert len(files) == 1000 + 3
    ids = list(report.people)
    for number in (0, COPIES_AT_ONCE - 1, COPIES_AT_ONCE, 999):
        text = text_in((folder / ids[number] / "certificate-of-completion.pdf").read_bytes())
        assert f"Mentee {number:04} Sample" in text
    bound = pikepdf.open(folder / BOUND / "certificate-of-completion.pdf")
    # One sheet each, with its back blank.
    assert len(bound.pages) == 2000
    assert (folder / BOUND / "certificate-of-completion.pdf").stat().st_size < 8_000_000


def test_nothing_of_a_person_stays_in_a_worker(tmp_path, fonts, monkeypatch):
    # The worker is to find the work below.
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    name = "Zebulonia Quillfeather"
    composer = write_people(tmp_path / "tiny", [f"{name},Bo Example"])
    kit = composer.kit
    stack, _ = LayerReader().read(kit.stack, kit.tree)
    people = (Person("abc", {**BLANK_ENTRY, "mentee_name": name, "mentor_name": "Bo Example"}),)
    facts = CopiesFacts("letter-of-understanding", FORMATS["print"], people, 2, backs=False)
    work = Work(make_copies, facts, carried={KIT: pack_kit(dataclasses.replace(kit, stack=stack))})
    page, probe = Work(typeset_page, PageFacts(0, (), 1.0)), Work(kept_words, name)

    with worker_pool(1, fonts) as workers:
        # What is for nobody in particular is kept for the next page.
        blank = workers.submit(
            page, {"page": b'<html lang="en"><title>t</title><p>Some words.</p></html>'}
        ).result()
        before = workers.submit(probe, {}).result().facts
        made = workers.submit(work, {}, personal=True).result()
        kept = workers.submit(probe, {}).result().facts

    assert name in " ".join(text_in(made.files["all"]).split())
    assert blank.files
    assert before["lines"] > 0
    assert kept == {"words": 0, "lines": 0, "texts": 0}


def test_a_document_goes_by_its_code_too(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo"])
    code = next(e.entry.code for e in composer.kit.documents if e.id == "mentor-pledge")

    report = made(composer, tmp_path, fonts, documents=(code.lower(),))

    assert {entry.document for entry in report.made} == {"mentor-pledge"}


def test_what_cannot_be_written_is_told_and_costs_its_document_alone(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo"])
    in_the_way = made(composer, tmp_path / "x", fonts).folder / BOUND / "mentor-pledge.pdf"
    in_the_way.unlink()
    in_the_way.mkdir()

    report = made(composer, tmp_path / "x", fonts)

    (finding,) = report.findings
    assert finding.place.file == in_the_way
    assert "cannot be used" in finding.message
    assert {entry.document for entry in report.made} >= {"certificate-of-completion"}


def test_who_stands_in_a_hidden_row_is_not_gone(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    only = {"documents": ("certificate-of-completion",)}
    made(composer, tmp_path, fonts, **only)
    (tmp_path / "tiny" / "roster.csv").unlink()
    book = Workbook()
    for row in (["Mentee", "Mentor"], ["Cy", "Bo"], ["Ada", "Di"], ["Cy", "Bo"]):
        book.worksheets[0].append(row)
    for number in (3, 4):
        book.worksheets[0].row_dimensions[number].hidden = True
    book.save(tmp_path / "tiny" / "roster.xlsx")
    report = made(composer, tmp_path, fonts, **only)
    assert [entry.row for entry in report.people.values()] == [2]
    assert report.gone == []


def test_a_logo_that_cannot_be_drawn_is_told_once_and_changes_nothing(tmp_path, fonts):
    folder = tmp_path / "tiny"
    before = made(write_people(folder, ["Ada,Bo"]), tmp_path, fonts)
    there = paths_in(before.folder)
    (folder / "logo.svg").write_bytes(svg('<rect transform="rotate(a)"/>'))
    composer = write_people(folder, ["Ada,Bo"], {"brand": {"logo": "logo.svg"}})

    with pytest.raises(InputError) as problem:
        made(composer, tmp_path, fonts)

    assert [(each.code, each.place.file) for each in problem.value.findings] == [
        ("image-unreadable", folder / "local.yaml")
    ]
    assert paths_in(before.folder) == there
