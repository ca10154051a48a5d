"""README.md: short, and a door to all else."""

from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
MOST_WORDS = 900


def test_it_is_read_in_five_minutes():
    assert len(README.split()) <= MOST_WORDS


def test_it_says_where_the_architecture_stands():
    chapter = README.partition("\n## ARCHITECTURE\n")[2].partition("\n## ")[0]

    assert "(docs/developers.md)" in chapter
