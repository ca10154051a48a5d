"""Word copies: all that a page says and asks is there, as real headings, lists and controls."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html
from PIL import Image

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.looks.colour import contrast
from formgen.model.looks.palette import palette_of
from formgen.model.page_format import SCREEN
from formgen.system import TEST_PROGRAMS
from formgen.word.controls import tag_of
from formgen.word.convert import Prompts, WordFacts, convert, to_word
from formgen.word.package import language_tag
from tests.support.locals import SAMPLES

PACK_SAMPLES = tuple(sorted(SAMPLES[0].parents[2].glob("packs/*/locals/*/local.yaml")))
LOCALS = {path.parent.name: path for path in (*SAMPLES, *PACK_SAMPLES)}
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
UNREAD = {"script", "style", "button", "title", "svg"}
UNREAD_CLASSES = {"screen", "unseen"}
PROMPTS = Prompts(choose="Choose", page="Page", of="of", edition="Edition")
FACTS = WordFacts(
    title="A form",
    local="Test Local",
    kind="form",
    prompts=PROMPTS,
    palette=palette_of("#1f3a5f", "#8a6d3b"),
    form_id="a-form/test/1",
)
RED_DOT = io.BytesIO()
Image.new("RGB", (40, 20), "#aa0000").save(RED_DOT, "PNG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10z"/></svg>'


def page(main, around=""):
    return (
        f'<!doctype html><html lang="en"><body>{around}<main id="main">{main}</main></body></html>'
    )


def opened(data):
    return docx.Document(io.BytesIO(data))


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def body(data):
    return opened(data).element.body


def controls(element):
    """Yield the tag, title and content of each control, in order."""
    for sdt in element.iter(qn("w:sdt")):
        properties = sdt.find(qn("w:sdtPr"))
        if properties.find(qn("w:tag")) is not None:
            tag, alias = (properties.find(qn(f"w:{name}")) for name in ("tag", "alias"))
            yield tag.get(qn("w:val")), alias.get(qn("w:val")), sdt


def kind_of(sdt):
    return etree.QName(sdt.find(qn("w:sdtPr"))[-1]).localname


def text_in(element):
    return "".join(found.text or "" for found in element.iter(qn("w:t")))


def letters(text):
    """Return what there is to read, however it is spaced."""
    return "".join(text.replace("☐", "").replace("○", "").split())


def read_in_word(element):
    """Return the words of a copy without what is, or would be, filled in."""
    inside = {
        found for *_, sdt in controls(element) for found in sdt.find(qn("w:sdtContent")).iter()
    }
    return letters(
        "".join(found.text or "" for found in element.iter(qn("w:t")) if found not in inside)
    )


def read_on_page(node, *, in_cell=False):
    """Return the words of a page without those for screens alone.

    On phones, each cell says again what its column is. Of a cell's marks the numbers are read, and
    of a question that stands in a cell, all of it.
    """
    parts = [node.text or ""] if node.tag != "textarea" else []
    labels = []
    for child in node:
        classes = set((child.get("class") or "").split())
        is_cell = child.tag == "td" and "cell-asked" not in classes
        said = read_on_page(child, in_cell=in_cell or is_cell)
        if in_cell and child.tag == "label":
            said = "".join(each.text_content() for each in child.iter("b"))
        if "recipient" in classes:
            said = ""  # in the places themselves, and their names
        if child.tag == "label" and "recipient-name" in (node.get("class") or ""):
            labels.append(said)  # below its line
        elif not (
            child.tag in UNREAD or classes & UNREAD_CLASSES or (in_cell and child.tag == "legend")
        ):
            parts.append(said)
        parts.append(child.tail or "")
    return "".join([*parts, *labels])


def main_of(html):
    return lxml_html.document_fromstring(html).get_element_by_id("main")


def facts_of(kit, composer, document, html):
    known = lxml_html.document_fromstring(html)
    brand = kit.settings.brand
    advice = known.xpath("string(//p[@class='handling'])")
    return WordFacts(
        title=str(composer.documents[document.id]["title"]),
        local=kit.settings.local.name,
        kind=document.entry.kind,
        prompts=PROMPTS,
        language=kit.settings.language,
        paper=kit.settings.paper,
        code=str(composer.documents[document.id]["code"]),
        handling=advice,
        edition=kit.edition,
        palette=palette_of(brand.primary, brand.accent, brand.look),
        look=brand.look,
        serif=kit.voice == "serif",
        logo=RED_DOT.getvalue(),
        logo_alt=f"Logo of {kit.settings.local.name}",
        form_id=f"{document.id}/{kit.id}/{kit.edition}",
    )


@pytest.fixture(scope="module")
def copies():
    """Give a function that makes a local's documents, each with its page, facts and copy."""
    made = {}

    def of(name):
        if name not in made:
            kit = resolve(LOCALS[name])
            composer = make_composer(kit)
            made[name] = {}
            for document in kit.documents:
                html = composer.compose(document, SCREEN).html
                facts = facts_of(kit, composer, document, html)
                made[name][document.id] = (html, facts, convert(html, facts))
        return made[name]

    return of


