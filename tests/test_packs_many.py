"""many.py, kept.py and remove.py of packs: one edition for many locals, and the way back."""

import pytest
from click.testing import CliRunner

from formgen.cli.pack.add import command as add_command
from formgen.cli.pack.list import command as list_command
from formgen.cli.pack.remove import command as remove_command
from formgen.cli.pack.review import command as review_command
from formgen.cli.pack.rollback import command as rollback_command
from formgen.cli.pack.update import command as update_command
from formgen.findings import ExitCode, InputError
from formgen.packs import many
from formgen.packs.install import add, update
from formgen.packs.kept import kept_editions, previous
from formgen.packs.many import install_many, plan_many
from formgen.packs.remove import remove
from formgen.packs.trial import refuse_broken
from formgen.sources.pack_files.lock_file import read_lock
from tests.support.locals import write
from tests.support.packs import LETTER, pack_files, packed
from tests.support.tiny import write_tiny
from tests.support.union import Union

PLEDGE = "content/en/pledges/mentor-pledge.yaml"


@pytest.fixture
def union(tmp_path):
    return Union(tmp_path)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give what runs one command of packs in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(what, *arguments, answer=""):
        return CliRunner().invoke(what, arguments, input=answer, catch_exceptions=False)

    return command


@pytest.fixture
def state(tmp_path, run):
    """Give a folder with three small locals that have installed a pack."""
    (tmp_path / "ohio-1.zip").write_bytes(packed(pack_files()))
    for name in ("birch", "elm", "maple"):
        write_tiny(tmp_path / "locals" / name)
    done = run(add_command, "ohio-1.zip", "locals")
    assert done.exit_code == 0
    assert done.output.count("Installed ohio 2026.1") == 3
    return tmp_path


def editions(state):
    return {
        local.name: read_lock(local).packs["ohio"].edition
        for local in sorted((state / "locals").iterdir())
    }


def publish(state, more=None, **facts):
    """Write the archive of the next edition."""
    files = pack_files({"edition": "2026.2", **facts}, more)
    (state / "ohio-2.zip").write_bytes(packed(files))


def without_trial(monkeypatch):
    """Let only composing tell whether a local builds, which is quick."""

    def by_composing(planned, local_yaml, **_):
        if planned.breaks:
            refuse_broken(planned, local_yaml)

    monkeypatch.setattr(many, "refuse_broken", by_composing)


def test_an_edition_is_planned_in_one_table_and_installed_where_it_builds(state, run, monkeypatch):
    without_trial(monkeypatch)
    elm = state / "locals/elm/local.yaml"
    write(elm, f"{elm.read_text('utf-8')}paper: a4\n")
    publish(state, {"content/program.yaml": "archive: {years: 6}\n"}, locked=["paper"])

    done = run(update_command, "ohio-2.zip", "locals", "--yes")

    rows = {line.split()[0]: " ".join(line.split()) for line in done.stdout.splitlines() if line}
    assert rows["birch"].startswith("birch 2026.1 installs -")
    assert rows["elm"].startswith("elm 2026.1 would break")
    assert done.stdout.count("archive.years") == 1
    assert done.exit_code == ExitCode.REFUSED
    assert "Not installed in 1 local: locals/elm" in done.output
    assert editions(state) == {"birch": "2026.2", "elm": "2026.1", "maple": "2026.2"}

    again = run(update_command, "ohio-2.zip", "locals/birch", "locals/maple", "--yes")
    assert again.exit_code == 0
    assert "Installed in 0 locals." in again.stdout


def test_a_few_are_tried_first_and_no_is_an_answer(state, run, monkeypatch):
    without_trial(monkeypatch)
    publish(state)

    refused = run(update_command, "ohio-2.zip", "locals", "--first", "1", answer="n\n")
    assert refused.exit_code != 0
    assert set(editions(state).values()) == {"2026.1"}
    run(update_command, "ohio-2.zip", "locals", "--first", "1", "--yes")
    assert editions(state) == {"birch": "2026.2", "elm": "2026.1", "maple": "2026.1"}
    run(update_command, "ohio-2.zip", "locals", "--first", "1", answer="y\n")
    assert editions(state) == {"birch": "2026.2", "elm": "2026.2", "maple": "2026.1"}


