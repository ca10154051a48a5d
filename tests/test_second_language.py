"""Another language is another folder: of a made-up one, every word that a reader sees is marked.

What has Latin letters was not taken from the folder of the language.
"""

import re
import zipfile
from html.parser import HTMLParser

import pytest
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from formgen.build.build import build
from formgen.build.state_page import publish_state
from formgen.compose.copy_list import Card, ToPrint, copies_sheet
from formgen.compose.packet_sheets import Inside, Sheets
from formgen.compose.pages import make_composer
from formgen.compose.text.language import Language
from formgen.kit import resolve
from formgen.model.catalog import read_catalog
from formgen.model.page_format import PAPER
from formgen.model.rosters.columns import COLUMNS
from formgen.outputs.base import Choice
from formgen.outputs.table import OUTPUTS
from formgen.people.roster import explained_columns, explained_head, explained_sheets
from formgen.rollover.questions import YEAR, asked, questions
from formgen.rollover.year import SchoolYear
from formgen.sources.layers import Stack, base_layer
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import leaves
from formgen.workers.pool import this_process
from tests.support.composed import FORMATS, STANDING, files_listed, index_of
from tests.support.everything import KINDS
from tests.support.locals import changed, findings_of, write, write_local
from tests.support.made_up import LANGUAGE, marked, marked_template, unmarked, write_language
from tests.support.pdf import text_in
from tests.support.pictures import bitmap
from tests.support.tiny import EVERY

