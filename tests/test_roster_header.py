"""roster_header.py and roster_cells.py: the lists that people have already."""

import pytest
from openpyxl import Workbook

from formgen.compose.pages import make_composer
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.people.roster import read_roster
from tests.support.locals import lines_of, write_local


@pytest.fixture(scope="module")
def composer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    return make_composer(resolve(write_local(folder, {"program": {"terms": {"mentor": "buddy"}}})))


def workbook(path, rows, change=None):
    """Write a workbook; return its path."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


def read(composer, folder, rows, change=None):
    """Return what a list says: rows as a CSV text, or as a workbook's."""
    file = folder / ("roster.csv" if isinstance(rows, str) else "roster.xlsx")
    if isinstance(rows, str):
        file.write_text(rows)
    else:
        workbook(file, rows, change)
    try:
        roster = read_roster(composer, file)
    except InputError as problem:
        return [], [line.partition(": ")[2] for line in lines_of(problem.findings, folder)]
    return roster.entries, [line.partition(": ")[2] for line in lines_of(roster.findings, folder)]


def codes(findings):
    return [line.partition("[")[2].partition("]")[0] for line in findings]


PAIR = {"mentee_name": "Ana Ruiz", "mentor_name": "Bo Hart"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Titles above the header.
        (
            "Mentoring 2026-2027,,\nUpdated 9/1,,\n\nMentee Name,Mentor Name,\nAna Ruiz,Bo Hart,\n",
            {},
        ),
        ("Mentor pairs,\nMentee,Mentor\nAna Ruiz,Bo Hart\n", {}),
        # Names as people give them.
        ("MENTEE,Mentor\nAna Ruiz,Bo Hart\n", {}),
        ("Name of mentee,Buddy's name\nAna Ruiz,Bo Hart\n", {}),
        ("Mentee:,Buddy:\nAna Ruiz,Bo Hart\n", {}),
        (
            (
                "Mentee,Mentor,Mentee job title,Mentor cell phone,Match date\n"
                "Ana Ruiz,Bo Hart,Clerk,555-0142,Sept 14 2026\n"
            ),
            {
                "mentee_position": "Clerk",
                "mentor_phone": "555-0142",
                "matched_on": "2026-09-14",
            },
        ),
        ('"Mentee (Last, First)","Mentor name (first, last)"\n"Ruiz, Ana",Bo Hart\n', {}),
        # Separators, whatever a title has.
        ("Mentoring, 2026\nMentee;Mentor\nAna Ruiz;Bo Hart\n", {}),
        ("Mentoring\nMentee\tMentor\nAna Ruiz\tBo Hart\n", {}),
        (
            "Mentee;Mentor;Mentee address\nAna Ruiz;Bo Hart;1 Mill St, Town, ST\n",
            {"mentee_address": "1 Mill St, Town, ST"},
        ),
        # Names in two columns, in any order.
        (
            (
                "Mentee Last Name,Mentee First Name,Mentor First Name,Mentor Last Name\n"
                "Ruiz,Ana,Bo,Hart\n"
            ),
            {},
        ),
        (
            "Mentee first,Mentee middle,Mentee last,Mentor\nAna,M.,Ruiz,Bo Hart\n",
            {"mentee_name": "Ana M. Ruiz"},
        ),
        # Whose the columns are stands above them.
        (
            "Mentee,,Mentor,\nName,School,Name,School\nAna Ruiz,Mill,Bo Hart,Lake\n",
            {"mentee_school": "Mill", "mentor_school": "Lake"},
        ),
        (
            (
                "2026,,,\nMENTEE INFORMATION,,,BUDDY INFORMATION,\n"
                "First name,Last name,Phone,Name,Phone\n"
                "Ana,Ruiz,555-0142,Bo Hart,555-0143\n"
            ),
            {"mentee_phone": "555-0142", "mentor_phone": "555-0143"},
        ),
        # A column of numbers, without a name or with a sign.
        ("#,Mentee,Mentor\n1,Ana Ruiz,Bo Hart\n", {}),
        (",Mentee,Mentor\n1,Ana Ruiz,Bo Hart\n", {}),
        ("#,Mentee,Mentor\n#1,Ana Ruiz,Bo Hart\n", {}),
        # What says that there is nothing.
        ("Mentee,Mentor,Mentor e-mail,Mentor phone\nAna Ruiz,Bo Hart,n/a,-\n", {}),
        ("Mentee,Mentor,Mentor phone\nAna Ruiz,Bo Hart,x4411\n", {"mentor_phone": "x4411"}),
        # Titles after a comma are no first names.
        (
            'Mentee,Mentor\n"Ana Ruiz, Jr.","Bo Hart, M.Ed."\n',
            {"mentee_name": "Ana Ruiz, Jr.", "mentor_name": "Bo Hart, M.Ed."},
        ),
    ],
)
def test_a_list_is_read_as_it_is_meant(composer, tmp_path, text, expected):
    (entry,), findings = read(composer, tmp_path, text)
    held = {name: value for name, value in entry.values.items() if value}
    assert held == {**PAIR, **expected}
    assert set(codes(findings)) <= {"unused-column", "turned-names"}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Notes", 'column C ("Notes"): no document asks for this, so it is left aside'),
        ("Shirt size", 'column C ("Shirt size"): no document asks'),
        ("Paid?", 'column C ("Paid?")'),
        ("Building,Grade", 'columns C ("Building"), D ("Grade")'),
        ("Supervisor e-mail", 'column C ("Supervisor e-mail")'),
    ],
)
def test_columns_that_nobody_asks_for_are_left_aside(composer, tmp_path, head, told):
    text = f"Mentee,Mentor,{head}\nAna,Bo{',x' * len(head.split(','))}\n"
    (entry,), (finding,) = read(composer, tmp_path, text)
    assert entry.values == {"mentee_name": "Ana", "mentor_name": "Bo"}
    assert finding.startswith("warning[unused-column]")
    assert told in finding


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Mentee,Mentor,Mentor emial", 'did you mean "mentor_email"?'),
        ("Mentee,Mentor,Mentee shcool", 'did you mean "mentee_school"?'),
        ("Mentee,Mentor,School", 'did you mean "mentee_school" or "mentor_school"?'),
        ("Mentee,Mentor,Mentor job,Phone", 'did you mean "mentee_phone" or "mentor_phone"?'),
        ("Mentee,Mentor,E-mail address", 'did you mean "mentee_email" or "mentor_email"?'),
        ("Mentee,Mentr", 'did you mean "mentor_name"?'),
        ("Mentee,Mentor,Mached on", 'did you mean "matched_on"?'),
        ("Name,Mentor", 'did you mean "mentee_name" or "mentor_name"?'),
        (
            "Mentee,Mentor,Mentee first,Mentee last",
            'there are both "mentee_name" and "mentee_first"',
        ),
        ("Mentee last,Mentor", 'there is no column "mentee_name"'),
        ("Mentee,Mentor,Mentor's name", 'column "mentor_name" appears twice'),
    ],
)
def test_a_column_that_is_nearly_known_is_asked_about(composer, tmp_path, head, said):
    entries, findings = read(composer, tmp_path, f"{head}\nAna,Bo,x,y\n")
    assert list(entries) == []
    assert [line for line in findings if said in line]
    assert {line.partition("]")[0] for line in findings} == {"error[csv-header"}


