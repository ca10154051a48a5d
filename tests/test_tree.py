"""tree.py: values with their places, and how a nearer layer lies over a lower one."""

import pytest

from formgen.findings import Place
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import leaves, map_texts, overlay, plain


@pytest.fixture
def tree(tmp_path):
    """Return a function that parses a text as the file of a layer."""
    return lambda text, layer="": parse_yaml(text, tmp_path / f"{layer or 'local'}.yaml", layer)


def test_a_node_is_found_by_keys_and_indexes(tree):
    node = tree("a: {b: [x, {c: y}]}")

    assert node.get("a", "b", 1, "c").value == "y"


@pytest.mark.parametrize(
    "path", [("z",), ("a", "z"), ("a", "b", 9), ("a", "b", "x"), ("a", "b", 0, "c")]
)
def test_a_path_that_leads_nowhere_finds_nothing(tree, path):
    assert tree("a: {b: [x]}").get(*path) is None


@pytest.mark.parametrize(
    ("path", "line"),
    [((), 1), (("a",), 2), (("a", "b"), 4), (("a", "b", 0), 4), (("a", "z"), 2), (("z", "z"), 1)],
)
def test_the_nearest_node_above_a_missing_one_is_found(tree, path, line):
    assert tree("a:\n  first: x\n  b:\n    - y\n").nearest(path).place.line == line


def test_text_is_given_with_a_default(tree):
    node = tree("a: x\nb:\nc: [y]\nd: ''\n")

    assert [node.text(key, default="-") for key in ("a", "b", "c", "d", "e")] == [
        "x",
        "-",
        "-",
        "",
        "-",
    ]


def test_plain_values_leave_out_keys_that_were_left_empty(tree):
    assert plain(tree("a: x\nb:\nc: [y, '', {d: , e: z}]\nf: ''\ng: []\n")) == {
        "a": "x",
        "c": ["y", "", {"e": "z"}],
        "f": "",
        "g": [],
    }


def test_groups_merge_key_by_key(tree):
    below, above = tree("a: {b: 1, c: 2}\nd: 3"), tree("a: {c: 4, e: 5}")

    assert plain(overlay(below, above)) == {"a": {"b": "1", "c": "4", "e": "5"}, "d": "3"}


def test_lists_replace_and_never_mix(tree):
    assert plain(overlay(tree("a: [1, 2, 3]"), tree("a: [4]"))) == {"a": ["4"]}


@pytest.mark.parametrize(
    ("below", "above"),
    [("a: x", "a: [1]"), ("a: x", "a: {b: 1}"), ("a: [1]", "a: x"), ("a: {b: 1}", "a: []")],
)
def test_values_of_another_kind_replace(tree, below, above):
    assert overlay(tree(below), tree(above)) == tree(above)


@pytest.mark.parametrize("empty", ["a:", "", "# nothing"])
def test_what_was_left_empty_does_not_hide_what_lies_below(tree, empty):
    assert plain(overlay(tree("a: {b: 1}"), tree(empty))) == {"a": {"b": "1"}}


@pytest.mark.parametrize(("above", "value"), [("a: ''", ""), ("a: []", []), ("a: 'no'", "no")])
def test_what_was_emptied_on_purpose_hides_what_lies_below(tree, above, value):
    assert plain(overlay(tree("a: x"), tree(above))) == {"a": value}


def test_defaults_come_last(tree):
    """A default in the base must not hide a value of the state pack, nor the pack the local's."""
    base = tree("paper: letter\nmentors: {minimum_years: 3, references: 2}\nmonths: [May]", "base")
    state = tree("mentors: {minimum_years: 5}\nmonths: [April, May]", "state")
    local = tree("mentors: {references: 1}\npaper:\n", "local")

    whole = overlay(overlay(base, state), local)

    assert plain(whole) == {
        "paper": "letter",
        "mentors": {"minimum_years": "5", "references": "1"},
        "months": ["April", "May"],
    }
    assert {
        path: whole.get(*path).layer
        for path in [
            ("paper",),
            ("mentors", "minimum_years"),
            ("mentors", "references"),
            ("months",),
        ]
    } == {
        ("paper",): "base",
        ("mentors", "minimum_years"): "state",
        ("mentors", "references"): "local",
        ("months",): "state",
    }


def test_each_value_keeps_the_place_that_supplied_it(tree, tmp_path):
    whole = overlay(tree("a: 1\nb: 2\n", "base"), tree("\n\nb: 3\n", "local"))

    assert whole.get("a").place == Place(tmp_path / "base.yaml", 1, 4)
    assert whole.get("b").place == Place(tmp_path / "local.yaml", 3, 4)
    assert whole.get("b").key_place == Place(tmp_path / "local.yaml", 3, 1)


def test_a_layer_is_not_changed_by_what_is_laid_over_it(tree):
    below = tree("a: {b: 1}")

    overlay(below, tree("a: {b: 2, c: 3}"))

    assert plain(below) == {"a": {"b": "1"}}


def test_leaves_are_all_texts_in_the_order_of_the_file(tree):
    node = tree("b: x\na: [y, {c: z}]\nempty:\nd: {}\n")

    assert [(path, leaf.value) for path, leaf in leaves(node)] == [
        (("b",), "x"),
        (("a", 0), "y"),
        (("a", 1, "c"), "z"),
    ]


def test_texts_are_changed_and_places_stay(tree):
    node = tree("a: [x, {b: y}]\nc:\n")

    louder = map_texts(node, lambda text, at: f"{text.upper()}{at.place.column}")

    assert plain(louder) == {"a": ["X5", {"b": "Y12"}]}
    assert louder.get("a", 1, "b").place == node.get("a", 1, "b").place
    assert plain(node) == {"a": ["x", {"b": "y"}]}