CATALOG = read_catalog(Stack((base_layer(),)))
PACK = "mondo"
# A local whose values are in the language too, and which asks for all that there is.
OWN = {
    "extends": PACK,
    "language": LANGUAGE,
    "local": {
        "name": "Союз всех школ",
        "short_name": "Союз",
        "number": "01245",
        "district": "Округ семь",
        "president": "Анна Белых",
        "address": ["улица Мира 12", "Речное"],
        "website": "https://example.org",
    },
    "affiliates": {
        "state": {"name": "Союз штата", "short_name": "СШ"},
        "national": {"name": "Союз страны", "short_name": "СС"},
    },
    "coordinator": {"name": "Пётр Орлов", "phone": "555-0142", "email": "post@example.org"},
}
WHOLE = {
    "program": {
        "school_year": "2026-2027",
        "basis": "contract",
        "governance": "joint",
        "job_families": ["clerical", "Паромы"],
        "pilot": {"scope": "building", "note": "Школа на горе"},
    },
    "dates": {
        "applications_due": "2026-10-02",
        "matched_by": "2026-10-16",
        "exit_forms_due": "2027-06-01",
    },
    "events": [{"name": "Начало", "date": "2026-09-24", "time": "16:30", "place": "Зал"}],
    "committee": {"seats": ["Двое", "Трое"]},
    "compensation": ["stipend", "comp-time", "leave", "travel"],
    "attendance": {"purpose": ["compensation", "contract", "program-review"]},
    "confidentiality": {"separate_agreement": True},
    "mentees": {"interview": "committee"},
    "hold_harmless": {"pair": True, "employer": True},
    "certificate": {"administrator": True},
    "online_site": {"url": "https://example.org/page"},
    "brand": {"logo": "logo.png"},
    "credit": {"permission": "С разрешения."},
}
LOCALS = {
    "whole": WHOLE,
    **{name: each for name, each in KINDS.items() if name != "everything"},
}
# Addresses are no words, nor is the id of a local.
ID = "kit-one"
ADDRESSES = (ID, "post@example.org", "example.org/page", "example.org")
ENTRY = {
    "mentee_name": "Ада Л",
    "mentor_name": "Бо К",
    "mentee_address": "улица 1",
    "mentor_address": "улица 2",
    "mentor_years": "5",
    "date": "2026-10-05",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder with a pack that brings the language."""
    place = tmp_path_factory.mktemp("language")
    pack = place / "packs" / PACK
    write(pack / "content" / "pack.yaml", f'id: {PACK}\nname: Мир\nedition: "1"\n')
    write_language(pack / "content")
    return place


def maker_of(folder, name):
    place = folder / name.replace(" ", "-")
    place.mkdir(exist_ok=True)
    (place / "logo.png").write_bytes(bitmap())
    changes = changed(OWN, LOCALS[name])
    if "note" in changes.get("program", {}).get("pilot", {}):
        changes = changed(changes, {"program": {"pilot": {"note": "Гараж"}}})
    return make_composer(resolve(write_local(place, changes)))


@pytest.fixture(scope="module")
def whole(folder):
    """Give what composes a local with everything in it."""
    return maker_of(folder, "whole")


# --- What a reader sees -------------------------------------------------------------------

# Attributes that nobody reads; whatever else there is counts as words.
TECHNICAL = {
    *("accept", "aria-describedby", "aria-hidden", "aria-labelledby", "autocomplete", "charset"),
    *("class", "colspan", "d", "data-do", "data-edition", "data-form", "data-local"),
    *(
        "data-number",
        "data-pages",
        "data-table",
        "data-column",
        "for",
        "hidden",
        "href",
        "http-equiv",
        "id",
        "inputmode",
    ),
    *("lang", "method", "name", "pattern", "readonly", "rel", "required", "role", "rows", "scope"),
    *("src", "stroke", "stroke-width", "style", "tabindex", "type", "data-required", "checked"),
    *("fill", "font-family", "text-anchor", "lengthadjust", "viewbox"),
}
# A document's code, alone or with a page: F3, C13a-1, M4.
CODE = re.compile(r"\b[A-Z]\d*[a-z]?(?:-\d+)?(?=$|[\s,.–)])")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
CONTENT = re.compile(r"content:([^;}]*)")
# In styles, a character by its number.
ESCAPE = re.compile(r"\\[0-9a-f]+ ?")
# What the script fills in: {count}.
FILLED = re.compile(r"\{\w+\}")
# A sentence, or part of one: two plain words side by side.
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


class Seen(HTMLParser):
    """Gathers what a reader of a page sees or hears."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.texts, self.inside, self.languages = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag not in {"meta", "link", "input", "br", "img", "col", "hr"}:
            self.inside.append((tag, facts.get("class") or ""))
        if tag == "html":
            self.languages.append(facts.get("lang"))
        if tag == "meta" and facts.get("name") not in {"description", "author"}:
            return
        kept = facts.get("type", "text") in {"radio", "checkbox", "file"}
        self.texts += [
            value
            for key, value in attrs
            if value and key not in TECHNICAL and not (key == "value" and kept)
        ]

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, kind = self.inside[-1] if self.inside else ("", "")
        if tag == "style":
            self.texts += words_of_styles(data)
        elif tag == "script":
            self.texts += [text for text in STRING.findall(data) if SENTENCE.search(text)]
        elif kind != "print-path":  # the name of a file
            self.texts.append(data)


def words_of_styles(css):
    return [ESCAPE.sub(" ", text) for said in CONTENT.findall(css) for text in STRING.findall(said)]


def english_in(*texts, known=()):
    found = [unmarked(FILLED.sub(" ", CODE.sub(" ", text)), (*ADDRESSES, *known)) for text in texts]
    return [word for words in found for word in words]


def english_on(page):
    seen = Seen(page)
    return [*english_in(*seen.texts), *(each for each in seen.languages if each != LANGUAGE)]


def left(found):
    return {name: words for name, words in found.items() if words}


# --- The measure --------------------------------------------------------------------------


def test_the_marking_leaves_what_is_no_word():
    source = '{{ term.mentor }} and {% if a == "b" %}{{ x or "or this" }}{% endif %} {{ f("g") }}'

    assert marked_template(source) == (
        '{{ term.mentor }} анг {% if a == "b" %}{{ x or "ос узит" }}{% endif %} {{ f("g") }}'
    )
    assert marked("::: box Two {count} words") == "::: box Уцо {count} цосгт"


def test_english_is_seen_wherever_it_stands():
    page = (
        '<html lang="xx"><head><title>Слово one</title><style>p::after { content: "two" }</style>'
        '</head><body><p class="x">слово three <img alt="four"></p><svg><title>five</title></svg>'
        '<input type="radio" value="no"><input value="six"><p aria-label="seven"></p>'
        '<script>const key = "a-key"; tell("You lost it.");</script></body></html>'
    )

    assert english_on(page) == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "You",
        "lost",
        "it.",
    ]
    assert english_on('<html lang="en">слово F3 C13a-1</html>') == ["en"]


