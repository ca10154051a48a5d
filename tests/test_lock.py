"""lock.py: a local builds from exactly what was locked."""

import base64
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from formgen.build.build import build
from formgen.findings import ExitCode, InputError, exit_code
from formgen.outputs.base import Choice
from formgen.packs.install import add
from formgen.packs.signing import make_keys, sign
from formgen.sources.layers import read_stack
from formgen.sources.pack_files.lock_file import (
    LOCK_FILE,
    Lock,
    LockedPack,
    lock_text,
    read_lock,
)
from tests.support.counting import counting
from tests.support.locals import MINIMAL, findings_of, lines_of, write, write_local
from tests.support.packs import LETTER, manifest_of, opened, pack_files

LETTERS = {LETTER: "---\ngreeting: Hello\n---\nThank you, dear reader.\n"}


@pytest.fixture
def local(tmp_path) -> Path:
    """Give a local with one pack installed."""
    file = write_local(tmp_path / "local")
    add(opened(pack_files(more=LETTERS)), file)
    return file


def installed(local: Path) -> Path:
    return local.parent / "packs" / "ohio"


def said_of(local: Path) -> list[str]:
    return lines_of(findings_of(local), local.parent)


def test_a_lock_is_read_as_it_was_written(tmp_path):
    pack = LockedPack("ohio", 'The "Ohio"\n pack – é', "2026.1", "", "ab", {"content/a.md": "cd"})
    lock = Lock({"ohio": pack, "b": replace(pack, id="b")})
    write(tmp_path / LOCK_FILE, lock_text(lock))

    found = read_lock(tmp_path)

    assert found == lock
    assert lock_text(found) == lock_text(lock)


def test_a_local_without_a_lock_has_none(tmp_path):
    assert read_lock(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "formgen-lock: x\npacks: {}\n",
        "formgen-lock: 1\npacks: [ohio]\n",
        "formgen-lock: 1\npacks: {ohio: x}\n",
        "formgen-lock: 1\npacks: {ohio: {edition: '1', archive: a, files: {}}}\n",
        "formgen-lock: 1\npacks: {../x: {edition: '1', archive: a, files: {a: b}}}\n",
    ],
)
def test_a_lock_that_says_something_else_is_refused(text, tmp_path):
    write(tmp_path / LOCK_FILE, text)

    with pytest.raises(InputError) as problem:
        read_lock(tmp_path)

    assert [finding.code for finding in problem.value.findings] == ["bad-lock-file"]
    assert exit_code(problem.value.findings) == ExitCode.REFUSED


def test_a_lock_says_what_was_installed(local):
    pack = read_lock(local.parent).packs["ohio"]
    files = pack_files(more=LETTERS)

    assert (pack.id, pack.name, pack.edition, pack.key) == ("ohio", "Ohio pack", "2026.1", "")
    assert pack.archive == opened(files).archive.sha256
    assert sorted(pack.files) == sorted([*files, "PACK.json"])


def test_one_flipped_byte_in_any_file_is_named_and_refused(local):
    tried = 0
    for file in sorted(path for path in installed(local).rglob("*") if path.is_file()):
        good = file.read_bytes()
        file.write_bytes(bytes([good[0] ^ 1]) + good[1:])

        name = file.relative_to(local.parent).as_posix()
        short = file.relative_to(installed(local)).as_posix()
        assert said_of(local) == [
            (
                f"{name}: error[pack-hash]: {short} of pack ohio 2026.1 differs from the lock;"
                " nothing was built. Fix: install the edition again with `formgen pack add`."
            )
        ]
        assert exit_code(findings_of(local)) == ExitCode.REFUSED
        file.write_bytes(good)
        tried += 1
    assert tried == 5
    assert said_of(local) == []


