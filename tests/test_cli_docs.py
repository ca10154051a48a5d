"""cli_docs.py and cli_schema.py: what is made from the settings, as one types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.findings import ExitCode
from formgen.reference import generated
from formgen.reference.json_pages import schema_pages
from formgen.sources.layers import Layer, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, PIECES, language_path, settings_paths
from tests.support.locals import write, write_local

ROOT = base_layer().folder
# Pages that a new folder lacks, in the order of findings.
MISSING = sorted(("docs/codes/README.md", "docs/pieces.md", "docs/settings.md", *schema_pages()))


def run(*arguments):
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Let pages be made in a folder that has none yet."""
    monkeypatch.setattr(generated, "base_layer", lambda: Layer("base", tmp_path))
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "pyproject.toml", "")
    read = (*settings_paths(FIRST_LANGUAGE), language_path(FIRST_LANGUAGE, PIECES))
    for path in (*read, "docs/commands.md"):
        write(tmp_path / path, (ROOT / path).read_text(encoding="utf-8"))
    return tmp_path


def test_the_pages_of_the_repository_are_as_they_are_made():
    assert run("docs", "--check").output == "All pages are as they are made.\n"


def test_pages_that_differ_are_findings(repository):
    said = run("docs", "--check")

    assert said.exit_code == ExitCode.BAD_INPUT
    assert said.output == "".join(
        f"{path}: error[stale-page]: this page is not as it is made. Fix: run `formgen docs`.\n"
        for path in MISSING
    )
    assert not (repository / "docs" / "codes").exists()


def test_pages_are_written_once(repository):
    first, second, checked = run("docs"), run("docs"), run("docs", "--check")

    made = "All pages are as they are made.\n"
    *wrote, last = first.output.splitlines(keepends=True)
    assert (sorted(wrote), last) == ([f"Wrote {Path(path)}\n" for path in MISSING], made)
    assert (second.output, checked.output) == (made, made)
    assert (repository / "docs" / "settings.md").is_file()


def test_an_installed_formgen_has_no_pages_to_make(repository):
    (repository / "pyproject.toml").unlink()

    said = run("docs", "--check")

    assert said.exit_code == ExitCode.BAD_INPUT
    assert "error[no-checkout]: this formgen is installed, and its pages are" in said.output


def test_docs_is_no_command_for_those_who_make_papers():
    assert " docs " not in run("--help").output


def test_the_schema_is_printed_or_written_beside_a_local(tmp_path):
    local = write_local(tmp_path / "a")

    printed, written = run("schema"), run("schema", tmp_path / "a")

    path = local.parent / ".local.schema.json"
    assert written.output == f"Wrote {path}\n"
    assert path.read_text(encoding="utf-8") == printed.output
    assert json.loads(printed.output)["properties"]["paper"]["enum"][0] == "letter"
