"""roll/: what a year's end changes in a local, where last year goes, and what to print again."""

import shutil

import pytest

from formgen.compare.reprint import reprints
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.rollover.archive import archived, check_archive, roster_of
from formgen.rollover.mentions import mentions
from formgen.rollover.plan import begin, planned, years
from formgen.rollover.write import Kept, Replaced, write
from formgen.rollover.year import SchoolYear, moved_day, moved_years, school_year, year_of
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import bases_text, basis_of
from tests.support.locals import MINIMAL, SAMPLES, write_local
from tests.support.locals import write as write_text
from tests.support.packs import LETTER
from tests.support.tiny import OMITTED, PACKETS, write_tiny

OLD, NEW = SchoolYear(2026), SchoolYear(2027)
HEAD = "mentee_name,mentor_name\n"
# Few documents, so that they are composed in no time.
SMALL = (
    f"{MINIMAL}documents: {{omit: [{', '.join(map(str, OMITTED))}]}}\n"
    f"packets: {{omit: [{', '.join(map(str, PACKETS))}]}}\n"
)


# --- Years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-2028", NEW),
        (" 2027–2028 ", NEW),
        ("2027/2028", NEW),
        ("2027", None),
        ("2027-28", None),
        ("2027-2029", None),
        ("2028-2027", None),
        ("", None),
    ],
)
def test_a_school_year_is_two_years_in_a_row(text, expected):
    assert school_year(text) == expected


@pytest.mark.parametrize(
    ("day", "old", "new", "expected"),
    [
        ("2026-09-18", 2026, 2027, "2027-09-17"),
        ("2027-06-04", 2026, 2027, "2028-06-02"),
        ("2028-02-29", 2027, 2028, "2029-02-27"),
        ("2026-12-31", 2026, 2027, "2027-12-30"),
        ("2026-01-01", 2025, 2026, "2026-12-31"),
        ("2026-09-18", 2026, 2031, "2031-09-19"),
        ("2027-09-17", 2026, 2027, "2027-09-17"),
        ("2027-09-17", 2027, 2026, "2026-09-18"),
        # The first day that is of the new year already, and the last that may be of the old one.
        ("2027-09-01", 2026, 2027, "2027-09-01"),
        ("2027-08-31", 2026, 2027, "2028-08-29"),
        ("9999-09-17", 9999, 10000, "9999-09-17"),
    ],
)
def test_a_day_moves_to_the_same_weekday_next_to_it(day, old, new, expected):
    assert moved_day(day, SchoolYear(old), SchoolYear(new)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-2027", "2027-2028"),
        ("2026/2027", "2027/2028"),
        ("2026–27", "2027–28"),
        ("July 2027", "July 2028"),
        ("2026.1", "2027.1"),
        ("Pilot 1", "Pilot 1"),
        ("Since 1999, room 20265", "Since 1999, room 20265"),
    ],
)
def test_the_years_in_a_text_move_and_other_numbers_stay(text, expected):
    assert moved_years(text, OLD, NEW) == expected


def test_the_first_day_tells_the_year():
    assert year_of(["2027-06-04", "2026-09-18", ""]) == OLD
    assert year_of(["2027-06-04"]) == OLD
    assert year_of([""]) is None


# --- The year to go to


@pytest.mark.parametrize(
    ("lines", "wanted", "any_year", "expected"),
    [
        ("program: {school_year: 2026-2027}", None, False, (OLD, NEW)),
        ("program: {school_year: 2026-2027}", NEW, False, (OLD, NEW)),
        ("program: {school_year: 2026-2027}", SchoolYear(2030), True, (OLD, SchoolYear(2030))),
        ("program: {school_year: 2027-2028}", OLD, True, (NEW, OLD)),
        ("dates: {matched_by: 2026-10-01}", None, False, (OLD, NEW)),
        ("", NEW, False, (OLD, NEW)),
        ("edition: Pilot 1", NEW, False, (OLD, NEW)),
        ("edition: 2027-2028", NEW, False, "rolled"),
        ("", None, False, "no-year"),
        ("program: {school_year: 2027-2028}", NEW, False, "rolled"),
        ("dates: {matched_by: 2027-10-01}", NEW, False, "rolled"),
        ("program: {school_year: 2026-2027}", SchoolYear(2028), False, "not-next"),
        ("program: {school_year: 2027-2028}", OLD, False, "not-next"),
    ],
)
def test_only_the_next_year_is_taken_unless_another_is_asked_for(
    tmp_path, lines, wanted, any_year, expected
):
    start = begin(write_local(tmp_path, f"{SMALL}{lines}\n"))
    if isinstance(expected, tuple):
        assert years(start, wanted, any_year=any_year) == expected
        return
    with pytest.raises(InputError) as caught:
        years(start, wanted, any_year=any_year)
    assert [finding.code for finding in caught.value.findings] == [expected]


def test_a_local_with_findings_is_refused(tmp_path):
    file = write_local(tmp_path, f"{MINIMAL}paper: napkin\n")

    with pytest.raises(InputError) as caught:
        begin(file)

    assert [str(finding.place.line) for finding in caught.value.findings] == ["8"]


