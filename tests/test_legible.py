"""legible.py and painted.py: what a pack locks can be read on the page, whatever styles say."""

from dataclasses import replace

import pytest

from formgen.compose.context import BLANK_ENTRY
from formgen.compose.merged import Person, merge
from formgen.compose.pages import composer
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.model.clauses import Clause, Original
from formgen.pipeline.build import sheet_of
from formgen.press.typeset import Sheet
from formgen.sources.layers import base_layer
from tests.support.locals import MINIMAL, write, write_local
from tests.support.overlays import document_of
from tests.support.packs import pack_files, write_pack

AGREEMENT = "letter-of-understanding"
CLAUSE = f"{AGREEMENT}#disclosure"
PART = '[aria-labelledby="section-disclosure"]'
STYLE = "templates/styles/print.more.css"
OURS = "/* ours */"
SECTIONS = "templates/partials/sections.html.j2"
LAYOUT = "templates/layouts/print.html.j2"
LOCKED = '"disclosure" is locked by pack ohio 2026.1, and '


def base(path: str) -> str:
    return base_layer().file(path).path.read_text(encoding="utf-8")


@pytest.fixture
def local(tmp_path):
    """Give what writes a local with files of its own, on a pack that locks a clause."""

    def make(files, locked=(CLAUSE,)):
        write_pack(tmp_path / "packs/ohio", pack_files({"locked": list(locked)}))
        for name, text in files.items():
            write(tmp_path / name, text)
        return resolve(write_local(tmp_path, f"{MINIMAL}extends: ohio\n"))

    return make


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """Give the agreement of a local that adds a comment to formgen's styles."""
    folder = tmp_path_factory.mktemp("local")
    write_pack(folder / "packs/ohio", pack_files({"locked": [CLAUSE]}))
    write(folder / STYLE, OURS)
    kit = resolve(write_local(folder, f"{MINIMAL}extends: ohio\n"))
    return sheet_of(composer(kit).compose(document_of(kit, AGREEMENT), "print"))


@pytest.fixture
def styled(sheet, typesetter):
    """Give what typesets that agreement with other styles, and returns what is said of it."""

    def make(style):
        styles = tuple(text.replace(OURS, style) for text in sheet.styles)
        assert styles != sheet.styles
        return [
            (each.code, each.message) for each in typesetter(replace(sheet, styles=styles)).defects
        ]

    return make


@pytest.fixture
def told(local, typesetter):
    """Give what typesets a document of a local, and returns what is said of it."""

    def make(files, locked=(CLAUSE,), document=AGREEMENT, variant="print"):
        kit = local(files, locked)
        composed = composer(kit).compose(document_of(kit, document), variant)
        return [(each.code, each.message) for each in typesetter(sheet_of(composed)).defects]

    return make


HIDING = {
    "gone": f"{PART} {{display: none}}",
    "without a paragraph": f"{PART} .prose p {{display: none}}",
    "unseen": f"{PART} {{visibility: hidden}}",
    "white": f"{PART} * {{color: #fff}}",
    "pale": f"{PART} * {{color: #ddd}}",
    "see-through": f"{PART} * {{color: #0001}}",
    "black on black": f"{PART} {{background: #111; color: #000}} {PART} * {{color: #000}}",
    "on a picture": f"{PART} {{background: linear-gradient(#000, #000)}}",
    "tiny": f"{PART} * {{font-size: 2pt}}",
    "of no size": f"{PART} * {{font-size: 0}}",
    "off the page": f"{PART} {{position: absolute; left: -400mm}}",
    "indented away": f"{PART} * {{text-indent: -400mm}}",
    "cut off": f"{PART} {{height: 2mm; overflow: hidden}}",
    "struck": f"{PART} {{text-decoration: line-through}}",
    "squeezed": f"{PART} * {{letter-spacing: -0.6em}}",
    "line on line": f"{PART} * {{line-height: 0}}",
    "turned": f"{PART} {{transform: scale(0.01)}}",
    "covered": "main::after {content: ''; position: absolute; inset: 0; background: #fff}",
    "framed over": "h2 {position: absolute; top: 0; border-top: 250mm solid #fff}",
    "outlined over": "h2 {outline: 400mm solid #fff}",
    "shaded over": "h2 {box-shadow: 0 0 0 400mm #fff}",
    "shaded within": f"{PART} {{box-shadow: inset 0 0 0 90mm #fff}}",
    "outlined within": f"{PART} {{outline: 90mm solid #fff; outline-offset: -90mm}}",
    "said otherwise": f"{PART} .prose::before {{content: 'This does not count.'}}",
    "in the margin": f"{PART} {{position: running(gone)}}",
    "in a font of its own": "@font-face {font-family: X; src: url(formgen:assets/x.ttf)}",
    "in a font that is brought by another sheet": "@import url(formgen:assets/x.css);",
}


@pytest.mark.parametrize("style", HIDING.values(), ids=HIDING)
def test_a_style_that_keeps_a_locked_clause_from_being_read_is_told(style, styled):
    said = [message for code, message in styled(style) if code == "locked-look"]

    assert len(said) == 1
    assert said[0].startswith(LOCKED)


