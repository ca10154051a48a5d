"""reference/generated.py: generated pages are as they are made; `formgen docs` makes them so."""

import shutil
from types import MappingProxyType

import pytest

from formgen.findings import InputError
from formgen.reference import generated
from formgen.reference.generated import check_generated, checkout, write_generated
from formgen.reference.json_pages import schema_pages
from formgen.sources.layers import Layer, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, settings_paths
from tests.support.locals import lines_of, write

ROOT = base_layer().folder
PAGES = ("docs/settings.md", "docs/codes/README.md", *schema_pages())


@pytest.fixture
def repository(tmp_path):
    """Return a folder with the sources of the generated pages, and no pages yet."""
    for path in settings_paths(FIRST_LANGUAGE):
        write(tmp_path / path, (ROOT / path).read_text(encoding="utf-8"))
    return tmp_path


def test_every_generated_page_of_the_repository_is_as_it_is_made():
    assert [str(finding) for finding in check_generated(ROOT)] == []


def test_pages_that_differ_are_named_and_made(repository):
    program = repository / "content" / "program.yaml"
    program.write_text(program.read_text().replace("# The paper", "# My paper"))

    assert lines_of(check_generated(repository), repository) == [
        f"{name}: error[stale-page]: this page is not as it is made. Fix: run `formgen docs`."
        for name in ("content/program.yaml", *PAGES)
    ]
    assert write_generated(repository) == [program, *(repository / page for page in PAGES)]
    assert check_generated(repository) == []
    assert write_generated(repository) == []
    assert program.read_text() == (ROOT / "content/program.yaml").read_text()


def test_a_page_that_is_made_no_more_goes(repository):
    made = MappingProxyType({"docs/codes/here.md": "Here.\n"})
    table = (generated.Generated(lambda _: made, "docs/codes/*.md"),)
    gone = write(repository / "docs" / "codes" / "gone.md", "Gone.\n")
    write(repository / "docs" / "mine.md", "Mine.\n")

    assert [finding.place.file.name for finding in check_generated(repository, table)] == [
        "here.md",
        "gone.md",
    ]
    write_generated(repository, table)
    assert not gone.exists()
    assert sorted(path.name for path in repository.rglob("*.md")) == ["here.md", "mine.md"]


def test_without_the_repository_it_is_said_in_plain_words(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "content" / "en", tmp_path / "content" / "en")
    monkeypatch.setattr(generated, "base_layer", lambda: Layer("base", tmp_path))

    with pytest.raises(InputError) as problem:
        checkout()

    (finding,) = problem.value.findings
    assert (finding.code, finding.fix) == (
        "no-checkout",
        "run it in a copy of formgen's source.",
    )