@pytest.fixture(params=LOCALS)
def local(request, copies):
    return copies(request.param)


@pytest.fixture(scope="module")
def riverbend(copies):
    return copies("riverbend-esp")


# --- What a page says ----------------------------------------------------------------------


def test_every_word_of_a_page_is_in_its_copy_in_order(local):
    for name, (html, _, copy) in local.items():
        said = letters(read_on_page(main_of(html)))
        assert len(said) > 100, name
        assert read_in_word(body(copy.data)) == said, name


def test_a_letter_says_where_it_comes_from_and_whom_it_is_for_without_labels(riverbend):
    _, facts, copy = riverbend["mentor-thank-you"]
    document = opened(copy.data)
    table = document.element.body.find(qn("w:tbl"))
    head = document.sections[0].first_page_header._element

    assert [sdt.find(f".//{qn('w:tag')}").get(qn("w:val")) for *_, sdt in controls(table)] == [
        *("letter-name", "letter-address", "letter-date")
    ]
    assert read_in_word(table) == ""
    assert "12 Mill Street" in text_in(head)
    assert facts.code not in text_in(head)
    assert facts.code in text_in(document.sections[0].first_page_footer._element)


def test_no_element_of_a_page_is_unknown(local):
    assert {name: copy.unknown for name, (_, _, copy) in local.items() if copy.unknown} == {}


def test_headings_lists_and_tables_are_real_ones(local):
    for name, (html, _, copy) in local.items():
        main = main_of(html)
        made = body(copy.data)
        styles = [style.get(qn("w:val")) for style in made.iter(qn("w:pStyle"))]
        for level in (1, 2, 3, 4):
            wanted = len(main.xpath(f".//h{level}[not(ancestor::nav)]"))
            assert styles.count(f"Heading{level}") == wanted, (name, level)
        items = main.xpath(".//li[not(ancestor::nav)][not(contains(../@class, 'signers'))]")
        numbered = made.findall(f".//{qn('w:numPr')}")
        assert len(numbered) == len(items), name
        heads = made.findall(f".//{qn('w:tblHeader')}")
        assert len(heads) == len(main.findall(".//table")), name


def test_each_numbered_list_starts_anew():
    made = opened(
        to_word(page("<ol><li>One<li>Two</ol><p>And</p><ol start=5><li>Five</ol>"), FACTS)
    )
    numbers = [each.get(qn("w:val")) for each in made.element.body.iter(qn("w:numId"))]

    assert numbers[0] == numbers[1] != numbers[2]
    starts = {
        each.get(qn("w:numId")): each.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for each in made.part.numbering_part.element.iter(qn("w:num"))
    }
    assert (starts[numbers[0]], starts[numbers[2]]) == ("1", "5")


def test_lists_within_lists_are_deeper():
    made = body(to_word(page("<ul><li>A<ol><li>B</ol>and<p>C</p></ul>"), FACTS))

    assert [each.get(qn("w:val")) for each in made.iter(qn("w:ilvl"))] == ["0", "1"]
    assert read_in_word(made) == "ABandC"


