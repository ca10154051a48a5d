"""Compose one document in one variant: words and templates become HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from formgen.compose.assets import asset_finder, logo_for
from formgen.compose.contents import read_chapters, read_form, read_letter
from formgen.compose.context import BLANK_ENTRY, words_context
from formgen.compose.enlarged import paper_at, zoom_of
from formgen.compose.fillable import acro_fields
from formgen.compose.harmless import check_harmless
from formgen.compose.locked import check_words, look_stack, pack_pages, to_compare
from formgen.compose.private import check_private
from formgen.compose.problems import TEMPLATE_PROBLEMS, template_finding
from formgen.compose.templates import template_environment
from formgen.compose.views import FieldView
from formgen.compose.wording import Wording
from formgen.findings import Finding, InputError, Place, in_order
from formgen.kit import CATALOG_FILE, SETTINGS_FILE, Kit, KitDocument
from formgen.model.acroform import AcroForm
from formgen.model.catalog import FILLABLE_KINDS, LARGE_PRINT, VARIANTS, Medium, Variant
from formgen.model.clauses import Original
from formgen.model.colour import mix
from formgen.model.copies import ALONE, Copy
from formgen.sources.layers import LOCAL_FILE, Stack
from formgen.sources.styles import read_style

# Which style sheets a kind of document needs in print, beside the common ones.
_STYLES = {
    "manual": ("manual.css",),
    "certificate": ("certificate.css",),
    "packet": ("packet.css",),
    "copies": ("packet.css", "copies.css"),
    "chapter": ("manual.css", "packet.css"),
}
_PRINT_STYLES = ("tokens.css", "print.css")
_LARGE_STYLES = {
    "manual": ("large-print.css", "large-manual.css"),
    "certificate": ("large-certificate.css",),
}
_TINT_SHARE = 0.08


@dataclass(frozen=True)
class Composed:
    """One document as HTML, with all that typesetting it needs."""

    document: str
    variant: Variant
    html: str
    # The file that holds its words, for findings of the typesetter.
    place: Place
    # Style sheets as texts, in order; web pages hold theirs.
    styles: tuple[str, ...] = ()
    # Files by address.
    assets: Mapping[str, bytes] = field(default_factory=dict)
    # What makes a fillable file: its fields.
    form: AcroForm | None = None
    # How much the typesetter enlarges it.
    zoom: float = 1.0
    # The files that its words come from, as «layer:path».
    sources: tuple[str, ...] = ()
    # The page as packs have it that lock words of it, where this one differs.
    originals: tuple[Original, ...] = ()
    # The copies that it holds, if it is made for several people at once.
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True)
class Composer:
    """Composes the documents of one kit."""

    kit: Kit
    wording: Wording
    # What is known of each document, by id.
    documents: Mapping[str, Mapping[str, Any]]

    def compose(
        self,
        document: KitDocument,
        variant: Variant,
        entry: Mapping[str, str] = BLANK_ENTRY,
        copy: Copy = ALONE,
    ) -> Composed:
        """Return one document; raises InputError with all that is wrong with it.

        ``entry`` is what a roster says of the person that it is for, ``copy`` what tells it from
        other copies on the same page of HTML.
        """
        wording = Wording({**self.wording.context, "entry": entry})
        place = self._place(document)
        assets: dict[str, bytes] = {}
        page = self._page_context(document, variant, wording, assets)
        context = {**wording.context, **page, **self._body(document, wording), "copy": copy}
        if wording.findings:
            raise InputError(in_order(wording.findings))
        html = self.render(f"{document.entry.kind}.html.j2", context, place)
        styles = self.styles_of(document.entry.kind, variant)
        packs = pack_pages(self.kit, document, _page_of(variant, entry, copy))
        refused = [
            *check_harmless(self.kit.stack, html, medium_of(variant)),
            *check_words(self.kit, document, html, place, packs, medium_of(variant)),
            *check_private(self.kit, document, html, place),
        ]
        if refused:
            raise InputError(refused)
        return Composed(
            document.id,
            variant,
            html,
            place,
            styles,
            assets,
            self._acro_form(document, context) if variant == "fillable" else None,
            zoom_of(document.entry.kind, variant),
            self._sources(document),
            to_compare(packs, html, styles),
        )

    def variants_of(self, document: KitDocument) -> tuple[Variant, ...]:
        """Return the variants that a document has: only what asks something can be filled in."""
        unfilled = tuple(variant for variant in VARIANTS if variant != "fillable")
        if document.entry.kind not in FILLABLE_KINDS:
            return unfilled
        try:
            asked = fields_of(self._body(document, Wording(self.wording.context)))
        except InputError:
            return VARIANTS  # composing it tells what is wrong
        return VARIANTS if asked else unfilled

    def _acro_form(self, document: KitDocument, context: Mapping[str, Any]) -> AcroForm:
        return AcroForm(
            document=document.id,
            title=str(self.documents[document.id]["title"]),
            local=self.kit.id,
            edition=self.kit.edition,
            fields=tuple(acro_fields(fields_of(context), context["page"])),
            copy=context["copy"].name,
        )

    def index(
        self, entries: Sequence[Mapping[str, Any]], packets: Sequence[Mapping[str, Any]] = ()
    ) -> str:
        """Return the kit's own page; ``entries`` are its documents with their files."""
        wording = Wording(self.wording.context)
        context = {
            **wording.context,
            **self.common("web", wording, {}),
            "css": Markup(_css(self.kit.stack, "web.css", "index.css")),
            "index": {
                key: wording.text(str(node.value), node.place)
                for key, node in self._words("index").items()
            },
            "entries": entries,
            "packets": packets,
            "audiences": {key: node.value for key, node in self._words("audience").items()},
            "privacy_words": {key: node.value for key, node in self._words("privacy").items()},
        }
        if wording.findings:
            raise InputError(in_order(wording.findings))
        return self.render("index.html.j2", context, Place(self.kit.stack.local.folder))

    def _place(self, document: KitDocument) -> Place:
        found = self.kit.stack.find(
            f"content/{self.kit.settings.language}/{document.entry.content}"
        )
        return Place(found[1].path if found else self.kit.stack.local.folder)

    def _sources(self, document: KitDocument) -> tuple[str, ...]:
        """Name the files of the layers that a document's words come from."""
        stack = self.kit.stack
        language = f"content/{self.kit.settings.language}"
        content = f"{language}/{document.entry.content}"
        merged = (LOCAL_FILE, SETTINGS_FILE, CATALOG_FILE, f"{language}/words.yaml")
        found = [(layer, path) for path in merged for layer, _ in stack.find_all(path)]
        names = stack.names_in(content, ".md") if document.entry.kind == "manual" else []
        for path in [f"{content}/{name}" for name in names] or [content]:
            nearest = stack.find(path)
            if nearest:
                found.append((nearest[0], path))
        return tuple(f"{layer.name}:{path}" for layer, path in found)

    def _words(self, group: str) -> dict[str, Any]:
        node = self.kit.words.get(group)
        return node.value if node and isinstance(node.value, dict) else {}

    def _body(self, document: KitDocument, wording: Wording) -> dict[str, Any]:
        if document.entry.kind == "manual":
            return {"chapters": read_chapters(self.kit, document, wording)}
        if document.entry.kind in {"letter", "certificate"}:
            letter = read_letter(self.kit, document, wording)
            return {"letter": letter, "form": letter.form}
        return {"form": read_form(self.kit, document, wording)}

    def _page_context(
        self, document: KitDocument, variant: Variant, wording: Wording, assets: dict[str, bytes]
    ) -> dict[str, Any]:
        handling = self.kit.words.get("handling", document.handling)
        advice = ""
        if handling and isinstance(handling.value, str):
            advice = wording.text(handling.value, handling.place)
        web = medium_of(variant) == "web"
        return {
            **self.common(variant, wording, assets),
            "css": Markup(_css(look_stack(self.kit, document), "web.css") if web else ""),
            "document": {**self.documents[document.id], "handling": advice},
            "paper": paper_at(zoom_of(document.entry.kind, variant), self.kit.settings.paper),
        }

    def common(
        self, variant: Variant, wording: Wording, assets: dict[str, bytes]
    ) -> dict[str, Any]:
        """Return what every template may use."""
        brand = self.kit.settings.brand
        page = self._words("page")
        medium = medium_of(variant)
        return {
            "variant": variant,
            "medium": medium,
            "copy": ALONE,
            "lang": self.kit.settings.language,
            "page": {key: wording.text(str(node.value), node.place) for key, node in page.items()},
            "brand_tint": mix(brand.primary, "#ffffff", _TINT_SHARE),
            "logo": logo_for(self.kit.logo, medium, assets),
            "asset": asset_finder(self.kit.stack, medium, assets),
        }

    def styles_of(self, kind: str, variant: Variant) -> tuple[str, ...]:
        """Return the style sheets of a kind of document, in their order."""
        if medium_of(variant) == "web":
            return ()
        names = (*_PRINT_STYLES, *_STYLES.get(kind, ()))
        if variant == "fillable":
            names += ("fillable.css",)
        if variant == LARGE_PRINT:
            names += _LARGE_STYLES.get(kind, ("large-print.css",))
        return tuple(read_style(self.kit.stack, name) for name in names)

    def render(self, template: str, context: Mapping[str, Any], place: Place) -> str:
        """Return a page of HTML. Raises InputError if a template does not work."""
        try:
            return template_environment(self.kit.stack).get_template(template).render(context)
        except TEMPLATE_PROBLEMS as problem:
            raise InputError([template_finding(problem, place)]) from None


