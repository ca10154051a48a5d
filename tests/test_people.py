"""people.py, register.py: documents for the people of a roster, and where personal data stays."""

import dataclasses
import json
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.compose.mail_merge import Person
from formgen.compose.pages import make_composer
from formgen.compose.text.context import BLANK_ENTRY
from formgen.findings import InputError
from formgen.graph.task import Work
from formgen.kit import resolve
from formgen.model.roster import COLUMNS
from formgen.outputs.making.inputs import LayerReader, pack_kit
from formgen.outputs.making.pages import KIT
from formgen.outputs.making.typesetting import PageFacts, typeset_page
from formgen.people.copies import COPIES_AT_ONCE, CopiesFacts, make_copies
from formgen.people.options import PeopleOptions
from formgen.people.people import make_for_people
from formgen.people.people_manifest import BOUND, FOLDER, forget, read_register
from formgen.people.roster import read_roster
from formgen.workers.pool import this_process, worker_pool
from tests.support.composed import FORMATS
from tests.support.locals import SAMPLES, lines_of, write
from tests.support.pdf import everything_in, text_in
from tests.support.pictures import svg
from tests.support.probe import kept_words
from tests.support.tiny import write_tiny
from tests.support.verapdf import validate

PERSONAL = ["letter-of-understanding", "mentor-pledge", "certificate-of-completion"]
HEAD = "mentee_name,mentor_name\n"


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
        ["manifest.json", *(f"{top}/{file}" for top in [BOUND, *report.people] for file in files)]
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
        typesetter(sheet_of(riverbend.compose(document, FORMATS[variant], person.values)))
        for person in people
    ]
    pages = alone[0].pages
    merged = typesetter(sheet_of(merge(riverbend, document, FORMATS[variant], people, pages=pages)))
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
    (row,) = {path.parent for path in with_any if people in path.parents} - {people / BOUND}
    # Every column that a document shows is found, so that the search is known to work.
    assert set().union(*(holding[path] for path in row.iterdir())) == set(CANARIES)
    elsewhere = {path for path in with_any if path.parent not in (row, people / BOUND)}
    assert elsewhere == {folder / "local" / "roster.csv"}


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


def test_one_entry_can_be_made_alone_and_the_others_stay(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    only = {"documents": ("certificate-of-completion",)}
    first = made(composer, tmp_path, fonts, **only)
    cy, _ = first.people
    before = paths_in(tmp_path / "tiny" / FOLDER)
    again = made(composer, tmp_path, fonts, people=(cy,), date="2026-10-05", **only)
    assert list(again.people) == [cy]
    assert paths_in(tmp_path / "tiny" / FOLDER) == before
    with pytest.raises(InputError, match='nobody has the id "zz"'):
        made(composer, tmp_path, fonts, people=("zz",))


def test_who_left_the_roster_leaves_the_output_with_the_next_full_run(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"], {"documents": {"omit": []}})
    keep = [name.entry.content for name in composer.kit.documents if name.entry.person]
    assert len(keep) == 12
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    _, ada = made(composer, tmp_path, fonts).people
    own = write(tmp_path / "tiny" / FOLDER / ada / "notes.txt", "not formgen's")
    composer = write_people(tmp_path / "tiny", ["Cy,Bo"])
    report = made(composer, tmp_path, fonts)
    assert sorted(report.removed) == sorted(f"{ada}/{name}.pdf" for name in PERSONAL)
    assert own.read_text() == "not formgen's"


def test_folders_are_called_by_names_only_where_that_was_asked_for(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada O’Sample,Zoë Example"])
    only = {"documents": ("certificate-of-completion",)}
    (ada,) = made(composer, tmp_path, fonts, **only).people
    folder = tmp_path / "tiny" / FOLDER
    listed = (folder / "manifest.json").read_text()
    made(composer, tmp_path, fonts, names=True, **only)
    named = f"Ada-O-Sample-Zoë-Example-{ada}"
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [named, BOUND]
    assert (folder / "manifest.json").read_text() == listed
    made(composer, tmp_path, fonts, **only)
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == sorted([ada, BOUND])


def test_to_forget_somebody_deletes_every_file_with_their_pages(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Ada,Bo", "Cy,Di"])
    only = {"documents": ("certificate-of-completion", "mentor-pledge")}
    ada, cy = made(composer, tmp_path, fonts, names=True, **only).people
    gone = forget(read_register(tmp_path / "tiny"), ada)
    assert len(gone) == 4
    folder = tmp_path / "tiny" / FOLDER
    left = [path for path in paths_in(folder) if path != "manifest.json"]
    assert left == [f"Cy-Di-{cy}/certificate-of-completion.pdf", f"Cy-Di-{cy}/mentor-pledge.pdf"]
    listed = json.loads((folder / "manifest.json").read_text())["files"]
    assert {entry["path"].partition("/")[0] for entry in listed} == {cy}
    assert ada not in (folder / "manifest.json").read_text()


def test_files_of_the_other_variant_stay_until_somebody_leaves(tmp_path, fonts):
    composer = write_people(tmp_path / "tiny", ["Cy,Bo", "Ada,Di"])
    cy, ada = made(composer, tmp_path, fonts).people
    printed = [path for path in paths_in(tmp_path / "tiny" / FOLDER) if path.endswith(".pdf")]
    report = made(composer, tmp_path, fonts, variants=("fillable",))
    assert report.removed == []
    assert set(printed) <= set(paths_in(tmp_path / "tiny" / FOLDER))

    composer = write_people(tmp_path / "tiny", ["Cy,Bo"])
    report = made(composer, tmp_path, fonts, variants=("fillable",))
    assert {path.partition("/")[0] for path in report.removed} == {ada, BOUND}
    left = paths_in(tmp_path / "tiny" / FOLDER)
    assert [path for path in printed if path.startswith(cy) and path not in left] == []


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
        [f"{ada}/{file}", f"{cy}/{file}", f"{BOUND}/{file}"]
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
    assert len(files) == 1000 + 2
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
