"""register/: a sheet makes and changes locals, and nothing that a local has is lost."""

import json
import time

import openpyxl
import pytest
from click.testing import CliRunner

from formgen import api
from formgen.cli import program
from formgen.findings import ExitCode, InputError
from formgen.kit import resolve
from formgen.register import write as writing
from formgen.register.known import LEFT
from formgen.register.record import RECORD_FILE
from formgen.register.sheet import address_lines
from formgen.sources.strict_yaml import read_yaml
from tests.support.locals import write, write_local
from tests.support.packs import pack_files, packed

HEAD = "Local No.,Local name,President,Coordinator,Coordinator phone\n"
MAPLE, OAK = "00418,Maple ESP,Pat Doe,Noor Haddad,555-0119\n", "00007,Oak ESP,Kim Tran,Sam Ortiz,\n"
SHEET = HEAD + MAPLE + OAK
# A generous bound, for a busy machine; it takes a third of it.
SECONDS_FOR_260 = 40


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """Give what writes a sheet and registers it, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(text, name="members.csv", **asked):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return api.register(file, tmp_path / "locals", api.RegisterOptions(**asked))

    return run


def files_in(folder):
    """Return all files of a folder with what is in them."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def codes_of(report):
    return [str(each.code) for each in report.findings]


def changes_of(report):
    return [
        (each.local.number, change.setting, change.before, change.after)
        for each in report.plan.changed
        for change in each.changes
    ]


def test_a_new_row_is_a_commented_local_that_builds(sheet, tmp_path):
    report = sheet(SHEET)

    assert [each.id for each in report.plan.new] == ["maple-esp", "oak-esp"]
    kit = resolve(tmp_path / "locals/maple-esp/local.yaml")
    assert (kit.settings.local.number, kit.settings.local.president) == ("00418", "Pat Doe")
    assert (kit.settings.coordinator.phone, kit.settings.coordinator.email) == ("555-0119", "")
    assert "# The local's number." in (tmp_path / "locals/maple-esp/local.yaml").read_text("utf-8")
    assert report.exit_code == ExitCode.ALL_BUILT


def test_a_new_local_has_the_packs_and_keys_of_the_register_file(sheet, tmp_path):
    write(tmp_path / "locals/register.yaml", "packs: [../ohio.zip]\n")
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))

    sheet(SHEET)

    assert resolve(tmp_path / "locals/oak-esp/local.yaml").settings.affiliates.state.name == (
        "Ohio Association"
    )
    assert (tmp_path / "locals/oak-esp/formgen.lock").is_file()


def test_a_pack_that_is_not_signed_as_asked_makes_no_local(sheet, tmp_path):
    key = "ed25519:hkOEGVwu5VxlE1Vi45/Qad/O76J0GpQGAm8r41PhFas="
    write(tmp_path / "locals/register.yaml", f'pack_keys: ["{key}"]\n')
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))

    with pytest.raises(InputError) as caught:
        sheet(SHEET, packs=[str(tmp_path / "ohio.zip")])

    assert [each.code for each in caught.value.findings] == ["pack-key"]
    left = {each.name for each in (tmp_path / "locals").iterdir()}
    assert left == {"register.yaml", RECORD_FILE}
    assert not list((tmp_path / "locals").glob("*/local.yaml"))


def test_a_changed_cell_changes_that_line_and_no_other(sheet, tmp_path):
    sheet(SHEET)
    file = tmp_path / "locals/maple-esp/local.yaml"
    text = file.read_text("utf-8").replace('"Pat Doe"', "'Pat Doe'  # until May") + "# mine\n"
    file.write_text(text, "utf-8")

    report = sheet(SHEET.replace("Pat Doe", "Jo Ó Briain"))

    assert changes_of(report) == [("00418", "local.president", "Pat Doe", "Jo Ó Briain")]
    assert file.read_text("utf-8") == text.replace("'Pat Doe'", "'Jo Ó Briain'")


