"""One locked packs/ beside the locals serves all of a folder; a local's own lock wins."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.cli.pack.add import command as add_command
from formgen.cli.pack.list import command as list_command
from formgen.cli.pack.remove import command as remove_command
from formgen.cli.pack.rollback import command as rollback_command
from formgen.cli.pack.update import command as update_command
from formgen.findings import ExitCode, InputError
from formgen.kit import resolve
from formgen.packs import many
from formgen.packs.install import add, add_shared, plan_update, update
from formgen.packs.many import install_many, plan_many
from formgen.packs.trial import refuse_broken
from formgen.sources.layers import read_stack
from formgen.sources.pack_files.installed import installed_packs
from formgen.sources.pack_files.lock_file import LOCK_FILE, lock_home, read_lock
from formgen.sources.paths import OWN_FILES
from tests.support.locals import findings_of, write, write_local
from tests.support.packs import LETTER, opened, pack_files, packed
from tests.support.tiny import write_tiny

FIRST = opened(pack_files())
SECOND = opened(pack_files({"edition": "2026.2"}))
NAMES = ("birch", "elm", "maple")


@pytest.fixture
def home(tmp_path):
    """Give a folder with three locals, beside which a pack is installed."""
    for name in NAMES:
        write_tiny(tmp_path / "locals" / name)
    add_shared(FIRST, tmp_path / "locals")
    return tmp_path / "locals"


def locals_in(home):
    return [home / name / "local.yaml" for name in NAMES]


def editions(home):
    """Return the edition that each local builds from."""
    stacks = [read_stack(local)[0] for local in locals_in(home)]
    return [installed_packs(stack)[0].edition for stack in stacks]


def codes(make):
    with pytest.raises(InputError) as problem:
        make()
    return [finding.code for finding in problem.value.findings]


def test_a_pack_is_installed_once_for_all_and_checked_in_each(home):
    assert sorted(path.name for path in home.iterdir()) == [
        *(*NAMES[:2], LOCK_FILE, NAMES[2], "packs"),
    ]
    assert editions(home) == ["2026.1"] * 3
    assert all("extends: ohio\n" in local.read_text() for local in locals_in(home))
    write(home / "packs/ohio/content/program.yaml", "paper: a4\n")
    for local in locals_in(home):
        assert [each.code for each in findings_of(local)] == ["pack-hash"]


@pytest.mark.parametrize("name", [".", "../birch"])
def test_the_lock_is_found_from_wherever_a_local_is_named(name, home, monkeypatch):
    monkeypatch.chdir(home / "birch")
    local = Path(name)

    assert lock_home(local).resolve() == home.resolve()
    assert findings_of(local / "local.yaml") == []


def test_a_lock_of_its_own_wins(home):
    birch, elm, _ = locals_in(home)
    add(FIRST, birch)
    update(plan_update(SECOND, birch, allow_downgrade=False), birch)

    assert editions(home) == ["2026.2", "2026.1", "2026.1"]
    assert lock_home(birch.parent) == birch.parent
    assert lock_home(elm.parent) == home


def test_a_key_that_a_local_asks_for_must_have_signed_what_serves_it(home):
    key = "ed25519:a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    birch = locals_in(home)[0]
    write(birch, f'{birch.read_text()}pack_keys: ["{key}"]\n')

    assert [each.code for each in findings_of(birch)] == ["pack-key"]
    assert codes(lambda: add_shared(FIRST, home)) == ["pack-key"]


def test_a_folder_that_is_a_local_itself_shares_nothing(home):
    assert codes(lambda: add_shared(FIRST, home / "birch")) == ["shared-packs"]


def test_a_pack_is_there_before_the_first_local_is(tmp_path):
    (tmp_path / "locals").mkdir()

    assert add_shared(FIRST, tmp_path / "locals") == {}

    local = write_local(tmp_path / "locals/oak", {"extends": "ohio"})
    assert findings_of(local) == []
    assert lock_home(local.parent) == tmp_path / "locals"


def test_an_installation_that_was_cut_off_before_the_lock_is_put_away(home):
    (home / LOCK_FILE).unlink()
    (home / "packs/.installing-ohio-1/old").mkdir(parents=True)

    assert [each.code for each in findings_of(locals_in(home)[0])] == ["no-pack"]
    assert not (home / "packs/ohio").exists()


# --- Updates


def test_an_update_is_for_all_of_them(home):
    plans = list(plan_many(locals_in(home), lambda _: SECOND, allow_downgrade=False))

    assert [found for _, found in install_many(plans, tried=False)] == [()] * 3
    assert editions(home) == ["2026.2"] * 3


def test_what_each_local_replaces_is_written_down(tmp_path):
    local = write_local(tmp_path / "locals/maple")
    write(local.parent / LETTER, "---\ngreeting: Hi\n---\nThanks.\n")
    words = "---\ngreeting: Hello\n---\nThank you.\n"

    add_shared(opened(pack_files(more={LETTER: words})), tmp_path / "locals")

    assert (local.parent / OWN_FILES).is_file()
    newer = opened(pack_files({"edition": "2"}, {LETTER: words.replace("you", "you all")}))
    planned = plan_update(newer, local, allow_downgrade=True)
    assert [each.code for each in planned.stale] == ["stale-overlay"]


def test_one_alone_is_not_updated(home):
    birch = locals_in(home)[0]
    planned = plan_update(SECOND, birch, allow_downgrade=False)

    assert codes(lambda: update(planned, birch)) == ["shared-packs"]
    assert editions(home) == ["2026.1"] * 3


@pytest.fixture
def run(home, monkeypatch):
    """Give what runs a command where the locals are; composing alone tells what builds."""
    monkeypatch.chdir(home.parent)

    def by_composing(planned, local_yaml, **_):
        if planned.breaks:
            refuse_broken(planned, local_yaml)

    monkeypatch.setattr(many, "refuse_broken", by_composing)

    def command(what, *arguments):
        return CliRunner().invoke(what, arguments, catch_exceptions=False)

    return command


def publish(home, **facts):
    data = packed(pack_files({"edition": "2026.2", **facts}))
    (home.parent / "ohio-2.zip").write_bytes(data)


def test_one_that_would_break_keeps_the_edition_from_all_until_it_has_its_own(home, run):
    elm = locals_in(home)[1]
    write(elm, f"{elm.read_text()}paper: a4\n")
    publish(home, locked=["paper"])

    done = run(update_command, "ohio-2.zip", "locals", "--yes")

    assert done.exit_code == ExitCode.REFUSED
    assert "error[pack-breaks]" in done.output
    assert "Not installed in 3 locals" in done.output
    assert editions(home) == ["2026.1"] * 3
    add(FIRST, elm)
    done = run(update_command, "ohio-2.zip", "locals/birch", "locals/maple", "--yes")
    assert done.exit_code == 0, done.output
    assert editions(home) == ["2026.2", "2026.1", "2026.2"]


def test_one_that_could_not_be_read_before_keeps_nothing_from_the_others(home, run):
    write(locals_in(home)[1], "formgen: [1\n")
    publish(home)

    done = run(update_command, "ohio-2.zip", "locals", "--yes")

    assert done.exit_code == ExitCode.REFUSED
    assert "Not installed in 1 local: locals/elm" in done.output
    assert read_lock(home).packs["ohio"].edition == "2026.2"


def test_list_rollback_and_remove_know_what_is_shared(home, run):
    publish(home)
    assert run(update_command, "ohio-2.zip", "locals", "--yes").exit_code == 0

    listed = run(list_command, "locals").stdout
    assert listed.count("ohio (shared)") == 3
    assert " ".join(listed.splitlines()[1].split()) == "birch ohio (shared) 2026.2 - 2026.1"
    done = run(rollback_command, "ohio", "locals", "--yes")
    assert done.exit_code == 0, done.output
    assert editions(home) == ["2026.1"] * 3
    assert "error[pack-installed]" in run(remove_command, "ohio", "locals").output
    for local in locals_in(home):
        write(local, local.read_text().replace("extends: ohio\n", ""))
    assert "Removed ohio 2026.1 from locals." in run(remove_command, "ohio", "locals").stdout
    assert read_lock(home).packs == {}


def test_a_local_gives_its_own_up_for_the_shared_one(home, run):
    add(FIRST, locals_in(home)[0])
    assert run(list_command, "locals/birch").stdout.count("shared") == 0

    done = run(remove_command, "ohio", "locals/birch")

    assert done.exit_code == 0, done.output
    assert lock_home(home / "birch") == home
    assert resolve(home / "birch/local.yaml").warnings == ()


def test_status_tells_the_edition_that_serves_a_local(home, run):
    publish(home)

    done = run(program, "status", "locals", "--newest", "ohio-2.zip")

    assert done.exit_code == ExitCode.SOME_FAILED
    assert done.stdout.count("ohio 2026.1 (behind) (shared)") == 3
    assert "3 locals: 3 behind" in done.stdout


def test_a_new_row_of_the_register_is_served_by_what_lies_there(home, run):
    (home.parent / "ohio.zip").write_bytes(packed(pack_files()))
    write(home / "register.yaml", "packs: [../ohio.zip]\n")
    head = "Local No.,Local,Coordinator,Coordinator phone\n"
    write(home.parent / "members.csv", f"{head}00418,Oak Support,Pat Doe,555-0100\n")

    done = run(program, "register", "members.csv", "locals")

    assert done.exit_code == 0, done.output
    oak = home / "oak-support"
    assert lock_home(oak) == home
    assert not (oak / "packs").exists()
    assert resolve(oak / "local.yaml").stack.layers[1].name == "ohio"


def test_add_says_for_whom_it_was_installed(home, run):
    (home.parent / "ohio.zip").write_bytes(packed(pack_files()))
    write_tiny(home / "oak")

    done = run(add_command, "ohio.zip", "locals", "--shared")

    assert done.exit_code == 0, done.output
    assert "locked in locals/formgen.lock, for 4 locals" in done.stdout
    assert "wrote `extends: ohio` into the local.yaml of 1 local" in done.stdout
    assert run(add_command, "ohio.zip", "--shared").exit_code == ExitCode.USAGE
    done = run(add_command, "ohio.zip", "locals/oak")
    assert "its own packs count from now on, and not those in locals/packs" in done.stdout
