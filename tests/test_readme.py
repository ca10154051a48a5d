"""README.md: what it shows is what one gets."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from formgen.cli import program
from tests.support.doc_runner import masked

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_of_explain_is_what_it_prints(monkeypatch):
    shown = re.search(r"^\$ python3 build.py (explain .*)\n((?:.+\n)+)```", README, re.MULTILINE)
    assert shown
    monkeypatch.chdir(ROOT)

    printed = CliRunner().invoke(program, shown[1].split()).output

    assert masked(printed) == masked(shown[2])


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_what_it_links_to_is_there(link):
    assert (ROOT / link).exists()
