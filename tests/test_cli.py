"""cli/: help, wrong usage, bugs and interruptions, whatever the command."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import formgen
from formgen.build.publish import NEXT
from formgen.cli import COMMANDS
from formgen.findings import ExitCode
from tests.support.interrupts import interruptible
from tests.support.locals import SAMPLES, write_local


def bug_reports(folder):
    return sorted(folder.glob("formgen-bug-*.txt"))


# --- Help and usage


def test_help_names_every_command_in_the_order_of_the_table(run):
    said = run("--help")

    listed = re.findall(r"^  ([a-z]+)  ", said.out, re.MULTILINE)
    assert said.code == ExitCode.ALL_BUILT
    assert listed == [name for name, (summary, _) in COMMANDS.items() if summary]


def test_help_has_an_example_of_every_command_as_it_can_be_typed(run, monkeypatch):
    monkeypatch.setenv("FORMGEN_COMMAND", "python3 build.py")

    said = run("--help")

    examples = [example for _, example in COMMANDS.values() if example]
    assert [e for e in examples if f"python3 build.py {e}\n" not in said.out] == []
    assert f"For example: python3 build.py {COMMANDS['build'][1]}" in run("build", "--help").out


def test_what_is_said_of_commands_can_be_typed(run, monkeypatch):
    monkeypatch.setenv("FORMGEN_COMMAND", "py build.py")

    assert "Then: py build.py build mill\n" in run("new", "mill", "--yes").out
    assert "`py build.py new DIR` makes one" in run("check").err
    assert "`py build.py list` names them all" in run("build", "mill", "--only", "zzz").err


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


def test_a_build_that_was_cut_off_is_said_by_every_command_until_it_is_mended(run):
    write_local(Path("a"))
    kit = Path("output/test-local")
    kit.mkdir(parents=True)
    (kit / NEXT).touch()

    said = [run(command, "a").err for command in ("check", "list")]

    assert [
        each.startswith(f"The last build of {kit} was cut off: some of its files are new")
        for each in said
    ] == [True, True]
    assert run("build", "a", "--only", "mentor-thank-you", "--variant", "web").err == ""
    assert run("list", "a").err == ""


@pytest.mark.parametrize("option", [["--out", "kits"], ["--out=kits"]])
def test_a_build_that_was_cut_off_is_said_where_a_command_looks(run, option):
    write_local(Path("a"))
    kit = Path("kits/test-local")
    kit.mkdir(parents=True)
    (kit / NEXT).touch()

    said = run("people", "a", "--list", *option).err

    assert f"The last build of {kit} was cut off" in said


# --- Bugs


def test_a_bug_has_a_code_a_sentence_and_a_report(run, monkeypatch, tmp_path):
    def broken(*_):
        message = "a bug with a secret: 555-0100"
        raise AssertionError(message)

    monkeypatch.setattr("formgen.build.check.check_locals", broken)
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

    with interruptible():
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
from formgen.cli import COMMANDS
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
