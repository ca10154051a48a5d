"""cli/list.py: the rows, as text and as JSON."""

import json
import re
from pathlib import Path

import pytest

from formgen.findings import ExitCode
from tests.support.locals import BROKEN, SAMPLES, write_local


def test_the_documents_are_listed(run):
    lines = run("list").out.splitlines()

    assert re.fullmatch(r"M +manual +Program manual +public +print, web", lines[0])
    assert len({line.index("print, ") for line in lines if "print, " in line}) == 1
    assert re.fullmatch(
        r"P2 +mentor-application +Mentor application packet +applicants +G2, F23, F3, A7a",
        lines[-6],
    )


def test_the_list_as_json_has_what_the_text_has(run):
    for arguments in (["list"], ["list", SAMPLES[0]], ["list", "--promises"]):
        text, data = run(*arguments), json.loads(run(*arguments, "--json").out)
        assert [re.split(r"  +", line) for line in text.out.splitlines()] == [
            list(row.values()) for row in data
        ]


@pytest.mark.parametrize("extra", [[], ["--promises"]])
def test_a_list_of_nothing_says_so(extra, run):
    rows = json.loads(run("list", "--json").out)
    ids = [row["id"] for row in rows if "variants" in row]
    write_local(Path("a"), {"documents": {"omit": ids}, "archive": {"documents": []}})

    assert run("list", "a", *extra).out == "There are none.\n"
    assert json.loads(run("list", "a", *extra, "--json").out) == []


def test_the_list_of_a_local_that_is_wrong_is_its_findings(run):
    write_local(Path("a"), BROKEN)

    for extra in ([], ["--json"]):
        said = run("list", "a", *extra)
        assert (said.code, said.out) == (ExitCode.BAD_INPUT, "")
        assert "error[bad-choice]" in said.err


@pytest.mark.parametrize("change", [str, str.upper, str.lower])
@pytest.mark.parametrize("key", ["id", "code"])
def test_the_fields_of_a_form_are_listed_by_name(key, change, run):
    row = next(
        each for each in json.loads(run("list", "--json").out) if each["id"] == "mentee-pledge"
    )
    name = row["id"] if key == "id" else change(row["code"])

    rows = json.loads(run("list", "--fields", name, "--json").out)

    assert [set(row) for row in rows] == [{"name", "type", "label"}] * len(rows)
    assert {"mentee-name", "mentee-signature"} <= {row["name"] for row in rows}


def test_the_fields_of_a_document_that_is_not_built_are_a_finding(run):
    said = run("list", "--fields", "mentee-plege")

    assert said.code == ExitCode.BAD_INPUT
    assert 'did you mean "mentee-pledge"?' in said.err
