"""comparing of packs: two editions for many locals, in words and side by side on a page."""

import re

import pytest
from click.testing import CliRunner

from formgen.cli.pack.diff import command as diff_command
from formgen.compare.pages import pairs
from formgen.compose.many.diff_page import DiffPage, Lines, diff_page
from formgen.findings import ExitCode
from tests.support.packs import LETTER, pack_files, packed, write_pack
from tests.support.tiny import OMITTED, write_tiny

FRONT = "---\ngreeting: Hi\nclosing: Yours,\nsigner: committee\n---\n"
WITH_LETTER = {"documents": {"omit": [each for each in OMITTED if each != "mentor-thank-you"]}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "aBc", [(2, 2)]),
        ("abcd", "abXcd", [(0, 3)]),
        ("abd", "ad", [(2, 0)]),
        ("ab", "XYZ", [(1, 1), (2, 2), (0, 3)]),
        ("ab", "ab", []),
    ],
)
def test_pages_that_differ_stand_beside_what_comes_in_their_place(old, new, expected):
    assert list(pairs(old, new)) == expected


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Give a folder with two editions of a pack, and three locals of which two have the letter."""
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path / "locals/packs/ohio", pack_files())
    for edition, words in (("2026.1", "Thanks."), ("2026.2", "Many thanks.")):
        files = pack_files({"edition": edition}, {LETTER: f"{FRONT}{words}\n"})
        (tmp_path / f"ohio-{edition}.zip").write_bytes(packed(files))
    for name in ("birch", "elm", "maple"):
        changes = WITH_LETTER if name != "elm" else {}
        write_tiny(tmp_path / "locals" / name, {"extends": "ohio", **changes})
    return tmp_path


def run(*arguments):
    archives = ("ohio-2026.1.zip", "ohio-2026.2.zip")
    return CliRunner().invoke(diff_command, [*archives, *arguments], catch_exceptions=False)


def test_locals_for_which_the_same_changes_are_told_together(state, fonts):
    done = run("locals")

    assert done.exit_code == ExitCode.ALL_BUILT
    assert done.stdout.count("Many") == 2  # the pack's words, and those of the two locals
    told = done.stdout[done.stdout.index("For 2 locals") :].splitlines()
    assert told[0] == "For 2 locals (birch, maple):"
    assert told[2] == "  mentor-thank-you changes: its one page"
    assert told[-2:] == ["For elm:", "  Nothing changes."]


def test_a_local_that_cannot_be_compared_keeps_no_other_from_it(state, fonts):
    write_tiny(state / "locals/oak")

    done = run("locals/elm", "locals/oak")

    assert done.exit_code == ExitCode.BAD_INPUT
    assert "For elm:" in done.stdout
    assert "error[pack-not-used]" in done.output


@pytest.mark.slow
def test_a_page_has_what_changes_side_by_side_and_what_to_print_again(state, fonts):
    done = run("locals", "--html", "diff.html")

    assert "  open diff.html" in done.stdout
    page = (state / "diff.html").read_text("utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    assert "Ohio pack: 2026.1 → 2026.2" in text
    assert "For these 2 locals" in text
    assert "Print again Thank-you letter to a mentor (L12) : its one page" in text
    assert "Nothing has to be printed again." in text
    assert page.count("data:image/png") == 2
    assert "2026.1, page 1" in text
    assert "2026.2, page 1" in text
    assert "<ins>Many thanks.</ins>" in page


def test_words_that_come_and_go_are_marked_and_nothing_in_them_is_code():
    lines = Lines("words", "content/<b>.md", ("so [-we-] {+<i>you</i>+} [did]",))
    page = diff_page(DiffPage("Ohio", "1", "2", (lines,), (), 3))

    assert "<li>so <del>we</del> <ins>&lt;i&gt;you&lt;/i&gt;</ins> [did]</li>" in page
    assert "content/&lt;b&gt;.md" in page
    assert "3 more pages change and are not shown." in page
