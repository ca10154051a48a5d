"""Resolve: one local, fully decided: which documents it builds, with which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import formgen
from formgen.codes import Code
from formgen.findings import (
    Finding,
    InputError,
    Place,
    errors,
    in_order,
)
from formgen.model.catalog import Catalog, Document, PrivacyClass, Step, read_catalog, with_ids
from formgen.model.conditions import holds
from formgen.model.editions.printed import printed_editions, says_edition
from formgen.model.editions.ranges import check_ranges, check_tried
from formgen.model.groups.chapters import chapters_in, check_manual, usual_order
from formgen.model.groups.documents import OwnDocuments, with_own_documents
from formgen.model.looks.files import read_brand
from formgen.model.own_settings import read_settings
from formgen.model.pack_locks import Locked, check_locked, read_packs
from formgen.model.packets import (
    KitPacket,
    chapters_of,
    check_packets,
    check_readers,
    packets_of,
)
from formgen.model.phrases.check import phrases_put_right
from formgen.model.rules import check_privacy, check_rules
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.model.wording.files import check_files
from formgen.model.wording.titles import Naming, name_documents, name_packets
from formgen.model.wording.words import (
    check_defaults,
    check_named_words,
    check_own_words,
    read_words,
)
from formgen.sources.layers import Stack, with_layer_names
from formgen.sources.odd_files import read_sound_stack
from formgen.sources.paths import CATALOG_FILE, WORDS, language_path, settings_paths
from formgen.sources.pictures.picture import Picture
from formgen.sources.replaced.stale import check_stale
from formgen.sources.settings import asked_language
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.styles import check_additions
from formgen.sources.tree import Node, overlay
from formgen.sources.typefaces.typeface import OwnTypeface


@dataclass(frozen=True)
class KitDocument:
    """A document that this local builds, with what the settings make of it."""

    id: str
    entry: Document
    naming: Naming
    privacy: PrivacyClass
    # When in the year it is used.
    step: str = ""
    # The edition on its pages: that in which it last changed.
    edition: str = ""

    @property
    def archived(self) -> bool:
        """Tell whether the program keeps it."""
        return self.privacy == "archive"

    @property
    def handling(self) -> str:
        """Name the footer's advice on what becomes of a page (`handling` in words.yaml)."""
        if not self.archived:
            return self.entry.handling
        in_house = self.entry.handling in {"committee", "scored"}
        return "committee-archive" if in_house else "archive"


@dataclass(frozen=True)
class Kit:
    """Everything that is decided for one local before a word is composed."""

    settings: Settings
    # The settings as a tree, which knows the place of each value.
    tree: Node
    stack: Stack
    words: Node
    # The catalog as a tree, which knows the place of each entry.
    catalog: Node
    # The newest edition, which the kit as a whole bears.
    edition: str
    documents: tuple[KitDocument, ...]
    packets: tuple[KitPacket, ...]
    # The steps of the year by name, in their order.
    steps: Mapping[str, Step]
    logo: Picture | None
    # The employer's, who runs the program with the local.
    partner_logo: Picture | None
    cover: Picture | None
    typeface: OwnTypeface | None
    # What the packs keep from being changed; a clause's words are compared when it is composed.
    locks: tuple[Locked, ...]
    warnings: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """Return the local's id, which is the name of its folder of output."""
        return self.settings.id

    def with_editions_of(self, other: Kit) -> Kit:
        """Return the kit with another one's editions on its pages, for comparing the rest."""
        documents = {each.id: each.edition for each in other.documents}
        packets = {each.id: each.edition for each in other.packets}
        return replace(
            self,
            edition=other.edition,
            documents=tuple(
                replace(each, edition=documents.get(each.id, other.edition))
                for each in self.documents
            ),
            packets=tuple(
                replace(each, edition=packets.get(each.id, other.edition)) for each in self.packets
            ),
        )

    @property
    def voice(self) -> str:
        """Return which of our typefaces titles and prose are set in, or what lacks in others."""
        return self.typeface.voice if self.typeface else self.settings.brand.typeface.voice

    @property
    def values(self) -> dict[str, Any]:
        """Return the settings as plain values, for templates and conditions."""
        return self.settings.model_dump()


def resolve(local_yaml: Path) -> Kit:
    """Read and check one local. Raises InputError with all findings at once."""
    return resolve_stack(*read_sound_stack(local_yaml))


