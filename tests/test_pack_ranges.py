"""ranges.py and requirement.py: which editions of a pack below will do, and were tried."""

import functools

import pytest
from click.testing import CliRunner

from formgen.cli.pack.add import command as add_command
from formgen.codes import Code
from formgen.findings import ExitCode, InputError
from formgen.kit import resolve
from formgen.packs.build_pack import build_pack as build_and_typeset
from formgen.packs.install import add, update
from formgen.packs.remove import remove
from formgen.packs.verified import open_pack
from formgen.sources.layers import read_stack
from formgen.sources.pack_files.archive import read_archive
from formgen.sources.pack_files.lock_file import LOCK_FILE, read_lock
from formgen.sources.pack_files.requirement import Requirement, requirement_of
from formgen.sources.paths import EDITIONS_FILE, NOTES_FILE
from tests.support.locals import MINIMAL, findings_of, lines_of, write
from tests.support.packs import pack_files, write_pack
from tests.support.union import Union

build_pack = functools.partial(build_and_typeset, typeset=False)


@pytest.fixture
def union(tmp_path):
    return Union(tmp_path)


def codes(make):
    """Return the codes of what calling something finds."""
    with pytest.raises(InputError) as problem:
        make()
    return [finding.code for finding in problem.value.findings]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Requirement("")),
        ("ohio", Requirement("ohio")),
        ("ohio >=2026.1,<2028", Requirement("ohio", ">=2026.1,<2028")),
        ("ohio>=2026.1, < 2028", Requirement("ohio", ">=2026.1, < 2028")),
        ("ohio 2026.1", Requirement("ohio", "2026.1")),
    ],
)
def test_what_is_built_on_is_read_in_one_way(text, asked):
    assert requirement_of(text) == asked


@pytest.mark.parametrize(
    ("editions", "found"),
    [
        ("", []),
        (">=2026.1,<2028", []),
        ("==2026.01", []),
        (">=2026.2", ["pack-range"]),
        ("<2026", ["pack-range"]),
        ("2026.1", ["bad-version"]),
        (">=new", ["bad-version"]),
    ],
)
def test_a_local_says_which_editions_will_do(union, editions, found):
    local = union.member()
    write(local, f"{MINIMAL}extends: ohio {editions}\n")

    assert [each.code for each in findings_of(local)] == found


def test_the_base_pack_comes_with_formgen_and_has_no_range(union):
    local = union.local(settings=f"{MINIMAL}extends: base >=1\n")

    assert [each.code for each in findings_of(local)] == ["bad-version"]


def test_what_will_not_do_is_told_with_its_place_and_remedy(union, tmp_path):
    local = union.member()
    write(local, f"{MINIMAL}extends: ohio >=2027\n")

    (line,) = lines_of(findings_of(local), tmp_path)
    assert line == (
        "locals/maple/local.yaml:8:10: error[pack-range]: this local builds on ohio >=2027, and"
        " edition 2026.1 is installed. Fix: install an edition of ohio that will do, or change"
        " the range."
    )


def test_a_range_is_written_by_hand_and_kept(union):
    local = union.local(settings=f"{MINIMAL}extends: ohio >=2026\n")
    before = local.read_text()

    assert add(union.publish(), local) == "there"
    assert local.read_text() == before
    assert [layer.name for layer in read_stack(local)[0].layers] == ["local", "ohio", "base"]
    assert codes(lambda: remove("ohio", local)) == ["pack-installed"]


# --- A pack on a pack


@pytest.fixture
def upper(union):
    """Give the settings of a local with two packs, of which the upper one asks for a range."""
    local = union.member()
    add(union.publish(id="region", extends="ohio >=2026.1,<2027"), local)
    write(local, f"{MINIMAL}extends: region\n")
    return local


def test_a_pack_says_which_editions_of_the_one_below_will_do(union, upper):
    assert findings_of(upper) == []
    assert read_lock(upper.parent).packs["region"].extends == "ohio >=2026.1,<2027"
    assert codes(lambda: remove("ohio", upper)) == ["pack-installed"]
    picky = union.publish(id="picky", extends="ohio >=2030")
    assert codes(lambda: add(picky, upper)) == ["pack-range"]


def test_an_edition_that_the_pack_above_does_not_want_breaks_the_local(union, upper):
    planned = union.plan(upper, union.publish(edition="2027.1"))

    (line,) = planned.breaks
    assert "pack region 2026.1 builds on ohio >=2026.1,<2027, and edition 2027.1" in line
    assert line.endswith("that will do, or ask its publisher for a wider range.")
    update(planned, upper)
    assert [each.code for each in findings_of(upper)] == ["pack-range"]
    # The way out is open: the pack above can still be updated.
    wider = union.publish(id="region", edition="2026.2", extends="ohio >=2026.1")
    planned = union.plan(upper, wider)
    assert planned.breaks == ()
    update(planned, upper)
    assert findings_of(upper) == []


# --- What was tried


@pytest.fixture
def archives(tmp_path):
    """Give the archives of a pack, of one that was built on it, and of the first's next edition."""
    ohio = write_pack(tmp_path / "packs/ohio", pack_files())
    region = write_pack(tmp_path / "packs/region", pack_files({"id": "region", "extends": "ohio"}))
    made = [build_pack(each, tmp_path / "out").path for each in (ohio, region)]
    notes = {NOTES_FILE: "## 2026.2\n\n- The same again.\n"}
    write_pack(ohio, pack_files({"edition": "2026.2"}, notes))
    return [*made, build_pack(ohio, tmp_path / "out").path]


def test_an_edition_that_was_not_tried_is_told_by_add_and_check(union, archives):
    first, region, second = archives
    local = union.local(settings=f"{MINIMAL}extends: region\n")

    def told(archive):
        done = CliRunner().invoke(add_command, [str(archive), str(local.parent)])
        assert done.exit_code == ExitCode.ALL_BUILT, done.output
        return done.output

    told(second)
    said = "region 2026.1 was tried with ohio 2026.1, and edition 2026.2 is installed"
    assert said in told(region)
    assert [each.code for each in resolve(local).warnings] == [Code.UNTRIED_EDITION]
    (local.parent / LOCK_FILE).unlink()
    for name in ("ohio", "region"):
        (local.parent / "packs" / name).rename(local.parent.parent / f"old-{name}")
    told(first)
    assert said not in told(region)
    assert resolve(local).warnings == ()


def test_an_archive_holds_what_it_was_tried_with(archives, tmp_path):
    town = write_pack(tmp_path / "packs/town", pack_files({"id": "town", "extends": "region"}))

    made = build_pack(town, tmp_path / "out")

    record = made.opened.archive.files[EDITIONS_FILE].decode()
    assert record.endswith('tried_with:\n  ohio: "2026.2"\n  region: "2026.1"\n')
    # Where packs are written, nothing is said of the last time that they were built.
    assert findings_of(town / "locals/sample-local/local.yaml") == []
    below = open_pack(read_archive(archives[0])).archive.files[EDITIONS_FILE].decode()
    assert "tried_with" not in below