def test_one_flipped_byte_builds_nothing(local, tmp_path):
    file = installed(local) / LETTER
    file.write_bytes(file.read_bytes().replace(b"dear", b"Dear"))

    done = subprocess.run(
        [sys.executable, "-m", "formgen", "build", str(local), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
    )

    assert done.returncode == ExitCode.REFUSED, done.stderr
    assert "mentor-thank-you.md of pack ohio 2026.1 differs from the lock" in done.stderr
    assert not list(tmp_path.glob("out/test-local/*"))


def test_a_byte_that_is_flipped_while_a_kit_is_built_publishes_nothing(local, tmp_path, fonts):
    file = installed(local) / LETTER

    def flip(_work):
        file.write_bytes(file.read_bytes().replace(b"dear", b"Dear"))

    choice = Choice(("mentor-pledge",), ("print",))
    (report,) = build([local], tmp_path / "out", counting(fonts, [], flip), choice)

    assert [finding.code for finding in report.findings] == ["pack-hash"]
    assert not list(tmp_path.glob("out/test-local/*"))


def test_a_file_too_many_too_few_or_linked_builds_nothing(local):
    pack = installed(local)
    write(pack / "content/en/letters/extra.md", "x")
    (pack / "content/en/letters/mentor-thank-you.md").rename(local.parent / "moved.md")
    (pack / "content/en/letters/mentor-thank-you.md").symlink_to(local.parent / "moved.md")
    (pack / "content/program.yaml").unlink()
    (pack / "templates").symlink_to(local.parent)

    said = [line.partition(" of pack")[0].partition("]: ")[2] for line in said_of(local)]

    assert said == [
        "content/en/letters/extra.md",
        "content/en/letters/mentor-thank-you.md",
        "content/program.yaml",
        "templates",
    ]
    assert exit_code(findings_of(local)) == ExitCode.REFUSED


def test_no_command_on_a_locked_local_asks_a_network(local, tmp_path):
    script = """
import sys
from pathlib import Path
from formgen.build.check import check_pages
from formgen.kit import resolve

seen = []
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.exec", "ctypes.dlopen")):
        seen.append(event)
sys.addaudithook(watch)
assert check_pages(resolve(Path(sys.argv[1]))) == []
print(seen)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(local)], capture_output=True, text=True
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_what_file_managers_leave_behind_does_no_harm(local):
    write(installed(local) / "content/.DS_Store", "x")

    assert said_of(local) == []


def test_a_pack_that_is_locked_but_gone_builds_nothing(local):
    installed(local).rename(local.parent / "packs" / "other")

    assert said_of(local) == [
        (
            "formgen.lock:5:3: error[pack-missing]: pack ohio 2026.1 is locked, but not installed."
            " Fix: install the edition again with `formgen pack add`."
        )
    ]


def test_beside_a_lock_no_other_pack_is_used(local):
    write(local.parent / "packs/region/content/pack.yaml", "id: region\n")
    local.write_text(local.read_text().replace("extends: ohio", "extends: region"))

    assert said_of(local) == [
        (
            'local.yaml:3:10: error[not-locked]: pack "region" is not in formgen.lock.'
            " Fix: install it with `formgen pack add`."
        )
    ]
    assert exit_code(findings_of(local)) == ExitCode.REFUSED


def test_a_pack_of_the_same_name_beside_the_local_is_not_used(local):
    write(local.parent.parent / "packs/ohio/content/pack.yaml", "id: ohio\nedition: other\n")

    stack, _ = read_stack(local)

    assert stack.layers[1].folder == installed(local)


# --- Keys


def signed(tmp_path, files, key="key"):
    if not (tmp_path / key).exists():
        make_keys(tmp_path / key)
    return opened(files, sign(manifest_of(files), tmp_path / key)[1])


def requiring(folder: Path, key: str) -> Path:
    return write_local(folder, f'{MINIMAL}pack_keys: ["{key}"]\n')


def test_a_local_that_requires_a_key_takes_and_builds_what_it_signed(tmp_path):
    pack = signed(tmp_path, pack_files())
    file = requiring(tmp_path / "local", pack.signer)

    add(pack, file)

    assert findings_of(file) == []
    assert read_lock(file.parent).packs["ohio"].key == pack.signer


@pytest.mark.parametrize("who", ["nobody", "someone else"])
def test_a_local_that_requires_a_key_takes_nothing_else(who, tmp_path):
    known = signed(tmp_path, pack_files()).signer
    pack = opened(pack_files()) if who == "nobody" else signed(tmp_path, pack_files(), "other")
    file = requiring(tmp_path / "local", known)

    with pytest.raises(InputError) as problem:
        add(pack, file)

    assert [finding.code for finding in problem.value.findings] == ["pack-key"]
    assert exit_code(problem.value.findings) == ExitCode.REFUSED
    assert not (file.parent / "packs").exists()


def test_a_key_that_is_required_later_is_checked_when_building(local, tmp_path):
    key = "ed25519:" + base64.b64encode(b"k" * 32).decode()
    local.write_text(f'{local.read_text()}pack_keys: ["{key}"]\n')

    found = findings_of(local)

    assert [finding.code for finding in found] == ["pack-key"]
    assert exit_code(found) == ExitCode.REFUSED


def test_a_required_key_is_proved_even_if_the_lock_was_written_anew(tmp_path):
    pack = signed(tmp_path, pack_files())
    file = requiring(tmp_path / "local", pack.signer)
    add(pack, file)
    changed = installed(file) / "content/program.yaml"
    lock = read_lock(file.parent)
    write(changed, "paper: a4\n")
    from formgen.sources.pack_files.archive import sha256_of

    files = {**lock.packs["ohio"].files, "content/program.yaml": sha256_of(b"paper: a4\n")}
    new = replace(lock, packs={"ohio": replace(lock.packs["ohio"], files=files)})
    write(file.parent / LOCK_FILE, lock_text(new))

    assert [finding.code for finding in findings_of(file)] == ["bad-lock-file"]


def test_a_pack_without_an_archive_is_not_used_where_a_key_is_required(tmp_path):
    write(tmp_path / "packs/ohio/content/pack.yaml", "id: ohio\n")
    key = "ed25519:" + base64.b64encode(b"k" * 32).decode()
    file = write_local(tmp_path, f'{MINIMAL}extends: ohio\npack_keys: ["{key}"]\n')

    assert [finding.code for finding in findings_of(file)] == ["pack-key"]
