"""relevant.py: conditions of packs on settings."""

import time

import pytest

from formgen.model.conditions import holds
from tests.support.locals import resolved

VALUES = {
    "list": ["x", "y"],
    "empty": [],
    "yes": True,
    "no": False,
    "three": 3,
    "group": {"word": "a", "none": ""},
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", True),
        ("yes", True),
        ("no", False),
        ("not no", True),
        ("list", True),
        ("empty", False),
        ("group.word", True),
        ("group.none", False),
        ('group.word == "a"', True),
        ("three > 2", True),
        ("three > 3", False),
        ("list | length > 1", True),
        ('"x" in list', True),
        ('"z" in list', False),
        ("yes and (no or list)", True),
    ],
)
def test_a_condition_looks_at_the_settings(condition, expected):
    assert holds(condition, VALUES) is expected


SHAPE = "it is one setting, or what a setting is: a == 'b', not a = b"


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("zzz", 'there is no setting "zzz"'),
        ("group.zzz", 'there is no setting "zzz"'),
        ("three +", f"{SHAPE} (unexpected 'end of template')"),
        ("three > list", "'>' not supported between instances of 'int' and 'list'"),
        ("1 / 0", "division by zero"),
        ("'{}{}'.format(1)", "tuple index out of range"),
        ("'{'.format()", "Single '{' encountered in format string"),
        ("three()", "'int' object is not callable"),
        ("list | zzz", f"{SHAPE} (No filter named 'zzz')"),
        ("range(3)", 'there is no setting "range"'),
        ("{{ three }}", f"{SHAPE} (expected token ':', got '}}')"),
        (
            "().__class__.__bases__",
            "access to attribute '__class__' of 'tuple' object is unsafe",
        ),
        ("list.append(1)", "access to attribute 'append' of 'list' object is unsafe"),
    ],
)
def test_a_condition_that_does_not_work_says_why(condition, why):
    with pytest.raises(ValueError, match="does not work") as problem:
        holds(condition, VALUES)

    assert str(problem.value) == f'the condition "{condition}" does not work: {why}.'


@pytest.mark.parametrize("nested", ["not " * 36 + "yes", "(" * 40 + "yes" + ")" * 40, "-" * 144])
def test_a_condition_as_long_as_it_may_be_takes_little_time(nested):
    start = time.process_time()

    assert holds(nested if "yes" in nested else f"{nested}three", VALUES)
    # Seconds of the processor.
    assert time.process_time() - start < 5


@pytest.mark.parametrize("long", ["not " * 300 + "yes", "(" * 500 + "yes" + ")" * 500, "-" * 9999])
def test_a_condition_of_any_length_is_refused_at_once(long):
    with pytest.raises(ValueError, match="is longer than 150 characters") as problem:
        holds(long, VALUES)

    assert len(str(problem.value)) < 200


def test_a_condition_changes_nothing():
    values = {"list": ["x"]}

    assert holds("list | sort | length == 1", values)
    assert values == {"list": ["x"]}


def test_conditions_can_ask_for_every_setting(tmp_path):
    kit = resolved(tmp_path)

    for group in type(kit.settings).model_fields:
        assert holds(f"{group} is defined", kit.values)
