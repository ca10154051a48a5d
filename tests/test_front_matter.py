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
