"""cli.py: what each command prints, and the exit code that it ends with."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import formgen
from formgen.__main__ import main
from formgen.findings import ExitCode
from formgen.sources.layers import base_layer
from tests.support.locals import MINIMAL, SAMPLES, write, write_local
from tests.support.tiny import FILES, KEPT, write_tiny

COMMANDS = ["new", "check", "build", "list", "explain"]
BROKEN = "formgen: 1\nid: B!\nlocal: {name: B}\ncoordinator: {name: C}\npaper: napkin\n"
PRIVATE = f"{MINIMAL}archive: {{documents: [mentor-reflection]}}\n"
PLEDGE = "content/en/pledges/mentor-pledge.yaml"


class Said:
    """What a run of formgen ended with and printed."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Give what runs formgen in this process, in an empty folder."""
    (tmp_path / "here").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def formgen_(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["formgen", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        command: Callable[[], object] = main
        with pytest.raises(SystemExit) as ended:
            command()
        said = Said(ended.value.code, *capsys.readouterr())
        assert "Traceback" not in said.out + said.err
        return said

    return formgen_


def bug_reports(folder):
    return sorted(folder.glob("formgen-bug-*.txt"))


# --- Help and usage


def test_help_names_every_command_in_the_order_of_the_design(run):
    said = run("--help")

    listed = re.findall(r"^  ([a-z]+)  ", said.out, re.MULTILINE)
    assert said.code == ExitCode.ALL_BUILT
    assert [name for name in listed if name in COMMANDS] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(command, option, run):
    said = run(command, option)

    assert said.code == ExitCode.ALL_BUILT
    assert said.out.startswith(f"Usage: formgen {command} ")
    assert said.err == ""


def test_the_version_is_told(run):
    assert run("--version").out == f"formgen, version {formgen.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Usage: formgen"),
        (["biuld"], "No such command 'biuld'"),
        (["--nothing"], "No such option"),
        (["check"], "name a LOCAL: a folder that holds local.yaml."),
        (["build"], "name a LOCAL: a folder that holds local.yaml."),
        (["check", "--nothing"], "No such option"),
        (["build", "x", "--variant", "paper"], "'paper' is not one of 'print', 'fillable', 'web'"),
        (["build", "x", "--jobs", "0"], "0 is not in the range"),
        (["build", "x", "--jobs", "many"], "'many' is not a valid integer"),
        (["build", "x", "--out"], "Option '--out' requires an argument"),
        (["build", "x", "--out", "file"], "'file' is a file"),
        (["new"], "Missing argument 'DIR'"),
        (["new", "file"], "'file' is a file"),
        (["new", "a", "b"], "unexpected extra argument"),
        (["explain"], "Missing argument"),
        (["explain", "x"], "Missing argument 'KEY'"),
        (["list", "a", "b"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_has_a_code_and_a_sentence(arguments, message, run):
    Path("file").touch()

    said = run(*arguments)

    assert said.code == ExitCode.USAGE
    assert message in said.out + said.err
    assert [path.name for path in Path().iterdir()] == ["file"]


# --- check


def test_checking_a_sound_local_says_so(run):
    said = run("check", *SAMPLES)

    assert (said.code, said.out, said.err) == (0, "Nothing is wrong.\n", "")


def test_checking_quietly_says_nothing_of_a_sound_local(run):
    said = run("check", SAMPLES[0].parent, "--quiet")

    assert (said.code, said.out, said.err) == (0, "", "")


def test_checking_a_folder_checks_every_local_below(run):
    write_local(Path("state/a"))
    write_local(Path("state/b"), BROKEN)

    said = run("check", "state")

    assert said.code == ExitCode.BAD_INPUT
    assert {line.split(":")[0] for line in said.err.splitlines()} == {"state/b/local.yaml"}


def test_the_local_of_the_folder_one_stands_in_is_meant(run):
    write_local(Path())

    assert run("check").out == "Nothing is wrong.\n"


def test_checking_tells_every_finding_of_every_local_with_paths_as_seen_from_here(run):
    write_local(Path("a"), BROKEN)
    write_local(Path("b"), "a: [\n")
    write(Path("c") / PLEDGE, "lead: '{{ nobody }}'\n")
    write_local(Path("c"))

    said = run("check", "a", "b", "c", "d")

    lines = said.err.splitlines()
    assert said.code == ExitCode.BAD_INPUT
    assert said.out == ""
    assert [re.split(r"(:\d+)*: ", line)[0] for line in lines] == [
        "a/local.yaml",
        "a/local.yaml",
        "b/local.yaml",
        f"c/{PLEDGE}",
        "d",
    ]
    assert all(" error[" in line for line in lines)


def test_a_warning_is_told_and_does_no_harm(run):
    write_local(Path(), {"program": {"governance": "joint"}})

    said = run("check")

    assert said.code == ExitCode.ALL_BUILT
    assert said.err.startswith("local.yaml:")
    assert ": warning[one-sided]: " in said.err


def test_what_policy_refuses_has_a_code_of_its_own(run):
    write_local(Path(), PRIVATE)

    said = run("check")

    assert said.code == ExitCode.REFUSED
    assert "error[private]: mentor-reflection belongs to the pair alone" in said.err


def test_findings_as_json_are_those_of_the_text(run):
    write_local(Path("a"), BROKEN)
    text, data = run("check", "a"), run("check", "a", "--json")

    findings = json.loads(data.out)["findings"]
    assert (data.code, data.err) == (text.code, "")
    assert [
        "{file}:{line}:{column}: ".format(**finding["place"])
        + "{severity}[{code}]: {message} Fix: {fix}".format(**finding)
        for finding in findings
    ] == text.err.splitlines()
    assert all(set(f) >= {"policy", "details"} for f in findings)


def test_no_findings_as_json(run):
    write_local(Path("a"))

    assert json.loads(run("check", "a", "--json").out) == {"findings": []}


# --- build


def test_a_build_says_what_was_built_and_where(run):
    write_tiny(Path("a"))

    said = run("build", "a", "--jobs", "1")

    assert said.code == ExitCode.ALL_BUILT
    lines = said.out.splitlines()
    assert re.fullmatch(r"a: 3 PDFs to print \(\d+ pages\), 2 to fill in, 3 web pages", lines[0])
    assert lines[1] == f"  open {Path('output', 'a', 'index.html')}"
    assert re.fullmatch(r"Done in \d+\.\d s\.", lines[2])
    assert (
        sorted(
            path.relative_to("output/a").as_posix()
            for path in Path("output/a").rglob("*")
            if path.is_file() and path.name != "manifest.json"
        )
        == FILES
    )


def test_a_build_in_parts_into_another_folder(run):
    write_tiny(Path("a"))

    said = run(
        *("build", "a", "--out", "x/y", "--variant", "web"),
        *("--only", "mentor-pledge", "--only", "letter-of-understanding"),
    )

    assert said.code == ExitCode.ALL_BUILT
    assert said.out.startswith("a: 0 PDFs to print (0 pages), 0 to fill in, 2 web pages\n")
    assert sorted(path.name for path in Path("x/y/a/web").iterdir()) == [
        "letter-of-understanding.html",
        "mentor-pledge.html",
    ]
    assert not Path("output").exists()


def test_a_quiet_build_says_nothing(run):
    write_tiny(Path("a"))

    said = run("build", "a", "--quiet", "--variant", "web")

    assert (said.code, said.out) == (0, "")
    assert "error" not in said.err
    assert Path("output/a/index.html").exists()


def test_a_build_as_json_says_what_the_text_says(run):
    write_tiny(Path("a"))
    write_local(Path("b"), BROKEN)
    text = run("build", "a", "b", "--variant", "web")
    said = run("build", "a", "b", "--variant", "web", "--json")

    data = json.loads(said.out)
    first, second = data["locals"]
    assert said.code == text.code == data["exit"] == ExitCode.SOME_FAILED
    assert data["seconds"] >= 0
    assert (first["id"], first["folder"], first["pages"]) == ("a", str(Path("output/a")), 0)
    assert sorted(first["built"]) == sorted(["index.html", *(f"web/{name}.html" for name in KEPT)])
    assert (second["folder"], second["built"], second["local"]) == (None, [], "b/local.yaml")
    codes = [f["code"] for local in data["locals"] for f in local["findings"]]
    assert codes == re.findall(r"(?:error|warning)\[(.*?)\]", text.err)
    assert re.search(r"^b/local.yaml +- +failed ", text.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("local", "code"),
    [
        (MINIMAL, ExitCode.ALL_BUILT),
        (BROKEN, ExitCode.BAD_INPUT),
        (PRIVATE, ExitCode.REFUSED),
        (None, ExitCode.BAD_INPUT),
    ],
)
def test_a_build_ends_with_a_code(local, code, run):
    if local:
        write_local(Path("a"), local)

    assert run("build", "a", "--variant", "web", "--only", "mentor-pledge").code == code


def test_a_build_of_which_a_part_failed(run):
    write_tiny(Path("a"))
    write(Path("a") / PLEDGE, "lead: '{{ nobody }}'\n")

    said = run("build", "a", "--variant", "web")

    assert said.code == ExitCode.SOME_FAILED
    assert said.out.startswith("a: 0 PDFs to print (0 pages), 0 to fill in, 2 web pages, 1 error\n")
    assert said.err.splitlines()[-1].startswith(f"a/{PLEDGE}:1:1: error[undefined]: ")


def test_a_folder_that_cannot_be_written_is_told(run):
    write_tiny(Path("a"))
    Path("file").touch()

    said = run("build", "a", "--variant", "web", "--out", "file/below")

    assert said.code == ExitCode.BAD_INPUT
    assert "file/below/a: error[cannot-write]: the kit cannot be written" in said.err


def test_a_cache_that_cannot_be_written_is_told(run, monkeypatch):
    write_tiny(Path("a"))
    Path("file").touch()
    monkeypatch.setenv("FORMGEN_CACHE", "file")

    said = run("build", "a", "--variant", "web")

    assert said.code == ExitCode.BAD_INPUT
    assert re.match(
        r".*file.*: error\[cannot-write\]: .+ Fix: make room there, or give permission\.", said.err
    )


# --- new


def test_a_new_local_without_questions(run):
    said = run("new", "mill-street", "--yes")

    assert said.code == ExitCode.ALL_BUILT
    assert said.out == (
        f"Wrote {Path('mill-street', 'local.yaml')}\n"
        "Edit the name of your local and of its coordinator in it.\n"
        "Then: formgen build mill-street\n"
    )
    assert run("check", "mill-street").out == "Nothing is wrong.\n"


def test_a_new_local_by_questions(run):
    answers = ["", "", "", "", "", "Pat Doe", "555-0100", "", "", "", "", "", "", ""]

    said = run("new", "mill-street", typed="\n".join([*answers, ""]))

    assert said.code == ExitCode.ALL_BUILT
    assert "Full name of your local [Mill Street]: " in said.out
    assert "Paper in the copier (letter, a4, legal) [letter]: " in said.out
    assert run("check", "mill-street").out == "Nothing is wrong.\n"
    assert run("explain", "mill-street", "coordinator.name").out.startswith(
        "coordinator.name: Pat Doe\n"
    )


def test_an_answer_that_cannot_be_used_is_asked_for_again(run):
    answers = ["-", "Our Local", "-", "-", "-", "-", "", "Pat Doe", "x", "-", "me", "", "a@b.org"]
    answers += ["26", "2026-2027", "", "", "contract", "association", "a5", "a4", "#ff0", "#123456"]

    said = run("new", "mine", typed="\n".join([*answers, ""]))

    assert said.code == ExitCode.ALL_BUILT
    assert said.out.count("  an answer is needed here.") == 3
    for said_so in ("phone number", "e-mail address", "school year", "choice for paper", "color"):
        assert re.search(f'  "[^"]+" is not an? {said_so}', said.out), said_so
    assert "the association runs it alone." in said.out
    assert run("check", "mine").out == "Nothing is wrong.\n"


def test_questions_that_end_early_write_nothing(run):
    said = run("new", "mine", typed="Our Local\n")

    assert said.code == 130
    assert said.err.endswith("Stopped. Nothing is half-written.\n")
    assert not Path("mine").exists()


def test_a_local_that_is_there_stays_as_it_is(run):
    write_local(Path("a"), "mine\n")

    said = run("new", "a", "--yes")

    assert said.code == ExitCode.BAD_INPUT
    assert said.err == (
        "a/local.yaml: error[exists]: there is a local here already."
        " Fix: edit it, or name another folder.\n"
    )
    assert Path("a/local.yaml").read_text(encoding="utf-8") == "mine\n"


def test_a_new_local_where_no_folder_can_be_is_told(run):
    Path("file").touch()

    said = run("new", "file/below", "--yes")

    assert said.code == ExitCode.BAD_INPUT
    assert "error[cannot-write]: " in said.err


# --- list


def test_the_documents_are_listed(run):
    lines = run("list").out.splitlines()

    assert re.fullmatch(r"M +manual +Program manual +public +print, web", lines[0])
    assert len({line.index("print, ") for line in lines if "print, " in line}) == 1
    assert re.fullmatch(
        r"P2 +mentor-application +Mentor application packet +applicants +G2, F3, A7a", lines[-6]
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


# --- explain


def test_a_setting_is_explained_with_its_file_and_line(run):
    write_local(Path("a"), f"{MINIMAL}mentors: {{minimum_years: 5}}\n")
    base = base_layer().folder / "content" / "program.yaml"
    row = base.read_text(encoding="utf-8").split("minimum_years: 3")[0].count("\n") + 1

    said = run("explain", "a", "mentors.minimum_years")

    assert said.code == ExitCode.ALL_BUILT
    assert said.out == (
        "mentors.minimum_years: 5\n"
        "  set in a/local.yaml:8:26 (local)\n"
        f"  instead of 3 in {base}:{row}:18 (base)\n"
    )


def test_a_setting_that_does_not_exist_is_a_finding(run):
    write_local(Path("a"))

    said = run("explain", "a", "mentors.minimum_yeers")

    assert (said.code, said.out) == (ExitCode.BAD_INPUT, "")
    assert said.err == (
        'a/local.yaml: error[unknown-key]: there is no setting "mentors.minimum_yeers".'
        ' Fix: did you mean "minimum_years"?\n'
    )


# --- Bugs


def test_a_bug_has_a_code_a_sentence_and_a_report(run, monkeypatch, tmp_path):
    def broken(*_):
        message = "a bug with a secret: 555-0100"
        raise AssertionError(message)

    monkeypatch.setattr("formgen.build.check.resolve_stack", broken)
    # One that was not checked before.
    write_local(Path("a"), {"edition": "broken"})

    said = run("check", "a")

    (report,) = bug_reports(tmp_path)
    assert said.code == ExitCode.BUG
    assert said.out == ""
    assert said.err == (
        "This is a bug in formgen, not in your files; nothing was half-written.\n"
        f"Please report it with the file {report}: it tells where in the program it happened.\n"
    )
    text = report.read_text(encoding="utf-8")
    assert text.startswith(f"formgen {formgen.__version__}, Python {sys.version}\n")
    assert "AssertionError: a bug with a secret" in text


def test_an_interruption_ends_with_a_sentence(run, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("formgen.build.check.resolve_stack", interrupted)
    # One that was not checked before.
    write_local(Path("a"), {"edition": "interrupted"})

    said = run("check", "a")

    assert (said.code, said.out) == (130, "")
    assert said.err.endswith("Stopped. Nothing is half-written.\n")


@pytest.mark.parametrize("becomes", ["raise", "raise ValueError"])
def test_an_interruption_while_formgen_is_loaded_ends_with_the_same_sentence(becomes, tmp_path):
    lines = [
        "import os, signal",
        "try: os.kill(os.getpid(), signal.SIGINT)",
        # As some libraries do.
        f"except KeyboardInterrupt: {becomes}",
    ]
    (tmp_path / "click.py").write_text("\n".join(lines))

    done = subprocess.run(
        [sys.executable, "-m", "formgen", "check"],
        env={**environment(), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "Stopped. Nothing is half-written.\n"


@pytest.mark.parametrize(
    "name", ["", "\n", " ", "..", "-", "a\tb", "é", "\udce9", "a" * 300, "x/../x", "con", "*", "~"]
)
@pytest.mark.parametrize("command", ["check", "build", "list"])
def test_no_name_of_a_local_is_a_bug(command, name, run, tmp_path):
    said = run(command, "--", name)

    assert said.code == ExitCode.BAD_INPUT
    assert "error[" in said.err
    assert bug_reports(tmp_path) == []


# --- In a process of its own


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["check", "nowhere"], 3),
        (["chekc"], 2),
        (["explain", "SAMPLE", "id"], 0),
    ],
)
def test_the_module_is_the_command(arguments, code, tmp_path):
    arguments = [str(SAMPLES[0]) if word == "SAMPLE" else word for word in arguments]
    done = subprocess.run(
        [sys.executable, "-m", "formgen", *arguments],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )

    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_terminal_that_knows_only_ascii_is_no_bug(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "formgen", "list", str(SAMPLES[0])],
        cwd=tmp_path,
        env={**environment(), "PYTHONIOENCODING": "ascii", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "manual" in done.stdout


def test_a_reader_that_closes_early_is_no_bug(tmp_path):
    read, write_ = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "formgen", "list"],
        cwd=tmp_path,
        env={**environment(), "TMPDIR": str(tmp_path)},
        stdout=write_,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(write_)

    assert "Traceback" not in done.stderr
    assert bug_reports(tmp_path) == []


def test_only_building_loads_the_typesetter(tmp_path):
    write_local(tmp_path / "a")
    script = """
import sys
from formgen.__main__ import main
for arguments in ARGUMENTS:
    sys.argv = ["formgen", *arguments]
    try:
        main()
    except SystemExit as ended:
        assert ended.code == 0, arguments
    heavy = {"weasyprint", "pydyf", "fontTools", "uharfbuzz", "PIL", "pebble"} & set(sys.modules)
    print("HEAVY", arguments[0], sorted(heavy))
"""
    commands = [
        ["--help"],
        ["list"],
        ["explain", "a", "id"],
        ["new", "b", "--yes"],
        ["check", "a"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", script.replace("ARGUMENTS", repr(commands))],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert re.findall(r"^HEAVY .*$", done.stdout, re.MULTILINE) == [
        # What is composed is composed by other processes, which Pebble starts.
        f"HEAVY {arguments[0]} {['pebble'] if arguments[0] == 'check' else []}"
        for arguments in commands
    ]


def environment():
    return {**os.environ, "PYTHONPATH": str(Path(formgen.__file__).parents[1])}


# --- For copiers and print shops -------------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        ["--imposition", "booklet", "--variant", "web"],
        ["--proof", "--variant", "print"],
        ["--bleed", "--only", KEPT[0], "--variant", "fillable"],
        ["--copies", "40", "--only", KEPT[0]],
        ["--copies", "0"],
        ["--imposition", "poster"],
    ],
)
def test_what_cannot_be_made_of_a_part_is_wrong_usage(run, tmp_path, wish):
    said = run("build", write_tiny(tmp_path / "a"), *wish)

    assert said.code == ExitCode.USAGE
    assert "Error:" in said.err
    assert not (tmp_path / "here" / "output").exists()


def test_how_booklets_are_printed_is_said_on_the_screen(run, tmp_path):
    local = write_tiny(tmp_path / "a")

    said = run("build", local, "--only", KEPT[-1], "--imposition", "booklet", "--variant", "print")

    assert said.code == ExitCode.ALL_BUILT
    assert "print/booklet: print on paper of twice the size, on both sides, flip on the short" in (
        said.out
    )
    assert (tmp_path / f"here/output/a/print/booklet/{KEPT[-1]}.pdf").is_file()
