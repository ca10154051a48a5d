"""merge.py and merging.py: a local's own words take over what changed below, where none clash."""

import random
import subprocess

import pytest
from click.testing import CliRunner

from formgen.cli.pack.add import command as add_command
from formgen.cli.pack.update import command as update_command
from formgen.findings import ExitCode
from formgen.kit import resolve
from formgen.packs.install import add, plan_update, update
from formgen.packs.merging import MergedFile, merge_files
from formgen.packs.trial import refuse_broken
from formgen.sources.paths import TO_MERGE
from formgen.sources.replaced.merge import merge
from tests.support.locals import findings_of, write
from tests.support.packs import FORM, LETTER, packed
from tests.support.packs import pack_files as files_of
from tests.support.tiny import write_tiny
from tests.support.union import Union

# --- Texts


def merged(base, mine, theirs):
    one, two, three = ("\n".join(text) for text in (base, mine, theirs))
    found = merge(one, two, three, "pack")
    return found.text.replace("\n", ""), found.clashes


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "aBc", "abc", "aBc"),
        ("abc", "abc", "abCd", "abCd"),
        ("abcde", "Abcde", "abcdE", "AbcdE"),
        ("abcde", "abc", "Xabcde", "Xabc"),
        ("abc", "aBc", "aBc", "aBc"),
        ("", "a", "a", "a"),
        ("ab", "", "ab", ""),
    ],
)
def test_what_one_side_changed_is_taken(base, mine, theirs, expected):
    assert merged(base, mine, theirs) == (expected, 0)


def test_what_both_changed_stands_there_twice_for_somebody_to_decide():
    found = merge("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc", "pack ohio")

    assert found.clashes == 1
    assert found.text == "a\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> pack ohio\nc\n"


def changed_at_random(lines, chance):
    for line in lines:
        what = chance.choices(("same", "gone", "other", "more"), (90, 3, 5, 2))[0]
        if what != "gone":
            yield f"{line} {chance.random()}" if what == "other" else line
        if what == "more":
            yield f"new {chance.random()}"


def test_it_merges_as_git_does(tmp_path):
    chance = random.Random(19)  # noqa: S311
    base = [f"line {number}" for number in range(20)]
    clean = 0
    for _ in range(150):
        texts = [base, *(list(changed_at_random(base, chance)) for _ in range(2))]
        written = ["".join(f"{line}\n" for line in text) for text in texts]
        files = [write(tmp_path / name, text) for name, text in zip("bmt", written, strict=True)]
        order = [str(files[at]) for at in (1, 0, 2)]
        git = subprocess.run(
            ["git", "merge-file", "-p", *order],
            capture_output=True,
            text=True,
            check=False,
        )
        found = merge(written[0], written[1], written[2], "pack")
        assert (found.clashes == 0) == (git.returncode == 0)
        if not found.clashes:
            clean += 1
            assert found.text == git.stdout
    assert clean in range(30, 120)


# --- Files of a local

FRONT = "---\ngreeting: Hello\nclosing: Yours,\nsigner: committee\n---\n"
OLD = f"{FRONT}First.\n\nSecond.\n\nThird.\n"
MINE = f"{FRONT}First of ours.\n\nSecond.\n\nThird.\n"
NEW = f"{FRONT}First.\n\nSecond.\n\nThird, and more.\n"
BOTH = f"{FRONT}First of ours.\n\nSecond.\n\nThird, and more.\n"
CLASH = f"{FRONT}First of theirs.\n\nSecond.\n\nThird, and more.\n"


@pytest.fixture
def union(tmp_path):
    return Union(tmp_path)


@pytest.fixture
def local(union):
    """Give a local with a letter of its own, made from that of its pack."""
    path = union.local()
    add(union.publish(files={LETTER: OLD}), path)
    write(path.parent / LETTER, MINE)
    return path


def take(union, local, text, path=LETTER):
    planned = plan_update(
        union.publish(edition="2026.2", files={path: text}), local, allow_downgrade=False
    )
    update(planned, local)


def test_what_the_edition_changed_comes_into_the_own_file(union, local):
    take(union, local, NEW)
    assert [each.code for each in findings_of(local)] == ["stale-overlay"]

    assert merge_files(local) == [MergedFile(LETTER, local.parent / LETTER, 0)]

    assert (local.parent / LETTER).read_text() == BOTH
    assert findings_of(local) == []
    assert merge_files(local) == []


