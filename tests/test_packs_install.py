"""install.py and build.py of packs: all of a pack or nothing, and never a step back unseen."""

import functools
import os
from pathlib import Path

import pytest

from formgen.findings import ExitCode, InputError, exit_code
from formgen.model.editions.record import read_record
from formgen.packs import install as installing
from formgen.packs.build_pack import build_pack as build_and_typeset
from formgen.packs.install import add, plan_update, update
from formgen.packs.new import new_pack, pack_name
from formgen.packs.signing import make_keys, read_public, sign
from formgen.packs.trial import refuse_broken
from formgen.packs.verified import open_pack
from formgen.sources.layers import Layer, read_stack
from formgen.sources.pack_files.archive import read_archive
from formgen.sources.pack_files.lock_file import read_lock
from formgen.sources.paths import EDITIONS_FILE, NOTES_FILE, OWN_FILES
from tests.support.locals import MINIMAL, findings_of, lines_of, write, write_local
from tests.support.packs import (
    LETTER,
    everything_in,
    pack_files,
    write_pack,
)
from tests.support.tiny import write_tiny
from tests.support.union import Union

build_pack = functools.partial(build_and_typeset, typeset=False)


def refused(make) -> tuple[list[str], ExitCode]:
    """Return the codes of what calling something finds, and the exit code."""
    with pytest.raises(InputError) as problem:
        make()
    found = problem.value.findings
    return [finding.code for finding in found], exit_code(found)


@pytest.fixture
def union(tmp_path):
    return Union(tmp_path)


@pytest.fixture
def local(union):
    return union.local()


# --- Building


@pytest.fixture
def pack(tmp_path):
    """Give the folder of a new pack."""
    new_pack(tmp_path / "ohio")
    return tmp_path / "ohio"


def test_a_new_pack_builds_at_once_and_the_same_again(pack, tmp_path):
    one = build_pack(pack, tmp_path / "one")
    other = build_pack(pack, tmp_path / "other")

    assert one.path == tmp_path / "one" / "ohio-1.zip"
    assert one.path.read_bytes() == other.path.read_bytes()
    assert open_pack(read_archive(one.path)).pack.edition == "1"
    assert one.samples == ("sample-local",)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("high-plains", "High Plains"),
        ("High Plains EA", "High Plains EA"),
        ("IEA_NEA", "IEA NEA"),
        ("été: x", "Ete X"),
        ("---", "X Aa210a3b"),
    ],
)
def test_a_pack_is_named_after_its_folder(folder, name, tmp_path):
    assert pack_name(tmp_path / folder) == name


def test_a_pack_is_made_beside_nothing_else(pack, local):
    assert refused(lambda: new_pack(pack)) == (["exists"], ExitCode.BAD_INPUT)
    assert refused(lambda: new_pack(local.parent)) == (["exists"], ExitCode.BAD_INPUT)


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        (LETTER, "{{ nothing }}", "template"),
        ("content/documents.yaml", "packets: {pair: {purpose: '{{ nothing }}'}}\n", "template"),
        ("content/program.yaml", "paper: tabloid\n", "bad-choice"),
        ("content/pack.yaml", "id: ohio\nedition: '1'\n", "missing"),
        ("content/pack.yaml", "id: ohio\nname: Ohio\nedition: new\n", "bad-edition"),
        ("locals/sample-local/local.yaml", MINIMAL, "no-sample"),
        ("locals/sample-local/local.yaml", f"{MINIMAL}extends: ohio\npaper: x\n", "bad-choice"),
    ],
)
def test_a_pack_whose_own_sample_has_a_finding_is_not_built(file, text, code, pack, tmp_path):
    write(pack / file, text)

    with pytest.raises(InputError) as problem:
        build_pack(pack, tmp_path / "out")

    assert code in {finding.code for finding in problem.value.findings} or code == "template"
    assert not (tmp_path / "out").exists()


