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
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.findings import did_you_mean
from formgen.kit import Kit
from formgen.model.associations import Affiliate
from formgen.model.phrases.organizations import in_sentence
from formgen.model.rosters.columns import COLUMNS
from formgen.model.rosters.roster import DATE
from formgen.model.settings import Terms
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
    said = _said(kit)
    bodies = [said[name] for name in ("the_local", "the_state", "the_national") if said[name]]
    year = settings.program.school_year.replace("-", "–")
    grammar = "school_year" if year else "this_school_year"
    return {
        **values,
        "term": _terms(settings.program.terms, language),
        **said,
        "bodies": bodies,
        "association": language.listing(bodies),
        "school_year": kit.words.text("grammar", grammar).replace("{year}", year),
        "year": year,
        "archive_years": language.years(settings.archive.years),
        "edition": kit.edition,
        "entry": BLANK_ENTRY,
        LANGUAGE: language,
        "label": _labeller(kit),
        "labels": _list_labeller(kit),
        "link": _link,
    }


def _said(kit: Kit) -> dict[str, str]:
    """Return what sentences call the local, its employer and the bodies above it."""
    local, affiliates = kit.settings.local, kit.settings.affiliates
    in_full = in_sentence(local.name, kit.words, local.article)
    said = {
        "the_local": in_sentence(local.short_name, kit.words, local.article) or in_full,
        "the_local_in_full": in_full,
        "district": in_sentence(local.district, kit.words) or kit.words.text("grammar", "district"),
        "the_state": _short(affiliates.state, kit.words),
        "the_national": _short(affiliates.national, kit.words),
    }
    return {**said, **{capital(name): capital(text) for name, text in said.items()}}


def _short(body: Affiliate, words: Node) -> str:
    return in_sentence(body.short_name or body.name, words)


def _terms(terms: Terms, language: Language) -> Mapping[str, str]:
    forms: dict[str, str] = {}
    for key, plural_key in (("mentor", "mentors"), ("mentee", "mentees")):
        noun = getattr(terms, key)
        plural = getattr(terms, plural_key) or language.plural(noun)
        with_article = getattr(terms, f"a_{key}") or language.with_article(noun)
        forms |= {key: noun, plural_key: plural, f"a_{key}": with_article}
        forms |= {
            capital(key): capital(noun),
            capital(plural_key): capital(plural),
            f"A_{key}": capital(with_article),
        }
    return MappingProxyType(forms)


def setting_at(values: Mapping[str, Any], path: str) -> Any:
    """Return the setting at a dotted path; raises BadReferenceError if there is none."""
    found: Any = values
    for step in path.split("."):
        if not isinstance(found, Mapping) or step not in found:
            message = f'there is no setting "{path}".'
            known = found if isinstance(found, Mapping) else ()
            fix = did_you_mean(step, known, "see content/program.yaml.")
            raise BadReferenceError(Code.UNKNOWN_SETTING, message, fix)
        found = found[step]
    return found


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
    }
