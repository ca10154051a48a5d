"""One broken thing stops nothing else: whatever a local holds, the others are built."""

import os
import shutil
import time
from pathlib import Path

import pytest

from formgen.findings import ExitCode
from formgen.sources.odd_files import read_sound_stack
from tests.support.locals import write
from tests.support.plainly import formgen_as_program
from tests.support.tiny import FILES, write_tiny

LETTER = "content/en/letters/certificate-of-completion.md"
TEMPLATE = "templates/certificate.html.j2"
# Pages that are not typeset are built in no time.
WEB = ("--variant", "web")
HEAD = "---\ntitle: Thanks\npurpose: For all.\npresented: To\nsigners: [president]\n---\n"


def pipe(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


# What is broken in a local, and what is said of it: file and code.
BROKEN = {
    "a filter's own error": (LETTER, HEAD + "{{ 'a'|truncate(-5) }}", "template"),
    "a number that is none": (LETTER, HEAD + "{{ 1e999 }}", "template"),
    "a text too often": (LETTER, HEAD + "{{ 'x' * 1000000000 }}", "too-long"),
    "a number too large": (LETTER, HEAD + "{{ 9 ** 999999999 }}", "too-long"),
    "a text too wide": (LETTER, HEAD + "{{ 'x'|center(30000000) }}", "too-long"),
    "a template in itself": (TEMPLATE, "{% include 'certificate.html.j2' %}", "template"),
    "a template that is no text": (TEMPLATE, b"\x81{{ 1 }}", "not-utf8"),
    "a pipe among words": (LETTER, pipe, "unreadable"),
    "a pipe among pictures": ("assets/seal.png", pipe, "unreadable"),
    "a pipe for a roster": ("roster.csv", pipe, "unreadable"),
    "a link to nothing": (LETTER, lambda path: path.symlink_to("gone"), "unreadable"),
    "a link elsewhere": ("assets", lambda path: path.symlink_to("/usr"), "bad-path"),
    "a name that is no text": ("assets/\udcff.png", b"x", "bad-path"),
}


def break_(folder, path, how):
    """Put something broken into a local."""
    there = folder / path
    if callable(how):
        there.parent.mkdir(parents=True, exist_ok=True)
        how(there)
    elif isinstance(how, bytes):
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(how)
    else:
        write(there, how)


@pytest.mark.parametrize(("path", "how", "code"), BROKEN.values(), ids=BROKEN)
def test_a_broken_local_costs_itself_alone(path, how, code, run):
    break_(write_tiny(Path("all/broken")), path, how)
    write_tiny(Path("all/sound"))

    said = run("build", "all", *WEB)

    errors = [line for line in said.err.splitlines() if "error[" in line]
    assert said.code == ExitCode.SOME_FAILED
    assert {line.partition("error[")[2].partition("]")[0] for line in errors} == {code}
    name = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    assert all(Path("all/broken", name).name.split("\\")[0] in line for line in errors)
    assert "sound" in said.out
    web = [each for each in FILES if each.endswith(".html")]
    assert sorted(files_in(Path("output/sound"))) == sorted([*web, "manifest.json"])


def files_in(folder):
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("command", "path"),
    [("build", "content"), ("build", TEMPLATE), ("build", ""), ("check", "local.yaml")],
)
def test_what_may_not_be_read_is_named_and_costs_its_local_alone(path, command, tmp_path):
    local = write_tiny(tmp_path / "all" / "closed")
    write(local / "content" / "note.txt", "x")
    write(local / TEMPLATE, "x")
    write_tiny(tmp_path / "all" / "sound")
    (local / path).chmod(0)
    try:
        more = WEB if command == "build" else ()
        said = formgen_as_program(tmp_path, command, "all", *more)
    finally:
        (local / path).chmod(0o700)

    name = Path(path or "closed").name
    assert said.returncode == (ExitCode.SOME_FAILED if command == "build" else ExitCode.BAD_INPUT)
    [line] = [each for each in said.stderr.splitlines() if "error[" in each]
    assert line.startswith(f"{Path('all/closed', path)}")
    assert f"error[unreadable]: {name} cannot be read: Permission denied." in line
    if command == "build":
        assert (tmp_path / "output" / "sound" / "manifest.json").is_file()


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_whose_name_is_no_text_is_named_and_not_opened(command, run):
    write_tiny(Path("all/sound"))
    Path("all/B\udcff").mkdir()
    shutil.copy("all/sound/local.yaml", "all/B\udcff/local.yaml")

    said = run(command, "all", *(WEB if command == "build" else ()))

    assert said.code == (ExitCode.SOME_FAILED if command == "build" else ExitCode.BAD_INPUT)
    [line] = [each for each in said.err.splitlines() if "error[" in each]
    assert "error[bad-path]: the name B\\xff is not UTF-8, so the folder is not opened." in line


