"""kit.py: one local, fully decided."""

import time
from pathlib import Path

import pytest

from formgen.findings import InputError, Place
from formgen.kit import KitDocument, resolve
from formgen.model.catalog import Document
from formgen.model.wording.titles import Naming
from formgen.sources.tree import Node
from tests.support.locals import (
    MINIMAL,
    findings_of,
    lines_of,
    minimal,
    resolved,
    without_mark,
    write,
    write_local,
)
from tests.support.pictures import bitmap, png, svg


def documents_of(kit):
    return {document.id: document.privacy for document in kit.documents}


def test_the_smallest_local_builds_every_document_but_what_it_must_ask_for(tmp_path):
    kit = resolved(tmp_path)

    assert kit.id == "test-local"
    assert len(kit.documents) == 43
    assert "confidentiality-agreement" not in documents_of(kit)
    assert kit.logo is None
    assert kit.edition == "2026.1"


def test_the_smallest_local_gets_the_defaults_of_the_base_pack(tmp_path):
    settings = resolved(tmp_path).settings

    assert settings.paper == "letter"
    assert settings.mentors.minimum_years == 3
    assert settings.affiliates.national.short_name == "NEA"
    assert settings.coordinator.title == "Mentoring Program Coordinator"


def test_the_sample_locals_differ_in_everything_that_changes_pages(sample_file):
    """Each sample is resolved by itself; together they cover every kind of program."""
    everything = [resolve(path) for path in sample_file.parent.parent.glob("*/local.yaml")]

    def values(of):
        return [of(kit.settings) for kit in everything]

    assert sorted(values(lambda s: s.paper)) == ["a4", "legal", "letter"]
    assert len(set(values(lambda s: s.brand.primary))) == 3
    assert len(set(values(lambda s: s.program.basis))) == 3
    assert len(set(values(lambda s: s.program.terms.mentor))) == 3
    assert len(set(values(lambda s: s.compensation))) == 3
    assert len(set(values(lambda s: s.archive))) == 3
    assert set(values(lambda s: s.program.governance)) == {"joint", "association"}
    assert set(values(lambda s: s.program.state_kind)) == {"statutory", "nonstatutory"}
    assert set(values(lambda s: s.program.unit)) == {"wall-to-wall", "single-family"}
    assert set(values(lambda s: s.brand.typeface.voice)) == {"serif", "sans"}


def test_a_separate_agreement_is_built_when_it_is_asked_for(tmp_path):
    kit = resolved(tmp_path, {"confidentiality": {"separate_agreement": True}})

    assert documents_of(kit)["confidentiality-agreement"] == "program"
    assert len(kit.documents) == 44


def test_what_is_omitted_is_not_built_and_the_rest_keeps_its_order(tmp_path):
    everything = [document.id for document in resolved(tmp_path).documents]

    kit = resolved(tmp_path, {"documents": {"omit": ["manual", "action-plan"]}})

    kept = [name for name in everything if name not in {"manual", "action-plan"}]
    assert [document.id for document in kit.documents] == kept


def test_everything_can_be_omitted(tmp_path):
    everything = [document.id for document in resolved(tmp_path).documents]

    kit = resolved(
        tmp_path,
        {"documents": {"omit": everything}, "confidentiality": {"separate_agreement": False}},
    )

    assert kit.documents == ()


def test_the_archive_list_alone_decides_what_is_archived(tmp_path):
    usual = documents_of(resolved(tmp_path))
    mine = documents_of(resolved(tmp_path, {"archive": {"documents": ["action-plan"]}}))

    assert {name for name, privacy in mine.items() if privacy == "archive"} == {"action-plan"}
    assert mine["mentor-application"] == "program"
    assert {name for name in usual if usual[name] == "private"} == {
        "mentor-reflection",
        "mentee-reflection",
        "halfway-notes",
    }
    assert {name for name in mine if mine[name] == "private"} == {
        "mentor-reflection",
        "mentee-reflection",
        "halfway-notes",
    }


@pytest.mark.parametrize(
    ("privacy", "handling", "said"),
    [
        ("program", "return", "return"),
        ("program", "committee", "committee"),
        ("archive", "return", "archive"),
        ("archive", "signed", "archive"),
        ("archive", "committee", "committee-archive"),
        ("private", "private", "private"),
    ],
)
def test_the_footer_follows_the_class(privacy, handling, said):
    entry = Document(
        code="F1",
        kind="form",
        content="forms/t.yaml",
        audience="pair",
        privacy=privacy,
        handling=handling,
    )

    nothing = Node("", Place(Path()))

    assert KitDocument("t", entry, Naming(nothing, nothing), privacy).handling == said