def test_a_warning_of_the_sample_keeps_a_pack_from_being_built(pack, tmp_path):
    write(
        pack / "locals/sample-local/local.yaml",
        f"{MINIMAL}extends: ohio\nprogram: {{basis: association, governance: joint}}\n",
    )

    assert refused(lambda: build_pack(pack, tmp_path / "out"))[0] == ["one-sided"]


@pytest.mark.slow
def test_what_only_shows_on_paper_keeps_a_pack_from_being_built(pack, tmp_path, fonts):
    build_pack(pack, tmp_path / "out")
    write(pack / "templates/styles/print.css", "h1 { background: url(formgen:nothing) }\n")

    with pytest.raises(InputError):
        build_and_typeset(pack, tmp_path / "paper")

    assert not (tmp_path / "paper").exists()


def test_a_pack_without_a_sample_is_not_built(pack, tmp_path):
    (pack / "locals/sample-local/local.yaml").unlink()

    assert refused(lambda: build_pack(pack, tmp_path / "out"))[0] == ["no-sample"]


def test_an_archive_holds_in_which_edition_each_document_last_changed(pack, tmp_path):
    write(pack / LETTER, "---\nrecipient: true\n---\nMany thanks.\n")
    first = build_pack(pack, tmp_path)
    kept = (pack / EDITIONS_FILE).read_bytes()
    assert first.opened.archive.files[EDITIONS_FILE] == kept
    first.path.unlink()
    assert build_pack(pack, tmp_path).opened.archive.sha256 == first.opened.archive.sha256

    facts = pack / "content/pack.yaml"
    write(facts, facts.read_text("utf-8").replace('edition: "1"', 'edition: "2"'))
    write(pack / LETTER, "---\nrecipient: true\n---\nMany, many thanks.\n")
    write(pack / NOTES_FILE, "## 2\nWe thank mentors more.\n")
    build_pack(pack, tmp_path)
    documents = read_record(Layer("ohio", pack)).documents
    assert {name for name, each in documents.items() if each.edition == "2"} == {"mentor-thank-you"}
    assert {each.edition for each in documents.values()} == {"1", "2"}


def test_an_edition_that_is_refused_leaves_no_record(pack, tmp_path):
    write(pack / LETTER, "{{ nothing }}")

    with pytest.raises(InputError):
        build_pack(pack, tmp_path / "out")

    assert not (pack / EDITIONS_FILE).exists()


def test_an_edition_that_is_out_is_not_written_over(pack, tmp_path):
    build_pack(pack, tmp_path)
    write(pack / "content/program.yaml", "paper: a4\n")

    assert refused(lambda: build_pack(pack, tmp_path)) == (["edition-exists"], ExitCode.REFUSED)


def test_a_pack_that_names_keys_is_built_with_one_of_them_alone(pack, tmp_path):
    public = make_keys(tmp_path / "key")
    make_keys(tmp_path / "other")
    text = (pack / "content/pack.yaml").read_text()
    write(pack / "content/pack.yaml", f'{text}keys: ["{public}"]\n')

    assert refused(lambda: build_pack(pack, tmp_path))[0] == ["pack-signature"]
    assert refused(lambda: build_pack(pack, tmp_path, tmp_path / "other"))[0] == ["pack-signature"]
    assert build_pack(pack, tmp_path, tmp_path / "key").opened.signer == public


def test_a_pack_on_a_pack_is_built_with_the_one_beside_it(tmp_path):
    write_pack(tmp_path / "ohio", pack_files(more={"content/program.yaml": "paper: a4\n"}))
    region = pack_files({"id": "region", "extends": "ohio"}, {"content/program.yaml": ""})
    write_pack(tmp_path / "region", region)

    assert build_pack(tmp_path / "region", tmp_path / "out").opened.pack.extends == "ohio"


# --- Keys