def test_markdown_of_all_kinds_is_kept():
    main = (
        "<h2>T</h2><p>a <strong>b</strong><em>c</em><br>d <code>e</code><sup>2</sup></p>"
        "<blockquote><p>quoted</p></blockquote><dl><dt>term</dt><dd>meaning</dd></dl>"
        "<pre>one\n two</pre><hr><aside class='box'><p class='box-title'>Note</p><p>n</p></aside>"
        "<table><thead><tr><th>H</th></tr></thead><tbody><tr><td>v</td></tr></tbody></table>"
    )
    copy = convert(page(main), FACTS)
    made = body(copy.data)

    assert copy.unknown == frozenset()
    assert read_in_word(made) == "Tabcde2quotedtermmeaningonetwoNotenHv"
    runs = {text_in(run): run for run in made.iter(qn("w:r"))}
    assert runs["b"].find(f".//{qn('w:b')}") is not None
    assert runs["c"].find(f".//{qn('w:i')}") is not None
    styles = [each.get(qn("w:val")) for each in made.iter(qn("w:pStyle"))]
    assert {"Quote", "Code", "BoxTitle", "TableHead", "TableText"} <= set(styles)


def test_words_have_the_spaces_of_a_browser():
    made = body(to_word(page("<p>\n one\n <b> two </b> three<br>\n four </p>"), FACTS))

    assert text_in(made) == "one two threefour"


@pytest.mark.parametrize("tag", ["marquee", "center", "video", "x-new"])
def test_an_unknown_element_keeps_its_words_and_is_told_of(tag):
    copy = convert(page(f"before <{tag}><p>its words</p>loose</{tag}> after"), FACTS)

    assert copy.unknown == {tag}
    assert read_in_word(body(copy.data)) == "beforeitswordslooseafter"


def test_links_lead_out_and_within():
    main = (
        '<nav class="contents"><h2>Contents</h2><ol><li><a href="#one">First</a></li></ol></nav>'
        '<section id="one"><h2>First</h2></section><p><a href="https://example.org/a?b=1&amp;c">out'
        '</a> <a href="../other.html">beside</a> <a href="javascript:alert(1)">bad</a></p>'
    )
    data = to_word(page(main), FACTS)
    links = list(body(data).iter(qn("w:hyperlink")))
    bookmark = body(data).find(f".//{qn('w:bookmarkStart')}")

    assert [text_in(link).strip() for link in links] == ["First", "out"]
    assert links[0].get(qn("w:anchor")) == bookmark.get(qn("w:name"))
    addresses = part(data, "word/_rels/document.xml.rels")
    assert "https://example.org/a?b=1&amp;c" in addresses
    assert "other.html" not in addresses
    assert "javascript" not in addresses
    assert "besidebad" in read_in_word(body(data))


# --- What it asks --------------------------------------------------------------------------


def is_ticked(box):
    """Tell whether a box of the page has a sign of its own in the copy; others are in a list."""
    in_cell = box.get("type") == "radio" and box.xpath("ancestor::td")
    return box.get("type") == "checkbox" or bool(in_cell)


def test_every_field_of_a_page_is_a_control_of_its_name(local):
    for name, (html, _, copy) in local.items():
        boxes = main_of(html).xpath(".//input[@name]|.//textarea|.//select")
        asked = {
            tag_of(box.get("name"), box.get("value") if is_ticked(box) else "") for box in boxes
        }
        tags = [tag for tag, *_ in controls(body(copy.data))]
        assert set(tags) == asked, name
        assert len(tags) == len(asked), name


def test_controls_have_numbers_of_their_own_and_short_titles(local):
    for name, (_, _, copy) in local.items():
        made = body(copy.data)
        numbers = [each.get(qn("w:val")) for each in made.iter(qn("w:id"))]
        assert len(numbers) == len(set(numbers)), name
        for tag, title, _ in controls(made):
            assert 0 < len(tag) <= 64, (name, tag)
            assert 0 < len(title) <= 64, (name, tag)


def test_one_of_several_is_a_list_to_choose_from_and_to_read(local):
    for name, (html, _, copy) in local.items():
        main = main_of(html)
        wanted = {}
        for box in main.xpath(".//input[@type='radio'][not(ancestor::td)]"):
            label = main.xpath(".//label[@for=$box]", box=box.get("id"))[0]
            words = " ".join(label.text_content().split())
            wanted.setdefault(tag_of(box.get("name")), []).append((box.get("value"), words))
        found = {
            tag: [
                (item.get(qn("w:value")), item.get(qn("w:displayText")).rstrip("\u00a0"))
                for item in sdt.iter(qn("w:listItem"))
            ]
            for tag, _, sdt in controls(body(copy.data))
            if kind_of(sdt) == "dropDownList"
        }
        assert found == wanted, name