def test_line_ends_and_the_mark_at_the_start_stay(union, local):
    (local.parent / LETTER).write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    take(union, local, NEW)

    merge_files(local)

    found = (local.parent / LETTER).read_bytes()
    assert found == b"\xef\xbb\xbf" + BOTH.replace("\n", "\r\n").encode()


def test_what_clashes_lies_beside_and_stays_stale(union, local):
    take(union, local, CLASH)

    (found,) = merge_files(local)

    assert found == MergedFile(LETTER, local.parent / TO_MERGE / LETTER, 1)
    assert (local.parent / LETTER).read_text() == MINE
    beside = found.written.read_text()
    assert "<<<<<<< yours\nFirst of ours.\n=======\nFirst of theirs.\n>>>>>>> pack ohio\n" in beside
    assert beside.endswith("Third, and more.\n")
    assert [each.code for each in findings_of(local)] == ["stale-overlay"]


def test_a_form_that_cannot_be_read_when_it_is_merged_is_left_as_it_is(union):
    local = union.local()
    form = "sections:\n- name: one\n  label: One\n  fields:\n  - {name: a, type: text, label: A}\n"
    lines = form.splitlines(keepends=True)
    add(union.publish(files={FORM: form}), local)
    write(local.parent / FORM, "lead: Ours.\n" + form)
    take(union, local, "".join([*lines, "lead: Theirs.\n"]), FORM)

    (found,) = merge_files(local)

    assert found.clashes == 1
    assert (local.parent / FORM).read_text() == "lead: Ours.\n" + form


def test_update_merges_and_tells(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for edition, text in (("2026.1", OLD), ("2026.2", NEW), ("2026.3", CLASH)):
        data = packed(files_of({"edition": edition}, {LETTER: text}))
        (tmp_path / f"{edition}.zip").write_bytes(data)
    write_tiny(tmp_path / "maple")
    run = CliRunner()
    run.invoke(add_command, ["2026.1.zip", "maple"], catch_exceptions=False)
    write(tmp_path / "maple" / LETTER, MINE)

    def take(archive):
        return run.invoke(
            update_command, [archive, "maple", "--merge"], input="y\n", catch_exceptions=False
        )

    done = take("2026.2.zip")
    assert f"  will be merged: {LETTER}\n" in done.stdout
    assert f"  merged maple/{LETTER}\n" in done.stdout
    done = take("2026.3.zip")
    assert f"  cannot be merged: {LETTER}\n" in done.stdout
    assert done.exit_code == ExitCode.ALL_BUILT
    told = f"  not merged maple/{LETTER}: 1 place to decide, in maple/to-merge/{LETTER}\n"
    assert told in done.stdout
    assert told in take("2026.3.zip").stdout


def test_of_many_the_table_says_how_many_files_are_merged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for edition, text in (("2026.1", OLD), ("2026.2", NEW)):
        data = packed(files_of({"edition": edition}, {LETTER: text}))
        (tmp_path / f"{edition}.zip").write_bytes(data)
    for name in ("elm", "maple"):
        write_tiny(tmp_path / "locals" / name)
    run = CliRunner()
    run.invoke(add_command, ["2026.1.zip", "locals"], catch_exceptions=False)
    write(tmp_path / "locals/maple" / LETTER, MINE)

    arguments = ["2026.2.zip", "locals", "--merge"]
    done = run.invoke(update_command, arguments, input="y\n", catch_exceptions=False)

    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "elm 2026.1 installs - -" in rows
    assert "maple 2026.1 installs 1, merged 1 -" in rows
    assert f"merged locals/maple/{LETTER}" in done.stdout
    assert (tmp_path / "locals/maple" / LETTER).read_text() == BOTH


@pytest.mark.slow
def test_the_trial_builds_what_is_merged(union, local, fonts):
    kept = resolve(local)
    assert kept.warnings == ()
    new = NEW.replace("Third, and more.", "{{ nothing }}")
    planned = plan_update(
        union.publish(edition="2026.2", files={LETTER: new}), local, allow_downgrade=False
    )

    refuse_broken(planned, local)
    with pytest.raises(Exception, match="pack-breaks"):
        refuse_broken(planned, local, merging=True)
