"""For each setting: which documents change when it is changed (see data/settings_table.yaml)."""

import functools
import re
import shutil
from pathlib import Path

import pytest
import yaml

from formgen.compose.pages import make_composer
from formgen.kit import Kit, resolve
from formgen.reference.settings import base_reference
from formgen.reference.shape import ANY
from formgen.sources.layers import base_layer
from tests.support.composed import compose_kit, index_of, text_of
from tests.support.locals import write

REPOSITORY = base_layer().folder
TABLE = yaml.load(
    Path(__file__).with_name("data").joinpath("settings_table.yaml").read_text(encoding="utf-8"),
    yaml.BaseLoader,  # noqa: S506  (the safest of all: every value is text, as in local.yaml)
)
BASELINE = TABLE["baseline"]
DOCUMENTS = list(
    yaml.safe_load((REPOSITORY / "content" / "documents.yaml").read_text(encoding="utf-8"))[
        "documents"
    ]
)
# Those of a local's own, which cases add.
OWN = ("parking", "lot")


def settings_of() -> list[str]:
    """Return the path of every setting; of one with named parts, those of the parts."""
    reference = base_reference()
    return [
        setting.path
        for setting in reference.settings
        if not setting.is_group
        and not (setting.kind == "names" and any(reference.below(setting.path)))
    ]


def with_setting(values, path: str, value):
    """Return the values with one setting changed: in a list of groups, in its first item."""
    name, _, rest = path.partition(".")
    below = values.get(name, {})
    first, _, inner = rest.partition(".")
    if not rest or (first == ANY and not isinstance(below, list)):
        return {**values, name: value}
    if first == ANY:
        return {**values, name: [with_setting(below[0], inner, value), *below[1:]]}
    return {**values, name: with_setting(below, rest, value)}


def with_settings(values, given):
    return functools.reduce(lambda so_far, item: with_setting(so_far, *item), given.items(), values)


def kit_of(folder: Path, values, copies=None) -> Kit:
    for there, here in (copies or {}).items():
        source, target = REPOSITORY / here, folder / there
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return resolve(write(folder / "local.yaml", text))


@pytest.fixture(scope="module")
def baseline(tmp_path_factory) -> dict[str, str]:
    return compose_kit(kit_of(tmp_path_factory.mktemp("baseline"), BASELINE))


@pytest.fixture
def texts(tmp_path):
    """Give the texts of all documents of the baseline with some settings changed, by id."""

    def compose(**given) -> dict[str, str]:
        values = with_settings(BASELINE, {k.replace("__", "."): v for k, v in given.items()})
        pages = compose_kit(kit_of(tmp_path, values))
        return {document: text_of(html) for document, html in pages.items()}

    return compose


def hits(texts: dict[str, str], pattern: str) -> list[str]:
    """Return every place where a text speaks of something, to be read in a failed test."""
    return [
        f"{document}: …{text[max(0, hit.start() - 60) : hit.end() + 60]}…"
        for document, text in texts.items()
        for hit in re.finditer(pattern, text, re.IGNORECASE)
    ]


# --- The table ----------------------------------------------------------------------------


CASES = [(setting, case) for setting, cases in TABLE["settings"].items() for case in cases]
# The table takes minutes, so its parts can run side by side.
PARTS = 3


def meant(case, common: list[str]) -> list[str]:
    """Return the documents that a case says will change."""
    if case["changes"] == "all":
        return common
    words = case["changes"].removeprefix("all but ").split()
    wanted = not case["changes"].startswith("all but ")
    return [document for document in common if (document in words) == wanted]


def wrong_in(setting: str, case, baseline, folder: Path) -> list[str]:
    """Return what else a case changes than it says, or does not change."""
    given = with_settings(BASELINE, case.get("given", {}))
    copies = case.get("copies")
    before = baseline
    if "given" in case:
        before = compose_kit(kit_of(folder / "before", given, copies))
    (folder / "after").mkdir(parents=True)
    after = compose_kit(kit_of(folder / "after", with_setting(given, setting, case["to"]), copies))
    common = [document for document in DOCUMENTS if document in before and document in after]
    changed = [document for document in common if before[document] != after[document]]
    found = {
        "builds": (set(after) - set(before), set(case.get("builds", "").split())),
        "drops": (set(before) - set(after), set(case.get("drops", "").split())),
        "changes": (set(changed), set(meant(case, common))),
    }
    name = f"{setting} to {case['to']}"
    return [
        f"{name} {what} {document}: {'new' if document in is_ else 'no more'}"
        for what, (is_, said) in found.items()
        for document in sorted(is_ ^ said)
    ]


def test_every_setting_is_in_the_table_and_no_other():
    assert sorted(TABLE["settings"]) == sorted(settings_of())


def test_every_document_is_omitted_in_the_table():
    assert [case["to"] for case in TABLE["settings"]["documents.omit"]] == [[d] for d in DOCUMENTS]