FIELDS = """
<div class="row"><div class="field field-text w2"><label for="a">Name</label>
<input type="text" id="a" name="a"></div>
<div class="field field-date w4"><label for="b">Day</label><span class="hint">Any</span>
<input type="date" id="b" name="b"></div></div>
<div class="row"><div class="field field-multiline w6"><label for="c">Why</label>
<div class="ruled"><textarea id="c" name="c" rows="4"></textarea></div></div></div>
<div class="row"><div class="field field-select-multiple w6"><fieldset><legend>Ways</legend>
<div class="choices across-2">
<div class="choice"><input type="checkbox" id="d1" name="d" value="x">
<label for="d1">By X</label></div>
<div class="choice"><input type="checkbox" id="d2" name="d" value="y">
<label for="d2">By Y</label></div>
</div></fieldset></div></div>
<div class="row"><div class="field field-select-one w6"><fieldset><legend>One</legend>
<div class="choices across-2">
<div class="choice"><input type="radio" id="e1" name="e" value="x">
<label for="e1">Same</label></div>
<div class="choice"><input type="radio" id="e2" name="e" value="y">
<label for="e2">Same</label></div>
</div></fieldset></div></div>
<div class="row"><div class="field field-signature w4"><label for="f">Sign</label>
<input class="signature" type="text" id="f" name="f"></div></div>
<div class="row"><div class="field field-text w4"><label for="g">Given</label>
<input type="text" id="g" name="g" value="as it is" readonly></div></div>
"""


def test_each_kind_of_field_is_its_kind_of_control():
    made = body(to_word(page(FIELDS), FACTS))
    kinds = {tag: kind_of(sdt) for tag, _, sdt in controls(made)}

    assert kinds == {
        "a": "text",
        "b": "date",
        "c": "text",
        "d.x": "checkbox",
        "d.y": "checkbox",
        "e": "dropDownList",
        "f": "text",
        "g": "text",
    }
    found = {tag: sdt for tag, _, sdt in controls(made)}
    assert found["c"].find(f".//{qn('w:text')}").get(qn("w:multiLine")) == "1"
    assert text_in(found["d.x"]) == "☐"
    assert found["d.x"].find(f".//{W14}checked").get(f"{W14}val") == "0"
    assert text_in(found["g"]) == "as it is"
    assert found["g"].find(f".//{qn('w:lock')}").get(qn("w:val")) == "sdtContentLocked"
    # Word calls a list damaged in which two items say the same.
    shown = [item.get(qn("w:displayText")) for item in found["e"].iter(qn("w:listItem"))]
    assert len(set(shown)) == 2


def test_fields_side_by_side_share_the_width_as_on_the_page():
    first = next(body(to_word(page(FIELDS), FACTS)).iter(qn("w:tbl")))
    widths = [int(each.get(qn("w:w"))) for each in first.iter(qn("w:gridCol"))]

    assert sum(widths) == 12240 - 2 * 1080
    assert widths[0] + widths[1] == pytest.approx(sum(widths) / 3, abs=2)


def test_what_is_not_filled_in_shows_nothing_but_the_prompt(riverbend):
    html, _, copy = riverbend["mentor-application"]
    given = {box.get("value") for box in main_of(html).xpath(".//input[@type='text'][@value]")}
    for tag, _, sdt in controls(body(copy.data)):
        empty = sdt.find(f".//{qn('w:showingPlcHdr')}") is not None
        said = text_in(sdt).strip()
        assert said in {"", "Choose"} if empty else said in {"☐", *given}, tag


# --- The file ------------------------------------------------------------------------------


def test_a_copy_says_what_it_is(local):
    for name, (_, facts, copy) in local.items():
        known = opened(copy.data).core_properties
        assert (known.title, known.language, known.author) == (facts.title, "en-US", facts.local)
        assert facts.form_id in part(copy.data, "docProps/custom.xml"), name
        defaults = opened(copy.data).styles.element.find(qn("w:docDefaults"))
        assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-US"


def test_a_copy_tells_nothing_of_who_made_it_and_when(riverbend):
    _, _, copy = riverbend["mentor-application"]
    with zipfile.ZipFile(io.BytesIO(copy.data)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    core = opened(copy.data).core_properties

    assert (core.created.year, core.modified.year, core.last_modified_by) == (2000, 2000, "")
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name]