# --- Papers and pages ---------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCALS)
def test_no_document_has_a_word_of_english(name, folder):
    composer = maker_of(folder, name)
    formats = FORMATS.values() if name == "whole" else [PAPER]
    found, composed = {}, 0
    for document in composer.kit.documents:
        words = composer.words_of(document)
        for page in formats:
            made = composer.page_of(words, page)
            composed += 1
            found[f"{document.id} {page.id}"] = english_on(made.html) + [
                word for style in made.styles for word in english_in(*words_of_styles(style))
            ]

    assert left(found) == {}
    assert composed >= len(composer.kit.documents)


def test_no_field_of_a_file_to_fill_in_has_a_word_of_english(whole):
    found = {}
    for document in whole.kit.documents:
        words = whole.words_of(document)
        if not words.asks:
            continue
        form = whole.page_of(words, FORMATS["fillable"]).form
        texts = [form.title]
        for field in form.fields:
            texts += [field.tooltip, field.value, *(option.label for option in field.options)]
        found[document.id] = english_in(*texts)

    assert left(found) == {}
    assert len(found) > 10


def test_no_copy_for_a_person_has_a_word_of_english(whole):
    personal = [document for document in whole.kit.documents if document.entry.person]
    entry = {**whole.wording.context["entry"], **ENTRY}

    assert (
        left({each.id: english_on(whole.compose(each, PAPER, entry).html) for each in personal})
        == {}
    )
    assert personal


def test_no_sheet_of_a_packet_has_a_word_of_english(whole):
    sheets = Sheets(whole)
    found = {}
    for packet in whole.kit.packets:
        told = [(name, whole.documents[name]) for name in packet.documents]
        for pages in (1, 3, 5):
            inside = [Inside(n, 1, facts["code"], facts["title"], pages) for n, facts in told]
            found[f"{packet.id} {pages}"] = english_on(sheets.cover(packet, inside, pages).html)
        for item in packet.items:
            if "/" in item:
                found[item] = english_on(sheets.chapter(item).html)
    for pairs in (1, 2, 7):
        packets = [
            ToPrint(packet, "packets/file.pdf", 40, ((3, 4),), ("booklet", "small-booklet"))
            for packet in whole.kit.packets
        ]
        cards = [
            Card(document, "print/file.pdf", 1)
            for document in whole.kit.documents
            if document.entry.kind == "certificate"
        ]
        found[f"copies {pairs}"] = english_on(copies_sheet(sheets, pairs, packets, cards).html)

    assert left(found) == {}


def test_the_kits_own_page_has_no_word_of_english(whole):
    documents = [document.id for document in whole.kit.documents]
    outputs = {output.id: output for output in OUTPUTS}
    files = {
        f"{outputs[kind].folder}/{name}{outputs[kind].suffix}": pages
        for kind in FORMATS
        for pages, name in enumerate(documents)
    }

    assert english_on(index_of(whole, files_listed(files))) == []
    assert set(STANDING) <= set(FORMATS)


# --- Besides pages ------------------------------------------------------------------------


