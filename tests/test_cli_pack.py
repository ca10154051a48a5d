"""cli_pack.py: the commands, from a new pack to a local that builds on it."""

import json
import subprocess
import sys

import pytest

from formgen.sources.pack_files.lock_file import read_lock
from tests.support.locals import write
from tests.support.packs import LETTER, everything_in, pack_files, packed


@pytest.fixture
def run(tmp_path):
    """Give what runs formgen in a folder of its own."""

    def command(*arguments, answer=""):
        return subprocess.run(
            [sys.executable, "-m", "formgen", *arguments],
            cwd=tmp_path,
            input=answer,
            capture_output=True,
            text=True,
        )

    return command


def ok(done):
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.slow
def test_a_state_goes_from_nothing_to_a_local_on_its_second_edition(run, tmp_path):
    ok(run("pack", "new", "ohio"))
    public = ok(run("pack", "key", "key")).split("ed25519:")[1].split()[0]
    assert "signed by" in ok(run("pack", "build", "ohio", "--key", "key", "--quick"))
    assert "as asked for" in ok(run("pack", "verify", "output/ohio-1.zip", "--key", "key.pub"))
    ok(run("new", "maple", "--yes"))
    assert "wrote `extends: ohio`" in ok(run("pack", "add", "output/ohio-1.zip", "maple"))
    assert ok(run("check", "maple")).startswith("Nothing is wrong.\n")
    assert read_lock(tmp_path / "maple").packs["ohio"].key == f"ed25519:{public}"

    write(tmp_path / "maple" / LETTER, "---\ngreeting: Hi\n---\nThanks.\n")
    write(tmp_path / "ohio" / LETTER, "---\ngreeting: Hello\n---\nThanks to you.\n")
    text = (tmp_path / "ohio/content/pack.yaml").read_text()
    text = text.replace('edition: "1"', 'edition: "2"\nlocked: [credit]')
    write(tmp_path / "ohio/content/pack.yaml", text)
    write(tmp_path / "ohio/content/NOTES.md", "## 2\nMentors are thanked.\n")
    ok(run("pack", "build", "ohio", "--key", "key", "--quick"))

    shown = run("pack", "update", "output/ohio-2.zip", "maple", answer="n\n")
    assert shown.returncode == 130
    assert shown.stdout.startswith("ohio: 1 -> 2\nWhat is new:\n  2\n    Mentors are thanked.\n")
    assert "edition: [-1-] {+2+}" in shown.stdout
    assert "warning[stale-overlay]" in shown.stderr
    assert read_lock(tmp_path / "maple").packs["ohio"].edition == "1"
    done = run("pack", "update", "output/ohio-2.zip", "maple", answer="y\n")
    assert done.returncode == 0
    assert "Installed ohio 2." in done.stdout

    checked = run("check", "maple", "--json")
    assert [f["code"] for f in json.loads(checked.stdout)["findings"]] == ["stale-overlay"]
    assert "Reviewed" in ok(run("pack", "review", f"maple/{LETTER}", "--by", "Ana"))
    assert ok(run("check", "maple")).startswith("Nothing is wrong.\n")
    local = tmp_path / "maple/local.yaml"
    local.write_text(f"{local.read_text()}\ncredit: {{permission: Ours.}}\n")
    locked = run("check", "maple")
    assert locked.returncode == 4
    assert '"credit" is locked by pack ohio 2.' in locked.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["build", "nothing"], 3, "pack.yaml does not exist"),
        (["verify", "nothing.zip"], 3, "error[no-file]"),
        (["verify", "hostile.zip"], 4, "error[pack-archive]"),
        (["verify", "ohio.zip", "--key", "hostile.zip"], 3, "error"),
        (["add", "ohio.zip", "nowhere"], 3, "there is no local in nowhere"),
        (["add", "http://example.org/ohio.zip", "local"], 4, "is not an https address"),
        (["update", "ohio.zip", "local"], 3, "is not installed here"),
        (["review", "nowhere.md", "--by", "Ana"], 3, "error[no-file]: nowhere.md does not exist"),
        (["review", "ohio.zip", "--by", "Ana"], 3, "neither a local nor a pack"),
        (["review", "local/local.md", "--by", "Ana"], 3, "does not exist"),
        (["diff", "ohio.zip", "hostile.zip"], 4, "error[pack-archive]"),
        (["key", "ohio.zip"], 3, "never overwritten"),
        (["add"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(arguments, code, said, run, tmp_path):
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))
    (tmp_path / "hostile.zip").write_bytes(packed(pack_files()) + b"x")
    ok(run("new", "local", "--yes"))
    before = everything_in(tmp_path)

    done = run("pack", *arguments)

    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert everything_in(tmp_path) == before


@pytest.mark.slow
def test_unasked_an_edition_that_breaks_the_local_is_refused(run, tmp_path):
    facts = {"edition": "2026.2", "locked": ["credit"]}
    (tmp_path / "ohio-1.zip").write_bytes(packed(pack_files()))
    (tmp_path / "ohio-2.zip").write_bytes(packed(pack_files(facts)))
    ok(run("new", "local", "--yes"))
    ok(run("pack", "add", "ohio-1.zip", "local"))
    local = tmp_path / "local" / "local.yaml"
    local.write_text(f"{local.read_text()}\ncredit: {{permission: Ours.}}\n")
    before = everything_in(tmp_path / "local")

    done = run("pack", "update", "ohio-2.zip", "local", "--yes")

    assert done.returncode == 4
    assert "error[pack-breaks]: local/local.yaml does not build with ohio 2026.2." in done.stderr
    assert '"credit" is locked by pack ohio 2026.2' in done.stderr
    assert everything_in(tmp_path / "local") == before


def test_two_equal_packs_differ_in_nothing(run, tmp_path):
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))

    assert ok(run("pack", "diff", "ohio.zip", "ohio.zip")) == "Nothing changes.\n"


def test_help_names_the_commands_and_loads_nothing_slow(run):
    shown = ok(run("pack", "--help"))

    commands = "new build verify add approve update rollback list remove review diff key"
    for command in commands.split():
        assert f"\n  {command} " in shown
    slow = ["jinja2", "pydantic", "cryptography", "yaml", "urllib.request"]
    script = f"import formgen.cli, sys; print([name for name in {slow} if name in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
    )
    assert loaded.stdout == "[]\n"
