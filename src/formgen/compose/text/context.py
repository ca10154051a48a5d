"""What the packs' words may speak of: the settings, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import escape

from formgen.codes import Code
from formgen.compose.figures.table import figure_functions
from formgen.compose.text.chapters import chapter_references
from formgen.compose.text.language import Language, capital
from formgen.compose.text.markdown import Html
from formgen.compose.text.marks import marked_like
from formgen.compose.text.own_values import OwnValues
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.say import setting_at
from formgen.compose.text.wording import LANGUAGE, PIECES, Wording
from formgen.compose.text.year import days_of_year, months_of_year
from formgen.kit import Kit
from formgen.model.phrases.organizations import in_sentence
from formgen.model.rosters.columns import COLUMNS
from formgen.model.rosters.roster import DATE
from formgen.model.settings import Terms
from formgen.model.wording.pieces import SAY
from formgen.model.wording.titles import Naming
from formgen.sources.tree import Node

# What is known of a person where a document is made for nobody in particular.
BLANK_ENTRY: Mapping[str, str] = MappingProxyType(
    dict.fromkeys((*(column.name for column in COLUMNS), DATE), "")
)
NOT_MARKED = OwnValues()


def words_context(kit: Kit, own: OwnValues = NOT_MARKED) -> tuple[Wording, dict[str, Any]]:
    """Return the wording of one local, and the facts about its documents by id.

    Values that are the local's ``own`` are marked where they are printed.
    """
    language = Language(kit.settings.language, kit.words)
    facts = _facts(kit, language, own)
    titles = Wording(facts)
    documents = _documents(kit, titles)
    context = {
        **facts,
        "archived": [entry for entry in documents.values() if entry["archived"]],
        "tools": [entry for entry in documents.values() if entry["kind"] != "manual"],
        **_references(documents),
    }
    context["chapter"] = chapter_references(kit, context)
    context |= figure_functions(kit, context)
    return Wording(context, titles.findings), documents


def _facts(kit: Kit, language: Language, own: OwnValues) -> dict[str, Any]:
    """Return the settings and what is derived from them alone."""
    values = own.marked(kit.values)
    settings = kit.settings
    local = values["local"]
    local["short_name"] = local["short_name"] or local["name"]
    said = _said(kit, own)
    bodies = [said[name] for name in ("the_local", "the_state", "the_national") if said[name]]
    year = own.mark(settings.program.school_year.replace("-", "–"), "program.school_year")
    days = days_of_year(settings, kit.words)
    grammar = "school_year" if year else "this_school_year"
    school_year, in_school_year = (
        kit.words.text("grammar", name).replace("{year}", str(year))
        for name in (grammar, f"in_{grammar}")
    )
    return {
        **values,
        "term": _terms(settings.program.terms, language, own),
        **said,
        "bodies": bodies,
        "association": language.listing([str(body) for body in bodies]),
        "school_year": school_year,
        "in_school_year": in_school_year,
        "In_school_year": capital(in_school_year),
        "example": _examples(kit, "pairs")[0],
        "newcomers": _examples(kit, "newcomers")[:2],
        "year": year,
        "invitations": _invitations(_events_for("notice", values), language),
        "archive_years": own.mark(language.years(settings.archive.years), "archive.years"),
        "edition": kit.edition,
        "entry": BLANK_ENTRY,
        "year_events": _events_for("year", values),
        "year_days": days,
        "the_year": months_of_year(settings, days, language),
        LANGUAGE: language,
        PIECES: kit.words.get(SAY) or Node({}, kit.words.place),
        "label": _labeller(kit),
        "labels": _list_labeller(kit, values),
        "link": _link,
    }


def _invitations(events: Any, language: Language) -> list[Mapping[str, str]]:
    """Return the events with their days and times in words."""
    in_words = (("date", language.day), ("time", language.clock))
    return [
        {**event, **{key: marked_like(event[key], say(event[key])) for key, say in in_words}}
        for event in events
    ]


def _examples(kit: Kit, kind: str) -> list[str]:
    """Return the examples for the job families of a local, or that for any other job."""
    families = kit.settings.program.job_families
    known = (kit.words.text("examples", kind, family) for family in families)
    return [*filter(None, known)] or [kit.words.text("examples", kind, "other")]


def _said(kit: Kit, own: OwnValues) -> dict[str, str]:
    """Return what sentences call the local, its employer and the bodies above it."""
    local, affiliates, words = kit.settings.local, kit.settings.affiliates, kit.words
    in_full = own.mark(in_sentence(local.name, words, local.article), "local.name")
    short = in_sentence(local.short_name, words, local.article)
    district = own.mark(in_sentence(local.district, words), "local.district")
    said = {
        "the_local": own.mark(short, "local.short_name") or in_full,
        "the_local_in_full": in_full,
        "district": district or words.text("grammar", "district"),
    }
    for name, body in (("state", affiliates.state), ("national", affiliates.national)):
        called = in_sentence(body.short_name or body.name, words)
        path = f"affiliates.{name}."
        said[f"the_{name}"] = own.mark(called, f"{path}short_name", f"{path}name")
    return {
        **said,
        **{capital(name): marked_like(each, capital(each)) for name, each in said.items()},
    }


def _events_for(place: str, values: Mapping[str, Any]) -> list[Any]:
    """Return the events that are listed in a place, such as the notice."""
    return [event for event in values["events"] if place in event["for"]]


def _terms(terms: Terms, language: Language, own: OwnValues) -> Mapping[str, str]:
    forms: dict[str, str] = {}
    for key, plural_key in (("mentor", "mentors"), ("mentee", "mentees")):
        noun, path = getattr(terms, key), f"program.terms.{key}"
        made = {
            key: noun,
            plural_key: getattr(terms, plural_key) or language.plural(noun),
            f"a_{key}": getattr(terms, f"a_{key}") or language.with_article(noun),
        }
        for name, form in made.items():
            said = own.mark(form, f"program.terms.{name}", path)
            forms |= {name: said, capital(name): marked_like(said, capital(form))}
    return MappingProxyType(forms)


def _labeller(kit: Kit) -> Callable[[str, str], str]:
    def label(setting: str, value: str) -> str:
        return marked_like(value, kit.words.text("labels", setting, value, default=value))

    return label


def _list_labeller(kit: Kit, values: Mapping[str, Any]) -> Callable[[str], list[str]]:
    label = _labeller(kit)

    def labels(setting: str) -> list[str]:
        return [label(setting, value) for value in setting_at(values, setting)]

    return labels


def _link(url: str) -> Html:
    shown = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    return Html(f'<a href="{escape(url)}">{escape(shown)}</a>')


def _documents(kit: Kit, titles: Wording) -> dict[str, dict[str, Any]]:
    def text(naming: Naming, key: str) -> str:
        node: Node = getattr(naming, key)
        typed = str(node.value)
        return typed if key in naming.typed else titles.text(typed, node.place)

    return {
        document.id: {
            "id": document.id,
            "code": document.entry.code,
            "title": text(document.naming, "title"),
            "purpose": text(document.naming, "purpose"),
            "privacy": document.privacy,
            "archived": document.archived,
            "kind": document.entry.kind,
            "audience": kit.words.text("audience", document.entry.audience),
            "step": document.step,
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
        "codes": lambda *names: [documents[name]["code"] for name in names if name in documents],
        "refs": lambda *names: [
            f"{documents[name]['title']} ({documents[name]['code']})"
            for name in names
            if name in documents
        ],
    }