# --- The plan


def plan_of(file, ask=None):
    start = begin(file)
    return planned(start, *years(start, None, any_year=False), ask)


def test_a_sample_rolls_with_every_other_byte_as_it_was(tmp_path):
    sample = SAMPLES[-1]
    folder = shutil.copytree(sample.parent, tmp_path / sample.parent.name)
    before = sample.read_text(encoding="utf-8").splitlines()

    plan = plan_of(folder / "local.yaml")

    after = plan.data.decode().splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert [after.strip() for _, after in changed] == [
        "school_year: 2027-2028          # once a year, in June",
        "applications_due: 2027-09-17",
        "matched_by: 2027-10-01",
        "exit_forms_due: 2028-06-02",
        '- {name: Kick-off, date: 2027-10-07, time: "16:30", place: Library of Mill Street School}',
        (
            '- {name: Thank-you evening, date: 2028-06-08, time: "18:00", place: Union hall,'
            " for: [year]}"
        ),
    ]
    assert [change.setting for change in plan.changes if change.confirmed] == [
        "program.school_year"
    ]
    assert plan.unconfirmed == (
        "program.months",
        "local.president",
        "coordinator.name",
        "coordinator.phone",
        "coordinator.email",
        "archive.custodian",
    )


def test_what_is_inherited_is_not_asked_and_stays_inherited(tmp_path):
    asked = []

    def ask(question, _):
        asked.append(question.setting)
        return question.proposed

    file = write_local(tmp_path, f"{SMALL}dates: {{matched_by: 2026-10-01}}\n")
    plan = plan_of(file, ask)

    assert asked == [
        "dates.matched_by",
        "coordinator.name",
        "coordinator.phone",
        "coordinator.email",
    ]
    assert plan.data.decode() == f"{SMALL}dates: {{matched_by: 2027-09-30}}\n"
    assert plan.unconfirmed == ()


@pytest.mark.parametrize(
    ("setting", "answer", "problem"),
    [
        ("dates.matched_by", "soon", '"soon" is not a date. Fix: YYYY-MM-DD, month 01-12.'),
        (
            "dates.matched_by",
            "2026-10-01",
            "2026-10-01 is not in 2027-2028. Fix: give a day of that year.",
        ),
        ("coordinator.name", "\u2fd4", "our fonts cannot print all of it. Fix: use other letters."),
        ("coordinator.email", "x", '"x" is not an e-mail address. Fix: e.g. name@example.org'),
        ("dates.matched_by", "", None),
        ("coordinator.phone", "", None),
    ],
)
def test_an_answer_is_checked_as_the_file_would_be(tmp_path, setting, answer, problem):
    said = []

    def ask(question, problems_with):
        if question.setting == setting:
            said.extend(problems_with(answer))
        return question.proposed

    plan_of(write_local(tmp_path, f"{SMALL}dates: {{matched_by: 2026-10-01}}\n"), ask)

    assert said == ([problem] if problem else [])


def test_a_coordinator_without_a_phone_needs_an_address(tmp_path):
    said = []

    def ask(question, problems_with):
        if question.setting == "coordinator.email":
            said.extend(problems_with(""))
            return "pat@example.org"
        return "" if question.setting == "coordinator.phone" else question.proposed

    file = write_local(tmp_path, f"{SMALL}program: {{school_year: 2026-2027}}\n")
    plan = plan_of(file, ask)

    assert len(said) == 1
    assert '  phone: ""\n  email: pat@example.org\n' in plan.data.decode()


def test_a_rolled_local_has_no_findings_and_can_be_rolled_again(tmp_path):
    file = write_local(tmp_path, f"{SMALL}edition: 2026-27\nprogram: {{school_year: 2026-2027}}\n")

    for year in (2027, 2028):
        file.write_bytes(plan_of(file).data)
        kit = resolve(file)
        assert kit.settings.program.school_year == f"{year}-{year + 1}"
        assert kit.edition == f"{year}-{(year + 1) % 100}"
        assert kit.warnings == ()


# --- The archive


def with_roster(tmp_path, text):
    file = write_local(tmp_path / "local", SMALL)
    write_text(file.with_name("roster.csv"), text)
    return file


def test_the_new_roster_has_the_columns_of_the_old_one_and_nobody_in_it(tmp_path):
    file = with_roster(tmp_path, "Mentor name;Mentee name\r\nAda Canary;Bo Canary\r\n")

    roster = roster_of(resolve(file))

    empty = roster.empty.decode("utf-8-sig")
    assert roster.rows == 1
    assert empty.splitlines()[0] == "Mentor name,Mentee name"
    assert all(line.lstrip('"').startswith("#") for line in empty.splitlines()[1:])
    assert "Canary" not in empty


@pytest.mark.parametrize("text", [HEAD, f"{HEAD}# nobody yet\n"])
def test_a_roster_that_is_empty_stays_where_it_is(tmp_path, text):
    assert roster_of(resolve(with_roster(tmp_path, text))) is None


