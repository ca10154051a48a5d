"""roster.py of model and pipeline: what a roster's columns and rows may hold."""

import pytest

from formgen.compose.pages import make_composer
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.model.forms.field_types.date import DATE
from formgen.model.forms.field_types.text import TEXT
from formgen.model.rosters.columns import COLUMNS, column_key, letters_of
from formgen.people.empty_roster import template, write_template
from formgen.people.roster import (
    asked_columns,
    explained_columns,
    explained_head,
    explained_sheets,
    read_roster,
)
from formgen.sources.tables.table import read_table
from tests.support.locals import SAMPLES, lines_of, write, write_local

HEAD = "mentee_name,mentor_name,mentor_email,mentor_phone,matched_on\n"


@pytest.fixture(scope="module")
def composer(tmp_path_factory):
    field = {"name": "shirt", "type": "text", "label": "Shirt", "roster": "shirt_size"}
    changes = {"forms": {"match-record": {"add": [field]}}}
    return make_composer(resolve(write_local(tmp_path_factory.mktemp("local"), changes)))


def found(composer, tmp_path, text):
    file = tmp_path / "roster.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    roster = read_roster(composer, file)
    return roster.entries, lines_of(roster.findings, tmp_path)


def test_a_row_is_read_and_tidied(composer, tmp_path):
    head = "Mentee name, MENTOR-NAME ,Mentor e-mail,matched on,shirt size"
    text = f"{head}\nAda ,  Zoë,z@example.org,10/2/2026,XL\n"
    (entry,), findings = found(composer, tmp_path, text)
    assert findings == []
    assert entry.row == 2
    assert entry.values == {
        "mentee_name": "Ada",
        "mentor_name": "Zoë",
        "mentor_email": "z@example.org",
        "matched_on": "2026-10-02",
        "shirt_size": "XL",
    }


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (",Bo,,,", "2:1: error[empty]: row 2, column A (mentee_name): is empty. Fix: fill it in."),
        (
            "Ada,Bo,bo.example.org,,",
            (
                "2:8: error[bad-email]: row 2, column C (mentor_email): is no e-mail address. "
                "Fix: write it like name@example.org, or leave the cell empty."
            ),
        ),
        (
            "Ada,Bo,,call me,",
            (
                "2:9: error[bad-phone]: row 2, column D (mentor_phone): is no telephone number. "
                "Fix: write digits, like 555-0142 or x4411, or leave the cell empty."
            ),
        ),
        (
            "Ada,Bo,,,2026-02-30",
            (
                "2:10: error[bad-date]: row 2, column E (matched_on): is no date. "
                "Fix: write it like 2026-10-05, or leave the cell empty."
            ),
        ),
        (
            "Ada,Bo,,,10/2/26",
            (
                "2:10: error[bad-date]: row 2, column E (matched_on): is no date. "
                "Fix: write it like 2026-10-05, or leave the cell empty."
            ),
        ),
        (
            "Ada 学,Bo,,,",
            (
                '2:1: error[no-glyph]: row 2, column A (mentee_name): no font has "学" (U+5B66). '
                "Fix: use other letters for it."
            ),
        ),
        (
            "Ada\u202e,Bo,,,",
            (
                "2:1: error[control-char]: row 2, column A (mentee_name): U+202E hides or reverses "
                "text. Fix: retype the value."
            ),
        ),
        (
            f"{'A' * 201},Bo,,,",
            (
                "2:1: error[too-long]: row 2, column A (mentee_name): "
                "is longer than 200 characters. "
                "Fix: shorten it."
            ),
        ),
        (
            'Ada,Bo,,"555-0142\n555-0143",',
            (
                "2:9: error[two-lines]: row 2, column D (mentor_phone): takes two lines. "
                "Fix: write it on one."
            ),
        ),
        (
            "Ada,Bo,,,,x",
            (
                "2:1: error[csv-columns]: 6 values, 5 headers. "
                "Fix: put values that hold the separator between quotation marks."
            ),
        ),
    ],
)
def test_what_is_wrong_in_a_row_has_its_row_and_column(composer, tmp_path, row, finding):
    entries, findings = found(composer, tmp_path, f"{HEAD}{row}\nCy,Di,,,\n")
    assert findings == [f"roster.csv:{finding}"]
    assert [entry.values["mentee_name"] for entry in entries] == ["Cy"]