def test_every_picture_has_words_in_its_place(local):
    for name, (_, facts, copy) in local.items():
        with zipfile.ZipFile(io.BytesIO(copy.data)) as archive:
            texts = [archive.read(each) for each in archive.namelist() if each.endswith(".xml")]
        pictures = [
            found for text in texts for found in etree.fromstring(text).iter(qn("wp:docPr"))
        ]
        assert all(found.get("descr") for found in pictures), name
        if facts.kind != "certificate":
            assert facts.logo_alt in {found.get("descr") for found in pictures}, name


def test_a_vector_picture_is_there_with_a_stand_in():
    data = to_word(page("<p>x</p>"), replace(FACTS, logo=SVG, logo_alt="A bar"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if "/media/" in name}
        head = next(archive.read(n) for n in archive.namelist() if b"svgBlip" in archive.read(n))

    assert SVG in held.values()
    size = etree.fromstring(head).find(f".//{qn('wp:extent')}")
    assert int(size.get("cx")) == pytest.approx(3 * int(size.get("cy")), rel=0.01)


def test_what_is_no_picture_is_left_out():
    assert opened(to_word(page("<p>x</p>"), replace(FACTS, logo=b"no picture")))
    made = body(to_word(page('<p><img src="data:image/png;base64,AAAA" alt="A seal"></p>'), FACTS))
    assert text_in(made) == "A seal"


def test_head_and_foot_say_where_it_is_from_and_what_to_do_with_it(local):
    for name, (_, facts, copy) in local.items():
        section = opened(copy.data).sections[0]
        foot = text_in(section.footer._element)
        assert facts.code in foot, name
        assert facts.edition in foot, name
        if facts.kind != "certificate":
            assert facts.handling in foot, name
            assert facts.local in text_in(section.first_page_header._element), name
            assert text_in(section.first_page_footer._element) == foot, name
            fields = [
                f.get(qn("w:instr")).strip()
                for f in section.footer._element.iter(qn("w:fldSimple"))
            ]
            assert fields == ["PAGE", "NUMPAGES"], name


def test_forms_and_agreements_alone_are_protected(local):
    for name, (_, facts, copy) in local.items():
        settings = opened(copy.data).settings.element
        found = settings.find(qn("w:documentProtection"))
        assert (found is not None) == (facts.kind in {"form", "agreement"}), name
        if found is not None:
            assert found.getnext().tag == qn("w:defaultTabStop")


def test_protection_can_be_left_off():
    data = to_word(page("<p>x</p>"), replace(FACTS, protect=False))

    assert "documentProtection" not in part(data, "word/settings.xml")


def test_a_copy_is_a_file_of_the_word_of_today(riverbend):
    settings = part(riverbend["manual"][2].data, "word/settings.xml")

    assert re.search(r'"compatibilityMode"[^>]*w:val="15"', settings)
    assert "ja-JP" not in settings


@pytest.mark.parametrize(
    ("language", "named"),
    [("en", "en-US"), ("es", "es-ES"), ("en-GB", "en-GB"), ("pt", "pt-BR"), ("xx", "xx")],
)
def test_a_language_is_named_as_word_does(language, named):
    assert language_tag(language) == named


@pytest.mark.parametrize(("language", "turned"), [("he", True), ("ar", True), ("es", False)])
@pytest.mark.parametrize("kind", ["form", "certificate"])
def test_a_language_that_begins_at_the_right_does_so(language, turned, kind):
    data = to_word(page(FIELDS), replace(FACTS, language=language, kind=kind))
    made = opened(data)
    tables = list(made.element.body.iter(qn("w:tbl")))

    assert bool(made.styles.element[0].findall(f".//{qn('w:bidi')}")) == turned
    assert [bool(each.findall(f".//{qn('w:bidiVisual')}")) for each in tables] == (
        [turned] * len(tables)
    )


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#14496b"])
def test_headings_can_be_read_whatever_the_colour(colour):
    data = to_word(page("<h2>x</h2>"), replace(FACTS, palette=palette_of(colour, colour)))
    heading = opened(data).styles["Heading 2"].font.color.rgb

    assert contrast(f"#{heading}") >= 4.5


@pytest.mark.parametrize(("paper", "width"), [("letter", 12240), ("a4", 11906), ("legal", 12240)])
def test_the_paper_is_the_locals(paper, width):
    data = to_word(page("<p>x</p>"), replace(FACTS, paper=paper))
    lying = to_word(page("<p>x</p>"), replace(FACTS, paper=paper, kind="certificate"))

    assert opened(data).sections[0].page_width.twips == width
    assert opened(lying).sections[0].page_height.twips == width


# The schema fixes the order, and Word calls a file damaged that has another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind jc"
    " outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs strike color sz szCs u shd vertAlign rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "sdtPr": "alias tag id lock showingPlcHdr text date dropDownList checkbox group",
    "sectPr": "headerReference footerReference pgSz pgMar pgBorders cols vAlign titlePg bidi",
    "settings": "zoom documentProtection defaultTabStop characterSpacingControl compat"
    " themeFontLang decimalSymbol listSeparator",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "lvl": "start numFmt lvlText lvlJc pPr",
}


