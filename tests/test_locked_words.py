"""locked.py of model and of compose: what a pack locks, no nearer layer changes."""

from dataclasses import replace

import pytest

from formgen.build.check import check_pages
from formgen.compose.mail_merge import Person, merge
from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import make_composer
from formgen.compose.text.context import BLANK_ENTRY
from formgen.findings import ExitCode, InputError, exit_code
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from tests.support.composed import FORMATS
from tests.support.locals import MINIMAL, findings_of, lines_of, write, write_local
from tests.support.overlays import document_of
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
    return check_pages(replace(kit, documents=tuple(d for d in kit.documents if d.id in names)))


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


def test_the_words_of_a_language_change_no_setting_that_is_locked(locking):
    own = {"content/en/program.yaml": "credit: {line: Ours.}\n"}

    (said,) = said_of(locking(["credit"], files=own))
    assert said.startswith('content/en/program.yaml:1:1: error[locked]: "credit" is locked')


# --- Documents


@pytest.mark.parametrize(
    ("document", "settings", "files", "said"),
    [
        ("mentor-thank-you", "", {LETTER: "Thanks."}, "this file replaces words of"),
        ("mentor-application", "", {FORM: base(FORM)}, "this file replaces words of"),
        ("manual", "", {CHAPTER: ""}, "this file replaces words of"),
        ("manual", "", {"content/en/manual/31-more.md": "# More\n"}, "this file replaces words of"),
        (
            "manual",
            "",
            {"content/en/manual/about.yaml": "title: X"},
            "this file replaces words of",
        ),
        ("manual", "manual: {drop: [readiness]}", {}, "manual#70-readiness cannot be left out"),
        ("manual", "manual: {order: [why]}", {}, '"manual.order" changes manual, which is locked'),
        ("manual#30-why", "manual: {drop: [why]}", {}, "manual#30-why cannot be left out"),
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
        "pack: or private lives is confidential. It goes no further, unless a federal, state or",
        "here: or private lives is confidential. It may go further, unless a federal, state or",
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
def test_a_nearer_pack_s_template_that_changes_a_locked_clause_is_refused(old, new, tmp_path):
    write_pack(tmp_path / "packs/ohio", pack_files({"locked": [DISCLOSURE]}))
    region = {"id": "region", "extends": "ohio", "edition": "5"}
    template = {SECTIONS: base(SECTIONS).replace(old, new)}
    write_pack(tmp_path / "packs/region", pack_files(region, template))

    found = composed(write_local(tmp_path, f"{MINIMAL}extends: region\n"))

    assert {finding.code for finding in found} == {"locked-words"}
    assert {finding.place.file for finding in found} == {tmp_path / "packs/region/templates"}


def test_a_nearer_pack_may_style_what_a_lower_one_locks(tmp_path):
    write_pack(tmp_path / "packs/ohio", pack_files({"locked": [DISCLOSURE]}))
    region = {"id": "region", "extends": "ohio", "edition": "5"}
    style = {"templates/styles/print.more.css": "h2 { color: navy }"}
    write_pack(tmp_path / "packs/region", pack_files(region, style))
    kit = resolve(write_local(tmp_path, f"{MINIMAL}extends: region\n"))

    page = make_composer(kit).compose(document_of(kit, "letter-of-understanding"), FORMATS["print"])

    assert "h2 { color: navy }" in "".join(page.styles)


# --- Looks

# What a local might hide, cover or change words with.
LOOKS = {
    "templates/styles/print.more.css": "p { color: #fff }",
    "templates/styles/fillable.more.css": "p { display: none }",
    "templates/styles/large-print.css": "p { font-size: 1pt }",
    "templates/styles/web.css": "p { visibility: hidden }",
    "templates/styles/tokens.more.css": ":root { --ink: #fff }",
    "templates/styles/manual.css": ".chapter { position: absolute; left: -400mm }",
    "templates/styles/copies.css": "p { color: #fff }",
    "templates/agreement.html.j2": "<main>Nothing is promised.</main>",
    "templates/form.html.j2": "<main></main>",
    "templates/manual.html.j2": "<main></main>",
    "templates/chapter.html.j2": "<main></main>",
    SECTIONS: "",
    "templates/layouts/print.html.j2": "<html></html>",
    "templates/layouts/web.html.j2": "<html></html>",
    "templates/partials/running.html.j2": "<style>p { color: #fff }</style>",
    "templates/fields/print.html.j2": "",
}


def pages_of(local, names):
    """Return all that makes the pages of documents: alone, for people, and as an excerpt."""
    kit = resolve(local)
    composer = make_composer(kit)
    pages = [
        composer.compose(document_of(kit, name), page)
        for name in names
        for page in FORMATS.values()
    ]
    if "manual" in names:
        pages.append(Sheets(composer).chapter("manual/30-why"))
    else:
        people = [Person("abc", BLANK_ENTRY), Person("def", BLANK_ENTRY)]
        document = document_of(kit, names[0])
        pages += [
            merge(composer, document, FORMATS[each], people) for each in ("print", "fillable")
        ]
    return [(page.html, page.styles, page.assets, page.form) for page in pages]


@pytest.mark.parametrize(
    ("locked", "name"),
    [
        (DISCLOSURE, "letter-of-understanding"),
        ("letter-of-understanding", "letter-of-understanding"),
        ("manual#30-why", "manual"),
        ("manual", "manual"),
    ],
)
def test_nothing_of_a_local_s_looks_reaches_a_document_in_which_words_are_locked(
    locked, name, locking
):
    local = locking([locked])
    expected = pages_of(local, [name])
    for path, text in LOOKS.items():
        write(local.parent / path, text)

    assert pages_of(local, [name]) == expected


def test_values_and_words_of_a_local_reach_it_all_the_same(locking):
    agreement = base(AGREEMENT).replace("label: Our time", "label: When we meet")
    local = locking([DISCLOSURE], 'brand: {primary: "#123456"}', {AGREEMENT: agreement})
    kit = resolve(local)

    page = make_composer(kit).compose(document_of(kit, "letter-of-understanding"), FORMATS["web"])

    for words in ("When we meet", "#123456", "Test Local"):
        assert words in page.html


def test_other_documents_have_the_local_s_looks(locking):
    kit = resolve(locking([DISCLOSURE], files={"templates/styles/print.more.css": "/* ours */"}))
    composer = make_composer(kit)

    styles = {
        name: "".join(composer.compose(document_of(kit, name), FORMATS["print"]).styles)
        for name in ("letter-of-understanding", "mentor-pledge")
    }

    assert {name: "/* ours */" in text for name, text in styles.items()} == {
        "letter-of-understanding": False,
        "mentor-pledge": True,
    }


def test_files_that_a_locked_document_does_without_are_told_once(locking):
    files = {
        "templates/styles/print.more.css": "p {}",
        "templates/styles/certificate.more.css": "p {}",
        "templates/styles/index.more.css": "p {}",
        "templates/letter.html.j2": '{% extends "base/letter.html.j2" %}',
        "templates/manual.html.j2": '{% extends "base/manual.html.j2" %}',
        "assets/ours.svg": "<svg/>",
    }
    local = locking([DISCLOSURE, "manual#30-why"], files=files)

    found = [each for each in check_pages(resolve(local)) if each.code == "unused-look"]

    assert lines_of(found, local.parent) == [
        (
            "templates/manual.html.j2: warning[unused-look]: manual will not use this file, since"
            " pack ohio 2026.1 locks words there. Fix: leave it, if it is for other documents;"
            " else delete it."
        ),
        (
            "templates/styles/print.more.css: warning[unused-look]: manual,"
            " letter-of-understanding will not use this file, since pack ohio 2026.1 locks words"
            " there. Fix: leave it, if it is for other documents; else delete it."
        ),
    ]


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


def test_others_than_a_locked_chapter_are_dropped_and_all_are_put_in_order(locking):
    settings = "manual: {order: [tools, why], drop: [who-mentors]}"

    assert said_of(locking(["manual#30-why"], settings)) == []


def test_a_chapter_of_the_locals_own_changes_no_locked_one(locking):
    chapters = {"content/en/manual/05-ours.md": "# Ours\n\nHello.\n", CHAPTER: "# Why\n\nSo.\n"}

    assert said_of(locking(["manual#40-who-mentors"], files=chapters)) == []


def test_a_chapter_of_the_locals_own_makes_up_for_no_locked_one(locking):
    words = "labels: {compensation: {stipend: a tiny sum}}\n"
    chapter = "# Who\n\nThey get {{ label('compensation', 'stipend') }}.\n"
    pack = {"content/en/manual/40-who-mentors.md": chapter}
    files = {
        "content/en/manual/05-ours.md": "# Ours\n\nHello.\n",
        "content/en/words.yaml": words,
    }

    (found,) = composed(locking(["manual#40-who-mentors"], files=files, pack=pack))

    assert found.code == "locked-words"
    assert "here: Who They get a tiny sum." in found.details


def test_a_chapter_in_a_packet_that_no_pack_locks_is_the_locals(locking):
    local = locking(["manual#40-who-mentors"], files={CHAPTER: "# Why\n\nSo.\n"})

    assert ">So.</p>" in Sheets(make_composer(resolve(local))).chapter("manual/30-why").html


def test_a_chapter_in_a_packet_says_what_the_pack_says_that_locks_it(tmp_path):
    write_pack(tmp_path / "packs/ohio", pack_files({"locked": ["manual"]}))
    region = {"id": "region", "extends": "ohio", "edition": "5"}
    excerpt = base("templates/chapter.html.j2").replace("{{ item.chapter.html }}", "")
    template = {"templates/chapter.html.j2": excerpt}
    write_pack(tmp_path / "packs/region", pack_files(region, template))
    kit = resolve(write_local(tmp_path, f"{MINIMAL}extends: region\n"))

    with pytest.raises(InputError) as caught:
        Sheets(make_composer(kit)).chapter("manual/30-why")

    (finding,) = caught.value.findings
    assert finding.code == "locked-words"
    assert finding.place.file == tmp_path / "packs/region/templates"
    pack, here = finding.details
    assert pack.startswith("pack: Your notes From the Program manual Why mentoring")
    assert (len(pack.split()), pack.count("…")) == (62, 1)
    assert here == "here: (nothing)"


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
    for needed, code in ((">=99", "pack-version"), ("the newest", "bad-version")):
        (found,) = findings_of(locking([], facts={"formgen": needed}))

        assert found.code == code
        assert needed in found.message