def test_the_table_speaks_of_documents_that_exist():
    known = {*DOCUMENTS, *OWN, "all", "none"}
    words = [
        word
        for _, case in CASES
        for key in ("changes", "builds", "drops")
        for word in case.get(key, "").removeprefix("all but ").split()
    ]

    assert [word for word in words if word not in known] == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_each_setting_changes_the_documents_it_should_and_no_others(part, baseline, tmp_path):
    wrong = [
        said
        for number, (setting, case) in enumerate(CASES[part::PARTS])
        for said in wrong_in(setting, case, baseline, tmp_path / str(number))
    ]

    assert wrong == []


# --- Decisions that several documents follow ----------------------------------------------


@pytest.mark.slow
def test_nothing_speaks_of_an_omitted_document(tmp_path):
    documents = make_composer(kit_of(tmp_path, BASELINE)).documents
    wrong = []
    for document in DOCUMENTS:
        omitted = with_settings(
            BASELINE,
            {"documents.omit": [document], "attendance.purpose": ["program-review"]},
        )
        kit = kit_of(tmp_path, omitted)
        pages = compose_kit(kit)
        assert document not in pages
        pages["index.html"] = index_of(make_composer(kit))
        code, title = documents[document]["code"], documents[document]["title"]
        # The code M of the manual is a letter like others.
        named = rf"|\b{code}\b" if len(code) > 1 else r"|\(M\)"
        texts = {name: text_of(html) for name, html in pages.items()}
        # There are two guides for interviews.
        wrong += hits(texts, rf"{re.escape(title)}(?! for ){named}")

    assert wrong == []


OMITTED = {
    "mentor-exit mentee-exit": r"\bexit forms?",
    "mentor-reflection mentee-reflection": r"reflection forms?",
    "monthly-record": r"monthly (form|record)",
    "attendance-record": r"attendance (form|record)",
    "certificate-of-completion certificate-of-appreciation": r"a certificate for",
    "confidentiality-agreement": r"confidentiality agreement",
    "interview-guide mentee-interview-guide": r"same questions",
    "program-evaluation": r"sums things up",
}


def test_no_other_words_speak_of_omitted_documents(texts):
    wrong = []
    for omitted, words in OMITTED.items():
        given = {"documents__omit": omitted.split(), "attendance__purpose": ["program-review"]}
        wrong += hits(texts(**given), words)

    assert wrong == []


def test_without_pay_no_document_speaks_of_it(texts):
    off = texts(compensation=[], attendance__purpose=["program-review"])
    words = r"stipend|compensat|comp time|travel expenses|organizational leave|credited|payroll"
    # What the box reports of a resolution is not the program's own.
    reported = "They should be well trained, compensated and given enough time."
    assert reported in off["manual"]
    off["manual"] = off["manual"].replace(reported, "")
    assert hits(off, words) == []
    assert "Ours does not" in off["manual"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("stipend", "a stipend"),
        ("comp-time", "compensatory time"),
        ("leave", "organizational leave"),
        ("travel", "travel expenses"),
    ],
)
def test_each_kind_of_pay_is_named_wherever_pay_is(texts, kind, words):
    # Of one kind alone, the attendance record asks nothing.
    other = "leave" if kind == "stipend" else "stipend"
    named = [
        document
        for document, text in texts(compensation=[kind, other]).items()
        if words.casefold() in text.casefold()
    ]
    assert named == [
        "manual",
        "start-up-notice",
        "mentor-application-process",
        "letter-of-understanding",
        "attendance-record",
        "program-plan",
        "program-evaluation",
        "questions-people-ask",
        *(["for-supervisors"] if {kind, other} & {"comp-time", "leave"} else []),
        "flyer",
    ]


def test_without_interviews_nothing_speaks_of_one(texts):
    off = texts(mentors__interview="none", mentees__interview="none")
    assert "interview-guide" not in off
    said = ["There is no interview.", "We do not hold interviews."]
    assert [
        hit for hit in hits(off, "interview") if not any(sentence in hit for sentence in said)
    ] == []


def test_current_mentors_can_interview(texts):
    on = texts(mentors__interview="mentors")
    assert "Some of our mentors invite you to a short talk." in on["mentor-application-process"]
    assert "For the mentors who interview." in on["interview-guide"]


def test_those_who_ask_for_a_partner_can_be_interviewed(texts):
    off = texts(mentors__interview="none", mentees__interview="none")
    assert "for this role" not in off["manual"]
    on = texts(mentors__interview="none", mentees__interview="mentors")
    assert "We do not hold interviews for this role." in on["manual"]
    assert "Some of our mentors talk with everyone who asks for a mentor, too." in on["manual"]
    assert "For the mentors who hold these talks." in on["mentee-interview-guide"]
    assert "in a talk with each mentee" in on["program-plan"]


