"""reference/comments.py: comments are made anew around values, which stay as they are."""

import pytest

from formgen.reference.comments import commented, program_head
from formgen.reference.settings import base_reference

REFERENCE = base_reference()
HEAD = program_head(REFERENCE)


def body(text):
    """Return a file with its comments anew, without what stands at its head."""
    return commented(text, HEAD, REFERENCE).partition("\n\n")[2]


def test_each_setting_is_explained_above_its_line():
    assert body("paper: a4\nmentors:\n  minimum_years: 3\n") == (
        "# The paper in the copier. One of these:\n"
        "#   letter: 8½ by 11 inches\n"
        "#   a4: 210 by 297 millimeters\n"
        "#   legal: 8½ by 14 inches\n"
        "paper: a4\n"
        "\n"
        "# Who can be a mentor, and how mentors are chosen.\n"
        "mentors:\n"
        "  # Years with the employer before someone can serve. A whole number, 0 to 40.\n"
        "  minimum_years: 3\n"
    )


def test_what_stands_on_one_line_is_explained_above_it():
    assert body("pledges:\n  mentor: {add: [], remove: []}\n").splitlines()[3:] == [
        "  # What mentors promise.",
        "  #   add: Sentences of your own, at the end.",
        "  #   remove: Names of promises to leave out.",
        "  mentor: {add: [], remove: []}",
    ]


def test_where_the_default_is_empty_there_is_an_example():
    assert body("outputs: {}\n").splitlines()[-3:] == [
        "# For example:",
        "#   outputs: {word: true}",
        "outputs: {}",
    ]


def test_old_comments_go_and_values_keep_their_order_and_quotes():
    text = "# old\nprogram:\n  # old\n  goals:\n    - One\n    - '2: #'\n\nedition: 'x'  # kept\n"

    written = commented(text, HEAD, REFERENCE)
    values = [line for line in written.splitlines() if line.strip() and line.strip()[0] != "#"]

    assert values == [
        "program:",
        "  goals:",
        "    - One",
        "    - '2: #'",
        "edition: 'x'  # kept",
    ]
    assert "# old" not in written
    assert commented(written, HEAD, REFERENCE) == written


def test_the_head_names_what_every_local_has_to_give():
    head = commented("paper: a4\n", HEAD, REFERENCE).partition("\n\n")[0].splitlines()

    assert [line.split()[1] for line in head if line.startswith("#   ")] == [
        "formgen",
        "id",
        "local.name",
        "coordinator.name",
    ]


def test_a_value_that_would_change_is_refused():
    with pytest.raises(ValueError, match="looks like a comment"):
        commented("credit:\n  line: |\n    # not a comment\n    text\n", HEAD, REFERENCE)
