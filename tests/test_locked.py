"""locked.py of model and of compose: what a pack locks, no nearer layer changes."""

from dataclasses import replace

import pytest

from formgen.compose.packets import Sheets
from formgen.compose.pages import check_documents, composer
from formgen.findings import ExitCode, InputError, exit_code
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from tests.support.locals import MINIMAL, findings_of, lines_of, write, write_local
from tests.support.packs import AGREEMENT, FORM, LETTER, pack_files, write_pack

ASK = "ask the pack's publisher if it does not fit your local."
CHAPTER = "content/en/manual/30-why.md"
SECTIONS = "templates/partials/sections.html.j2"
DISCLOSURE = "letter-of-understanding#disclosure"


def base(path: str) -> str:
    return base_layer().file(path).path.read_text(encoding="utf-8")


@pytest.fixture
def locking(tmp_path):
    """Give what writes a local on a pack that locks some things."""

    def make(locked, settings="", files=None, facts=None, pack=None):
        said = {"locked": locked, **(facts or {})}
        write_pack(tmp_path / "packs" / "ohio", pack_files(said, pack))
        for name, text in (files or {}).items():
            write(tmp_path / name, text)
        return write_local(tmp_path, f"{MINIMAL}extends: ohio\n{settings}")

    return make


def said_of(local) -> list[str]:
    """Return all that is found in a local, its documents composed."""
    found = findings_of(local)
    if not any(finding.severity == "error" for finding in found):
        found += composed(local)
    return lines_of(found, local.parent)


def composed(local):
    """Compose the documents that something is locked in, and return what is found."""
    kit = resolve(local)
    names = {lock.name for lock in kit.locks}
    return check_documents(replace(kit, documents=tuple(d for d in kit.documents if d.id in names)))


# --- Settings


@pytest.mark.parametrize(
    ("locked", "settings", "place", "name"),
    [
        (
            "confidentiality",
            "confidentiality: {separate_agreement: true}",
            "9:1",
            "confidentiality",
        ),
        ("credit.line", "credit:\n  line: Ours.", "10:3", "credit.line"),
        ("compensation", "compensation: []", "9:1", "compensation"),
        ("archive.documents", "archive:\n  documents: []", "10:3", "archive.documents"),
        ("program.terms", "program: {terms: {mentor: guide}}", "9:11", "program.terms"),
    ],
)
def test_a_locked_setting_is_refused_where_it_is_set(locked, settings, place, name, locking):
    local = locking([locked], settings)

    assert lines_of(findings_of(local), local.parent) == [
        (
            f'local.yaml:{place}: error[locked]: "{name}" is locked by pack ohio 2026.1.'
            f" Fix: delete it; {ASK}"
        )
    ]
    assert exit_code(findings_of(local)) == ExitCode.REFUSED


@pytest.mark.parametrize(
    "settings",
    ["", "confidentiality: {}", "confidentiality:", "credit: {permission: Used with permission.}"],
)
def test_what_stands_beside_a_locked_setting_is_the_locals_own(settings, locking):
    assert said_of(locking(["confidentiality", "credit.line"], settings)) == []


def test_a_pack_in_between_changes_nothing_that_a_lower_one_locks(tmp_path):
    write_pack(tmp_path / "packs/ohio", pack_files({"locked": ["paper"]}))
    region = {"id": "region", "extends": "ohio", "edition": "5"}
    write_pack(tmp_path / "packs/region", pack_files(region, {"content/program.yaml": "paper: a4"}))
    local = write_local(tmp_path, f"{MINIMAL}extends: region\n")

    assert lines_of(findings_of(local), tmp_path) == [
        (
            'packs/region/content/program.yaml:1:1: error[locked]: "paper" is locked by'
            f" pack ohio 2026.1. Fix: delete it; {ASK}"
        )
    ]


def test_a_pack_may_set_what_it_locks_itself(locking):
    program = {"content/program.yaml": "credit: {line: Ours.}\n"}

    assert said_of(locking(["credit"], pack=program)) == []


# --- Documents


@pytest.mark.parametrize(
    ("document", "settings", "files", "said"),
    [
        ("mentor-thank-you", "", {LETTER: "Thanks."}, "this file replaces words of"),
        ("mentor-application", "", {FORM: base(FORM)}, "this file replaces words of"),
        ("manual", "", {CHAPTER: ""}, "this file replaces words of"),
        ("manual", "", {"content/en/manual/31-more.md": "# More\n"}, "this file replaces words of"),
        (
            "mentor-application",
            "forms: {mentor-application: {remove: [fax]}}",
            {},
            '"forms.mentor-application" changes mentor-application, which is locked',
        ),
        (
            "letter-of-understanding",
            "pledges: {shared: {add: [I will smile.]}}",
            {},
            '"pledges.shared" changes letter-of-understanding, which is locked',
        ),
        (
            "action-plan",
            "documents: {omit: [action-plan]}",
            {},
            "action-plan cannot be left out",
        ),
        (
            "action-plan",
            "",
            {"content/documents.yaml": "documents: {action-plan: {title: Our plan}}\n"},
            "action-plan cannot be listed anew",
        ),
    ],
)
def test_a_locked_document_is_refused_where_it_is_changed(document, settings, files, said, locking):
    local = locking([document], settings, files)

    (line,) = lines_of(findings_of(local), local.parent)

    assert "error[locked]" in line
    assert said in line
    assert "pack ohio 2026.1" in line
    assert exit_code(findings_of(local)) == ExitCode.REFUSED