def test_properties_stand_in_the_order_of_the_schema(local):
    for name, (_, _, copy) in local.items():
        with zipfile.ZipFile(io.BytesIO(copy.data)) as archive:
            texts = [archive.read(n) for n in archive.namelist() if n.startswith("word/")]
        for text in texts:
            if not text.startswith(b"<?xml"):
                continue
            for element in etree.fromstring(text).iter():
                order = ORDER.get(etree.QName(element).localname)
                if order and etree.QName(element).namespace in {qn("w:p")[1:-2], W14[1:-1]}:
                    kinds = [etree.QName(child).localname for child in element]
                    if element.tag == qn("w:sectPr"):
                        references = [kind for kind in kinds if kind.endswith("Reference")]
                        kinds = kinds[len(references) :]
                    places = [order.split().index(kind) for kind in kinds]
                    assert places == sorted(places), (name, element.tag, kinds)


def test_every_part_ends_as_word_wants_it(local):
    for name, (_, _, copy) in local.items():
        made = body(copy.data)
        assert made[-2].tag in {qn("w:p"), qn("w:sdt")}, name
        for cell in made.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p"), name
        for table in made.iter(qn("w:tbl")):
            assert table.getnext().tag != qn("w:tbl"), name
            columns = len(table.find(qn("w:tblGrid")))
            for row in table.findall(qn("w:tr")):
                spans = [each.find(f".//{qn('w:gridSpan')}") for each in row.findall(qn("w:tc"))]
                assert columns == sum(
                    1 if span is None else int(span.get(qn("w:val"))) for span in spans
                ), name


# --- Locked words --------------------------------------------------------------------------

LOCKED = """
<section aria-labelledby="section-one"><h2 id="section-one">One</h2><p>Fixed.</p>
<div class="row"><div class="field w6"><label for="a">Name</label><input id="a" name="a"></div>
</div>
</section><section aria-labelledby="section-two"><h2 id="section-two">Two</h2><p>Free.</p></section>
"""


def locked_words(data):
    return "".join(
        text_in(sdt)
        for sdt in body(data).iter(qn("w:sdt"))
        if sdt.find(f"{qn('w:sdtPr')}/{qn('w:lock')}").get(qn("w:val")) == "sdtContentLocked"
    )


@pytest.mark.parametrize("name", ["section-one", "one"])
def test_words_of_a_locked_section_cannot_be_altered_and_its_fields_can(name):
    data = to_word(page(LOCKED), replace(FACTS, locked=(name,)))

    assert locked_words(data) == "OneFixed."
    # A group keeps its words and lets its fields be filled in.
    grouped = [sdt for sdt in body(data).iter(qn("w:sdt")) if kind_of(sdt) == "group"]
    assert [tag for sdt in grouped for tag, *_ in controls(sdt)] == ["a"]
    assert "Name" in text_in(grouped[0])


def test_all_words_can_be_locked_and_none_are_by_default():
    everything = to_word(page(LOCKED), replace(FACTS, locked=("*",)))

    assert locked_words(everything) == "OneFixed.TwoFree."
    assert locked_words(to_word(page(LOCKED), FACTS)) == ""


# --- The same bytes, and what is hostile -----------------------------------------------------