def test_a_second_run_with_the_same_sheet_touches_nothing(sheet, tmp_path):
    sheet(SHEET)
    before = {path: path.stat().st_mtime_ns for path in files_in(tmp_path)}

    report = sheet(SHEET)

    assert (report.plan.new, report.plan.changed, report.plan.left) == ((), (), ())
    after = {path: path.stat().st_mtime_ns for path in files_in(tmp_path)}
    del before[tmp_path / "members.csv"], after[tmp_path / "members.csv"]
    assert after == before


def test_what_was_changed_by_hand_is_told_and_stays(sheet, tmp_path):
    sheet(SHEET)
    file = tmp_path / "locals/maple-esp/local.yaml"
    file.write_text(file.read_text("utf-8").replace("Pat Doe", "By Hand"), "utf-8")
    before = file.read_bytes()

    for text in (SHEET, SHEET.replace("Pat Doe", "Another One")):
        report = sheet(text)

        assert codes_of(report) == ["changed-by-hand"]
        assert report.findings[0].place.file == file
        assert file.read_bytes() == before
        assert report.exit_code == ExitCode.ALL_BUILT


def test_a_sheet_that_agrees_with_what_was_changed_by_hand_rules_it_again(sheet, tmp_path):
    sheet(SHEET)
    file = tmp_path / "locals/maple-esp/local.yaml"
    file.write_text(file.read_text("utf-8").replace("Pat Doe", "By Hand"), "utf-8")
    sheet(SHEET.replace("Pat Doe", "By Hand"))

    report = sheet(SHEET.replace("Pat Doe", "Kit Lee"))

    assert changes_of(report) == [("00418", "local.president", "By Hand", "Kit Lee")]


def test_a_local_that_was_there_before_any_sheet_gets_what_it_lacks_alone(sheet, tmp_path):
    local = {"id": "old", "local": {"name": "Maple ESP", "number": "00418", "president": "X Y"}}
    write_local(tmp_path / "locals/old", local)

    report = sheet(HEAD + "00418,Maple ESP,Pat Doe,,\n" + OAK)

    assert [each.id for each in report.plan.new] == ["oak-esp"]
    assert codes_of(report) == ["changed-by-hand"]


def test_a_changed_name_changes_no_id(sheet, tmp_path):
    sheet(SHEET)

    report = sheet(SHEET.replace("Maple ESP", "Maple and Elm ESP"))

    assert changes_of(report) == [("00418", "local.name", "Maple ESP", "Maple and Elm ESP")]
    assert read_yaml(tmp_path / "locals/maple-esp/local.yaml").text("id") == "maple-esp"


def test_a_row_that_is_gone_is_listed_with_its_people_and_moved_when_asked(sheet, tmp_path):
    sheet(SHEET)
    roster = write(tmp_path / "locals/oak-esp/roster.csv", "mentee_name,mentor_name\nA B,C D\n")
    write(tmp_path / "output/oak-esp/people/letter.txt", "A B")

    listed = sheet(HEAD + MAPLE)
    moved = sheet(HEAD + MAPLE, archive=True)

    for report in (listed, moved):
        assert [(each.number, len(each.people)) for each in report.plan.left] == [("00007", 2)]
    assert not roster.exists()
    assert (tmp_path / "locals" / LEFT / "oak-esp/roster.csv").is_file()
    assert (tmp_path / "output/oak-esp/people/letter.txt").is_file()


def test_a_local_that_comes_back_is_not_made_anew(sheet, tmp_path):
    sheet(SHEET)
    sheet(HEAD + MAPLE, archive=True)

    report = sheet(SHEET)

    assert (codes_of(report), report.written) == (["exists"], None)
    (tmp_path / "locals" / LEFT / "oak-esp").rename(tmp_path / "locals/oak-esp")
    again = sheet(SHEET)
    assert (again.plan.new, again.plan.left, codes_of(again)) == ((), (), [])