def test_all_findings_come_at_once(composer, tmp_path):
    _, findings = found(composer, tmp_path, f"{HEAD},,x,y,z\nAda,Bo,x,,\n")
    assert [line.partition(": error[")[2].partition("]")[0] for line in findings] == [
        "empty",
        "empty",
        "bad-email",
        "bad-phone",
        "bad-date",
        "bad-email",
    ]


@pytest.mark.parametrize(
    "phone",
    [
        *("555-0142", "+1 (555) 0142", "555.0142 ext. 12", "5550142x3", "x4411", "Ext. 4411"),
        *("555-0142 cell", "c: 555-0142", "tel: 555-0142", "555-0134 #22", "555-0142 (home)"),
    ],
)
def test_telephone_numbers_as_people_write_them(composer, tmp_path, phone):
    (entry,), findings = found(composer, tmp_path, f"{HEAD}Ada,Bo,,{phone},\n")
    assert (entry.values["mentor_phone"], findings) == (phone, [])


@pytest.mark.parametrize(
    "phone", ["4411-01-01", "12", "1200 Mill Street", "5.55555E+09", "a@b.org"]
)
def test_what_is_no_telephone_number_is_not_printed_as_one(composer, tmp_path, phone):
    entries, (finding,) = found(composer, tmp_path, f"{HEAD}Ada,Bo,,{phone},\n")
    assert (entries, "error[bad-phone]" in finding) == ((), True)


def test_the_same_pair_twice_is_told_however_it_is_written(composer, tmp_path):
    rows = "Ada  Lu,Bo,,,\nada lu,BO,,,\nAdo Lu,Cy,,,\n"
    entries, findings = found(composer, tmp_path, f"{HEAD}{rows}")
    message = "row 3: the same pair as in row 2. Fix: delete one of them."
    assert findings == [f"roster.csv:3:1: error[repeated-row]: {message}"]
    assert [entry.row for entry in entries] == [2, 4]


@pytest.mark.parametrize(
    ("head", "finding"),
    [
        (
            "mentee_name,mentor_name,mentee_name",
            (
                '1:25: error[csv-header]: column "mentee_name" appears twice. '
                "Fix: rename or delete one."
            ),
        ),
        (
            "mentee_name,mentor_name,mentor_emial",
            (
                '1:25: error[csv-header]: column C ("mentor_emial") has a name '
                "that no document asks for. "
                'Fix: did you mean "mentor_email"?'
            ),
        ),
        (
            "mentee_name,,mentor_name",
            "1:13: error[csv-header]: column B has no name. Fix: name it in the first row.",
        ),
        (
            "mentee_name",
            (
                '1:1: error[csv-header]: there is no column "mentor_name". '
                "Fix: add it to the first row."
            ),
        ),
    ],
)
def test_a_header_that_is_wrong_stops_the_reading(composer, tmp_path, head, finding):
    entries, findings = found(composer, tmp_path, f"{head}\nAda,Bo,Cy\n")
    assert findings == [f"roster.csv:{finding}"]
    assert entries == ()


def test_findings_never_repeat_what_stands_in_a_cell(composer, tmp_path):
    canary = "Canary"
    rows = [f"{canary},{canary},{canary},{canary},{canary}"] * 2
    for text in (
        f"{HEAD}{rows[0]}\n{rows[1]}\n",
        rows[0],
        f'{HEAD}{canary},"{canary}',
        HEAD + canary,
    ):
        try:
            _, findings = found(composer, tmp_path, text)
        except InputError as problem:
            findings = lines_of(problem.findings, tmp_path)
        assert findings
        assert canary not in " ".join(findings)


