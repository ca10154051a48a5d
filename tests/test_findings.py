"""findings.py: what a finding says, in which order, and with which exit code."""

from pathlib import Path

import pytest

from formgen.codes import Code
from formgen.findings import (
    ExitCode,
    Finding,
    InputError,
    Place,
    brief,
    did_you_mean,
    errors,
    exit_code,
    first_of_each,
    in_order,
    more_like,
    one_of,
    relative_to,
)

FILE = Path("local.yaml")
HERE = Place(FILE, 12, 9)
ERROR = Finding(HERE, Code.BAD_COLOUR, '"red}" is not a color.', "write it as #RRGGBB.")
WARNING = Finding(HERE, Code.ONE_SIDED, "too pale.", "choose a darker color.")
REFUSAL = Finding(HERE, Code.PRIVATE, "never archived.", "take it off.")


def test_place_reads_as_editors_write_it():
    assert str(HERE) == "local.yaml:12:9"


def test_place_of_a_whole_file_is_its_name():
    assert str(Place(FILE)) == "local.yaml"


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (
            ERROR,
            'local.yaml:12:9: error[bad-colour]: "red}" is not a color. Fix: write it as #RRGGBB.',
        ),
        (WARNING, "local.yaml:12:9: warning[one-sided]: too pale. Fix: choose a darker color."),
        (
            Finding(Place(FILE), Code.NO_FILE, "it is gone."),
            "local.yaml: error[no-file]: it is gone.",
        ),
    ],
)
def test_finding_is_one_line_with_place_code_and_remedy(finding, line):
    assert str(finding) == line


def test_input_error_keeps_its_findings_and_says_them():
    problem = InputError(iter([ERROR, REFUSAL]))

    assert problem.findings == (ERROR, REFUSAL)
    assert str(problem) == f"{ERROR}; {REFUSAL}"


def test_findings_come_in_the_order_of_the_file_and_once():
    later = Finding(Place(FILE, 12, 10), Code.BAD_DATE, "later.")
    earlier = Finding(Place(FILE, 3, 40), Code.YAML_TAG, "earlier.")
    other_file = Finding(Place(Path("a.yaml"), 99, 1), Code.EMPTY, "in another file.")

    found = in_order([later, ERROR, earlier, ERROR, other_file])

    assert found == [other_file, earlier, ERROR, later]


def test_line_ten_comes_after_line_nine():
    nine, ten = (Finding(Place(FILE, line, 1), Code.EMPTY, "it is.") for line in (9, 10))

    assert in_order([ten, nine]) == [nine, ten]


def test_warnings_are_no_errors():
    assert errors([WARNING, ERROR, REFUSAL]) == [ERROR, REFUSAL]


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ([], ExitCode.ALL_BUILT),
        ([WARNING], ExitCode.ALL_BUILT),
        ([ERROR], ExitCode.BAD_INPUT),
        ([REFUSAL], ExitCode.REFUSED),
        ([ERROR, REFUSAL, WARNING], ExitCode.REFUSED),
    ],
)
def test_exit_code_follows_the_gravest_finding(findings, code):
    assert exit_code(findings) == code


def test_exit_codes_have_the_numbers_that_scripts_rely_on():
    assert {code.name: code.value for code in ExitCode} == {
        "ALL_BUILT": 0,
        "SOME_FAILED": 1,
        "USAGE": 2,
        "BAD_INPUT": 3,
        "REFUSED": 4,
        "BUG": 5,
    }


def test_files_are_shown_as_seen_from_a_folder(tmp_path):
    inside = Finding(Place(tmp_path / "locals" / "a.yaml", 1, 2), Code.EMPTY, "inside.")
    outside = Finding(Place(tmp_path.parent / "b.yaml", 1, 2), Code.EMPTY, "outside.")

    shown = relative_to([inside, outside], tmp_path)

    assert [finding.place.file for finding in shown] == [
        Path("locals/a.yaml"),
        tmp_path.parent / "b.yaml",
    ]


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("adress", 'did you mean "address"?'),
        ("ADDRESS", 'did you mean "address"?'),
        ("telephone", 'did you mean "phone"?'),
        ("xyz", "see the list."),
        ("", "see the list."),
    ],
)
def test_the_nearest_word_is_named_or_another_remedy(word, remedy):
    assert did_you_mean(word, ["address", "phone", "name"], "see the list.") == remedy


def test_allowed_words_are_listed():
    assert one_of(["letter", "a4"]) == "use one of: letter, a4."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a word", "a word"),
        ("two\n  lines\t and more ", "two lines and more"),
        ("x" * 80, "x" * 80),
        ("x" * 81, f"{'x' * 80}…"),
        ("x\n" * 500_000, f"{'x ' * 40}…"),
        ("", ""),
    ],
)
def test_what_was_typed_is_shown_on_one_line_and_cut(typed, shown):
    assert brief(typed) == shown


def test_half_a_name_is_taken_for_the_one_name_that_starts_so():
    known = ["manual/20-what-mentoring-is", "manual/30-why"]

    assert did_you_mean("manual/20-what", known) == 'did you mean "manual/20-what-mentoring-is"?'
    assert did_you_mean("man", known, "see the list.") == "see the list."


def test_of_very_many_the_first_of_each_kind_are_told_and_a_count():
    many = [Finding(Place(Path("a"), n + 1), Code.UNKNOWN_KEY, f"{n}") for n in range(250)]
    other = [Finding(Place(Path("b"), 1), Code.CSS, "x"), more_like(many[-1], 50)]

    told = first_of_each([*many, *other], most=10)

    assert [finding.message for finding in told] == [
        *(str(number) for number in range(10)),
        "290 more of this kind are not listed.",
        "x",
    ]
    assert first_of_each(told, most=10) == told
    assert first_of_each(many, most=250) == many
    uncounted = [*many, more_like(many[-1], 1, at_least=True)]
    assert first_of_each(uncounted, most=10)[-1].message.startswith("241 or more of this kind")