def test_an_emptied_cell_empties_the_line_and_leaves_who_coordinates(sheet, tmp_path):
    sheet(SHEET)

    report = sheet(HEAD + "00418,Maple ESP,,,\n" + OAK)

    assert changes_of(report) == [("00418", "local.president", "Pat Doe", "")]
    assert resolve(tmp_path / "locals/maple-esp/local.yaml").settings.coordinator.phone


def test_what_nobody_said_yet_is_the_sheets_to_say(sheet):
    sheet(HEAD + "00418,Maple ESP,,,\n")

    report = sheet(HEAD + "00418,Maple ESP,,Noor Haddad,555-0119\n")

    assert [each[1] for each in changes_of(report)] == ["coordinator.name", "coordinator.phone"]
    assert codes_of(report) == []


BAD_SHEETS = {
    "one number twice": (HEAD + MAPLE + "00418,Oak ESP,,,\n", ["repeated-row"]),
    "one number with and without zeros": (HEAD + MAPLE + "418,Oak,,,\n", ["repeated-row"]),
    "no number": (HEAD + MAPLE + ",Oak ESP,,,\n", ["empty"]),
    "no name": (HEAD + MAPLE + "7,,Pat Doe,,\n", ["empty"]),
    "an error of the spreadsheet": (HEAD + "00418,#N/A,,,\n", ["error-cell"]),
    "a formula that failed": (HEAD + "00418,Maple,#REF!,,\n", ["error-cell"]),
    "a number for a phone": (HEAD + "00418,Maple,,Pat,by mail\n", ["bad-phone"]),
    "too long a name": (HEAD + f"00418,{'a' * 300},,,\n", ["too-long"]),
    "no column of numbers": ("Local name,President\nMaple,Pat\n", ["csv-header"]),
    "nothing but a title": ("Our locals\n", ["csv-header"]),
    "two columns for one setting": (
        "number,name,president,local president\n1,Maple,A B,C D\n",
        ["csv-header"],
    ),
    "an address twice": ("number,name,address,city\n1,Maple,A,B\n", ["csv-header"]),
    "more values than columns": ("number,name\n1,Maple, Inc.\n", ["csv-columns"]),
}


@pytest.mark.parametrize(("text", "codes"), BAD_SHEETS.values(), ids=BAD_SHEETS)
def test_a_bad_sheet_is_told_and_writes_nothing(sheet, tmp_path, text, codes):
    sheet(HEAD + "00001,Elm ESP,,,\n")
    before = files_in(tmp_path / "locals")

    report = sheet(text, archive=True)

    found = [each for each in report.findings if each.severity == "error"]
    assert [str(each.code) for each in found] == codes
    assert (report.written, report.exit_code) == (None, ExitCode.BAD_INPUT)
    assert files_in(tmp_path / "locals") == before


def test_a_title_above_and_a_total_below_are_no_locals(sheet):
    report = sheet("Our locals in 2026\n\n" + SHEET + "Total,2,,,\n")

    assert [each.row.number for each in report.plan.new] == ["00418", "00007"]
    assert codes_of(report) == ["left-out-row"]


def test_letters_of_old_windows_are_read_and_doubted(sheet):
    report = sheet(SHEET.replace("Pat Doe", "Renée Blanc").encode("cp1252"))

    assert codes_of(report) == ["csv-encoding"]
    assert report.plan.new[0].row.values["local.president"] == "Renée Blanc"


def test_a_number_that_lost_its_zeros_is_the_same_local(sheet, tmp_path):
    sheet(SHEET)

    report = sheet(SHEET.replace("00418", "418"))

    assert (report.plan.new, report.plan.changed, report.plan.left) == ((), (), ())
    assert codes_of(report) == ["lost-zeros"]
    assert '"00418"' in (tmp_path / "locals/maple-esp/local.yaml").read_text("utf-8")


