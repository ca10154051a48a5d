"""edit/parts.py: groups, lists and items come and go, and nothing else of the file changes."""

from pathlib import Path

import pytest

from formgen.findings import InputError
from formgen.sources.edit.parts import moved_up, with_value, without
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import plain
from tests.support.locals import SAMPLES

FILE = Path("local.yaml")
PICNIC = {"name": "Picnic", "date": "2027-05-01"}


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: 1  # x\n", ("b", "c"), "true", "a: 1  # x\n\nb:\n  c: true\n"),
        ("a:\n  b: 1\n\n# end\n", ("a", "c", "d"), "x", "a:\n  b: 1\n  c:\n    d: x\n\n# end\n"),
        ("a: {b: 1}  # x\n", ("a", "c"), "it's: 2", 'a: {b: 1, c: "it\'s: 2"}  # x\n'),
        ("a: 1\n", ("b",), ["x", "y: z"], 'a: 1\n\nb: [x, "y: z"]\n'),
        ("a:\n", ("a", "b"), "x", "a: {b: x}\n"),
        ("a: {}\nb: 1\n", ("a", "c"), "x", "a: {c: x}\nb: 1\n"),
        ("a: []  # none\n", ("a",), ["x"], "a: [x]  # none\n"),
        ("a:\n  - x\n  - y\nb: 1\n", ("a",), [], "a: []\nb: 1\n"),
        ("a: 1\r\n", ("b",), "2", "a: 1\r\nb: 2\r\n"),
        ("", ("a", "b"), "x", "a:\n  b: x\n"),
        ("a: 1\n", ("e", 0), PICNIC, "a: 1\n\ne:\n  - name: Picnic\n    date: 2027-05-01\n"),
        (
            "e:\n  - name: Kick-off  # first\n    date: 2026-09-01\n# more\nz: 1\n",
            ("e", 1),
            PICNIC,
            (
                "e:\n  - name: Kick-off  # first\n    date: 2026-09-01\n  - name: Picnic\n"
                "    date: 2027-05-01\n# more\nz: 1\n"
            ),
        ),
        (
            "e:\n  - {name: Kick-off, date: 2026-09-01}\n",
            ("e", 1),
            PICNIC,
            "e:\n  - {name: Kick-off, date: 2026-09-01}\n  - {name: Picnic, date: 2027-05-01}\n",
        ),
    ],
)
def test_a_value_is_put_where_nothing_was(before, path, value, after):
    assert with_value(before, FILE, path, value) == after


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a:\n  b: 1  # x\n  c: 2\n", ("a", "b"), "a:\n  c: 2\n"),
        (
            "a:\n  # of b\n  b: >\n    many\n    words\n  c: 2\n",
            ("a", "b"),
            "a:\n  # of b\n  c: 2\n",
        ),
        ("a:\n  b: 1\nz: 2\n", ("a", "b"), "z: 2\n"),
        ("a: {b: 1, c: 2}  # x\n", ("a", "b"), "a: {c: 2}  # x\n"),
        ("a: {b: 1, c: 2}  # x\n", ("a", "c"), "a: {b: 1}  # x\n"),
        ("e:\n  - a: 1\n    b: 2\n  - a: 3\n", ("e", 0), "e:\n  - a: 3\n"),
        ("e:\n  - a: 1\n    b: 2\n", ("e", 0, "a"), "e:\n  - b: 2\n"),
        ("e:\n  - a: 1\nz: 1\n", ("e", 0), "e: []\nz: 1\n"),
        ("e: [x, y]\n", ("e", 0), "e: [y]\n"),
        ("a: 1\n", ("b",), "a: 1\n"),
    ],
)
def test_a_value_is_taken_out_and_empty_groups_with_it(before, path, after):
    assert without(before, FILE, path) == after


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("e:\n  - x  # 1\n  - y  # 2\nz: 1\n", ("e", 1), "e:\n  - y  # 2\n  - x  # 1\nz: 1\n"),
        ("e: [x, y, z]\n", ("e", 2), "e: [x, z, y]\n"),
        (
            "e:\n  - a: 1\n    b: 2\n  - a: 3",
            ("e", 1),
            "e:\n  - a: 3\n  - a: 1\n    b: 2",
        ),
        ("e: [x, y]\n", ("e", 0), "e: [x, y]\n"),
        ("e: [x, y]\n", ("e", 7), "e: [x, y]\n"),
    ],
)
def test_an_item_moves_up(before, path, after):
    assert moved_up(before, FILE, path) == after


@pytest.mark.parametrize("file", SAMPLES, ids=lambda path: path.parent.name)
def test_every_text_of_the_samples_can_be_taken_out_and_put_back(file):
    text = file.read_text("utf-8")
    tree = parse_yaml(text, file)
    assert isinstance(tree.value, dict)
    for key, node in tree.value.items():
        below = node.value.items() if isinstance(node.value, dict) else ()
        texts = [(key, name) for name, child in below if isinstance(child.value, str)]
        for path in texts:
            value = plain(tree.get(*path))
            less = without(text, file, path)
            again = with_value(less, file, path, value)

            assert plain(parse_yaml(again, file)) == plain(tree), path
            comments = [line for line in text.splitlines() if line.strip().startswith("#")]
            assert [line for line in again.splitlines() if line in comments] == comments


def test_what_cannot_be_done_is_said_and_nothing_is_changed():
    with pytest.raises(InputError, match="cannot be changed without touching"):
        with_value("a: text\n", FILE, ("a", "b", 3), "x")
