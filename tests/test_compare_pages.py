"""pages.py of compare: which pages of a local's documents a new edition changes."""

import pytest

from formgen.compare.pages import said
from tests.support.packs import LETTER, compare, pack_files, write_pack
from tests.support.tiny import OMITTED, write_tiny


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abcdefghijkl", "aBcdEfghijkl", "pages 2 and 5 of 12"),
        ("abcdefghijkl", "aBcdExfghijkl", "pages 2 and 5 of 12, now 13 pages"),
        ("abcd", "abXcd", "new: page 3, now 5 pages"),
        ("abcdefg", "aBCDeFg", "pages 2 to 4 and 6 of 7"),
        ("abcdefg", "aBCdeFG", "pages 2, 3, 6 and 7 of 7"),
        ("abcd", "abd", "page 3 of 4, now 3 pages"),
        ("ab", "AB", "all 2 pages"),
        ("ab", "A", "all 2 pages, now 1 page"),
        ("a", "A", "its one page"),
        ("abc", "abc", ""),
        ("aaaa", "aaaa", ""),
    ],
)
def test_pages_are_named_in_words(old, new, expected):
    assert said(old, new) == expected


@pytest.fixture
def changes(tmp_path, fonts):
    """Give what compares two editions of a pack for a local, and returns what changes of it."""

    def make(old, new, documents):
        before = write_pack(tmp_path / "packs/ohio", pack_files(more=old))
        now = write_pack(tmp_path / "new", pack_files(more=new))
        omit = [name for name in [*OMITTED, "letter-of-understanding"] if name not in documents]
        local = write_tiny(
            tmp_path / "locals" / "tiny", {"extends": "ohio", "documents": {"omit": omit}}
        )
        return [each.name for each in compare(before, now, local) if each.group == "local"]

    return make


def letter(paragraphs):
    return (
        "---\ngreeting: Hi\nclosing: Yours,\nsigner: committee\n---\n"
        + "\n\n".join(paragraphs)
        + "\n"
    )


@pytest.mark.slow
def test_the_pages_that_change_are_named_and_no_others(changes):
    text = [f"Paragraph {number}. " + "All year long you made time. " * 12 for number in range(26)]
    changed = [*text[:14], text[14].replace("you made", "we made"), *text[15:]]

    letters = {LETTER: letter(text)}, {LETTER: letter(changed)}
    assert changes(*letters, ["mentor-thank-you"]) == ["mentor-thank-you changes: page 2 of 3"]


@pytest.mark.slow
def test_a_page_more_does_not_count_as_a_change_of_all_pages(changes):
    text = [f"Paragraph {number}. " + "All year long you made time. " * 12 for number in range(26)]
    longer = [*text, *text[:14]]

    assert changes({LETTER: letter(text)}, {LETTER: letter(longer)}, ["mentor-thank-you"]) == [
        "mentor-thank-you changes: page 3 of 3, now 4 pages"
    ]


@pytest.mark.slow
def test_a_picture_that_is_another_one_changes_the_pages_that_show_it(changes):
    mark = '<p><img src="{{ asset("mark.svg") }}" alt="Mark"></p>'
    brand = mark + '{% include "base/partials/brand.html.j2" %}'
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}v9"/></svg>'
    old, new = (
        {"templates/partials/brand.html.j2": brand, "assets/mark.svg": svg.format(width)}
        for width in (5, 8)
    )

    assert "mentor-thank-you changes: its one page" in changes(old, new, ["mentor-thank-you"])


@pytest.mark.slow
def test_a_document_that_looks_as_it_did_is_told_from_one_that_changes(changes):
    style = "templates/styles/print.more.css"

    assert changes({style: "h1 {color: red}"}, {style: "h1 {color: #ff0000}"}, []) == [
        "mentor-pledge: no page looks otherwise",
        "certificate-of-completion: no page looks otherwise",
    ]