def test_a_workbook_is_read_as_it_shows_and_hidden_rows_have_not_left(sheet, tmp_path):
    sheet(SHEET)
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (["Local #", "Local", "President"], [418, "Maple ESP", "Pat Doe"], [7, "Oak", "?"]):
        page.append(row)
    page["A2"].number_format = page["A3"].number_format = "00000"
    page.row_dimensions[3].hidden = True
    book.save(tmp_path / "book.xlsx")

    report = sheet((tmp_path / "book.xlsx").read_bytes(), "members.xlsx")

    assert (report.plan.new, report.plan.changed, report.plan.left) == ((), (), ())
    assert codes_of(report) == ["left-out-row"]


NAMES = {
    "twins": (["Oak ESP", "Oak  esp!"], ["oak-esp-1", "oak-esp-2"]),
    "long twins": (["a" * 150, "a" * 149], ["a" * 60 + "-1", "a" * 60 + "-2"]),
    "a name that Windows keeps": (["Con"], ["con-1"]),
    "no letter of ours": (["Σύλλογος"], None),
    "the base pack's": (["Base"], ["base-1"]),
}


@pytest.mark.parametrize(("names", "ids"), NAMES.values(), ids=NAMES)
def test_an_id_is_made_of_the_name_and_of_the_number_where_it_must(sheet, names, ids):
    rows = "".join(f"{number},{name}\n" for number, name in enumerate(names, 1))

    report = sheet(f"number,name\n{rows}")

    found = [each.id for each in report.plan.new]
    assert found == (ids or found)
    assert all(len(each) <= 64 for each in found)


def test_columns_by_other_names_are_said_in_the_register_file(sheet, tmp_path):
    said = "columns: {Nr: local.number, Wer: coordinator.title, Notes: ''}\n"
    write(tmp_path / "locals/register.yaml", said)

    report = sheet("Nr,Name,Wer,Notes\n1,Maple,Steward,call in May\n")

    assert report.plan.new[0].row.values["coordinator.title"] == "Steward"
    kit = resolve(tmp_path / "locals/maple/local.yaml")
    assert (kit.settings.coordinator.title, codes_of(report)) == ("Steward", [])


def test_a_register_file_with_a_setting_that_is_none_is_told(sheet, tmp_path):
    write(tmp_path / "locals/register.yaml", "columns: {Nr: local.numbr, Id: id}\n")

    with pytest.raises(InputError) as caught:
        sheet(SHEET)

    assert [str(each.code) for each in caught.value.findings] == ["unknown-setting"] * 2
    assert "did you mean local.number?" in caught.value.findings[0].fix


def test_a_local_without_a_number_is_not_made_twice(sheet, tmp_path):
    write_local(tmp_path / "locals/m", {"id": "m", "local": {"name": "Maple  ESP"}})
    write_local(tmp_path / "locals/z", {"id": "z", "local": {"name": "Zoo ESP"}})

    report = sheet(SHEET)

    assert (codes_of(report), report.written) == (["missing"], None)
    assert [each.file.parent.name for each in report.plan.unnumbered] == ["m", "z"]


def test_two_locals_of_one_number_stop_it(sheet, tmp_path):
    for name in ("a", "b"):
        write_local(tmp_path / "locals" / name, {"id": name, "local": {"number": "00418"}})

    report = sheet(SHEET)

    assert "duplicate-id" in codes_of(report)
    assert report.written is None


def test_a_broken_local_that_is_known_stops_no_other(sheet, tmp_path):
    sheet(SHEET)
    write(tmp_path / "locals/oak-esp/local.yaml", "formgen: 1\n\tid: [\n")

    report = sheet(SHEET.replace("Pat Doe", "Kit Lee"))

    assert [each[0] for each in changes_of(report)] == ["00418"]
    assert (report.plan.new, report.plan.left) == ((), ())
    assert report.exit_code == ExitCode.SOME_FAILED