def test_an_empty_roster_has_no_word_of_english(whole):
    columns = [text for _, _, text in explained_columns(whole)]
    names = tuple(column.name for column in COLUMNS)

    assert english_in(*explained_head(whole), *explained_sheets(whole)) == []
    assert english_in(*columns, known=names) == []


def test_what_a_roll_asks_has_no_word_of_english(whole):
    own = read_yaml(whole.kit.stack.local.folder / "local.yaml")
    language = Language(LANGUAGE, whole.kit.words)
    found = [
        text
        for each in questions(own, SchoolYear(2026), SchoolYear(2027))
        if each.path != YEAR  # is told
        for text in english_in(asked(each, language))
    ]

    assert found == []
    assert len(list(questions(own, SchoolYear(2026), SchoolYear(2027)))) > 5


# --- A whole build ------------------------------------------------------------------------


# The name of a file, which the list of what to print has.
PATH = re.compile(r"\b[\w-]+/[\w./-]+")
WORD_PART = re.compile(r"word/(document|header\d*|footer\d*)\.xml|docProps/core.xml")
EVERYTHING = Choice(
    also=("word", "large-print", "booklet", "small-booklet", "bleed", "proof", "copies"), pairs=2
)


@pytest.fixture(scope="module")
def built(folder, fonts, tmp_path_factory):
    """Build a small local with files of all kinds, and give its folder.

    Its pack says the language, so that no local.yaml has to.
    """
    write(folder / "packs" / PACK / "content" / "program.yaml", f"language: {LANGUAGE}\n")
    kept = {"certificate-of-completion", "mentee-exit", "letter-of-understanding"}
    small = {"id": ID, "documents": {"omit": [name for name in EVERY if name not in kept]}}
    unused = {"brand": {}, "compensation": [], "attendance": {}, "archive": {"documents": []}}
    whole = changed(OWN, {**WHOLE, **unused})
    del whole["language"]
    local = write_local(folder / ID, changed(whole, small))
    out = tmp_path_factory.mktemp("built")
    reports = build([local], out, this_process(fonts), EVERYTHING)
    assert [finding for report in reports for finding in report.findings] == []
    assert publish_state(reports, out) == []
    return out


def files_of(built, ending):
    return {path.relative_to(built).as_posix(): path for path in sorted(built.rglob(f"*.{ending}"))}


def test_no_file_of_a_kit_to_print_has_a_word_of_english(built):
    # In the text of a page, they are not always apart from the words beside them.
    entries = [leaf for path, leaf in leaves(CATALOG) if path[-1] == "code"]
    codes = tuple(str(leaf.value) for leaf in entries if leaf.value != "M")
    found = {}
    for name, path in files_of(built, "pdf").items():
        pdf = PdfReader(path)
        texts = [text_in(path.read_bytes()), pdf.metadata.title, *titles_in(pdf.outline)]
        texts += [field.get("/TU") or "" for field in (pdf.get_fields() or {}).values()]
        found[name] = english_in(*(PATH.sub(" ", text) for text in texts), known=codes)
        if str(pdf.root_object["/Lang"]) != LANGUAGE:
            found[name].append("/Lang")

    assert left(found) == {}
    folders = {name.split("/")[1] for name in found}
    assert folders == {"fillable", "large-print", "packets", "print"}


def titles_in(outline):
    for each in outline:
        if isinstance(each, list):
            yield from titles_in(each)
        else:
            yield each.title


def test_no_word_copy_has_a_word_of_english(built):
    found = {}
    for name, path in files_of(built, "docx").items():
        texts = []
        with zipfile.ZipFile(path) as copy:
            for part in copy.namelist():
                if re.fullmatch(
                    r"word/(document|header\d*|footer\d*)\.xml|docProps/core.xml", part
                ):
                    texts += texts_in_word(copy.read(part))
        found[name] = english_in(*texts)

    assert left(found) == {}
    assert len(found) == 3