def test_only_the_user_can_read_the_archive(tmp_path):
    file = with_roster(tmp_path, f"{HEAD}Ada,Bo\n")
    folder = tmp_path / "records" / "esp"
    roster = roster_of(resolve(file))

    write(archived(folder, roster, OLD, file, file.read_bytes()), [])

    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "roster-2026-2027.csv": 0o600,
        "local-2026-2027.yaml": 0o600,
    }
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "roster-2026-2027.csv").read_text() == f"{HEAD}Ada,Bo\n"


@pytest.mark.parametrize("name", ["out/tiny/people", "local/content/old", "local/templates"])
def test_an_archive_lies_neither_in_the_output_nor_in_what_kits_are_built_from(tmp_path, name):
    kit = resolve(write_local(tmp_path / "local", SMALL))

    found = check_archive(tmp_path / name, kit, tmp_path / "out")

    assert [finding.code for finding in found] == ["bad-archive"]


def test_an_archive_that_others_see_into_is_a_warning(tmp_path):
    kit = resolve(write_local(tmp_path / "local", SMALL))
    write_text(tmp_path / "shared" / "minutes.txt", "")
    (tmp_path / "shared").chmod(0o755)

    (found,) = check_archive(tmp_path / "shared", kit, tmp_path / "out")

    assert (found.code, found.severity) == ("open-archive", "warning")


# --- Writing


def test_nothing_is_overwritten_in_an_archive_and_nothing_else_changes_then(tmp_path):
    there = write_text(tmp_path / "archive" / "roster-2026-2027.csv", "older")
    live = write_text(tmp_path / "roster.csv", "last year")
    kept = [Kept("roster.csv", there, b"last year", private=True)]

    with pytest.raises(InputError) as caught:
        write(kept, [Replaced(live, b"last year", b"empty", 0o600)])

    assert [finding.code for finding in caught.value.findings] == ["exists"]
    assert (there.read_text(), live.read_text()) == ("older", "last year")


def test_a_file_that_changed_meanwhile_is_not_replaced(tmp_path):
    live = write_text(tmp_path / "local.yaml", "edited while the questions were asked")

    with pytest.raises(InputError) as caught:
        write([Kept("x", tmp_path / "kept", b"", private=False)], [Replaced(live, b"a", b"b", 0o6)])

    assert [finding.code for finding in caught.value.findings] == ["changed"]
    assert [path.name for path in tmp_path.iterdir()] == ["local.yaml"]


def test_a_roll_that_was_cut_short_can_be_made_again(tmp_path):
    live = write_text(tmp_path / "roster.csv", "people")
    kept = [Kept("roster.csv", tmp_path / "archive" / "old.csv", b"people", private=True)]
    write(kept, [])

    write(kept, [Replaced(live, b"people", b"empty", 0o600)])

    assert (live.read_text(), (tmp_path / "archive" / "old.csv").read_text()) == ("empty", "people")
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["old.csv", "roster.csv"]


# --- What to print again


@pytest.fixture
def rolled(tmp_path, fonts):
    """Give what rolls a small local with a packet, and returns what is to be printed again."""

    def make(changes, documents):
        omit = [name for name in [*OMITTED, "letter-of-understanding"] if name not in documents]
        more = {"program": {"school_year": "2026-2027"}, "documents": {"omit": omit}}
        folder = write_tiny(tmp_path / "tiny", {**more, "packets": {"omit": []}, **changes})
        plan = plan_of(folder / "local.yaml")
        return reprints(plan.start.kit, plan.kit)

    return make


def test_the_pages_with_the_year_are_printed_again_and_the_packets_that_hold_them(rolled):
    found = rolled({"edition": "2026-2027"}, ["mentor-pledge", "certificate-of-completion"])

    assert [(each.title, each.pages) for each in found.documents] == [
        ("Certificate of completion (C13a)", "its one page")
    ]
    assert [(each.packet, each.cover, each.inside) for each in found.packets] == [
        ("closing", False, ("C13a",)),
        ("complete-manual", False, ("C13a",)),
    ]
    assert found.same == 1


# --- Words that name last year


def test_words_that_name_last_year_are_shown(tmp_path):
    lines = "program: {school_year: 2026-2027, duration: until May 2027}\nedition: 2026-27\n"
    file = write_local(tmp_path, f"{SMALL}{lines}credit: {{permission: Given in 2026.}}\n")
    letter = "---\ngreeting: Hi\nclosing: Yours,\nsigner: committee\n---\nIn 2026 we began.\n"
    own = write_text(tmp_path / LETTER, letter)
    write_text(tmp_path / OWN_FILES, bases_text({LETTER: basis_of(LETTER, b"In 2026.\n")}))
    plan = plan_of(file)

    found = list(mentions(plan.kit, plan.own, plan.old, plan.new))

    assert [(place.file, place.line) for place in found] == [(file, 10), (file, 12), (own, 6)]