@pytest.mark.parametrize("written", [0, 1])
def test_a_killed_run_is_taken_up_by_the_next_one(sheet, tmp_path, monkeypatch, written):
    sheet(SHEET)
    done = []

    def killed(planned, new, packs):
        if len(done) == written:
            raise KeyboardInterrupt
        done.append(new)
        return make(planned, new, packs)

    make = writing._make
    monkeypatch.setattr(writing, "_make", killed)
    more = SHEET.replace("Pat Doe", "Kit Lee") + "9,Elm,,,\n10,Ash,,,\n"
    with pytest.raises(KeyboardInterrupt):
        sheet(more)
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)

    report = sheet(more.replace("Kit Lee", "Another One"))

    assert changes_of(report) == [("00418", "local.president", "Kit Lee", "Another One")]
    assert len(report.plan.new) == 2 - written
    assert "changed-by-hand" not in codes_of(report)
    assert not (tmp_path / "locals/.registering").exists()


def test_a_dry_run_writes_nothing(sheet, tmp_path):
    report = sheet(SHEET, dry_run=True)

    assert (len(report.plan.new), report.written) == (2, None)
    assert not (tmp_path / "locals").exists()


def test_an_address_in_one_cell_becomes_its_lines():
    assert address_lines("12 Mill Street, Maple, IL 60999") == [
        "12 Mill Street",
        "Maple, IL 60999",
    ]
    assert address_lines("PO Box 4") == ["PO Box 4"]


def test_the_sheet_is_written_anew_with_what_locals_say(sheet, tmp_path):
    text = "Dues,number,name,street,city,state,zip\n12,00418,Maple,12 Mill St,Elm,IL,60999\n"
    sheet(text)
    file = tmp_path / "locals/maple/local.yaml"
    file.write_text(file.read_text("utf-8").replace("Elm", "Oak"), "utf-8")
    write_local(tmp_path / "locals/z", {"id": "z", "local": {"name": "Zoo", "number": "9"}})

    number = api.export_register(
        tmp_path / "members.csv", tmp_path / "locals", tmp_path / "output", tmp_path / "new.csv"
    )

    assert (tmp_path / "new.csv").read_text("utf-8-sig") == text.replace("Elm", "Oak") + (
        ",9,Zoo,,,,\n"
    )
    assert number == 2
    with pytest.raises(InputError):
        api.export_register(
            tmp_path / "members.csv", tmp_path / "locals", tmp_path / "output", tmp_path / "new.csv"
        )


def test_what_was_done_is_summed_up_and_printed_for_programs(sheet, tmp_path):
    sheet(SHEET)
    write(tmp_path / "members.csv", HEAD + MAPLE.replace("Pat Doe", "Kit Lee") + "9,Elm,,,\n")

    arguments = ["register", "members.csv", "locals", "--dry-run"]
    said = CliRunner().invoke(program, arguments)
    listed = json.loads(CliRunner().invoke(program, [*arguments, "--json"]).stdout)

    assert "1 new, 1 changed (00418: president), 1 left." in said.stdout
    assert [each["number"] for each in listed["new"]] == ["9"]
    assert listed["changed"][0]["settings"] == [
        {"setting": "local.president", "before": "Pat Doe", "after": "Kit Lee"}
    ]
    assert ([each["number"] for each in listed["left"]], listed["done"]) == (["00007"], False)


def test_260_rows_take_seconds_and_each_is_a_local(sheet, tmp_path):
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))
    rows = "".join(
        f"{number:05},{place} Education Support,Pat Doe {number},Kim Tran,555-{number:04}\n"
        for number in range(1, 261)
        for place in [("Maple", "Oak", "Elm", "Ash", "Juniper")[number % 5]]
    )

    started = time.process_time()

    report = sheet(HEAD + rows, packs=[str(tmp_path / "ohio.zip")])
    again = sheet(HEAD + rows.replace("Pat Doe 7,", "Kit Lee,"))

    assert time.process_time() - started < SECONDS_FOR_260
    assert len({each.id for each in report.plan.new}) == 260
    assert len(list((tmp_path / "locals").glob("*/formgen.lock"))) == 260
    assert changes_of(again) == [("00007", "local.president", "Pat Doe 7", "Kit Lee")]
