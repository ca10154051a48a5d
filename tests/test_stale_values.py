"""hidden.py and stale.py: values of a local that hide what an edition changed are told as files."""

import pytest
from click.testing import CliRunner

from formgen import api
from formgen.cli import program
from formgen.kit import resolve
from formgen.packs.install import add, add_shared, plan_update, update
from formgen.packs.review import review, unreviewed
from formgen.sources.layers import Layer, base_layer, read_stack
from formgen.sources.replaced.basis import Review, read_bases
from formgen.sources.replaced.stale import missed
from tests.support.locals import MINIMAL, findings_of, write, write_local
from tests.support.packs import FORM, opened, pack_files

ANA = Review("Ana", "2026-11-29", "we meet for half an hour")
SETTINGS = "content/program.yaml"
WORDS = "content/en/words.yaml"
CATALOG = "content/documents.yaml"
PLEDGE = "content/en/pledges/mentor-pledge.yaml"
LOCAL = "local.yaml"
OF_LANGUAGE = "content/en/program.yaml"
LENGTH = {"meetings": {"length": "30 minutes"}}
HIDES = "local.yaml#meetings.length"


def own(path, old, new):
    """Return a file of formgen's own with other words."""
    text = (base_layer().folder / path).read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1)


def length(said):
    return {SETTINGS: f"meetings: {{length: {said}}}\n"}


def plan(local, edition, more, *, allow_downgrade=False):
    archive = opened(pack_files({"edition": edition}, more))
    return plan_update(archive, local, allow_downgrade=allow_downgrade)


def stale(local):
    return api.status([local.parent]).locals[0].stale


@pytest.fixture
def local(tmp_path):
    """Give the `local.yaml` of a local that meets for 30 minutes, on a pack that says 45."""
    file = write_local(tmp_path / "maple", LENGTH)
    add(opened(pack_files(more=length("45 minutes"))), file)
    return file


def test_a_setting_that_hides_what_an_edition_changes_is_told_until_it_is_reviewed(local):
    assert findings_of(local) == []

    planned = plan(local, "2027.1", length("50 minutes"))

    (told,) = planned.stale
    assert (told.code, told.message, told.details) == (
        "stale-overlay",
        "pack ohio changed what meetings.length hides.",
        ("meetings.length: [-45-] {+50+} minutes",),
    )
    assert (told.place.file, told.place.line > 1) == (local, True)
    assert (findings_of(local), stale(local)) == ([], [])
    update(planned, local)
    assert ([each.message for each in resolve(local).warnings], stale(local)) == (
        [told.message],
        [HIDES],
    )

    assert review(local, ANA) == [HIDES]

    assert (findings_of(local), stale(local), review(local, ANA)) == ([], [], [])
    assert read_bases(Layer("local", local.parent))[HIDES].review == ANA


def test_what_was_reviewed_is_told_again_when_it_changes_again(local):
    update(plan(local, "2027.1", length("50 minutes")), local)
    review(local, ANA)
    update(plan(local, "2027.2", length("50 minutes")), local)
    assert stale(local) == []

    update(plan(local, "2027.3", length("1 hour")), local)

    assert stale(local) == [HIDES]


def test_another_value_of_ones_own_does_not_silence_it_but_that_of_the_pack_does(local):
    update(plan(local, "2027.1", length("50 minutes")), local)
    text = local.read_text("utf-8")

    write(local, text.replace("30 minutes", "40 minutes"))
    assert stale(local) == [HIDES]
    write(local, text.replace("30 minutes", "50 minutes"))
    assert stale(local) == []


def test_a_value_that_is_given_up_misses_nothing(local):
    update(plan(local, "2027.1", length("50 minutes")), local)

    text = local.read_text("utf-8")
    write(local, text.replace("30 minutes", "").replace("meetings:", "# meetings:"))

    assert stale(local) == []


def test_who_goes_back_to_the_edition_before_misses_nothing(local):
    update(plan(local, "2027.1", length("50 minutes")), local)

    update(plan(local, "2026.1", length("45 minutes"), allow_downgrade=True), local)

    assert stale(local) == []


def test_what_the_local_hides_and_nothing_changes_is_not_written_down(local):
    update(
        plan(local, "2027.1", {**length("45 minutes"), "content/NOTES.md": "## 2027.1\nA.\n"}),
        local,
    )

    assert not (local.parent / "content/own-files.yaml").exists()


def test_a_value_that_the_pack_gives_up_is_told_without_blaming_anybody(local):
    update(plan(local, "2027.1", length("1 hour")), local)
    review(local, ANA)

    planned = plan(local, "2027.2", {})

    assert [each.message for each in planned.stale] == ["what meetings.length hides has changed."]


