"""edit.py: one value of a YAML file changes, and nothing else does."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formgen.findings import InputError
from formgen.sources.edit.drafts import data_of, text_of
from formgen.sources.edit.texts import with_list, with_text
from formgen.sources.strict_yaml import parse_yaml
from tests.support.locals import SAMPLES

FILE = Path("local.yaml")


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: 1  # why\nb: 2\n", ("a",), "3", "a: 3  # why\nb: 2\n"),
        ("a: '1'\n", ("a",), "it's", "a: 'it''s'\n"),
        ('a: "1"   # x\n', ("a",), 'say "hi"', 'a: "say \\"hi\\""   # x\n'),
        ("a: plain\n", ("a",), "no # comment", 'a: "no # comment"\n'),
        ("a: plain\n", ("a",), "key: value", 'a: "key: value"\n'),
        ("a: plain\n", ("a",), "", 'a: ""\n'),
        ("a:\nb: 2\n", ("a",), "1", "a: 1\nb: 2\n"),
        ("a: >\n  many\n  words\nb: 2\n", ("a",), "few", 'a: "few"\nb: 2\n'),
        ("a: many\n  words\nb: 2\n", ("a",), "few", "a: few\nb: 2\n"),
        ("a: {b: 1, c: [x, y]}  # k\n", ("a", "c", 1), "z, z", 'a: {b: 1, c: [x, "z, z"]}  # k\n'),
        ("- {d: 2026-09-01}\n- {d: 2}\n", (0, "d"), "2027-08-31", "- {d: 2027-08-31}\n- {d: 2}\n"),
        ("é: ü\r\nb: 2  # ß\r\n", ("b",), "3", "é: ü\r\nb: 3  # ß\r\n"),
        ("a: 1", ("a",), "2", "a: 2"),
    ],
)
def test_a_value_is_replaced_in_its_place(before, path, value, after):
    assert with_text(before, FILE, path, value) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  b: 1  # x\nc: 3\n", "a:\n  b: 1  # x\n  new: 2\nc: 3\n"),
        ("a: {b: 1}  # x\n", "a: {b: 1, new: 2}  # x\n"),
        ("a:\n    b: 1\n    c:\n      - d\n", "a:\n    b: 1\n    new: 2\n    c:\n      - d\n"),
        ("a:\r\n  b: 1\r\n", "a:\r\n  b: 1\r\n  new: 2\r\n"),
        ("a:\n  b: 1", "a:\n  b: 1\n  new: 2"),
    ],
)
def test_a_new_key_joins_its_group(before, after):
    assert with_text(before, FILE, ("a", "new"), "2") == after


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        ("a: [x, y]  # k\n", "xz", "a: [x, z]  # k\n"),
        ("a: [x, y]  # k\n", "xyz", "a: [x, y, z]  # k\n"),
        ("a: [x,\n  y]\n", "y", "a: [y]\n"),
        ("a:\n  - x  # 1\n  # of y\n  - y  # 2\nb: 1\n", "y", "a:\n  # of y\n  - y  # 2\nb: 1\n"),
        ("a:\n  - x  # 1\n  - y  # 2\nb: 1\n", "xzy", "a:\n  - x  # 1\n  - z\n  - y  # 2\nb: 1\n"),
        ("a:\n- x\n- y", "xyz", "a:\n- x\n- y\n- z"),
        ("a:\r\n- x\r\n- y\r\n", "pqr", "a:\r\n- p\r\n- q\r\n- r\r\n"),
    ],
)
def test_a_list_keeps_the_lines_of_what_stays(before, values, after):
    assert with_list(before, FILE, ("a",), list(values)) == after


def test_a_list_with_comments_between_its_items_is_left_to_a_person():
    before = "a: [x, # the first\n  y]\n"

    with pytest.raises(InputError) as caught:
        with_list(before, FILE, ("a",), ["x"])

    (finding,) = caught.value.findings
    assert (str(finding.place), finding.code) == ("local.yaml:1:4", "not-editable")


def test_a_byte_order_mark_stays():
    before = b"\xef\xbb\xbfa: 1\r\n"

    assert data_of(with_text(text_of(before), FILE, ("a",), "2"), before) == (
        b"\xef\xbb\xbfa: 2\r\n"
    )


@given(st.text(string.printable + "éß☂—", max_size=30))
def test_any_text_comes_back_as_it_was_given(value):
    value = " ".join(value.split())
    before = SAMPLES[-1].read_text(encoding="utf-8")
    for path in [("local", "president"), ("events", 0, "time"), ("program", "terms", "mentor")]:
        after = with_text(before, FILE, path, value)
        assert parse_yaml(after, FILE).text(*path) == value
        lines = zip(before.splitlines(), after.splitlines(), strict=True)
        assert sum(one != other for one, other in lines) <= 1