LOOPS = {
    "that prints": ("x", "too-long]: this makes a text of more than 20,000,000 letters."),
    "that only counts": ("{% set c = 1 %}", "timeout]: the template takes longer than 20 s."),
}


@pytest.mark.slow
@pytest.mark.parametrize(("inside", "told"), LOOPS.values(), ids=LOOPS)
def test_a_loop_in_a_loop_ends_and_is_named_by_its_line(inside, told, run):
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}INSIDE{% endfor %}{% endfor %}"
    write(write_tiny(Path("all/broken")) / TEMPLATE, f"one\n{loop.replace('INSIDE', inside)}\n")
    write_tiny(Path("all/sound"))
    started = time.monotonic()

    said = run("build", "all")

    assert time.monotonic() - started < 120
    assert said.code == ExitCode.SOME_FAILED
    [line] = [each for each in said.err.splitlines() if "error[" in each]
    assert line.startswith(f"all/broken/{TEMPLATE}:2:1: error[{told}")


def test_a_bug_at_one_local_is_its_own_finding(run, monkeypatch):
    def fails_for_one(local):
        if "broken" in str(local):
            raise KeyError("Jane Doe")
        return read_sound_stack(local)

    monkeypatch.setattr("formgen.outputs.making.inputs.read_sound_stack", fails_for_one)
    write_tiny(Path("all/broken"))
    write_tiny(Path("all/sound"))

    said = run("build", "all", *WEB)
    alone = run("build", "all/broken", *WEB)

    assert said.code == ExitCode.SOME_FAILED
    assert "error[bug]: formgen itself failed here (KeyError). Fix: please report it" in said.err
    assert "Jane" not in said.err
    assert Path("output/sound/manifest.json").is_file()
    assert alone.code == ExitCode.BUG


# --- Where the kit goes


@pytest.mark.parametrize("path", ["manifest.json", "index.html", "web/mentor-pledge.html"])
def test_a_pipe_in_the_kits_folder_is_named_and_not_opened(path, run):
    local = write_tiny(Path("a"))
    pipe(Path("output/a", path))

    said = run("build", local, *WEB)

    assert said.code == ExitCode.BAD_INPUT
    assert f"output/a/{path}: error[cannot-write]: the kit cannot be written" in said.err


def test_a_folder_where_a_file_should_be_is_named(run):
    Path("output/a/web/mentor-pledge.html").mkdir(parents=True)

    said = run("build", write_tiny(Path("a")), *WEB)

    assert said.code == ExitCode.BAD_INPUT
    assert "output/a/web/mentor-pledge.html: error[cannot-write]" in said.err


def test_a_link_in_the_kits_folder_is_not_written_through(run, tmp_path):
    other = tmp_path / "elsewhere"
    write(other / "mentor-pledge.html", "mine")
    Path("output/a").mkdir(parents=True)
    Path("output/a/web").symlink_to(other)

    said = run("build", write_tiny(Path("a")), *WEB)

    assert said.code == ExitCode.BAD_INPUT
    assert "output/a/web: error[cannot-write]: the kit cannot be written" in said.err
    assert files_in(other) == ["mentor-pledge.html"]
    assert (other / "mentor-pledge.html").read_text() == "mine"


# --- Very many mistakes


def test_very_many_mistakes_are_told_as_the_first_and_a_count(run):
    local = write_tiny(Path("a"))
    with (local / "local.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"key{number}: 1\n" for number in range(60_000))
    started = time.process_time()

    said = run("check", local)

    assert time.process_time() - started < 10
    lines = [line for line in said.err.splitlines() if not line.startswith(" ")]
    assert len(lines) == 101
    assert "error[unknown-key]: 59,900 more of this kind are not listed." in lines[-1]


def test_very_many_mistakes_in_a_group_are_told_as_the_first_and_a_count(run):
    local = write_tiny(Path("a"))
    with (local / "local.yaml").open("a", encoding="utf-8") as file:
        file.write("meetings:\n")
        file.writelines(f"  key{number}:\n" for number in range(300))

    said = run("check", local)

    lines = [line for line in said.err.splitlines() if not line.startswith(" ")]
    assert len(lines) == 101
    assert '"key0" is not a setting here.' in lines[0]
    assert "error[unknown-key]: 200 more of this kind are not listed." in lines[-1]


def test_very_many_mistakes_of_a_style_are_told_as_the_first_and_a_count(run):
    styles = "".join(f".a{{ nothing-{number}: 1 }}\n" for number in range(300))
    local = write_tiny(Path("a"))
    write(local / "templates/styles/print.more.css", styles)

    said = run("build", local)

    lines = [each for each in said.err.splitlines() if "error[css]" in each]
    assert len(lines) == 101
    assert "more of this kind are not listed." in lines[-1]