# By case: what the local has, the pack's files before and now, and the value that is told.
HIDING = {
    "a setting that the pack decides newly": (
        {LOCAL: "meetings: {length: 30 minutes}\n"},
        {},
        length("50 minutes"),
        HIDES,
    ),
    "a setting in the file of a language": (
        {OF_LANGUAGE: "committee: {name: Our Committee}\n"},
        {SETTINGS: "committee: {name: One Committee}\n"},
        {SETTINGS: "committee: {name: Another Committee}\n"},
        f"{OF_LANGUAGE}#committee.name",
    ),
    "a small word": (
        {WORDS: "letter: {to: For}\n"},
        {},
        {WORDS: "letter: {to: Dear}\n"},
        f"{WORDS}#letter.to",
    ),
    "an entry of the catalog": (
        {CATALOG: "documents: {welcome-mentor: {code: T1}}\n"},
        {CATALOG: "documents: {welcome-mentor: {code: T2}}\n"},
        {CATALOG: "documents: {welcome-mentor: {code: T3}}\n"},
        f"{CATALOG}#documents.welcome-mentor.code",
    ),
    "a field that is called otherwise": (
        {LOCAL: "forms: {mentor-application: {relabel: {expertise: Strengths}}}\n"},
        {},
        {FORM: own(FORM, "Areas of expertise", "What you know")},
        "local.yaml#forms.mentor-application.relabel.expertise",
    ),
    "a field that is taken away, of a form that is named by its code": (
        {LOCAL: "forms: {F3: {remove: [expertise]}}\n"},
        {},
        {FORM: own(FORM, "Areas of expertise", "What you know")},
        "local.yaml#forms.F3.remove.expertise",
    ),
    "a promise that is taken away": (
        {LOCAL: "pledges: {mentor: {remove: [available]}}\n"},
        {},
        {PLEDGE: own(PLEDGE, "I will be available.", "I will always be available.")},
        "local.yaml#pledges.mentor.remove.available",
    ),
}


@pytest.mark.parametrize("case", HIDING)
def test_whatever_a_local_says_otherwise_is_told_and_reviewed_with_its_file(case, tmp_path):
    mine, before, now, key = HIDING[case]
    folder = tmp_path / "maple"
    for path, text in mine.items():
        write(folder / path, f"{MINIMAL}{text}" if path == LOCAL else text)
    local = folder / LOCAL if LOCAL in mine else write_local(folder)
    add(opened(pack_files(more=before)), local)
    known = stale(local)

    planned = plan(local, "2027.1", now)
    update(planned, local)

    assert [each for each in stale(local) if each not in known] == [key]
    file = folder / key.partition("#")[0]
    assert file in {each.place.file for each in planned.stale}
    assert key in review(file, ANA)
    assert key not in stale(local)


def test_what_an_edition_changes_beside_it_is_not_told(local):
    same = {**length("45 minutes"), FORM: own(FORM, "Areas of expertise", "What you know")}

    update(plan(local, "2027.1", same), local)

    assert stale(local) == []


def test_a_form_of_ones_own_is_told_as_a_file_alone(tmp_path):
    hides = "forms: {mentor-application: {relabel: {expertise: Strengths}}}\n"
    local = write_local(tmp_path / "maple", f"{MINIMAL}{hides}")
    write(local.parent / FORM, own(FORM, "Areas of expertise", "What you can do"))
    add(opened(pack_files()), local)

    update(plan(local, "2027.1", {FORM: own(FORM, "Areas of expertise", "What you know")}), local)

    assert stale(local) == [FORM]


def test_of_locals_that_share_their_packs_each_is_told_its_own(tmp_path):
    files = [write_local(tmp_path / name, {"id": name}) for name in ("birch", "elm")]
    add_shared(opened(pack_files(more=length("1 hour"))), tmp_path)
    write(files[0], files[0].read_text("utf-8") + "meetings: {length: 30 minutes}\n")
    plans = [plan(local, "2027.1", length("50 minutes")) for local in files]

    update(plans[0], files[0], together=files[1:])

    assert [[len(each.stale) for each in plans], [stale(local) for local in files]] == [
        [1, 0],
        [[HIDES], []],
    ]


def test_an_entry_of_several_lines_is_kept_and_compared(tmp_path):
    local = write_local(tmp_path / "maple")
    write(local.parent / WORDS, "letter: {to: For}\n")
    add(opened(pack_files(more={WORDS: 'letter:\n  to: |\n    One\n\n    "two"\n'})), local)

    update(plan(local, "2027.1", {WORDS: "letter:\n  to: |\n    One\n\n    three\n"}), local)

    (found,) = missed(*read_stack(local), read_bases(Layer("local", local.parent))).values()
    assert found.details == ('letter.to: One [-"two"-] {+three+}',)


def test_a_local_whose_values_cannot_be_read_can_still_be_updated(local):
    write(local.parent / WORDS, "a: [\n")

    planned = plan(local, "2027.1", length("50 minutes"))

    assert planned.breaks
    update(planned, local)


def test_the_command_asks_for_the_file_of_a_value(local, monkeypatch):
    update(plan(local, "2027.1", length("50 minutes")), local)
    monkeypatch.chdir(local.parent)

    def run(*arguments):
        return CliRunner().invoke(program, arguments, input="y\n").output

    assert f"  {HIDES} hides what has changed" in run("status", ".")
    assert "that has changed since: `formgen check` tells how it was" in run("diff", ".")
    assert [each.file.name for each in unreviewed(local.parent)] == [LOCAL]
    assert "Is local.yaml up to date? [y/N]: y\nReviewed local.yaml\n" in run(
        "pack", "review", "--by", "Ana", "--because", "lunch is short"
    )
    assert f"  {HIDES} was reviewed by Ana on " in run("status", ".")
    assert "that has changed since" not in run("diff", ".")
