"""json_shapes.py: what programs read is as its schema in docs/json says, and the page shows it."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.json_shapes.table import SHAPES
from formgen.reference.json_pages import schema_pages
from formgen.sources.layers import base_layer
from tests.support.locals import MINIMAL, write, write_local
from tests.support.tiny import write_tiny

ROOT = base_layer().folder
PAGE = ROOT / "docs" / "json.md"
BOTH = ("--only", "certificate-of-completion", "--only", "mentor-pledge")
ROWS = "mentee_name,mentor_name\nAda Sample,Bo Example\nCy Sample,\n"


def strict(schema):
    """Return a schema that takes no keys that it does not name."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(each) for key, each in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed


SCHEMAS = {Path(path).name.partition(".")[0]: json.loads(t) for path, t in schema_pages().items()}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory, fonts):
    """Give several outputs of each shape, by its name."""
    folder = tmp_path_factory.mktemp("json")

    def run(*arguments):
        return json.loads(CliRunner().invoke(program, [*arguments, "--json"]).stdout)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write(write_tiny(Path("tiny")) / "roster.csv", ROWS)
        write_local(Path("bad"), f"{MINIMAL}paper: napkin\n")
        write_local(Path("private"), f"{MINIMAL}archive: {{documents: [mentor-reflection]}}\n")
        write_local(Path("plain"))
        write(Path("members.csv"), "number,name\n1,Oak\n2,Elm\n")
        write(Path("fewer.csv"), "number,name,president\n1,Oak,Pat Doe\n3,Ash,\n")
        build = ("build", "tiny", *BOTH, "--jobs", "1")
        return {
            "check": [
                run("check", "bad", "tiny", "private"),
                run("check", "bad", "nowhere"),
                run("check", "tiny", "--read"),
            ],
            "build": [run(*build), run(*build, "--why"), run("build", "bad", "nowhere")],
            "people": [
                run("people", "tiny", "--skip-bad-rows", "--jobs", "1", *BOTH[:2]),
                run("people", "tiny", "--skip-bad-rows", "--check"),
            ],
            "list": [run("list"), run("list", "tiny")],
            "promises": [run("list", "--promises")],
            "diff": [run("diff", "tiny"), run("diff", "plain")],
            "status": [run("status", "tiny"), run("status", "tiny", "bad", "nowhere")],
            "register": [
                run("register", "members.csv", "state"),
                run("register", "fewer.csv", "state", "--archive"),
            ],
            "doctor": [run("doctor")],
            "manifest": [json.loads(Path("output/tiny/manifest.json").read_text(encoding="utf-8"))],
        }


@pytest.mark.parametrize("name", SHAPES)
def test_real_output_is_as_its_schema_says(name, outputs):
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)

    for output in outputs[name]:
        assert output
        jsonschema.validate(output, strict(schema))


@pytest.mark.parametrize("name", ["check", "build", "people", "status", "manifest"])
def test_an_output_says_its_format(name, outputs):
    for output in outputs[name]:
        assert next(iter(output.items())) == ("format", 1)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**output, "format": 2}, SCHEMAS[name])


def test_every_field_is_described():
    bare = [
        f"{name}: {key}"
        for name, schema in SCHEMAS.items()
        for shape in (schema, *schema.get("$defs", {}).values())
        for key, field in shape.get("properties", {}).items()
        if not field.get("description")
    ]

    assert bare == []


def test_the_page_names_every_schema():
    page = PAGE.read_text(encoding="utf-8")

    assert [name for name in SHAPES if f"](json/{name}.schema.json)" not in page] == []
