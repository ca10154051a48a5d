"""The file around the words: settings, properties, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from formgen.word.facts import WordFacts
from formgen.word.look import numbering, styles
from formgen.word.ooxml import NAMESPACES, Element, find_w, parse, safe, w

# Nothing but the facts decides what is in a file, so no clock does.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_MOST_CHARACTERS = 255
# What python-docx's own template brings and no file of ours needs.
_UNWANTED_OF_PACKAGE = ("thumbnail", "extended-properties")
_UNWANTED_OF_DOCUMENT = ("stylesWithEffects", "customXml", "webSettings", "fontTable")
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OFFICE = "http://schemas.microsoft.com/office/word"
FORM_ID = "formgen"


def language_tag(language: str) -> str:
    """Return a language as Word names it, with the country where most of its readers live."""
    from babel.core import get_global

    parts = language.replace("_", "-").split("-")
    if len(parts) > 1:
        return "-".join(parts)
    likely = str(get_global("likely_subtags").get(parts[0].lower(), "")).split("_")
    return f"{parts[0].lower()}-{likely[-1]}" if len(likely) > 1 else parts[0]


def turn_around(document: Any, language: str) -> None:
    """Let paragraphs, tables and pages begin at the right, if the language does."""
    from babel import Locale, UnknownLocaleError

    try:
        direction = Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return
    if direction != "rtl":
        return
    defaults = document.styles.element[0]
    next(iter(find_w(defaults, "lang"))).addprevious(w("rtl"))
    next(iter(find_w(defaults, "spacing"))).addprevious(w("bidi"))
    section = document.sections[0]
    stories = (section.header, section.first_page_header, section.footer)
    # Asking for the part of a story that is not there would make one.
    own = (story.part.element for story in stories if not story.is_linked_to_previous)
    for root in (document.element.body, *own):
        for properties in find_w(root, "tblPr"):
            properties.insert(0, w("bidiVisual"))
    document.element.body.sectPr.append(w("bidi"))


def new_document(facts: WordFacts, language: str) -> Any:
    """Return an empty document with our styles, lists and settings."""
    document = docx.Document()
    package = document.part.package
    _drop(package.rels, _UNWANTED_OF_PACKAGE)
    _drop(document.part.rels, _UNWANTED_OF_DOCUMENT)
    document.element.body.clear_content()
    _replace(document.styles.element, styles(facts, language))
    _replace(document.part.numbering_part.element, numbering())
    _replace(document.settings.element, _settings(facts, language))
    _describe(document, facts, language)
    return document


def _drop(relationships: Any, unwanted: tuple[str, ...]) -> None:
    for key, each in list(relationships.items()):
        if each.reltype.endswith(unwanted):
            del relationships[key]


def _replace(root: Element, wanted: Element) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(list(wanted))


def _settings(facts: WordFacts, language: str) -> Element:
    # The schema fixes the order: protection stands before the tab stops.
    protection = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
    compatible = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_OFFICE}" w:val="{value}"/>'
        for name, value in compatible.items()
    )
    return parse(
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        f"{protection if facts.is_protected else ''}"
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compat}</w:compat><w:themeFontLang w:val={quoteattr(language)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _describe(document: Any, facts: WordFacts, language: str) -> None:
    properties = document.core_properties
    properties.title = safe(facts.title)[:_MOST_CHARACTERS]
    properties.author = safe(facts.local)[:_MOST_CHARACTERS]
    properties.language = language
    properties.version = safe(facts.edition)[:_MOST_CHARACTERS]
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = _MADE
    properties.revision = 1
    if facts.form_id:
        _add_form_id(document.part.package, safe(facts.form_id))


def _add_form_id(package: Any, form_id: str) -> None:
    """Store what the file is a copy of, where Word keeps it and shows it to nobody."""
    text = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}">'
        f'<property fmtid="{_FORMAT}" pid="2" name="{FORM_ID}">'
        f"<vt:lpwstr>{escape(form_id)}</vt:lpwstr></property></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, text.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def to_bytes(document: Any) -> bytes:
    """Return the file; the same document gives the same bytes."""
    written = io.BytesIO()
    document.save(written)
    made = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            # A file of no system in particular.
            info.create_system = 0
            new.writestr(info, old.read(entry))
    return made.getvalue()