def test_a_private_key_is_for_its_owner_alone_and_never_written_over(tmp_path):
    public = make_keys(tmp_path / "key")

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_public(str(tmp_path / "key.pub")) == public == read_public(public)
    assert refused(lambda: make_keys(tmp_path / "key"))[0] == ["exists"]


@pytest.mark.parametrize("text", ["", "no key", "ed25519:AAAA"])
def test_what_is_no_key_is_a_finding(text, tmp_path):
    file = write(tmp_path / "key", text)

    assert refused(lambda: sign(b"", file))[0] == ["bad-key"]
    assert refused(lambda: read_public(str(file)))[0] == ["bad-key"]


# --- Installing


def test_a_pack_is_installed_locked_and_built_on(union, local):
    assert add(union.publish(), local) == "written"

    stack, tree = read_stack(local)
    assert [layer.name for layer in stack.layers] == ["local", "ohio", "base"]
    assert tree.text("extends") == "ohio"
    assert findings_of(local) == []
    assert sorted(path.name for path in local.parent.iterdir()) == [
        "formgen.lock",
        "local.yaml",
        "packs",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_lines_of_a_local_stay_as_they_are(union, ending, tmp_path):
    text = MINIMAL.replace("id: test-local", "id: test-local  # ours").replace("\n", ending)
    (tmp_path / "local.yaml").write_bytes(text.encode())

    add(union.publish(), tmp_path / "local.yaml")

    first, second, rest = text.split(ending, 2)
    whole = (tmp_path / "local.yaml").read_bytes().decode()
    assert whole == ending.join([first, second, "extends: ohio", rest])


def test_a_local_that_asks_for_a_pack_already_keeps_its_words(union, tmp_path):
    file = write_local(tmp_path, f"{MINIMAL}extends: ohio\n")

    assert add(union.publish(), file) == "there"
    assert file.read_text() == f"{MINIMAL}extends: ohio\n"


def test_the_same_archive_again_mends_what_was_changed(union, local):
    pack = union.publish()
    add(pack, local)
    union.tamper(local, "ohio/content/program.yaml", "paper: a4\n")
    union.tamper(local, "ohio/content/more.yaml", "")

    assert add(pack, local) == "there"
    assert findings_of(local) == []


def test_another_archive_needs_an_update(union, local):
    add(union.publish(), local)

    newer = union.publish(edition="2026.2")
    assert refused(lambda: add(newer, local)) == (["pack-installed"], ExitCode.BAD_INPUT)


def test_a_folder_that_was_copied_by_hand_is_not_touched(union, local):
    file = write(local.parent / "packs/ohio/content/pack.yaml", "id: ohio\n")

    assert refused(lambda: add(union.publish(), local))[0] == ["exists"]
    assert file.read_text() == "id: ohio\n"


@pytest.mark.parametrize(("name", "code"), [("packs", "linked-folder"), ("packs/ohio", "exists")])
def test_nothing_is_installed_through_a_link(union, name, code, local, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (local.parent / name).parent.mkdir(exist_ok=True)
    (local.parent / name).symlink_to(tmp_path / "elsewhere")

    assert refused(lambda: add(union.publish(), local))[0] == [code]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_pack_on_a_pack_needs_the_lower_one_first(union, local):
    region = union.publish(id="region", extends="ohio")

    assert refused(lambda: add(region, local))[0] == ["no-pack"]
    add(union.publish(), local)
    assert add(region, local) == "missing"
    local.write_text(local.read_text().replace("extends: ohio", "extends: region"))
    stack, _ = read_stack(local)
    assert [layer.name for layer in stack.layers] == ["local", "region", "ohio", "base"]
    assert sorted(read_lock(local.parent).packs) == ["ohio", "region"]


def test_a_pack_that_would_build_on_itself_is_refused(union, local):
    add(union.publish(), local)
    add(union.publish(id="region", extends="ohio"), local)

    circle = union.publish(edition="2026.2", extends="region")
    assert refused(lambda: plan_update(circle, local, allow_downgrade=False))[0] == ["pack-circle"]
    alone = union.publish(id="self", extends="self")
    assert refused(lambda: add(alone, local))[0] == ["pack-circle"]


class _StopError(Exception):
    """What ends an installation in the middle."""


@pytest.mark.parametrize("when", ["write_files", "record_bases", "write_lock"])
@pytest.mark.parametrize("installed", [False, True])
def test_an_installation_that_ends_in_the_middle_leaves_all_as_it_was(
    union, when, installed, local, monkeypatch
):
    write(local.parent / LETTER, "---\ngreeting: Hi\n---\nThanks.\n")
    if installed:
        add(union.publish(), local)
        planned = plan_update(union.publish(edition="2"), local, allow_downgrade=True)
    before = {name: data for name, data in everything_in(local.parent).items() if data is not None}

    def stop(*_):
        raise _StopError

    monkeypatch.setattr(installing, when, stop)
    with pytest.raises(_StopError):
        update(planned, local) if installed else add(union.publish(), local)

    after = {name: data for name, data in everything_in(local.parent).items() if data is not None}
    kept = {name: data for name, data in after.items() if name != OWN_FILES}
    assert kept == {name: data for name, data in before.items() if name != OWN_FILES}


# --- Updating


@pytest.fixture
def installed(union):
    """Give a local with one pack installed."""
    return union.member()


def test_an_update_says_what_changes_and_then_installs_it(union, installed):
    before = everything_in(installed.parent)
    newer = union.publish(edition="2026.2", files={"content/program.yaml": "paper: a4\n"})

    planned = union.plan(installed, newer)

    assert everything_in(installed.parent) == before
    said = {change.name: change.lines for change in planned.changes}
    assert said["content/pack.yaml"] == ("edition: [-2026.1-] {+2026.2+}",)
    assert said["content/program.yaml"] == (
        "affiliates.state.name: [-Ohio Association-]",
        "paper: {+a4+}",
    )
    assert "mentor-application changes" in said
    update(planned, installed)
    assert read_lock(installed.parent).packs["ohio"].edition == "2026.2"
    assert findings_of(installed) == []


def test_the_same_archive_is_no_update(union, installed):
    assert union.plan(installed, union.publish()) is None


def test_a_pack_that_is_not_there_cannot_be_updated(union, installed):
    other = union.publish(id="indiana")

    assert refused(lambda: union.plan(installed, other)) == (["pack-not-used"], ExitCode.BAD_INPUT)


@pytest.mark.parametrize("edition", ["2026", "2025.12", "2026.0.9"])
def test_an_older_edition_is_replayed_only_if_that_is_meant(union, edition, installed):
    older = union.publish(edition=edition)

    assert refused(lambda: union.plan(installed, older)) == (["pack-downgrade"], ExitCode.REFUSED)
    planned = union.plan(installed, older, allow_downgrade=True)
    update(planned, installed)
    assert read_lock(installed.parent).packs["ohio"].edition == edition


@pytest.mark.parametrize("edition", ["2026.2", "2026.10", "2026.1.1", "2027"])
def test_a_newer_edition_counts_by_its_numbers(union, edition, installed):
    assert union.plan(installed, union.publish(edition=edition)) is not None


def test_an_edition_never_changes(union, installed):
    changed = union.publish(files={"content/program.yaml": "paper: a4\n"})

    assert refused(lambda: union.plan(installed, changed)) == (["pack-replay"], ExitCode.REFUSED)
    with pytest.raises(InputError):
        union.plan(installed, changed, allow_downgrade=True)


def test_what_was_signed_stays_signed_by_the_same_key(union):
    local = union.member(union.publish(key="state"))

    unsigned = union.publish(edition="2026.2")
    assert refused(lambda: union.plan(local, unsigned)) == (["pack-key"], ExitCode.REFUSED)
    by_another = union.publish(edition="2026.2", key="other")
    assert refused(lambda: union.plan(local, by_another))[0] == ["pack-key"]
    assert union.plan(local, union.publish(edition="2026.2", key="state")) is not None


def test_a_pack_can_name_the_key_that_follows(union):
    keys = [union.key("state"), union.key("next")]
    local = union.member(union.publish(keys=keys, key="state"))

    assert union.plan(local, union.publish(edition="2026.2", keys=keys, key="next")) is not None


def test_an_update_that_breaks_the_local_says_so_beforehand(union, installed):
    installed.write_text(f"{installed.read_text()}paper: a4\n")

    planned = union.plan(installed, union.publish(edition="2026.2", locked=["paper"]))

    assert '"paper" is locked by pack ohio 2026.2' in planned.breaks[0]


@pytest.mark.parametrize(
    ("settings", "facts", "files", "said"),
    [
        ("paper: a4\n", {"locked": ["paper"]}, {}, '"paper" is locked'),
        ("", {}, {"content/program.yaml": "paper: tabloid\n"}, '"tabloid"'),
        ("", {}, {"content/program.yaml": "papier: a4\n"}, "papier"),
        ("", {}, {LETTER: "---\ngreeting: Hi\n---\n{{ no.such.setting }}\n"}, "mentor-thank-you: "),
        ("", {}, {"templates/letter.html.j2": "{% for %}"}, "error: "),
    ],
)
def test_an_edition_that_a_local_does_not_build_with_is_not_installed_unasked(
    settings, facts, files, said, union
):
    local = union.member()
    local.write_text(f"{local.read_text()}{settings}")
    before = everything_in(local.parent)
    planned = union.plan(local, union.publish(edition="2026.2", files=files, **facts))

    codes, code = refused(lambda: refuse_broken(planned, local))

    assert (codes, code) == (["pack-breaks"], ExitCode.REFUSED)
    assert said in "\n".join(planned.breaks)
    assert everything_in(local.parent) == before


@pytest.mark.slow
def test_an_edition_that_fails_on_paper_alone_is_not_installed_unasked(union, fonts):
    local = write_tiny(union.folder / "tiny") / "local.yaml"
    add(union.publish(), local)
    write(local.parent / "roster.csv", "mentor_name,mentee_name\nAna,Bo\n")
    before = everything_in(local.parent)
    looks = {"templates/styles/print.more.css": "h1 { background: url(formgen:nothing) }\n"}
    planned = union.plan(local, union.publish(edition="2026.2", files=looks))
    assert planned.breaks == ()

    with pytest.raises(InputError) as problem:
        refuse_broken(planned, local)

    (found,) = problem.value.findings
    assert (found.code, found.policy) == ("pack-breaks", True)
    assert "formgen:nothing" in "\n".join(found.details)
    assert everything_in(local.parent) == before


@pytest.mark.slow
def test_an_edition_that_mends_a_broken_one_is_installed(union, fonts):
    broken = union.publish(files={"content/program.yaml": "paper: tabloid\n"})
    local = write_tiny(union.folder / "tiny") / "local.yaml"
    add(broken, local)
    assert findings_of(local) != []

    planned = union.plan(local, union.publish(edition="2026.2"))
    refuse_broken(planned, local)
    update(planned, local)

    assert findings_of(local) == []


def test_a_local_that_changed_while_someone_thought_about_it_is_left_alone(union, installed):
    planned = union.plan(installed, union.publish(edition="2026.2"))
    update(union.plan(installed, union.publish(edition="2026.3")), installed)

    assert refused(lambda: update(planned, installed))[0] == ["changed"]


def test_packs_are_read_without_regard_to_where_one_works(union, installed, monkeypatch):
    monkeypatch.chdir(installed.parent)

    assert union.plan(Path("local.yaml"), union.publish(edition="2026.2")) is not None
    assert lines_of(findings_of(Path("local.yaml")), Path(os.curdir)) == []
