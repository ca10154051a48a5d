"""cli/build.py: what is said of a build, and the exit code."""

import json
import re
from pathlib import Path

import pytest

from formgen.findings import ExitCode
from tests.support.locals import BROKEN, MINIMAL, write, write_local
from tests.support.tiny import FILES, KEPT, write_tiny

PRIVATE = f"{MINIMAL}archive: {{documents: [mentor-reflection]}}\n"
PLEDGE = "content/en/pledges/mentor-pledge.yaml"


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


def test_a_document_is_named_by_its_code_too(run):
    write_tiny(Path("a"))
    codes = {row["id"]: row["code"] for row in json.loads(run("list", "a", "--json").out)}

    said = run("build", "a", "--variant", "web", "--only", codes["mentor-pledge"].lower())

    assert said.code == ExitCode.ALL_BUILT
    assert [path.name for path in Path("output/a/web").iterdir()] == ["mentor-pledge.html"]


def test_the_kits_page_marks_what_was_made_before_the_last_changes(run):
    write_tiny(Path("a"))
    run("build", "a", "--variant", "web")
    page = Path("output/a/index.html")
    assert "older" not in re.sub("<style>.*?</style>", "", page.read_text("utf-8"), flags=re.DOTALL)

    write_tiny(Path("a"), {"local": {"name": "Another Local"}})
    run("build", "a", "--variant", "web", "--only", "mentor-pledge")

    text = page.read_text(encoding="utf-8")
    marked = {
        path: '<span class="older">older</span>' in item
        for item in text.split("<li")
        for path in re.findall(r'href="(web/[^"]+)"', item)
    }
    assert marked == {f"web/{name}.html": name != "mentor-pledge" for name in KEPT}
    assert "was made before the last changes" in text

    run("build", "a", "--variant", "web")
    assert '<span class="older">' not in page.read_text(encoding="utf-8")


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
    found, *shown = said.err.splitlines()[-3:]
    assert found.startswith(f"a/{PLEDGE}:1:1: error[undefined]: ")
    assert shown == ["    1 | lead: '{{ nobody }}'", "      | ^"]


def test_a_folder_that_cannot_be_written_is_told(run):
    write_tiny(Path("a"))
    Path("file").touch()

    said = run("build", "a", "--variant", "web", "--out", "file/below")

    assert said.code == ExitCode.BAD_INPUT
    assert "file/below/a: error[cannot-write]: the kit cannot be written" in said.err


def test_a_cache_that_cannot_be_written_is_told_and_done_without(run, monkeypatch):
    write_tiny(Path("a"))
    Path("file").touch()
    monkeypatch.setenv("FORMGEN_CACHE", "file")

    said = run("build", "a", "--variant", "web")

    assert said.code == ExitCode.ALL_BUILT
    assert re.match(r"file: warning\[no-cache\]: nothing can be kept there, .+\.\n", said.err)


# --- For copiers and print shops


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