def test_the_same_page_gives_the_same_bytes_in_any_process(riverbend, tmp_path):
    html, facts, copy = riverbend["mentor-application"]
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    script = (
        "import hashlib, sys, pathlib\n"
        "from formgen.model.looks.palette import Palette\n"
        "from formgen.word.convert import Prompts, WordFacts, to_word\n"
        f"facts = {facts!r}\n"
        "data = to_word(pathlib.Path('page.html').read_text(encoding='utf-8'), facts)\n"
        "print(hashlib.sha256(data).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert to_word(html, facts) == copy.data
    assert done.stdout.strip() == hashlib.sha256(copy.data).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "<b>&\"'</b>]]>",
        "a\x00b\x01\x0b\x1f\x7f\ud800\ufffe",
        "שלום עולם \u202e",
        "👩🏽‍🏫 🇺🇸",
        "very long " * 200,
        "{{ braces }} {% raw %} %s \\1",
    ],
)
def test_hostile_values_open_again(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    main = (
        f"<h1>{escaped}</h1><p>{escaped}</p><div class='row'><div class='field field-text w6'>"
        f'<label for="a">{escaped}</label><input type="text" id="a" name="a" value="{escaped}">'
        f'</div></div><p><a href="https://example.org/{escaped}">x</a></p>'
    )
    facts = WordFacts(
        title=text,
        local=text,
        prompts=PROMPTS,
        kind="form",
        palette=FACTS.palette,
        code=text,
        handling=text,
        edition=text,
        logo=RED_DOT.getvalue(),
        logo_alt=text,
        form_id=text,
    )
    made = opened(to_word(page(main), facts))
    clean = re.sub(r"[\x00-\x1f\ud800\ufffe]", "", text)

    assert text_in(next(made.element.body.iter(qn("w:p")))) == " ".join(clean.split())
    assert made.core_properties.title == clean[:255]


def test_an_empty_page_is_a_file_too():
    assert opened(to_word(page(""), FACTS)).element.body.findall(qn("w:p"))
    assert opened(to_word("<p>no main</p>", FACTS)).paragraphs[0].text == "no main"


# --- As LibreOffice reads it -----------------------------------------------------------------

# The most pages of each; the fonts here are wider than those of Word.
PAGES = {
    "welcome-mentee": 1,
    "mentor-application": 2,
    "letter-of-understanding": 2,
    "attendance-record": 2,
    "certificate-of-completion": 1,
    "manual": 42,
}
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


@pytest.fixture(scope="module")
def shown(riverbend, tmp_path_factory):
    """Give a folder with copies as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("word")
    for name in PAGES:
        (folder / f"{name}.docx").write_bytes(riverbend[name][2].data)
    program = next(filter(None, map(shutil.which, TEST_PROGRAMS["libreoffice"][0].split("|"))))
    command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", TAGGED, "--outdir", str(folder)]
    files = [str(folder / f"{name}.docx") for name in PAGES]
    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


def tags_of(pdf):
    """Return the kinds of all elements of a document's structure."""
    found = set()
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.add(str(node.S))
            below = node.get("/K")
            waiting += list(below) if isinstance(below, pikepdf.Array) else [below]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_libreoffice_shows_a_copy_on_as_many_pages_as_it_needs(name, shown, riverbend):
    html, facts, _ = riverbend[name]
    with pikepdf.open(shown / f"{name}.pdf") as pdf:
        assert len(pdf.pages) <= PAGES[name]
        assert str(pdf.Root.Lang) == "en-US"
        tags = tags_of(pdf)
        assert "/H1" in tags
        assert ("/TH" in tags) == bool(main_of(html).findall(".//th"))
    done = subprocess.run(
        ["pdftotext", shown / f"{name}.pdf", "-"], capture_output=True, text=True, check=True
    )
    said = done.stdout.split("\f")
    assert all(text.strip() for text in said[:-1]), "an empty page"
    for heading in main_of(html).xpath(".//h1|.//h2"):
        assert letters(heading.text_content()) in letters(done.stdout)
    # Who gets a letter does not read what kind of letter it is.
    assert (facts.title in done.stdout) == (name != "welcome-mentee")


def test_the_plain_look_shades_nothing():
    facts = replace(FACTS, palette=palette_of("#14496b", "#b3541e", "plain"), look="plain")
    made = to_word(page("<aside class='box'><p>x</p></aside>" + FIELDS), facts)
    parts = zipfile.ZipFile(io.BytesIO(made))
    xml = [parts.read(f"word/{name}.xml").decode() for name in ("document", "styles")]

    assert {fill.upper() for text in xml for fill in re.findall(r'w:fill="(\w+)"', text)} == {
        "FFFFFF"
    }
    assert not re.search("14496B|B3541E", "".join(xml))