def resolve_stack(stack: Stack, own: Node) -> Kit:
    """Check a local whose settings were read already. Raises InputError."""
    lower = Stack(stack.layers[1:])
    written, asked = own, asked_language(stack, own)
    language = str(asked.value)
    shared, of_language = settings_paths(language)
    defaults = lower.merged(shared, of_language)
    words_of_own = stack.local.file(of_language)
    if words_of_own:
        own = overlay(read_yaml(words_of_own, stack.local.name), own)
    findings: list[Finding] = []
    catalog, listed = _read_catalog(stack, overlay(defaults, own), findings)
    catalog_tree = listed.catalog
    own = with_ids(own, catalog_tree)
    whole, unsaid = check_defaults(stack, language, with_ids(overlay(defaults, own), catalog_tree))
    settings, found = read_settings(own, whole)
    findings += found
    words = _read_words(stack, language, asked.place, findings)
    findings += unsaid if words else []
    if settings and words:
        whole, doubted = phrases_put_right(whole, words, stack, language)
        settings, found = check_shape(whole, Settings)
        findings += [*doubted, *found]
    if settings is None or words is None or catalog is None:
        raise InputError(in_order(findings))
    purpose = words.get("own_document", "purpose")
    named, found = name_documents(stack, catalog, listed, settings.language, purpose)
    findings += check_named_words(catalog, catalog_tree, words)
    findings += check_own_words(stack, language)
    small_words = language_path(language, WORDS)
    packets, also = name_packets(stack, catalog, catalog_tree, words, small_words)
    findings += [*found, *also]
    locks, found = read_packs(stack, formgen.__version__)
    findings += [*found, *check_locked(stack, own, locks, catalog, settings.language)]
    stack = with_layer_names(stack, settings.id)
    findings += check_additions(stack)
    findings += [*check_stale(stack, written), *check_ranges(stack, own), *check_tried(stack)]
    findings += check_rules(settings, whole, catalog)
    findings += check_files(stack, catalog, listed, language)
    looks, found = read_brand(settings.brand, whole)
    findings += found
    documents = tuple(_documents(settings, catalog, catalog_tree, named, findings))
    chapters, known = _chapters(stack, catalog, settings)
    findings += check_manual(settings.manual, whole, [name.partition("/")[2] for name in known])
    findings += check_packets(settings, whole, catalog, catalog_tree, known)
    if errors(findings):
        raise InputError(in_order(findings))
    built = {document.id for document in documents}
    namings = [*named.values(), *packets.values()]
    everywhere = says_edition(words, namings)
    editions = printed_editions(stack, settings.edition, catalog_tree, is_everywhere=everywhere)
    return Kit(
        settings=settings,
        tree=whole,
        stack=stack,
        words=words,
        catalog=catalog_tree,
        edition=editions.of_kit,
        documents=tuple(replace(each, edition=editions.of(each.id)) for each in documents),
        packets=tuple(
            replace(each, edition=editions.of_cover(each.all_documents))
            for each in packets_of(settings, catalog, packets, built, chapters)
        ),
        steps=catalog.steps,
        logo=looks.logo,
        partner_logo=looks.partner_logo,
        cover=looks.cover,
        typeface=looks.typeface,
        locks=tuple(locks),
        warnings=tuple(in_order(findings)),
    )


def _read_words(stack: Stack, language: str, place: Place, findings: list[Finding]) -> Node | None:
    if any(finding.place == place for finding in findings):
        return None  # its code was refused already
    words, found = read_words(stack, language, place)
    findings += found
    return words


def _read_catalog(
    stack: Stack, settings: Node, findings: list[Finding]
) -> tuple[Catalog | None, OwnDocuments]:
    try:
        listed = with_own_documents(read_catalog(stack), settings.get("documents", "add"))
    except InputError as problem:
        findings += problem.findings
        return None, OwnDocuments(Node({}, Place(stack.local.folder)))
    tree = listed.catalog
    catalog, found = check_shape(tree, Catalog)
    findings += [*listed.findings, *found]
    if catalog and (listed.names or len(stack.find_all(CATALOG_FILE)) > 1):
        base, _ = check_shape(read_catalog(Stack(stack.layers[-1:])), Catalog)
        if base:
            findings += [*check_privacy(catalog, tree, base), *check_readers(catalog, tree, base)]
    return catalog, listed


def _chapters(
    stack: Stack, catalog: Catalog, settings: Settings
) -> tuple[Sequence[str], Sequence[str]]:
    """Return how packets name the chapters of the manuals, and how those that there are."""
    manuals = [(n, each.content) for n, each in catalog.documents.items() if each.kind == "manual"]
    folders = {name: language_path(settings.language, path) for name, path in manuals}
    wanted = {n: chapters_in(stack, folder, settings.manual) for n, folder in folders.items()}
    there = {n: usual_order(stack, folder) for n, folder in folders.items()}
    return chapters_of(wanted), chapters_of(there)


def _documents(
    settings: Settings,
    catalog: Catalog,
    tree: Node,
    named: Mapping[str, Naming],
    findings: list[Finding],
) -> Iterator[KitDocument]:
    values = settings.model_dump()
    for name, entry in catalog.documents.items():
        try:
            wanted = name not in settings.documents.omit and holds(entry.relevant, values)
        except ValueError as problem:
            place = (tree.get("documents", name, "relevant") or tree).place
            findings.append(
                Finding(place, Code.BAD_CONDITION, str(problem), "correct it in the catalog.")
            )
            continue
        if wanted:
            privacy = _privacy(name, entry, settings)
            yield KitDocument(name, entry, named[name], privacy, catalog.step_of(entry))


def _privacy(name: str, entry: Document, settings: Settings) -> PrivacyClass:
    """Decide a document's class: the archive list decides, except for private ones."""
    if entry.privacy == "private":
        return "private"
    if name in settings.archive.documents:
        return "archive"
    return "program" if entry.privacy == "archive" else entry.privacy
