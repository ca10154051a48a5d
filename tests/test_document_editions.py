"""editions of model: a document keeps the edition in which it last changed, and no older one."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import formgen
from formgen.compose.pages import make_composer
from formgen.kit import Kit, resolve
from formgen.model.editions.reaching import Reaching, reaching
from formgen.model.editions.record import next_record
from formgen.model.page_format import PAPER
from formgen.sources.layers import Layer, Stack, base_layer, read_whole
from formgen.sources.paths import EDITIONS_FILE
from tests.support.locals import MINIMAL, write
from tests.support.packs import AGREEMENT, FORM, LETTER, pack_files, raise_edition, write_pack

CHAPTER = "content/en/manual/10-introduction.md"
ENTRY = "{code: T90, kind: letter, content: letters/ours.md, audience: committee, privacy: program"
ENTRY += ", handling: committee}"
ALL = "all"
BASE = read_whole(base_layer())


def base(path: str, old: str = "", new: str = "") -> str:
    text = (base_layer().folder / path).read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1) if old else f"{text}\n"


@pytest.fixture
def pack(tmp_path):
    """Give the folder of a pack with a few files of its own, of which an edition is out."""
    folder = write_pack(tmp_path / "packs/ohio", pack_files(more=OWN))
    raise_edition(folder, "2026.1")
    return folder


@pytest.fixture
def local(tmp_path):
    """Give the settings of a local that builds on the pack."""
    return write(tmp_path / "maple/local.yaml", f"{MINIMAL}extends: ohio\n")


def raised(local: Path, edition: str = "2027.1") -> set[str]:
    """Return the documents that bear an edition; "all" if all do."""
    kit = resolve(local)
    found = {each.id for each in kit.documents if each.edition == edition}
    assert {each.edition for each in kit.documents} <= {"2026.1", edition}
    return {ALL} if len(found) == len(kit.documents) else found


def of_kind(*kinds: str) -> set[str]:
    """Return the documents of some kinds, in a kit with all of them."""
    listed = reaching(Stack((BASE,))).listed
    return {name for name, each in listed.items() if each.kind in kinds}


CHANGES = {
    "words of a letter": (LETTER, f"{base(LETTER)}\nOne line more.\n", {"mentor-thank-you"}),
    "a form": (FORM, base(FORM, "label: ", "label: My "), {"mentor-application"}),
    "a pledge": (AGREEMENT, f"{base(AGREEMENT)}# Looked at.\n", {"letter-of-understanding"}),
    "words of a chapter": (CHAPTER, f"{base(CHAPTER)}\nOne line more.\n", {"manual"}),
    "a chapter's heading": (CHAPTER, base(CHAPTER, "# ", "# Our "), {ALL}),
    "a title": (LETTER, base(LETTER, "title: ", "title: Our "), {ALL}),
    "shared phrases": ("content/en/say.yaml", "say: {}\n", {ALL}),
    "small words": ("content/en/words.yaml", "page: {of: out of}\n", {ALL}),
    "a template's macro": (
        "templates/partials/sections.html.j2",
        base("templates/partials/sections.html.j2"),
        {ALL},
    ),
    "a style of all": ("templates/styles/tokens.more.css", "p { color: #111 }\n", {ALL}),
    "a picture": ("assets/mark.svg", "<svg/>\n", {ALL}),
    "a setting": ("content/program.yaml", "archive: {years: 6}\n", {ALL}),
    "the catalog": (
        "content/documents.yaml",
        "documents: {mentor-thank-you: {step: finish}}\n",
        {ALL},
    ),
    "a template of a kind": (
        "templates/letter.html.j2",
        '{% extends "base/letter.html.j2" %}\n',
        "letter",
    ),
    "a template that others extend": (
        "templates/form.html.j2",
        '{% extends "base/form.html.j2" %}\n',
        "form agreement",
    ),
    "a style of a kind": ("templates/styles/letter.more.css", "p { color: #111 }\n", "letter"),
    "a style of the manual": ("templates/styles/manual.css", "p { color: #111 }\n", "manual"),
    "a style of covers and chapters": (
        "templates/styles/packet.more.css",
        "p { color: #111 }\n",
        "manual",
    ),
    "the page of the kit": ("templates/index.html.j2", base("templates/index.html.j2"), set()),
    "a list of own files": ("content/own-files.yaml", "files: {}\n", set()),
}


OWN = {path: base(path) for path in (LETTER, FORM, AGREEMENT, CHAPTER)}


def reaching_with(more: Mapping[str, str]) -> Reaching:
    """Return what reaches the documents of a pack with these files."""
    files = pack_files(more={**OWN, **more})
    return reaching(Stack((Layer("ohio", Path("ohio"), files, digest=repr(more)), BASE)))


@pytest.mark.parametrize(("path", "text", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_raises_the_documents_that_it_reaches_and_no_other(path, text, expected):
    first = next_record(None, reaching_with({}), "2026.1")
    now = next_record(first, reaching_with({path: text}), "2027.1")

    found = {name for name, each in now.documents.items() if each.edition == "2027.1"}
    names = of_kind(*expected.split()) if isinstance(expected, str) else expected
    assert found == ({*now.documents} if names == {ALL} else names)


def composed(kit: Kit) -> dict[str, str]:
    """Return the pages of a kit for print, by document."""
    composer = make_composer(kit)
    return {each.id: composer.compose(each, PAPER).html for each in kit.documents}


@pytest.mark.parametrize("change", ["words of a chapter", "a chapter's heading", "a title"])
def test_no_page_that_changed_bears_an_old_edition(change, pack, local):
    path, text, _ = CHANGES[change]
    before = resolve(local)
    old = composed(before)
    write(pack / path, text)
    raise_edition(pack, "2027.1")
    now = resolve(local)

    new = composed(now.with_editions_of(before))
    differ = {name for name, each in new.items() if each != old[name]}
    assert differ
    assert differ <= {each.id for each in now.documents if each.edition == "2027.1"}


def test_an_edition_alone_changes_no_page(pack, local):
    raise_edition(pack, "2027.1")

    kit = resolve(local)
    assert raised(local) == set()
    assert {each.edition for each in kit.packets} == {"2026.1"}
    assert kit.edition == "2027.1"


def test_another_formgen_raises_all(pack, local, monkeypatch):
    monkeypatch.setattr(formgen, "__version__", "9.9")
    raise_edition(pack, "2027.1")

    assert raised(local) == {ALL}


def test_with_another_formgen_than_the_packs_all_pages_bear_the_newest(pack, local, monkeypatch):
    raise_edition(pack, "2027.1")
    monkeypatch.setattr(formgen, "__version__", "9.9")

    assert raised(local) == {ALL}


def test_what_is_locked_raises_all(pack, local):
    facts = pack / "content/pack.yaml"
    write(facts, f"{facts.read_text('utf-8')}locked: [credit]\n")
    raise_edition(pack, "2027.1")

    assert raised(local) == {ALL}


def test_a_document_keeps_its_edition_over_several_and_a_change_taken_back_is_one(pack, local):
    was = (pack / LETTER).read_text("utf-8")
    write(pack / LETTER, f"{was}\nOne line more.\n")
    raise_edition(pack, "2027.1")
    write(pack / LETTER, was)
    raise_edition(pack, "2028.1")
    raise_edition(pack, "2029.1")

    editions = {each.id: each.edition for each in resolve(local).documents}
    assert editions.pop("mentor-thank-you") == "2028.1"
    assert {*editions.values()} == {"2026.1"}


def test_covers_bear_the_newest_edition_within(pack, local):
    write(pack / LETTER, f"{base(LETTER)}\nOne line more.\n")
    raise_edition(pack, "2027.1")

    for packet in resolve(local).packets:
        inside = "mentor-thank-you" in packet.all_documents
        assert packet.edition == ("2027.1" if inside else "2026.1")


def test_a_style_of_covers_raises_covers(pack, local):
    write(pack / "templates/styles/packet.more.css", "p { color: #111 }\n")
    raise_edition(pack, "2027.1")

    assert {each.edition for each in resolve(local).packets} == {"2027.1"}


def test_words_that_were_changed_since_the_pack_was_built_bear_its_own_edition(pack, local):
    raise_edition(pack, "2027.1")
    write(pack / LETTER, f"{base(LETTER)}\nOne line more.\n")

    assert raised(local) == {"mentor-thank-you"}


def test_without_a_record_all_pages_bear_the_packs_edition(pack, local):
    raise_edition(pack, "2027.1")
    (pack / EDITIONS_FILE).unlink()

    assert raised(local) == {ALL}


@pytest.mark.parametrize("text", ["", "documents: [a]\n", "documents: {manual: {edition: 1}}\n"])
def test_a_record_that_says_nothing_counts_for_nothing(text, pack, local):
    raise_edition(pack, "2027.1")
    write(pack / EDITIONS_FILE, text)

    assert raised(local) == {ALL}


def test_an_edition_later_than_the_packs_own_is_not_printed(pack, local):
    raise_edition(pack, "2027.1")
    raise_edition(pack, "2026.2")

    assert raised(local, "2026.2") == set()
    write(pack / LETTER, f"{base(LETTER)}\nOne line more.\n")
    raise_edition(pack, "2027.1")
    raise_edition(pack, "2026.3")

    assert raised(local, "2026.3") == {"mentor-thank-you"}


def test_the_locals_own_edition_stands_beside_that_of_the_document(pack, local):
    raise_edition(pack, "2027.1")
    write(local, f"{MINIMAL}extends: ohio\nedition: Fall\n")

    kit = resolve(local)
    assert {each.edition for each in kit.documents} == {"Ohio pack 2026.1 · Fall"}
    assert kit.edition == "Ohio pack 2027.1 · Fall"


def test_a_document_with_the_words_of_another_one_bears_the_newest(pack, local):
    write(
        local.parent / "content/documents.yaml",
        "documents: {mentor-welcome: {content: letters/mentor-thank-you.md}}\n".replace(
            "mentor-welcome", "welcome-mentee"
        ),
    )
    write(pack / LETTER, f"{base(LETTER)}\nOne line more.\n")
    raise_edition(pack, "2027.1")

    assert raised(local) == {"mentor-thank-you", "welcome-mentee"}


def test_a_document_of_the_locals_own_bears_the_edition_of_what_all_share(pack, local):
    write(local.parent / "content/documents.yaml", f"documents: {{ours: {ENTRY}}}\n")
    words = "---\ntitle: Ours\npurpose: To say so\n---\nHello.\n"
    write(local.parent / "content/en/letters/ours.md", words)
    write(pack / FORM, CHANGES["a form"][1])
    raise_edition(pack, "2027.1")
    assert raised(local) == {"mentor-application"}

    write(pack / "templates/letter.html.j2", '{% extends "base/letter.html.j2" %}\n')
    raise_edition(pack, "2028.1")
    editions = {each.id: each.edition for each in resolve(local).documents}
    assert editions["ours"] == "2028.1"


@pytest.mark.parametrize(
    "template", ['{% extends "form.html.j2" %}\n', "{% extends document.kind ~ '.html.j2' %}\n"]
)
def test_a_local_that_makes_a_kind_with_the_template_of_another_bears_the_newest(
    template, pack, local
):
    raise_edition(pack, "2027.1")
    write(local.parent / "templates/certificate.html.j2", template)

    expected = of_kind("certificate") if "form" in template else {ALL}
    assert raised(local) == expected


def test_a_pack_that_puts_names_of_templates_together_shares_all_of_them(pack, local):
    write(pack / "templates/partials/lead.html.j2", '{% include variant ~ ".html.j2" %}\n')
    raise_edition(pack, "2027.1")
    write(pack / "templates/letter.html.j2", '{% extends "base/letter.html.j2" %}\n')
    raise_edition(pack, "2028.1")

    assert {each.edition for each in resolve(local).documents} == {"2028.1"}


def test_titles_that_say_the_edition_change_with_it_everywhere(pack, local):
    write(pack / LETTER, base(LETTER, "title: ", "title: In {{ edition }}, "))
    raise_edition(pack, "2027.1")
    raise_edition(pack, "2028.1")

    assert {each.edition for each in resolve(local).documents} == {"2028.1"}


def test_words_of_a_pack_above_without_an_edition_make_all_the_newest(pack, local, tmp_path):
    write(tmp_path / "packs/region/content/pack.yaml", "id: region\nextends: ohio\n")
    write(local, f"{MINIMAL}extends: region\n")
    raise_edition(pack, "2027.1")

    assert raised(local) == {ALL}


def test_a_pack_below_that_changed_raises_what_it_reaches(pack, local, tmp_path):
    region = tmp_path / "packs/region"
    write(region / "content/pack.yaml", "id: region\nextends: ohio\n")
    write(region / "locals/sample/local.yaml", f"{MINIMAL}extends: region\n")
    write(local, f"{MINIMAL}extends: region\n")
    raise_edition(region, "2026.1")
    write(pack / LETTER, f"{base(LETTER)}\nOne line more.\n")
    raise_edition(region, "2027.1")

    assert raised(local) == {"mentor-thank-you"}


def test_line_ends_are_no_change(pack, local):
    text = (pack / LETTER).read_bytes()
    (pack / LETTER).write_bytes(text.replace(b"\n", b"\r\n"))
    raise_edition(pack, "2027.1")

    assert raised(local) == set()