def texts_in_word(xml):
    """Yield what a reader of a part of a Word file sees or hears."""
    for node in fromstring(xml).iter():
        name = node.tag.rpartition("}")[2]
        if name in {"t", "title", "subject", "description", "keywords"}:
            yield node.text or ""
        facts = {key.rpartition("}")[2]: value for key, value in node.attrib.items()}
        if name in {"alias", "listItem"}:
            yield facts.get("val") or facts.get("displayText") or ""
        if name == "docPr":
            yield from (facts.get("descr", ""), facts.get("title", ""))


def test_no_page_of_a_kit_or_of_a_state_has_a_word_of_english(built):
    pages = files_of(built, "html")

    assert left({name: english_on(path.read_text("utf-8")) for name, path in pages.items()}) == {}
    assert {"index.html", f"{ID}/index.html", f"{ID}/web/mentee-exit.html"} <= set(pages)


# --- What is missing ----------------------------------------------------------------------


DEFAULTS_MISSING = (
    "these words are missing: program.months, program.terms.mentor, program.terms.mentee,"
    " program.goals, program.duration, committee.name, coordinator.title, meetings.frequency"
    " and 6 more."
)
WORDS_MISSING = "these words are missing: page.of, page.print, packet.finishes.booklet.few."
# Two words of `page`, and one form of a word beside numbers.
LEFT_OUT = re.compile(r"(?m)^  (?:print|of): .*\n|^      few: .*\n")


def test_what_a_language_lacks_is_named(folder, tmp_path):
    """All at once, and each at the file that lacks it."""
    own = tmp_path / "content" / LANGUAGE
    write_language(tmp_path / "content")
    words = (own / "words.yaml").read_text(encoding="utf-8")
    write(
        own / "words.yaml",
        re.sub(r"(?m)^  (?:print|of): .*\n|^      few: .*\n", "", words, count=3),
    )
    write(own / "program.yaml", "program: {name: Мир}\n")
    (own / "forms" / "action-plan.yaml").unlink()
    write(own / "forms" / "mentee-exit.yaml", "purpose: Зачем\nsections: []\n")
    (own / "manual" / "about.yaml").unlink()

    local = write_local(tmp_path, changed(OWN, {"extends": ""}))

    # By the names alone: which of the two folders sorts first differs from machine to machine.
    found = sorted(findings_of(local), key=lambda each: each.place.file.name)
    assert [(each.place.file.name, each.code, each.message) for each in found] == [
        ("documents.yaml", "missing", "manual has no purpose."),
        ("documents.yaml", "missing", "manual has no title."),
        ("documents.yaml", "no-file", "no layer has content/xx/forms/action-plan.yaml."),
        ("mentee-exit.yaml", "missing", "mentee-exit has no title."),
        ("program.yaml", "no-words", DEFAULTS_MISSING),
        ("words.yaml", "no-words", WORDS_MISSING),
    ]
    assert [each.fix for each in found] == [
        "write `purpose:` at the top of content/xx/manual/about.yaml.",
        "write `title:` at the top of content/xx/manual/about.yaml.",
        "add the file, or correct its name.",
        "write `title:` at the top of content/xx/forms/mentee-exit.yaml.",
        "add them; content/en/program.yaml of the base pack has them in English.",
        "add them; content/en/words.yaml of the base pack has them in English.",
    ]
    assert "credit.line" in found[4].details


def test_a_form_that_a_language_need_not_have_is_no_word_that_is_missing(folder, tmp_path):
    """Japanese has one form beside all numbers, and a text stands for all of them."""
    own = tmp_path / "content" / LANGUAGE
    write_language(tmp_path / "content")
    words = (own / "words.yaml").read_text(encoding="utf-8")
    plain = re.sub(r"(?m)^ +(?:one|few|many): .*\n", "", words).replace("locale: ru", "locale: ja")
    write(own / "words.yaml", plain)

    assert plain != words
    assert findings_of(write_local(tmp_path, changed(OWN, {"extends": ""}))) == []