def test_a_locked_document_leaves_the_others_alone(locking):
    files = {LETTER: base(LETTER).replace("thanks you", "thanks you very much")}

    local = locking(["mentor-application"], "documents: {omit: [action-plan]}", files)

    assert said_of(local) == []


def test_a_template_that_drops_the_words_of_a_locked_document_is_refused(locking):
    letter = base("templates/letter.html.j2").replace("{{ letter.html }}", "Thanks.")

    found = composed(locking(["mentor-thank-you"], files={"templates/letter.html.j2": letter}))

    assert [finding.code for finding in found] == ["locked-words"]
    assert found[0].place.file.name == "templates"


def test_small_words_of_a_local_do_not_change_a_locked_document(locking):
    words = "labels: {compensation: {stipend: a tiny sum}}\n"

    found = composed(
        locking(
            ["letter-of-understanding"],
            "compensation: [stipend]",
            {"content/en/words.yaml": words},
        )
    )

    assert [finding.code for finding in found] == ["locked-words"]
    assert any("tiny" in line for line in found[0].details)


# --- Clauses


def test_a_replaced_file_that_keeps_a_locked_clause_is_fine(locking):
    agreement = base(AGREEMENT).replace("label: Our time", "label: When we meet")

    assert said_of(locking([DISCLOSURE], files={AGREEMENT: agreement})) == []


def test_a_locked_clause_is_compared_word_for_word(locking):
    agreement = base(AGREEMENT).replace("goes no further", "may go further")

    (found,) = composed(locking([DISCLOSURE], files={AGREEMENT: agreement}))

    assert (found.code, found.policy) == ("locked-words", True)
    assert found.message == (
        f"{DISCLOSURE} does not say word for word what pack ohio 2026.1 says, which locks it."
    )
    assert found.details == (
        "pack: about our personal or private lives goes no further, unless a federal, state or",
        "here: about our personal or private lives may go further, unless a federal, state or",
    )


def test_a_clause_that_is_gone_is_refused(locking):
    agreement = base(AGREEMENT).replace("- name: disclosure", "- name: discretion")

    found = composed(locking([DISCLOSURE], files={AGREEMENT: agreement}))

    assert [finding.code for finding in found] == ["locked-words"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ section.html }}", ""),
        ("{{ section.html }}", "<template>{{ section.html }}</template>"),
        ("{{ section.html }}", "<div hidden>{{ section.html }}</div>"),
        ("{{ section.html }}", '<div style="display: none">{{ section.html }}</div>'),
        ("{{ section.html }}", "{{ section.html }} Or so."),
        ("{{ section.html }}", "{{ section.html | replace('no further', 'far') }}"),
        ("{% for section in form.sections %}", "{% for section in form.sections[:2] %}"),
    ],
)
def test_a_template_that_changes_a_locked_clause_is_refused(old, new, locking):
    text = base(SECTIONS).replace(old, new)

    found = composed(locking([DISCLOSURE], files={SECTIONS: text}))

    assert {finding.code for finding in found} == {"locked-words"}


def test_a_template_that_changes_looks_alone_is_fine(locking):
    text = base(SECTIONS).replace('class="prose"', 'class="prose airy"')

    assert said_of(locking([DISCLOSURE, "mentor-pledge"], files={SECTIONS: text})) == []


def test_promises_of_a_locked_clause_stay(locking):
    local = locking(["letter-of-understanding#promises"], "pledges: {shared: {remove: [listen]}}")

    assert lines_of(composed(local), local.parent) == [
        (
            "local.yaml:9:1: error[locked-words]: letter-of-understanding#promises does not say"
            " word for word what pack ohio 2026.1 says, which locks it. Fix: take your changes"
            " to it back: files, templates, fields and promises."
        )
    ]


def test_fields_of_a_locked_clause_stay_and_others_may_change(locking):
    lock = ["mentor-application#sign"]
    away = "forms: {mentor-application: {remove: [fax]}}"
    signing = "forms: {mentor-application: {relabel: {signature: Sign}}}"

    assert said_of(locking(lock, away)) == []
    assert [finding.code for finding in composed(locking(lock, signing))] == ["locked-words"]