def test_a_guess_never_crosses_from_one_person_to_the_other(composer, tmp_path):
    head = "Mentee,Mentor,Job,School,Phone,Email,Address,Mentor job,Mentee emial,Mentor adress"
    _, findings = read(composer, tmp_path, f"{head}\n")
    for line in findings:
        known = {who for who in ("mentee", "mentor") if f'"{who}_' in line.partition("Fix")[2]}
        asked = {who for who in ("Mentee", "Mentor") if f'("{who}' in line}
        assert {who.casefold() for who in asked} in ({*known}, set())
        assert asked or known == {"mentee", "mentor"}


def test_people_above_the_header_are_not_passed_over(composer, tmp_path):
    text = "Ana Ruiz,Bo Hart\nMentee,Mentor\nCy Hale,Di Ng\n"
    entries, findings = read(composer, tmp_path, text)
    assert (list(entries), codes(findings)) == ([], ["csv-header"])
    assert "stands above the names of the columns" in findings[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Total,23", ["left-out-row"]),
        ("TOTAL:,", ["left-out-row"]),
        ("Total pairs: 23,", ["left-out-row"]),
        (",Total 23", ["left-out-row"]),
        ("Grand total,23", ["left-out-row"]),
        ("Mentee,Mentor", ["left-out-row"]),
        (",,27", ["left-out-row", "unused-column"]),
        ("Total,Cy Hale", ["not-a-name"]),
        ("23,Cy Hale", ["not-a-name"]),
        ("Cy Hale,cy@example.org", ["not-a-name"]),
        ("Cy Hale,TBD", ["empty"]),
        ("Custodians,", ["empty"]),
        ("#N/A,Cy Hale", ["error-cell"]),
        ("Cy Hale,#REF!", ["error-cell"]),
        ("Cy Hale,Err:502", ["error-cell"]),
        ("#####,Cy Hale", ["error-cell"]),
        ('Cy Hale,"Ng, Di"', ["not-a-name"]),
        ('Cy Hale,"Ng, Di, Jo"', ["not-a-name"]),
    ],
)
def test_no_row_becomes_a_person_that_nobody_is(composer, tmp_path, row, expected):
    head = "Mentee,Mentor,Hours" if row.startswith(",,") else "Mentee,Mentor"
    text = f"{head}\nAna Ruiz,Bo Hart\nEve Lo,Flo Day\nGil Fox,Hal Oak\n{row}\n"
    entries, findings = read(composer, tmp_path, text)
    assert [entry.row for entry in entries] == [2, 3, 4]
    assert sorted(codes(findings)) == expected


