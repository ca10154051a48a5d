"""api.py: formgen as a program uses it, with values in and reports out."""

import subprocess
import sys
from pathlib import Path

import pytest

from formgen import api
from formgen.api import BuildOptions, ExitCode, InputError, OptionError, PeopleOptions
from tests.support.locals import MINIMAL, SAMPLES, lines_of, write, write_local
from tests.support.tiny import KEPT, write_tiny

ROWS = "mentee_name,mentor_name\nAda Sample,Bo Example\n"
CERTIFICATE = ("certificate-of-completion",)


@pytest.fixture(autouse=True)
def silence(capfd, fonts):
    """Nothing of it prints."""
    yield
    assert capfd.readouterr().out == ""


def test_a_sample_is_built_into_a_folder_and_reported(tmp_path):
    shown = []
    options = BuildOptions(documents=("mentor-pledge",), outputs=("web",), out=tmp_path, jobs=1)

    report = api.build([SAMPLES[0]], options, progress=lambda *step: shown.append(step))

    [kit] = report.kits
    assert (report.exit_code, report.findings) == (ExitCode.ALL_BUILT, ())
    assert (kit.id, kit.state, kit.folder) == (kit.id, "built", tmp_path / SAMPLES[0].parent.name)
    paths = [entry.path for entry in kit.built]
    assert paths == ["web/mentor-pledge.html", "index.html"]
    assert all((kit.folder / path).is_file() for path in paths)
    assert [done for done, _, _ in shown] == list(range(1, len(shown) + 1))
    assert report.seconds > 0


def test_of_several_locals_one_can_fail_and_the_page_of_all_says_so(tmp_path):
    write_tiny(tmp_path / "locals" / "good")
    write_local(tmp_path / "locals" / "bad", f"{MINIMAL}paper: napkin\n")
    options = BuildOptions(outputs=("web",), out=tmp_path / "out", why=True)

    report = api.build([tmp_path / "locals"], options)

    assert [kit.state for kit in report.kits] == ["failed", "built"]
    assert [finding.code for finding in report.findings] == ["bad-choice"]
    assert report.exit_code == ExitCode.SOME_FAILED
    assert report.kits[1].reasons == ["nothing of it was made here before."]
    assert "bad" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_what_is_wrong_is_a_list(tmp_path):
    write_local(tmp_path / "a", f"{MINIMAL}paper: napkin\n")
    write(write_tiny(tmp_path / "b") / "roster.csv", "mentee_name,mentor_name\nAda Sample,\n")

    found = api.check([tmp_path / "a", tmp_path / "b"])

    assert [(each.code, each.place.line) for each in found] == [("bad-choice", 8), ("empty", 2)]
    assert api.check(SAMPLES) == []


def test_a_new_local_is_written_once_and_can_be_explained(tmp_path):
    path = api.new_local(tmp_path / "maple-esp")

    assert path == tmp_path / "maple-esp" / "local.yaml"
    assert api.check([path]) == []
    with pytest.raises(InputError):
        api.new_local(tmp_path / "maple-esp")
    [origin] = api.explain(tmp_path / "maple-esp", "local.name").origins
    assert (origin.value, origin.place.file) == ("Maple Esp", path)


def test_answers_come_from_whoever_asks(tmp_path):
    answers = {"coordinator.name": "Pat Doe", "coordinator.phone": "555-0100"}

    path = api.new_local(
        tmp_path / "maple", lambda asked, offered, _: answers.get(asked.setting, offered)
    )

    [origin] = api.explain(path, "coordinator.name").origins
    assert origin.value == "Pat Doe"


def test_what_a_local_builds_is_rows(tmp_path):
    rows = api.list_documents(write_tiny(tmp_path / "a"))

    assert [row["id"] for row in rows if "variants" in row] == list(KEPT)
    assert len(api.list_documents()) > len(rows)
    assert {row["whose"] for row in api.list_promises()} == {"mentor", "mentee", "shared"}


def test_a_roster_is_read_listed_made_and_forgotten(tmp_path):
    local = write_tiny(tmp_path / "tiny")
    write(local / "roster.csv", ROWS)
    options = PeopleOptions(CERTIFICATE, out=tmp_path / "out", jobs=1)

    roster = api.read_roster(local)
    assert (len(roster.roster.entries), roster.findings) == (1, [])
    assert api.list_people(roster, options).people == {}
    report = api.people(roster, options)
    [person] = report.people
    assert [entry.path for entry in report.made] == [
        f"{person}/certificate-of-completion.pdf",
        "all/certificate-of-completion.pdf",
    ]
    assert [*api.list_people(roster, options).people] == [person]
    assert "mail.csv" in api.forget_person(local, person, options).files
    with pytest.raises(InputError):
        api.forget_person(local, person, options)


def test_bad_rows_are_raised_unless_they_may_be_left_out(tmp_path):
    local = write_tiny(tmp_path / "tiny")
    write(local / "roster.csv", "mentee_name,mentor_name\nAda Sample,\n")

    with pytest.raises(InputError) as problem:
        api.read_roster(local)
    roster = api.read_roster(local, skip_bad_rows=True)

    assert lines_of(problem.value.findings, local) == lines_of(roster.findings, local)
    with pytest.raises(InputError, match="no row of it can be used"):
        api.people(roster)


@pytest.mark.parametrize(
    ("options", "option"),
    [(PeopleOptions(date="soon"), "date"), (PeopleOptions(order="shoe"), "order")],
)
def test_an_option_that_makes_no_sense_is_named(options, option, tmp_path):
    local = write_tiny(tmp_path / "tiny")
    write(local / "roster.csv", ROWS)

    with pytest.raises(OptionError) as problem:
        api.people(api.read_roster(local), options)

    assert problem.value.option == option


def test_an_empty_roster_is_written_once(tmp_path):
    local = write_tiny(tmp_path / "tiny")

    assert api.new_roster(local) == local / "roster.csv"
    with pytest.raises(InputError):
        api.new_roster(local, "xlsx")


def test_the_machine_is_looked_over(tmp_path):
    assert {checkup.name: checkup.remedy for checkup in api.look_over(tmp_path)}["Python"] == ""


def test_it_loads_nothing_slow():
    script = (
        "import formgen.api, sys; print(sorted({'pydantic', 'jinja2', 'yaml'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_it_says_that_it_is_typed():
    assert Path(api.__file__).parent.with_name("py.typed").is_file()
