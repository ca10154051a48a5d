"""What the packs' words may speak of: the settings, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import escape

from formgen.codes import Code
from formgen.compose.text.language import Language, capital
from formgen.compose.text.markdown import Html
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.say import setting_at
from formgen.compose.text.wording import LANGUAGE, PIECES, Wording
from formgen.compose.text.year import days_of_year, months_of_year
from formgen.kit import Kit
from formgen.model.rosters.columns import COLUMNS
from formgen.model.rosters.roster import DATE
from formgen.model.settings import Terms
from formgen.model.wording.pieces import SAY
from formgen.sources.tree import Node

# What is known of a person where a document is made for nobody in particular.
BLANK_ENTRY: Mapping[str, str] = MappingProxyType(
    dict.fromkeys((*(column.name for column in COLUMNS), DATE), "")
)


def words_context(kit: Kit) -> tuple[Wording, dict[str, Any]]:
    """Return the wording of one local, and the facts about its documents by id."""
    language = Language(kit.settings.language, kit.words)
    facts = _facts(kit, language)
    titles = Wording(facts)
    documents = _documents(kit, titles)
    context = {
        **facts,
        "archived": [entry for entry in documents.values() if entry["archived"]],
        "tools": [entry for entry in documents.values() if entry["kind"] != "manual"],
        **_references(documents),
    }
    return Wording(context, titles.findings), documents


def _facts(kit: Kit, language: Language) -> dict[str, Any]:
    """Return the settings and what is derived from them alone."""
    values = kit.values
    settings = kit.settings
    local = values["local"]
    local["short_name"] = local["short_name"] or local["name"]
    affiliates = settings.affiliates
    bodies = [local["short_name"]] + [
        body.short_name or body.name
        for body in (affiliates.state, affiliates.national)
        if body.short_name or body.name
    ]
    days = days_of_year(settings, kit.words)
    year = settings.program.school_year.replace("-", "–")
    grammar = "school_year" if year else "this_school_year"
    return {
        **values,
        "term": _terms(settings.program.terms, language),
        "association": language.listing(bodies),
        "district": settings.local.district or kit.words.text("grammar", "district"),
        "school_year": kit.words.text("grammar", grammar).replace("{year}", year),
        "year": year,
        "archive_years": language.years(settings.archive.years),
        "edition": kit.edition,
        "entry": BLANK_ENTRY,
        "events": [event for event in values["events"] if "notice" in event["for"]],
        "year_events": [event for event in values["events"] if "year" in event["for"]],
        "year_days": days,
        "the_year": months_of_year(settings, days, language),
        LANGUAGE: language,
        PIECES: kit.words.get(SAY) or Node({}, kit.words.place),
        "label": _labeller(kit),
        "labels": _list_labeller(kit),
        "link": _link,
    }


def _terms(terms: Terms, language: Language) -> Mapping[str, str]:
    forms: dict[str, str] = {}
    for key, plural_key in (("mentor", "mentors"), ("mentee", "mentees")):
        noun = getattr(terms, key)
        plural = getattr(terms, plural_key) or language.plural(noun)
        with_article = language.with_article(noun)
        forms |= {key: noun, plural_key: plural, f"a_{key}": with_article}
        forms |= {
            capital(key): capital(noun),
            capital(plural_key): capital(plural),
            f"A_{key}": capital(with_article),
        }
    return MappingProxyType(forms)


def _labeller(kit: Kit) -> Callable[[str, str], str]:
    def label(setting: str, value: str) -> str:
        return kit.words.text("labels", setting, value, default=value)

    return label


def _list_labeller(kit: Kit) -> Callable[[str], list[str]]:
    label = _labeller(kit)

    def labels(setting: str) -> list[str]:
        return [label(setting, value) for value in setting_at(kit.values, setting)]

    return labels


def _link(url: str) -> Html:
    shown = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    return Html(f'<a href="{escape(url)}">{escape(shown)}</a>')


def _documents(kit: Kit, titles: Wording) -> dict[str, dict[str, Any]]:
    def text(node: Node) -> str:
        return titles.text(str(node.value), node.place)

    return {
        document.id: {
            "id": document.id,
            "code": document.entry.code,
            "title": text(document.naming.title),
            "purpose": text(document.naming.purpose),
            "privacy": document.privacy,
            "archived": document.archived,
            "kind": document.entry.kind,
            "audience": kit.words.text("audience", document.entry.audience),
        }
        for document in kit.documents
    }


def _references(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    def entry(name: str) -> Mapping[str, Any]:
        if name not in documents:
            message = f'"{name}" is named here, but this local does not build it.'
            fix = f'put the sentence between {{% if built("{name}") %}} and {{% endif %}}.'
            raise BadReferenceError(Code.STALE_REFERENCE, message, fix)
        return documents[name]

    return {
        "built": lambda name: name in documents,
        "title": lambda name: entry(name)["title"],
        "ref": lambda name: f"{entry(name)['title']} ({entry(name)['code']})",
        "refs": lambda *names: [
            f"{documents[name]['title']} ({documents[name]['code']})"
            for name in names
            if name in documents
        ],
    }