def test_names_written_last_first_are_turned_round_and_told(composer, tmp_path):
    rows = ['"Núñez, Ana",Bo', '"D\'Angelo, D’Andre",Cy', '"De la Cruz, Jo",Di', "Eve Lo,Al"]
    text = "\n".join(["Mentee,Mentor", *rows])
    entries, (finding,) = read(composer, tmp_path, text)
    names = [entry.values["mentee_name"] for entry in entries]
    assert names == ["Ana Núñez", "D’Andre D'Angelo", "Jo De la Cruz", "Eve Lo"]
    assert finding.startswith("warning[turned-names]: column A")
    assert "Núñez" not in finding


# --- What only a sheet has


def test_titles_and_groups_over_merged_cells(composer, tmp_path):
    def merge(sheet):
        for cells in ("A1:F1", "A2:C2", "D2:E2", "F2:F3"):
            sheet.merge_cells(cells)

    rows = [
        ["Mentoring program 2026-2027"],
        ["MENTEE", None, None, "MENTOR", None, "Date matched"],
        ["First name", "Last name", "School", "Name", "Phone", None],
        ["Ana", "Ruiz", "Mill", "Bo Hart", 5550142, "Oct 2, 2026"],
    ]
    (entry,), findings = read(composer, tmp_path, rows, merge)
    assert findings == []
    assert entry.values == {
        **PAIR,
        "mentee_school": "Mill",
        "mentor_phone": "5550142",
        "matched_on": "2026-10-02",
    }


def test_a_column_beside_a_merged_group_is_not_taken_for_its_own(composer, tmp_path):
    rows = [
        ["MENTEE", None, "MENTOR", None],
        ["Name", "School", "Name", "School"],
        ["A", "M", "B", "L"],
    ]

    def merge(sheet):
        sheet.merge_cells("A1:B1")

    _, findings = read(composer, tmp_path, rows, merge)
    assert 'column D ("School")' in " ".join(findings)
    assert 'did you mean "mentee_school" or "mentor_school"?' in " ".join(findings)


def test_a_mentor_over_two_rows_is_the_mentor_of_both(composer, tmp_path):
    rows = [["Mentee", "Mentor"], ["Ana", "Bo"], ["Cy", None]]
    entries, findings = read(composer, tmp_path, rows, lambda sheet: sheet.merge_cells("B2:B3"))
    assert findings == []
    assert [entry.values["mentor_name"] for entry in entries] == ["Bo", "Bo"]


def test_numbers_print_as_the_sheet_shows_them(composer, tmp_path):
    def formats(sheet):
        sheet["C2"].number_format = "000-0000"
        sheet["D2"].number_format = '"Room "000'

    rows = [["Mentee", "Mentor", "Mentor phone", "Mentor school"], ["Ana", "Bo", 5550142, 7]]
    (entry,), _ = read(composer, tmp_path, rows, formats)
    assert (entry.values["mentor_phone"], entry.values["mentor_school"]) == ("555-0142", "Room 007")


