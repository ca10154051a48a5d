"""front_matter.py: the settings above a letter's words, and the words."""

from pathlib import Path

import pytest

from formgen.findings import InputError
from formgen.sources.front_matter import split_front_matter

PATH = Path("letter.md")


def test_a_letter_is_settings_and_words():
    parts = split_front_matter("---\ntitle: Thanks\nsigner: x\n---\nDear\nyou.\n", PATH)

    assert parts.settings.text("title") == "Thanks"
    assert parts.settings.get("title").place.line == 2
    assert (parts.words, parts.first_line) == ("Dear\nyou.\n", 5)


@pytest.mark.parametrize("text", ["Dear you.\n", "", "Dear\n---\nyou\n---\n"])
def test_without_a_fence_at_its_top_a_text_is_words_alone(text):
    parts = split_front_matter(text, PATH)

    assert (parts.settings.value, parts.words, parts.first_line) == ({}, text, 1)


def test_a_block_that_never_ends_is_found_at_its_top():
    with pytest.raises(InputError) as problem:
        split_front_matter("---\ntitle: Thanks\n", PATH)

    (finding,) = problem.value.findings
    assert (finding.code, finding.place.line) == ("no-fence", 1)


@pytest.mark.parametrize("above", ["\n", "\n  \n", "\r\n"])
def test_empty_lines_above_the_block_are_no_words(above):
    parts = split_front_matter(f"{above}---\ntitle: Thanks\n---\nDear\n", PATH)

    assert parts.settings.text("title") == "Thanks"
    assert parts.settings.get("title").place.line == above.count("\n") + 2
    assert (parts.words, parts.first_line) == ("Dear\n", above.count("\n") + 4)


BLOCK = "title: Thanks\nsigner: x\n"
# A block without its first line, or with what a word processor makes of it; where, and the remedy.
LOST = {
    "no first line": (f"{BLOCK}---\nDear\n", 1, "write --- on a line of its own above it."),
    "neither line": (f"{BLOCK}\nDear\n", 1, "write --- on a line of its own above it."),
    "one setting": ("title: Thanks\n---\nDear\n", 1, "write --- on a line of its own above it."),
    "below an empty line": (f"\n{BLOCK}---\n", 2, "write --- on a line of its own above it."),
    "a dash": (f"—\n{BLOCK}---\nDear\n", 1, "write --- instead."),
    "a dash and a hyphen": (f"–-\n{BLOCK}---\nDear\n", 1, "write --- instead."),
    "four hyphens": (f"----\n{BLOCK}---\nDear\n", 1, "write --- instead."),
    "two hyphens": (f"--\n{BLOCK}---\nDear\n", 1, "write --- instead."),
    "stars": (f"***\n{BLOCK}---\nDear\n", 1, "write --- instead."),
}


@pytest.mark.parametrize(("text", "line", "fix"), LOST.values(), ids=LOST)
def test_settings_are_never_taken_for_words(text, line, fix):
    with pytest.raises(InputError) as problem:
        split_front_matter(text, PATH)

    (finding,) = problem.value.findings
    assert (finding.code, finding.place.line, finding.fix) == ("no-fence", line, fix)


@pytest.mark.parametrize(
    "text", ["Dear: you\n", "note: this is a line\nand goes on.\n", "***\nDear\n"]
)
def test_words_are_never_taken_for_settings(text):
    assert split_front_matter(text, PATH).words == text