def test_a_local_that_cannot_have_the_edition_keeps_no_other_from_it(union):
    local = union.member()
    other = union.local("elm")
    newer = union.publish(edition="2026.2")

    plans = list(plan_many([other, local], lambda _: newer, allow_downgrade=False))
    assert [each.state for each in plans] == ["refused", "installs"]
    found = [[f.code for f in found] for _, found in install_many(plans, tried=False)]
    assert found == [["pack-not-used"], []]
    assert read_lock(local.parent).packs["ohio"].edition == "2026.2"


def test_the_documents_that_change_are_named(union):
    local = union.member()
    files = {LETTER: "---\nrecipient: true\n---\nMany thanks.\n"}
    newer = union.publish(edition="2026.2", files=files)

    [plan] = plan_many([local], lambda _: newer, allow_downgrade=False)
    assert plan.documents == ("mentor-thank-you",)


def test_a_replaced_edition_is_kept_and_goes_back_in_byte_for_byte(state, run, monkeypatch):
    without_trial(monkeypatch)
    publish(state)
    run(update_command, "ohio-2.zip", "locals", "--yes")
    (state / "ohio-1.zip").unlink()

    done = run(rollback_command, "ohio", "locals", "--yes")

    assert done.exit_code == 0, done.output
    assert set(editions(state).values()) == {"2026.1"}
    listed = run(list_command, "locals").stdout.splitlines()
    assert listed[1].split() == ["birch", "ohio", "2026.1", "-", "2026.2,", "2026.1"]


def test_without_a_kept_edition_there_is_no_way_back(union):
    local = union.member()

    with pytest.raises(InputError) as problem:
        previous(local.parent, "ohio")
    assert [each.code for each in problem.value.findings] == ["no-file"]
    with pytest.raises(InputError) as problem:
        previous(local.parent, "region")
    assert [each.code for each in problem.value.findings] == ["pack-not-used"]


def test_the_last_three_editions_are_kept_of_one_pack_and_damaged_ones_are_not(union):
    local = union.member()
    for number in (2, 3, 4, 5):
        update(union.plan(local, union.publish(edition=f"2026.{number}")), local)
    assert kept_editions(local.parent, "ohio") == ["2026.4", "2026.3", "2026.2"]
    assert kept_editions(local.parent, "oh") == []


def test_a_pack_is_taken_out_of_locals_that_do_not_build_on_it(state, run):
    birch = state / "locals/birch/local.yaml"
    write(birch, birch.read_text("utf-8").replace("extends: ohio\n", ""))

    done = run(remove_command, "ohio", "locals")

    assert done.exit_code == ExitCode.BAD_INPUT
    assert "Removed ohio 2026.1 from locals/birch." in done.output
    assert not (state / "locals/birch/packs/ohio").exists()
    assert read_lock(state / "locals/birch").packs == {}
    assert "ohio" in read_lock(state / "locals/elm").packs


def test_what_another_pack_builds_on_stays(union):
    local = union.member()
    region = union.publish(id="region", extends="ohio")
    add(region, local)
    write(local, local.read_text("utf-8").replace("extends: ohio", "extends: region"))

    with pytest.raises(InputError) as problem:
        remove("ohio", local)
    assert [each.code for each in problem.value.findings] == ["pack-installed"]


def test_a_review_of_many_locals_asks_for_each_file(state, run):
    for name in ("birch", "elm"):
        write(state / "locals" / name / PLEDGE, "title: Ours\n")

    done = run(review_command, "locals", "--by", "Ana", answer="y\ny\n")

    assert [line for line in done.output.splitlines() if line.startswith("Reviewed")] == [
        f"Reviewed locals/{name}/{PLEDGE}" for name in ("birch", "elm")
    ]
    again = run(review_command, "locals", "--by", "Ana")
    assert again.output == "Nothing was left to review.\n"


def test_one_number_is_one_edition_however_it_is_written(union):
    local = union.member(union.publish(edition="2027.1"))
    files = {"content/program.yaml": "paper: a4\n"}

    with pytest.raises(InputError) as problem:
        union.plan(local, union.publish(edition="2027.01", files=files))
    assert [each.code for each in problem.value.findings] == ["pack-replay"]


def test_a_lock_of_a_newer_formgen_is_called_that(union):
    local = union.member()
    write(local.parent / "formgen.lock", "formgen-lock: 2\npacks: {}\n")

    with pytest.raises(InputError) as problem:
        read_lock(local.parent)
    assert [each.code for each in problem.value.findings] == ["newer-lock"]