def test_hidden_rows_are_left_out_and_told(composer, tmp_path):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        # The same pair again, which a filter hides, is no other.
        sheet.row_dimensions[5].hidden = True

    rows = [["Mentee", "Mentor"], ["Ana", "Bo"], ["Cy", "Di"], ["Eve", "Flo"], ["Ana", "Bo"]]
    entries, (finding,) = read(composer, tmp_path, rows, hide)
    assert [entry.row for entry in entries] == [2, 4]
    assert "rows 3, 5 are left out: hidden in the sheet" in finding
    assert [e.row for e in read_roster(composer, tmp_path / "roster.xlsx").hidden] == [3]


def test_a_formula_that_nobody_calculated_is_no_empty_cell(composer, tmp_path):
    rows = [["Mentee", "Mentor", "Mentor phone"], ["Ana", "Bo", "=A1"]]
    entries, (finding,) = read(composer, tmp_path, rows)
    assert (list(entries), codes([finding])) == ([], ["error-cell"])


def test_notes_beside_a_sheet_are_left_aside(composer, tmp_path):
    rows = [["Mentee", "Mentor"], ["Ana", "Bo", None, "ask again"]]
    (entry,), (finding,) = read(composer, tmp_path, rows)
    assert entry.values["mentee_name"] == "Ana"
    assert "column D: no document asks for this" in finding


@pytest.mark.parametrize("merged", ["A1:B1", "B1:C1", ""])
def test_names_in_a_column_without_a_name_are_asked_about(composer, tmp_path, merged):
    heads = {"A1:B1": ["Mentee", None, "Mentor"], "B1:C1": ["Mentee", "Mentor", None]}
    rows = [heads.get(merged, ["Mentee", None, "Mentor"]), ["Ruiz", "Ana", "Bo"]]
    entries, findings = read(
        composer, tmp_path, rows, lambda sheet: merged and sheet.merge_cells(merged)
    )
    assert (list(entries), codes(findings)) == ([], ["csv-header"])
    assert "has no name" in findings[0]


def test_a_row_without_height_is_hidden(composer, tmp_path):
    def flatten(sheet):
        sheet.row_dimensions[3].height = 0.01

    rows = [["Mentee", "Mentor"], ["Ana", "Bo"], ["Cy", "Di"]]
    (entry,), findings = read(composer, tmp_path, rows, flatten)
    assert (entry.row, codes(findings)) == (2, ["left-out-row"])


def test_the_first_sheet_that_is_shown_is_read(composer, tmp_path):
    def hide(sheet):
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("shown").append(["Mentee", "Mentor"])
        sheet.parent["shown"].append(["Ana", "Bo"])

    (entry,), _ = read(composer, tmp_path, [["Mentee", "Mentor"], ["Old", "Older"]], hide)
    assert entry.values["mentee_name"] == "Ana"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["Ana,Bo,,", "Cy,Bo,,"], []),
        (["Ana,Bo,b@example.org,", "Cy,Bo,B@example.org,"], []),
        (["Ana,Bo,,555-0142", "Cy,Bo,,(555) 0142"], []),
        (["Ana,Bo,,", "ana ,Di,,"], ["row 3: the mentee of row 2 with another mentor."]),
        (
            ["Ana,Bo,b@example.org,", "Cy,Bo,o@example.org,"],
            ["row 3: the mentor has the name of the one in row 2 and another address"],
        ),
        (["Ana,Bo,,", "Ana,Bo,,"], ["row 3: the same pair as in row 2."]),
    ],
)
def test_doubles_are_told_and_a_mentor_of_two_is_none(composer, tmp_path, rows, told):
    head = "Mentee,Mentor,Mentor e-mail,Mentor phone"
    _, findings = read(composer, tmp_path, "\n".join([head, *rows]))
    assert [
        line.partition("]: ")[2][: len(said)] for line, said in zip(findings, told, strict=True)
    ] == told
    assert set(codes(findings)) <= {"repeated-person", "repeated-row"}