def test_an_edition_is_that_of_the_nearest_pack_and_beside_it_the_locals(tmp_path):
    write(tmp_path / "packs/state/content/pack.yaml", "id: state\nedition: '2027.3'\n")
    write(tmp_path / "packs/plain/content/pack.yaml", "id: plain\n")

    def edition(lines):
        return resolved(tmp_path, f"{MINIMAL}{lines}\n").edition

    assert edition("extends: state") == "2027.3"
    assert edition("extends: plain") == "2026.1"
    assert edition("extends: state\nedition: July") == "state 2027.3 · July"
    assert edition("edition: July") == "July"


def test_settings_of_a_pack_lie_between_the_locals_and_the_defaults(tmp_path):
    write(tmp_path / "packs/state/content/pack.yaml", "id: state\n")
    write(
        tmp_path / "packs/state/content/program.yaml",
        "paper: a4\nmentors: {references: 1, minimum_years: 5}\n",
    )

    kit = resolved(tmp_path, f"{MINIMAL}extends: state\nmentors: {{references: 0}}\n")

    assert (kit.settings.paper, kit.settings.mentors.references) == ("a4", 0)
    assert kit.settings.mentors.minimum_years == 5
    assert [kit.tree.get(*path).layer for path in [("paper",), ("mentors", "references")]] == [
        "state",
        "local",
    ]
    assert [layer.name for layer in kit.stack.layers] == ["test-local", "state", "base"]


def test_a_mistake_in_a_pack_is_found_in_the_pack(tmp_path):
    write(tmp_path / "packs/state/content/pack.yaml", "id: state\n")
    write(tmp_path / "packs/state/content/program.yaml", "paper: b5\n")

    found = findings_of(write_local(tmp_path, f"{MINIMAL}extends: state\n"))

    assert lines_of(found, tmp_path) == [
        (
            "packs/state/content/program.yaml:1:8: error[bad-choice]:"
            ' "b5" is not a choice for paper. Fix: use one of: letter, a4, legal.'
        )
    ]


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("logo.png", bitmap(), "image/png"),
        ("logo.jpg", bitmap(kind="JPEG"), "image/png"),
        ("logo.svg", svg(), "image/svg+xml"),
        ("pictures/our logo.png", bitmap(), "image/png"),
    ],
)
def test_a_logo_lies_in_the_folder_of_the_local(name, data, media_type, tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / name).write_bytes(data)

    kit = resolved(tmp_path, {"brand": {"logo": name}})

    assert (kit.logo.media_type, kit.logo.ratio) == (media_type, 2)


def test_a_packs_logo_lies_beside_the_settings_of_the_pack(tmp_path):
    write(tmp_path / "packs/state/content/pack.yaml", "id: state\n")
    write(tmp_path / "packs/state/content/program.yaml", "brand: {logo: logo.svg}\n")
    (tmp_path / "packs/state/content/logo.svg").write_bytes(svg())

    assert resolved(tmp_path, f"{MINIMAL}extends: state\n").logo.ratio == 2


LOGOS = {
    "missing": (None, "no-file", "logo.png is not in {folder}.", "copy it there."),
    "truncated": (
        png(6, 6),
        "image-truncated",
        "logo.png ends early or is damaged.",
        "export it again.",
    ),
    "no picture": (
        b"words",
        "image-unreadable",
        "logo.png is no picture that formgen reads.",
        "export it again as PNG.",
    ),
    "too large": (
        png(12_000, 12_000),
        "image-too-big",
        "logo.png is 12000×12000; limit 100 megapixels.",
        "resize to 2000 px.",
    ),
}


@pytest.mark.parametrize(("data", "code", "message", "fix"), LOGOS.values(), ids=LOGOS)
def test_a_bad_logo_is_named_where_it_is_asked_for(data, code, message, fix, tmp_path):
    text, line, column = without_mark(minimal("brand:\n  logo: ^^logo.png"))
    if data is not None:
        (tmp_path / "logo.png").write_bytes(data)

    found = findings_of(write_local(tmp_path, text))

    said = message.format(folder=tmp_path)
    assert [str(finding).replace(f"{tmp_path}/local", "local") for finding in found] == [
        f"local.yaml:{line}:{column}: error[{code}]: {said} Fix: {fix}"
    ]


@pytest.mark.parametrize("link", ["logo.png", "pictures"])
def test_a_logo_that_is_linked_from_elsewhere_is_refused(link, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "logo.png").write_bytes(bitmap())
    folder = tmp_path / "local"
    folder.mkdir()
    name = "logo.png" if link == "logo.png" else "pictures/logo.png"
    (folder / link).symlink_to(elsewhere / link if link == "logo.png" else elsewhere)

    found = findings_of(write_local(folder, {"brand": {"logo": name}}))

    assert [finding.code for finding in found] == ["bad-path"]
    assert found[0].message == f"{name} lies outside the folder of local.yaml."