@pytest.mark.parametrize(
    "style",
    [
        ":root {--ink: #222}",
        "body {font-size: 12pt; line-height: 1.6} h2 {text-transform: uppercase}",
        f"{PART} {{color: #333; background: #eee; border: 1pt solid #999}}",
        ".section { columns: 2; hyphens: auto }",
        ".letterhead { display: none }",
    ],
)
def test_a_style_that_leaves_it_to_be_read_is_the_locals_own(style, styled):
    assert styled(style) == []


def test_what_is_not_locked_may_be_hidden(styled):
    assert styled('[aria-labelledby="section-records"] {display: none}') == []


def test_a_template_that_hides_a_clause_with_the_packs_own_styles_is_told(told):
    hiding = base(LAYOUT).replace("</style>", f"{PART} p {{color: white}}</style>", 1)

    assert [code for code, _ in told({LAYOUT: hiding})] == ["locked-look"]


@pytest.mark.parametrize("variant", ["fillable", "large-print"])
def test_it_is_told_in_every_edition_on_paper(variant, told):
    said = told({STYLE: HIDING["white"]}, variant=variant)

    assert [code for code, _ in said] == ["locked-look"]


def test_a_document_that_is_locked_whole_is_to_be_read_whole(told):
    (said,) = told(
        {STYLE: ".promises li:last-child {display: none}"}, ["mentor-pledge"], "mentor-pledge"
    )

    assert said[1].startswith("all of it is locked by pack ohio 2026.1, and cannot be read")


def manual(*chapters):
    parts = (
        f'<section class="chapter"><h2>{each}</h2><p>Of {each}.</p></section>' for each in chapters
    )
    return f'<html lang="en"><title>Manual</title><h1>Manual</h1>{"".join(parts)}'


@pytest.mark.parametrize(
    ("html", "style", "said"),
    [
        (manual("ours", "one", "two"), "", 0),
        (manual("one", "ours"), "", 0),
        (manual("ours", "and ours"), "", 1),
        (manual("ours", "one", "two"), "p {color: white}", 1),
        (manual("one", "two"), "p {font-size: 1pt}", 1),
    ],
)
def test_of_a_manual_no_more_chapters_are_lost_than_the_local_replaces(
    html, style, said, typesetter
):
    clause = Clause("one", "manual#one", "pack ohio 1", own=1)
    pack = Original(manual("one", "two"), (), (clause,))

    result = typesetter(Sheet(html, (style,), originals=(pack,)))

    assert [each.code for each in result.defects] == ["locked-look"] * said


@pytest.mark.parametrize(("style", "said"), [("", 0), ("p {color: white}", 1)])
def test_a_chapter_by_itself_is_read_as_in_the_manual(style, said, typesetter):
    html = manual("one").replace('class="chapter"', 'class="excerpt"')
    pack = Original(html, (), (Clause("", "manual", "pack ohio 1"),))

    result = typesetter(Sheet(html, (style,), originals=(pack,)))

    assert [each.code for each in result.defects] == ["locked-look"] * said


def test_the_same_page_is_not_laid_out_twice(local):
    kit = local({"content/en/letters/mentor-thank-you.md": "Thanks.\n"})

    composed = composer(kit).compose(document_of(kit, AGREEMENT), "print")

    assert composed.originals == ()


# --- On the web


def test_a_web_page_with_a_locked_clause_has_the_packs_styles(local):
    kit = local({"templates/styles/web.more.css": "p {color: white}"})
    maker = composer(kit)

    assert "p {color: white}" not in maker.compose(document_of(kit, AGREEMENT), "web").html
    assert "p {color: white}" in maker.compose(document_of(kit, "mentor-pledge"), "web").html


@pytest.mark.parametrize(
    "files",
    [
        {SECTIONS: base(SECTIONS).replace('class="prose"', 'class="prose hidden" hidden')},
        {SECTIONS: base(SECTIONS).replace('class="prose"', 'class="prose" style="color:#fff"')},
        {SECTIONS: f"<style>p {{color: #fff}}</style>{base(SECTIONS)}"},
        {SECTIONS: f"<details>{base(SECTIONS)}</details>"},
    ],
)
def test_a_template_that_hides_a_clause_on_the_web_is_told(files, local):
    kit = local(files)

    with pytest.raises(InputError) as problem:
        composer(kit).compose(document_of(kit, AGREEMENT), "web")

    (found,) = problem.value.findings
    assert found.code in {"locked-words", "locked-look"}
    assert "pack ohio 2026.1" in found.message


@pytest.mark.parametrize(("style", "codes"), [("display: none", ["locked-look"]), ("top: 0", [])])
def test_a_style_for_copies_alone_hides_nothing_either(local, typesetter, style, codes):
    kit = local({STYLE: f".copy {PART} {{ {style} }}"})
    people = [Person(name, {**BLANK_ENTRY, "mentee_name": f"{name} Sample"}) for name in "AB"]

    merged = merge(composer(kit), document_of(kit, AGREEMENT), "print", people)
    made = typesetter(sheet_of(merged))

    assert [defect.code for defect in made.defects] == codes
    assert len(made.copies) == 2