def test_letters_of_an_old_encoding_are_read_with_a_warning(composer, tmp_path):
    (entry,), findings = found(composer, tmp_path, f"{HEAD}Zoë,Bo,,,\n".encode("cp1252"))
    assert entry.values["mentee_name"] == "Zoë"
    assert [line.partition("]")[0] for line in findings] == ["roster.csv: warning[csv-encoding"]


def test_a_local_has_one_roster(composer, tmp_path):
    folder = composer.kit.stack.local.folder
    with pytest.raises(InputError, match=r"there is no roster\.csv, roster\.xlsx or roster\.ods"):
        read_roster(composer)
    write(folder / "roster.csv", HEAD)
    (folder / "roster.xlsx").write_bytes(b"")
    with pytest.raises(InputError, match=r"there are roster\.csv and roster\.xlsx") as problem:
        read_roster(composer)
    assert [finding.code for finding in problem.value.findings] == ["two-rosters"]
    (folder / "roster.xlsx").unlink()
    assert read_roster(composer).entries == ()
    (folder / "roster.csv").unlink()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("roster (1).xlsx", 'rename "roster (1).xlsx", or name it with --roster'),
        ("Mentor Roster 2026.xls", 'rename "Mentor Roster 2026.xls"'),
        ("pairs.csv", 'rename "pairs.csv"'),
        ("notes.md", "`formgen people LOCAL --template` writes one"),
    ],
)
def test_a_roster_by_another_name_is_found(composer, name, said):
    file = write(composer.kit.stack.local.folder / name, "x")
    with pytest.raises(InputError) as problem:
        read_roster(composer)
    file.unlink()
    (finding,) = problem.value.findings
    assert (finding.code, finding.fix.startswith(said)) == ("no-roster", True)


def test_forms_of_the_local_can_ask_for_columns(composer):
    assert asked_columns(composer) == {"shirt_size": TEXT}


def test_a_column_is_of_the_kind_of_the_field_that_it_fills_in(tmp_path):
    add = [
        {"name": "since", "type": "text", "label": "Since", "roster": "started"},
        {"name": "started", "type": "date", "label": "Started", "roster": "started"},
        {"name": "again", "type": "text", "label": "Again", "roster": "started"},
    ]
    composer = make_composer(
        resolve(write_local(tmp_path, {"forms": {"match-record": {"add": add}}}))
    )
    head = "mentee_name,mentor_name,started\n"

    (entry,), findings = found(composer, tmp_path, f"{head}Zoë,Bo,10/5/2026\n")
    _, wrong = found(composer, tmp_path, f"{head}Zoë,Bo,soon\n")

    assert asked_columns(composer) == {"started": DATE}
    assert (entry.values["started"], findings) == ("2026-10-05", [])
    assert wrong == [
        (
            "roster.csv:2:8: error[bad-date]: row 2, column C (started): is no date. "
            "Fix: write it like 2026-10-05, or leave the cell empty."
        )
    ]


def test_every_column_is_explained(composer):
    explained = list(explained_columns(composer))
    assert [name for name, _, _ in explained] == [column.name for column in COLUMNS] + [
        "shirt_size"
    ]
    assert [name for name, _, text in explained if not text] == []
    assert [name for name, required, _ in explained if required] == ["mentee_name", "mentor_name"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_an_empty_roster_can_be_filled_in(composer, tmp_path, kind):
    file = tmp_path / f"roster.{kind}"
    columns = list(explained_columns(composer))
    write_template(
        file, template(kind, columns, explained_head(composer), explained_sheets(composer))
    )
    assert file.stat().st_mode & 0o777 == 0o600
    (head,) = read_table(file).rows
    assert [cell.text for cell in head] == [name for name, _, _ in columns]
    with pytest.raises(FileExistsError):
        write_template(file, b"")


def test_names_of_columns_as_people_write_them():
    assert column_key(" Mentee  E-Mail ") == "mentee_email"
    assert [letters_of(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]


def test_the_sample_roster_is_right():
    (file,) = [path for path in SAMPLES if path.parent.name == "riverbend-esp"]
    roster = read_roster(make_composer(resolve(file)))
    assert (len(roster.entries), roster.findings) == (5, ())