def test_links_in_a_circle_are_no_logo(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    found = findings_of(write_local(tmp_path, {"brand": {"logo": "a/logo.png"}}))

    assert [finding.code for finding in found] == ["no-file"]


@pytest.mark.parametrize(
    "lines",
    [
        f"language: {'x' * 5000}",
        f"brand: {{logo: {'x' * 5000}}}",
        f"extends: {'x' * 5000}",
        f"id: {'x' * 5000}",
        f"documents: {{omit: [{'x' * 5000}]}}",
        f"forms: {{{'x' * 900}: {{remove: [a]}}}}",
    ],
)
def test_a_name_of_any_length_is_a_short_finding(lines, tmp_path):
    (finding,) = findings_of(write_local(tmp_path, minimal(lines)))

    assert finding.place.line in {7, 8}
    assert len(f"{finding.message} {finding.fix}".replace(str(tmp_path), "")) < 300


@pytest.mark.parametrize(
    ("language", "code", "message", "fix"),
    [
        ("es", "no-language", 'there are no words in "es".', "use one of: en."),
        ("en-GB", "no-language", 'there are no words in "en-GB".', "use one of: en."),
        (
            "../en",
            "bad-name",
            '"../en" is not allowed here.',
            "use the code of a language, such as en or pt-BR.",
        ),
    ],
)
def test_a_language_without_words_is_named(language, code, message, fix, tmp_path):
    found = findings_of(write_local(tmp_path, minimal(f"language: {language}")))

    assert lines_of(found, tmp_path) == [f"local.yaml:8:11: error[{code}]: {message} Fix: {fix}"]


def test_a_language_that_nobody_knows_is_named_even_if_it_has_words(tmp_path):
    write(tmp_path / "content" / "qqq" / "words.yaml", "language: Qqq\n")

    found = findings_of(write_local(tmp_path, minimal("language: qqq")))

    assert lines_of(found, tmp_path) == [
        (
            'content/qqq/words.yaml:1:1: error[no-language]: Unicode knows no language "qqq",'
            " so nobody can write its dates. Fix: name a language whose dates and numbers are"
            " written alike, such as `grammar: {locale: es}`."
        )
    ]


def test_characters_that_no_font_has_are_named_with_their_number(tmp_path):
    text, line, column = without_mark(minimal("committee:\n  name: ^^学校 委员会 and more"))

    found = findings_of(write_local(tmp_path, text))

    assert lines_of(found, tmp_path) == [
        (
            f'local.yaml:{line}:{column}: error[no-glyph]: no pack font has "会" (U+4F1A),'
            ' "员" (U+5458), "委" (U+59D4). Fix: use other letters for it.'
        )
    ]


def test_a_locals_broken_words_are_found_in_its_own_file(tmp_path):
    write(tmp_path / "content" / "en" / "words.yaml", "page:\n  contents: a: b\n")

    found = findings_of(write_local(tmp_path))

    assert lines_of(found, tmp_path) == [
        (
            'content/en/words.yaml:2:14: error[yaml-syntax]: ":" inside unquoted text.'
            " Fix: put the value in double quotes."
        )
    ]


def test_findings_of_the_settings_the_words_and_the_catalog_come_together(tmp_path):
    write(tmp_path / "content" / "en" / "words.yaml", "page: !x {}\n")
    write(tmp_path / "content" / "documents.yaml", "documents: {manual: {kind: poem}}\n")

    found = findings_of(write_local(tmp_path, minimal("paper: b5")))

    assert [(finding.place.file.name, finding.code) for finding in found] == [
        ("documents.yaml", "bad-choice"),
        ("words.yaml", "yaml-tag"),
        ("local.yaml", "bad-choice"),
    ]


def test_a_warning_does_not_keep_a_local_from_being_built(tmp_path):
    kit = resolved(tmp_path, minimal("archive: {documents: [manual]}"))

    assert [(finding.code, finding.severity) for finding in kit.warnings] == [
        ("archive-public", "warning")
    ]


def test_an_error_keeps_its_warnings_beside_it(tmp_path):
    with pytest.raises(InputError) as problem:
        resolved(tmp_path, minimal("archive: {documents: [manual, zzz]}"))

    assert [finding.code for finding in problem.value.findings] == [
        "archive-public",
        "unknown-document",
    ]


def test_resolving_is_quick_and_needs_no_weasyprint(sample_file):
    start = time.process_time()

    resolve(sample_file)

    # Seconds of the processor; some hundredths are usual.
    assert time.process_time() - start < 2