def test_a_clause_speaks_of_the_locals_own_settings(locking):
    """What a local decides is its own, also where a locked clause names it."""
    settings = "program: {terms: {mentor: guide}}\nconfidentiality: {exceptions: [a fire]}\n"
    agreement = base(AGREEMENT).replace("label: Our time", "label: When we meet")

    assert said_of(locking([DISCLOSURE, "mentor-pledge"], settings, {AGREEMENT: agreement})) == []


def test_a_locked_chapter_is_not_replaced_and_others_may_be(locking):
    local = locking(["manual#30-why"], files={CHAPTER: base(CHAPTER)})
    (line,) = lines_of(findings_of(local), local.parent)

    assert line.startswith(f"{CHAPTER}: error[locked]: this file replaces words of manual#30-why")
    (local.parent / CHAPTER).unlink()
    write(local.parent / "content/en/manual/40-who-mentors.md", "# Who\n\nAnyone.\n")
    assert findings_of(local) == []


@pytest.mark.parametrize("locked", ["manual", "manual#30-why"])
def test_a_template_that_drops_chapters_of_a_locked_manual_is_refused(locked, locking):
    text = base("templates/manual.html.j2").replace(
        "{% for item in chapters %}\n<section", "{% for item in chapters[4:] %}\n<section"
    )

    found = composed(locking([locked], files={"templates/manual.html.j2": text}))

    assert [finding.code for finding in found] == ["locked-words"]


def test_a_chapter_of_the_locals_own_changes_no_locked_one(locking):
    chapters = {"content/en/manual/05-ours.md": "# Ours\n\nHello.\n", CHAPTER: "# Why\n\nSo.\n"}

    assert said_of(locking(["manual#40-who-mentors"], files=chapters)) == []


EXCERPT = "templates/chapter.html.j2"
DROPS = {EXCERPT: base(EXCERPT).replace("{{ item.chapter.html }}", "")}


def excerpt_of(local, chapter="30-why"):
    """Compose a chapter as packets have it, and return the codes of what is found."""
    kit = resolve(local)
    try:
        sheet = Sheets(composer(kit)).chapter(f"manual/{chapter}")
    except InputError as problem:
        return [finding.code for finding in problem.findings]
    return [f"pack of {original.clauses[0].thing}" for original in sheet.originals]


@pytest.mark.parametrize("locked", ["manual", "manual#30-why"])
def test_a_template_that_drops_words_of_a_locked_chapter_in_a_packet_is_refused(locked, locking):
    assert excerpt_of(locking([locked], files=DROPS)) == ["locked-words"]


def test_words_that_a_template_drops_are_told_in_short_where_the_template_is(locking):
    kit = resolve(locking(["manual"], files=DROPS))
    with pytest.raises(InputError) as caught:
        Sheets(composer(kit)).chapter("manual/30-why")
    (finding,) = caught.value.findings

    assert finding.place.file == kit.stack.local.folder / "templates"
    pack, here = finding.details
    assert pack.startswith("pack: From the Program manual Why mentoring is worth it")
    assert (len(pack.split()), pack.count("…")) == (62, 1)
    assert here == "here: (nothing)"


def test_a_style_over_a_locked_chapter_in_a_packet_is_looked_at_on_paper(locking):
    style = {"templates/styles/manual.more.css": ".excerpt p { color: #ffffff; }\n"}
    assert excerpt_of(locking(["manual"], files=style)) == ["pack of manual"]


@pytest.mark.parametrize(
    ("locked", "files"),
    [
        ("manual#40-who-mentors", DROPS),
        ("manual#40-who-mentors", {CHAPTER: "# Why\n\nSo.\n"}),
        ("mentor-pledge", DROPS),
    ],
)
def test_a_chapter_in_a_packet_that_no_pack_locks_is_the_locals(locked, files, locking):
    assert excerpt_of(locking([locked], files=files)) == []


# --- Locks that lock nothing


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        ("confidentialty", 'did you mean "confidentiality"?'),
        ("mentor-pledg", 'did you mean "mentor-pledge"?'),
        ("letter-of-understanding#disclosur", 'did you mean "disclosure"?'),
        ("mentor-thank-you#words", "lock the whole document."),
    ],
)
def test_a_lock_that_names_nothing_is_a_finding_in_the_pack(locked, said, locking):
    local = locking([locked])

    (line,) = lines_of(findings_of(local), local.parent)

    assert line.startswith("packs/ohio/content/pack.yaml:6:3: error[unknown-lock]")
    assert said in line


@pytest.mark.parametrize("locked", ["a b", "../x", "#disclosure", "A"])
def test_a_lock_that_is_no_name_is_a_finding_in_the_pack(locked, locking):
    found = findings_of(locking([locked]))

    assert [finding.code for finding in found] == ["bad-lock"]


def test_a_pack_for_another_formgen_builds_nothing(locking):
    with pytest.raises(InputError) as problem:
        resolve(locking([], facts={"formgen": ">=99"}))

    assert "pack ohio 2026.1 needs formgen >=99, and this is" in str(problem.value)