def test_people_are_thanked_and_resources_listed_where_there_are_any(texts):
    off = texts()
    assert hits(off, "stands behind it|Where to find more") == []
    on = texts(
        committee__members=[{"name": "Jo Amari", "title": "Chair"}],
        local__officers=[{"name": "Lee Po"}],
        resources=[{"title": "The binder", "about": "all forms", "where": "https://example.org/b"}],
    )
    assert "Mentoring Program Committee Jo Amari, Chair Officers of TLA Lee Po" in on["manual"]
    assert "Where to find more The binder: all forms (example.org/b)" in on["manual"]
    assert "The binder: all forms, https://example.org/b" in on["mentor-training-outline"]


def test_without_a_web_page_for_mentors_nothing_asks_about_it(texts):
    assert hits(texts(online_site__url=""), r"web ?page|web ?site|online|example\.org/page") == []


def test_with_a_separate_agreement_both_are_signed(texts):
    on = texts()
    assert "We also sign the Confidentiality agreement (A14)" in on["letter-of-understanding"]
    assert "It goes with our Letter of understanding (A6)." in on["confidentiality-agreement"]


def test_without_hold_harmless_nothing_promises_it(texts):
    off = texts(hold_harmless__pair="false", hold_harmless__employer="false")
    promises = r"hold.harmless|nobody is to blame|held to account|is to blame|protects"
    found = hits(off, promises)
    # The manual explains what such a clause would be, and retells the national position.
    explained = (
        "owes people in the program",
        "is called a hold-harmless clause",
        "Hold-harmless wo",
    )
    assert [hit for hit in found if not any(text in hit for text in explained)] == []


def test_terms_are_honoured_everywhere(texts):
    named = texts(program__terms={"mentor": "ally", "mentee": "coached"})
    assert hits(named, r"\bmentors?\b|\bmentees?\b|\ba ally|\ballys") == []
    for form in ("an ally", "An ally", "allies", "Allies", "Ally’s", "a coached", "Coacheds"):
        assert form in " ".join(named.values())


@pytest.mark.parametrize(
    "archived",
    [
        [],
        ["mentor-exit"],
        ["match-record", "letter-of-understanding"],
        ["mentor-application", "mentee-application", "attendance-record", "monthly-record"],
    ],
    ids=lambda archived: f"{len(archived)}-documents",
)
def test_agreement_manual_and_footers_agree_on_the_archive(archived, tmp_path):
    given = {"archive.documents": archived, "archive.years": 7, "archive.custodian": "the keeper"}
    kit = kit_of(tmp_path, with_settings(BASELINE, given))
    documents = make_composer(kit).documents
    texts = {name: text_of(html) for name, html in compose_kit(kit).items()}
    titles = [documents[name]["title"] for name in DOCUMENTS if name in archived]

    for agreement in ("letter-of-understanding", "confidentiality-agreement"):
        if titles:
            promise = f"archive, for 7 years, in the care of the keeper: {listed(titles)}. Nothing"
            assert promise in texts[agreement]
        else:
            assert "The program archives nothing" in texts[agreement]

    listed_in_manual = [
        f"{entry['title']} ({entry['code']})" for entry in documents.values() if entry["archived"]
    ]
    if archived:
        whole = f"about the people who take part: {' '.join(listed_in_manual)} These papers are"
        assert f"{whole} kept for 7 years by the keeper." in texts["manual"]
    else:
        assert "Our program has no archive." in texts["manual"]

    for name, text in texts.items():
        if name in {"manual", "certificate-of-completion", "certificate-of-appreciation"}:
            continue
        assert ("Archived for 7 years by the keeper." in text) == (name in archived), name
    for name, entry in documents.items():
        if name != "manual":
            kept = "never" if entry["privacy"] == "private" else "no"
            row = f"{entry['code']} {entry['title']} {entry['purpose']} "
            row += "for 7 years" if name in archived else kept
            assert row in texts["manual"], name


def listed(titles: list[str]) -> str:
    if len(titles) < 3:
        return " and ".join(titles)
    return ", ".join(titles[:-1]) + f", and {titles[-1]}"


# --- Layers -------------------------------------------------------------------------------


def test_a_state_pack_lies_between_the_local_and_the_base_pack(tmp_path):
    pack = {"packs/prairie-state": "tests/samples/packs/prairie-state"}
    values = with_settings(BASELINE, {"extends": "prairie-state", "archive.custodian": "Pat Doe"})
    del values["affiliates"]
    kit = kit_of(tmp_path, values, pack)
    texts = {name: text_of(html) for name, html in compose_kit(kit).items()}
    # The pack's settings win over the base pack's, the local's over the pack's.
    assert "Archived for 5 years by Pat Doe." in texts["mentor-application"]
    assert "PSEA" in texts["start-up-notice"]
    assert "NEA" in texts["start-up-notice"]
    assert "Edition Prairie State 2026.2" in texts["mentor-application"]
    # The pack's file replaces the base pack's of the same path, and no other.
    assert "joins Table Local Association in thanking you" in texts["mentor-thank-you"]
    assert "Tell us about a time when you helped a colleague." in texts["interview-guide"]
