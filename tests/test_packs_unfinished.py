"""unfinished.py: what a killed installation left, or another program changed, stops nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formgen.findings import ExitCode, InputError, exit_code
from formgen.packs.install import Update, add, plan_update, update
from formgen.packs.review import review
from formgen.sources.layers import read_stack
from formgen.sources.pack_files.lock_file import read_lock
from formgen.sources.pack_files.unfinished import is_unfinished
from formgen.sources.replaced.basis import Review
from tests.support.locals import MINIMAL, findings_of, write
from tests.support.packs import LETTER
from tests.support.union import Union

# Installs an archive, and dies before the step of that number: something is renamed, or a folder
# made or deleted.
KILLED = """
import os, signal, sys
from pathlib import Path
from formgen.packs.install import Update, add, update
from formgen.packs.verified import open_pack
from formgen.sources.pack_files.archive import read_archive
from formgen.sources.pack_files.lock_file import read_lock

archive, local, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
opened, lock = open_pack(read_archive(archive)), read_lock(local.parent)
steps = 0

def count(event, arguments):
    global steps
    if event in {"os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree"}:
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
if lock:
    update(Update(lock.packs["ohio"], opened, (), ()), local)
else:
    add(opened, local)
"""


@pytest.fixture
def union(tmp_path):
    return Union(tmp_path)


def edition(union: Union, number: str) -> Path:
    """Write the archive of an edition; return its path."""
    opened = union.publish(edition=number, files={LETTER: f"---\ngreeting: {number}\n---\nHi.\n"})
    path = union.folder / f"ohio-{number}.zip"
    from formgen.sources.pack_files.archive import archive_bytes

    path.write_bytes(archive_bytes(opened.archive.files, opened.archive.manifest))
    return path


def opened_from(path: Path):
    from formgen.packs.verified import open_pack
    from formgen.sources.pack_files.archive import read_archive

    return open_pack(read_archive(path))


def killed_states(archive: Path, local: Path, folder: Path):
    """Yield the local as it lies there after each moment at which an installation can die."""
    for last in range(1, 200):
        copy = shutil.copytree(local.parent, folder / str(last)) / local.name
        command = [sys.executable, "-c", KILLED, str(archive), str(copy), str(last)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode in {0, -9}, done.stderr
        yield copy
        if done.returncode == 0:
            return
    pytest.fail("it never came to its end")


def reading(local, _old, _new):
    """Stand for check, build and every other command that reads a local."""
    read_stack(local)


def adding_the_old_one(local, old, _new):
    add(opened_from(old), local)


def adding_the_new_one(local, _old, new):
    add(opened_from(new), local)


def updating(local, _old, new):
    lock = read_lock(local.parent)
    opened = opened_from(new)
    if lock and lock.packs["ohio"].files != opened.as_locked().files:
        # What is planned is not looked at, and takes a second.
        update(Update(lock.packs["ohio"], opened, (), ()), local)
    else:
        assert plan_update(opened, local, allow_downgrade=False) is None


def reviewing(local, _old, _new):
    review(local, Review("Ana", "2026-11-29"))


COMMANDS = [reading, adding_the_old_one, adding_the_new_one, updating, reviewing]


def runs(command, *arguments):
    """Run a command, which may have something else against what it is asked for."""
    try:
        command(*arguments)
    except InputError as refused:
        codes = {finding.code for finding in refused.findings}
        assert codes <= {"pack-installed", "pack-not-used"}


@pytest.mark.slow
@pytest.mark.parametrize("installed", [True, False])
def test_whatever_moment_cuts_an_installation_off_the_next_command_mends_it(
    installed, union, tmp_path
):
    old, new = edition(union, "1"), edition(union, "2")
    local = union.local()
    if installed:
        add(opened_from(old), local)
    states = list(killed_states(new, local, tmp_path / "killed"))
    assert len(states) > 10
    editions = set()
    for state in states:
        for command in COMMANDS:
            tried = shutil.copytree(state.parent, tmp_path / "tried") / local.name
            runs(command, tried, old, new)
            assert not is_unfinished(tried.parent)
            read_stack(tried)
            lock = read_lock(tried.parent)
            packs = tried.parent / "packs"
            assert (packs / "ohio").exists() == (lock is not None and "ohio" in lock.packs)
            editions.add(lock.packs["ohio"].edition if lock else "")
            # And the way on is open.
            if lock and lock.packs["ohio"].edition == "1":
                updating(tried, old, new)
            else:
                add(opened_from(new), tried)
            assert read_lock(tried.parent).packs["ohio"].edition == "2"
            read_stack(tried)
            shutil.rmtree(tried.parent)
    assert editions >= ({"1", "2"} if installed else {"", "2"})


def left_by_a_kill(local: Path) -> None:
    """Put a local into the state of an update that died between its first two renames."""
    packs = local.parent / "packs"
    left = packs / ".installing-ohio-abcdefgh"
    left.mkdir()
    (packs / "ohio").rename(left / "old")
    shutil.copytree(left / "old", left / "new")
    write(left / "new" / LETTER, "Another edition.\n")


def test_a_planned_update_mends_first(union):
    local = union.member()
    left_by_a_kill(local)

    assert plan_update(union.publish(edition="2027"), local, allow_downgrade=False) is not None
    assert findings_of(local) == []


def test_what_is_being_installed_at_this_moment_is_left_alone(union):
    from formgen.folder_lock import locked, wait_silently

    local = union.member()
    left_by_a_kill(local)

    with locked(local.parent / "packs", wait_silently):
        assert [finding.code for finding in findings_of(local)] == ["pack-missing"]
        assert is_unfinished(local.parent)
    assert findings_of(local) == []


# --- What other programs leave and change

LITTER = [
    "ohio/._pack.yaml",
    "ohio/content/._program.yaml",
    "ohio/content/en/letters/._mentor-thank-you.md",
    "ohio/content/en/letters/~$mentor-thank-you.md",
    "ohio/content/en/letters/.~lock.mentor-thank-you.md#",
    "ohio/.dropbox",
    "ohio/.dropbox.attr",
    "ohio/.DS_Store",
    "ohio/content/Thumbs.db",
    "ohio/content/ehthumbs.db",
    "ohio/content/desktop.ini",
    "ohio/content/Desktop.ini",
    "ohio/content/Icon\r",
    "ohio/.git/config",
    "ohio/__MACOSX/content/._program.yaml",
    "ohio/content/@eaDir/program.yaml@SynoEAStream",
    "ohio/content/program.yaml~",
    "ohio/content/program (conflicted copy).yaml",
    "ohio/content/en/letters/mentor-thank-you (1).md",
    "ohio/content/program.yaml.tmp",
    ".DS_Store",
    "Thumbs.db",
]


def test_what_other_programs_leave_in_a_pack_stops_no_build_and_is_never_read(union):
    local = union.member(union.publish(files={LETTER: "---\ngreeting: Hello\n---\nHi.\n"}))
    before = read_stack(local)[0].layers[1].paths("content")
    for name in LITTER:
        write(local.parent / "packs" / name, "\0no text")

    assert findings_of(local) == []
    assert read_stack(local)[0].layers[1].paths("content") == before


@pytest.mark.parametrize("name", ["content/en/letters/extra.md", "templates/x.j2", "PACK.sig"])
def test_what_a_pack_could_hold_and_does_not_is_refused(name, union):
    local = union.member()
    union.tamper(local, f"ohio/{name}", "x")

    found = findings_of(local)

    assert [finding.code for finding in found] == ["pack-hash"]
    assert exit_code(found) == ExitCode.REFUSED


@pytest.mark.parametrize(
    "name",
    [
        "content/manual/._intro.md",
        "content/.DS_Store",
        "content/en/letters/~$x.md",
        "assets/Thumbs.db",
    ],
)
def test_what_other_programs_leave_in_a_local_is_no_file_of_it(name, union):
    local = union.local()
    write(local.parent / name, "\0no text")

    stack, _ = read_stack(local)

    assert stack.local.file(name) is None
    assert stack.local.paths("content") == []
    assert findings_of(local) == []


def other_ends(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n") if b"\r\n" not in data else data.replace(b"\r\n", b"\n")


def test_line_ends_that_git_changed_are_put_back(union):
    files = {"content/en/letters/mentor-thank-you.md": "---\r\ngreeting: Hello\r\n---\r\nHi.\r\n"}
    local = union.member(union.publish(files=files, key="state"))
    packed = [path for path in (local.parent / "packs/ohio").rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in packed}
    for path in packed:
        path.write_bytes(other_ends(before[path]))
    lock = local.parent / "formgen.lock"
    lock.write_bytes(other_ends(lock.read_bytes()))

    assert findings_of(local) == []
    assert {path: path.read_bytes() for path in packed} == before


def test_more_than_line_ends_is_not_mended(union):
    local = union.member()
    file = local.parent / "packs/ohio/content/program.yaml"
    file.write_bytes(b"paper: a4\r\n")

    assert [finding.code for finding in findings_of(local)] == ["pack-hash"]


@pytest.mark.slow
def test_git_on_windows_leaves_an_installed_pack_as_it_is(union, tmp_path):
    local = union.member(union.publish(files={LETTER: "---\ngreeting: Hello\n---\nHi.\n"}))

    def git(*arguments, folder):
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        windows = ("-c", "core.autocrlf=true", "-c", "core.safecrlf=false")
        command = ["git", *identity, *windows, *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    git("init", "-q", folder=local.parent)
    git("add", "-A", folder=local.parent)
    git("commit", "-qm", "all", folder=local.parent)
    git("clone", "-q", "--config", "core.autocrlf=true", local.parent, "clone", folder=tmp_path)

    cloned = tmp_path / "clone" / "local.yaml"
    assert b"\r\n" in cloned.read_bytes()
    for path in (tmp_path / "clone/packs/ohio").rglob("*.yaml"):
        assert b"\r\n" not in path.read_bytes()
    assert findings_of(cloned) == []


# --- What a lock says


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('key: "{key}"', 'key: "{other}"'),
        ('key: "{key}"', 'key: ""'),
        ('key: "{key}"', "key: none"),
        ('edition: "2026.1"', 'edition: "2025.1"'),
        ('name: "Ohio pack"', 'name: "Other"'),
        ('extends: ""', 'extends: "base"'),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_a_lock_that_says_something_else_than_its_pack_is_refused(before, after, required, union):
    keys = {"key": union.key("state"), "other": union.key("other")}
    asked = f'pack_keys: ["{keys["key"]}", "{keys["other"]}"]\n' if required else ""
    local = union.local(settings=MINIMAL + asked)
    add(union.publish(key="state"), local)
    lock = local.parent / "formgen.lock"
    text = lock.read_text()
    assert before.format(**keys) in text
    lock.write_text(text.replace(before.format(**keys), after.format(**keys), 1))

    found = findings_of(local)

    assert [finding.code for finding in found] == ["bad-lock-file"]
    assert exit_code(found) == ExitCode.REFUSED


def test_a_lock_that_calls_an_unsigned_pack_signed_is_refused(union):
    local = union.member()
    lock = local.parent / "formgen.lock"
    lock.write_text(lock.read_text().replace('key: ""', f'key: "{union.key("state")}"', 1))

    assert [finding.code for finding in findings_of(local)] == ["bad-lock-file"]
