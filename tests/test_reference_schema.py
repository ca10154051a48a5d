"""reference/schema.py: an editor finds what is wrong in a local.yaml, and nothing else."""

import json

import jsonschema
import yaml

from formgen.findings import errors
from formgen.reference.schema import editor_schema, write_schema
from formgen.reference.settings import base_reference
from formgen.sources.layers import base_layer
from formgen.wizard import render_local, unanswered
from tests.support.locals import findings_of, minimal, write

ROOT = base_layer().folder
SCHEMA = editor_schema(base_reference())
LOCALS = [
    path
    for folder in ("content", "tests/samples")
    for path in sorted((ROOT / folder).rglob("local.yaml"))
]
# Each is taken by formgen, however an editor reads it.
TAKEN = [
    "formgen: '1'",
    "local: {name: 6175550100, number: 01245}",
    "local: {name: true, short_name: }",
    "edition: 2026.1",
    "paper:",
    "mentors: {minimum_years: '3'}",
    "mentors: {references: 03}",
    "confidentiality: {separate_agreement: yes}",
    "hold_harmless: {pair: 'off', employer: 0}",
    "dates: {applications_due: 2026-10-02}",
    "outputs: {word: true}",
    "program: {school_year: 2026-2027, months: [May, 6]}",
    "events: [{name: A, date: 2026-10-02, time: 16:30}]",
    (
        "forms: {mentor-application: {add: [{name: a, type: select_one, label: B,"
        " choices: [One, {name: two, label: Two}]}]}}"
    ),
    "forms: {mentor-application: {add: ['What route?', {label: Drive, type: yes-no}]}}",
    (
        "forms: {mentor-application: {add: [{name: a, type: table, label: B,"
        " columns: [{name: b, label: C}]}]}}"
    ),
]
# Each is refused by formgen, and found by an editor at the same setting.
REFUSED = {
    "papr: a4": "",
    "paper: letr": "paper",
    "formgen: 2": "formgen",
    "program: {governence: joint}": "program",
    "program: {pilot: {scope: school}}": "program.pilot.scope",
    "compensation: [stipends]": "compensation.0",
    "compensation: stipend": "compensation",
    "mentors: {minimum_years: many}": "mentors.minimum_years",
    "mentors: {references: 9}": "mentors.references",
    "hold_harmless: {pair: maybe}": "hold_harmless.pair",
    "events: [{title: A}]": "events.0",
    "forms: {mentor-application: {ad: []}}": "forms.mentor-application",
    "brand: '#ffffff'": "brand",
}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do, to whom a day is a text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in kinds if tag != "tag:yaml.org,2002:timestamp"]
    for first, kinds in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def found(text):
    """Return where an editor finds something wrong, and what it says of it."""
    values = yaml.load(text, EditorLoader)  # noqa: S506  (a safe one, see above)
    problems = jsonschema.Draft7Validator(SCHEMA).iter_errors(values)
    return {".".join(map(str, problem.path)): problem.message for problem in problems}


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_no_sample_has_a_false_error(tmp_path):
    assert len(LOCALS) > 10
    wrong = {str(path): found(path.read_text(encoding="utf-8")) for path in LOCALS}
    wrong["new"] = found(render_local(tmp_path, unanswered(tmp_path)))

    assert {path: said for path, said in wrong.items() if said} == {}


def test_what_formgen_takes_is_taken(tmp_path):
    for lines in TAKEN:
        text = minimal(lines)
        wrong = errors(findings_of(write(tmp_path / "local.yaml", text)))
        assert [str(finding) for finding in wrong] == [], lines
        assert found(text) == {}, lines


def test_what_formgen_refuses_is_found_where_it_stands(tmp_path):
    for lines, path in REFUSED.items():
        text = minimal(lines)
        assert errors(findings_of(write(tmp_path / "local.yaml", text))), lines
        assert set(found(text)) == {path}, lines


def test_what_a_setting_means_is_shown():
    assert SCHEMA["properties"]["paper"]["description"].startswith("The paper in the copier.")
    events = SCHEMA["properties"]["events"]["items"]["properties"]
    assert events["date"]["description"] == "The day on which it is. A day, as YYYY-MM-DD."


def test_it_is_written_beside_a_local_in_the_place_of_an_older_one(tmp_path):
    write(tmp_path / ".local.schema.json", "old")

    path = write_schema(tmp_path, base_reference())

    assert path == tmp_path / ".local.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == SCHEMA