def _css(stack: Stack, *names: str) -> str:
    return "\n".join(read_style(stack, name) for name in ("tokens.css", *names))


def _page_of(
    variant: Variant, entry: Mapping[str, str], copy: Copy
) -> Callable[[Kit, KitDocument], Original]:
    def page(kit: Kit, document: KitDocument) -> Original:
        composed = composer(kit).compose(document, variant, entry, copy)
        return Original(composed.html, composed.styles, (), composed.assets)

    return page


def medium_of(variant: Variant) -> Medium:
    """Tell whether a variant is typeset or shown by a browser."""
    return "web" if variant == "web" else "print"


def fields_of(context: Mapping[str, Any]) -> tuple[FieldView, ...]:
    """Return all that a document asks, in the order of the page."""
    letter = context.get("letter")
    rows = letter.recipient if letter else ()
    return (
        *(field for row in rows for field in row),
        *(context["form"].fields if "form" in context else ()),
    )


def composer(kit: Kit) -> Composer:
    """Return what composes a kit's documents. Raises InputError if its titles do not work."""
    wording, documents = words_context(kit)
    if wording.findings:
        raise InputError(in_order(wording.findings))
    return Composer(kit, wording, documents)


def check_documents(kit: Kit) -> list[Finding]:
    """Compose every document in every variant and the index; return what is wrong with them."""
    findings: list[Finding] = []
    try:
        maker = composer(kit)
    except InputError as problem:
        return list(problem.findings)
    for document in kit.documents:
        for variant in maker.variants_of(document):
            try:
                maker.compose(document, variant)
            except InputError as problem:
                findings += problem.findings
    try:
        maker.index(())
    except InputError as problem:
        findings += problem.findings
    return in_order(findings)
