"""Compose one document in one variant: words and templates become HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from formgen.compose.assets import asset_finder
from formgen.compose.brand import brand_of, voice_on_screen
from formgen.compose.checks.html_policy import check_harmless
from formgen.compose.checks.locked_words import check_words, look_stack, pack_pages
from formgen.compose.checks.private import check_private
from formgen.compose.fillable import acro_fields
from formgen.compose.large_print import paper_at
from formgen.compose.page_styles import print_styles, web_styles
from formgen.compose.text.contents import read_chapters, read_form, read_letter
from formgen.compose.text.context import BLANK_ENTRY, NOT_MARKED, words_context
from formgen.compose.text.language import Language
from formgen.compose.text.limits import limited_time
from formgen.compose.text.own_values import OwnValues
from formgen.compose.text.templates import rendered
from formgen.compose.text.wording import Wording
from formgen.compose.tools_by_time import tools_by_time
from formgen.compose.views import fields_of
from formgen.findings import Finding, InputError, Place, in_order
from formgen.kit import Kit, KitDocument
from formgen.model.catalog import FILLABLE_KINDS
from formgen.model.copies import ALONE, Copy
from formgen.model.forms.acroform import AcroForm
from formgen.model.page_format import PageFormat
from formgen.model.wording.titles import ABOUT_FILE
from formgen.sources.layers import Stack
from formgen.sources.paths import (
    CATALOG_FILE,
    LOCAL_FILE,
    SETTINGS_FILE,
    language_path,
    words_paths,
)


@dataclass(frozen=True)
class Composed:
    """One document as HTML, with all that typesetting it needs."""

    document: str
    html: str
    # The file that holds its words, for findings of the typesetter.
    place: Place
    # Style sheets as texts, in order; web pages hold theirs.
    styles: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    # The fields of its fillable file, if it asks something.
    form: AcroForm | None = None
    # How much the typesetter enlarges it, and whether all of it has to fit on one page.
    zoom: float = 1.0
    fits_one_page: bool = False
    # The files that its words come from, as «layer:path».
    sources: tuple[str, ...] = ()
    # The copies that it holds, if it is made for several people at once.
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True)
class DocumentWords:
    """The words of one document, decided, whatever its pages will be."""

    document: KitDocument
    wording: Wording
    # What templates know of it: `form`, `letter` or `chapters`.
    body: Mapping[str, Any]
    # What is wrong with them; no page is made of such words.
    findings: tuple[Finding, ...] = ()

    @property
    def asks(self) -> bool:
        """Tell whether there is anything to fill in."""
        fillable = self.document.entry.kind in FILLABLE_KINDS
        return fillable and bool(fields_of(self.body))


@dataclass(frozen=True)
class Composer:
    """Composes the documents of one kit."""

    kit: Kit
    wording: Wording
    # What is known of each document, by id.
    documents: Mapping[str, Mapping[str, Any]]
    # What was found of templates that do not end, by name.
    endless: dict[str, Finding] = field(default_factory=dict, compare=False)

    def words_of(
        self, document: KitDocument, entry: Mapping[str, str] = BLANK_ENTRY
    ) -> DocumentWords:
        """Read the words of one document; raises InputError if its file is not usable.

        ``entry`` is what a roster says of the person that it is for.
        """
        about = {"entry": entry, "edition": document.edition}
        wording = Wording({**self.wording.context, **about})
        with limited_time():
            body = self._body(document, wording)
        return DocumentWords(document, wording, body, tuple(wording.findings))

    def compose(
        self,
        document: KitDocument,
        page: PageFormat,
        entry: Mapping[str, str] = BLANK_ENTRY,
        copy: Copy = ALONE,
    ) -> Composed:
        """Return one document; raises InputError with all that is wrong with it."""
        return self.page_of(self.words_of(document, entry), page, copy)

    def page_of(self, words: DocumentWords, page: PageFormat, copy: Copy = ALONE) -> Composed:
        """Return a document whose words were read; raises InputError with all that is wrong.

        ``copy`` is what tells it from other copies on the same page of HTML.
        """
        document, entry = words.document, words.wording.context["entry"]
        place = self._place(document)
        assets: dict[str, bytes] = {}
        context, html = self.read(words, page, copy, assets)
        looks = look_stack(self.kit, document)
        styles = print_styles(document.entry.kind, page, looks, self.kit.settings.brand.look)
        packs = pack_pages(self.kit, document, _page_of(page, entry, copy))
        refused = [
            *check_harmless(looks, html, page.medium),
            *check_words(self.kit, document, html, place, packs),
            *check_private(self.kit, document, html, place),
        ]
        if refused:
            raise InputError(refused)
        return Composed(
            document.id,
            html,
            place,
            styles,
            assets,
            self._acro_form(document, context) if page.has_fields and words.asks else None,
            page.zoom_of(document.entry.kind),
            document.entry.kind == "certificate",
            self._sources(document),
        )

    def read(
        self, words: DocumentWords, page: PageFormat, copy: Copy, assets: dict[str, bytes]
    ) -> tuple[Mapping[str, Any], str]:
        """Return what a document's template knows, and its HTML, of which nothing is checked yet.

        Raises InputError with all that is wrong with its words.
        """
        document, wording = words.document, Wording(words.wording.context)
        around = self._page_context(document, page, wording, assets)
        found = [*words.findings, *wording.findings]
        if found:
            raise InputError(in_order(found))
        context = {**wording.context, **around, **words.body, "copy": copy}
        template, place = f"{document.entry.kind}.html.j2", self._place(document)
        return context, self.render(template, context, place, look_stack(self.kit, document))

    def compose_all(
        self, document: KitDocument, pages: Sequence[PageFormat]
    ) -> dict[str, Composed | InputError]:
        """Return a document in each of these formats, by id; or what is wrong there.

        Its words are read once.
        """
        try:
            words = self.words_of(document)
        except InputError as problem:
            return {page.id: problem for page in pages}
        made: dict[str, Composed | InputError] = {}
        for page in pages:
            try:
                made[page.id] = self.page_of(words, page)
            except InputError as problem:
                made[page.id] = problem
        return made

    def _acro_form(self, document: KitDocument, context: Mapping[str, Any]) -> AcroForm:
        return AcroForm(
            document=document.id,
            title=str(self.documents[document.id]["title"]),
            local=self.kit.id,
            edition=document.edition,
            fields=tuple(acro_fields(fields_of(context), context["page"])),
            copy=context["copy"].name,
        )

    def _place(self, document: KitDocument) -> Place:
        path = language_path(self.kit.settings.language, document.entry.content)
        found = self.kit.stack.find(path)
        return Place(found[1].path if found else self.kit.stack.local.folder)

    def _sources(self, document: KitDocument) -> tuple[str, ...]:
        """Name the files of the layers that a document's words come from."""
        stack = self.kit.stack
        language = self.kit.settings.language
        content = language_path(language, document.entry.content)
        merged = (LOCAL_FILE, SETTINGS_FILE, CATALOG_FILE, *words_paths(language))
        found = [(layer, path) for path in merged for layer, _ in stack.find_all(path)]
        manual = document.entry.kind == "manual"
        names = [ABOUT_FILE, *stack.names_in(content, ".md")] if manual else []
        for path in [f"{content}/{name}" for name in names] or [content]:
            nearest = stack.find(path)
            if nearest:
                found.append((nearest[0], path))
        return tuple(f"{layer.name}:{path}" for layer, path in found)

    def words_in(self, group: str, wording: Wording) -> dict[str, Any]:
        """Return the words of a group of words.yaml and of the groups in it, values filled in."""
        node = self.kit.words.get(group)
        words = wording.words(node) if node else {}
        return words if isinstance(words, dict) else {}

    def word(self, path: str, wording: Wording, count: int = 0) -> str:
        """Return the words at a dotted path of words.yaml, values and the number filled in."""
        node = self.kit.words.get(*path.split("."))
        return wording.language.counted(wording.words(node), count) if node else ""

    def _body(self, document: KitDocument, wording: Wording) -> dict[str, Any]:
        if document.entry.kind == "manual":
            chapters = read_chapters(self.kit, document, wording)
            return {"chapters": chapters, "times": tools_by_time(self.kit, wording, chapters)}
        if document.entry.kind in {"letter", "certificate"}:
            letter = read_letter(self.kit, document, wording)
            return {"letter": letter, "form": letter.form}
        return {"form": read_form(self.kit, document, wording)}

    def _page_context(
        self, document: KitDocument, page: PageFormat, wording: Wording, assets: dict[str, bytes]
    ) -> dict[str, Any]:
        handling = self.kit.words.get("handling", document.handling)
        advice = ""
        if handling and isinstance(handling.value, str):
            advice = wording.text(handling.value, handling.place)
        looks, look = look_stack(self.kit, document), self.kit.settings.brand.look
        kind = document.entry.kind
        return {
            **self.common(page, wording, assets, looks),
            "css": Markup(web_styles(kind, page, looks, look, voice_on_screen(self.kit))),
            "document": {**self.documents[document.id], "handling": advice},
            "paper": paper_at(page.zoom_of(kind), self.kit.settings.paper),
        }

    def common(
        self,
        page: PageFormat,
        wording: Wording,
        assets: dict[str, bytes],
        looks: Stack | None = None,
    ) -> dict[str, Any]:
        """Return what every template may use; ``looks`` are the layers whose assets it shows."""
        return {
            **brand_of(self.kit, page, assets),
            "variant": page.id,
            "medium": page.medium,
            "has_fields": page.has_fields,
            "is_large": page.is_large,
            "copy": ALONE,
            "lang": self.kit.settings.language,
            "page": self.words_in("page", wording),
            "asset": asset_finder(looks or self.kit.stack, page.medium, assets),
        }

    def render(
        self, template: str, context: Mapping[str, Any], place: Place, looks: Stack | None = None
    ) -> str:
        """Return a page of HTML. Raises InputError if a template does not work."""
        with limited_time():
            html = rendered(looks or self.kit.stack, template, context, place, self.endless)
        return Language(self.kit.settings.language, self.kit.words).kept_together(html)


def _page_of(
    form: PageFormat, entry: Mapping[str, str], copy: Copy
) -> Callable[[Kit, KitDocument], str]:
    def page(kit: Kit, document: KitDocument) -> str:
        return make_composer(kit).compose(document, form, entry, copy).html

    return page


def make_composer(kit: Kit, own: OwnValues = NOT_MARKED) -> Composer:
    """Return what composes a kit's documents. Raises InputError if its titles do not work.

    Values that are the local's ``own`` are marked where they are printed.
    """
    with limited_time():
        wording, documents = words_context(kit, own)
    if wording.findings:
        raise InputError(in_order(wording.findings))
    return Composer(kit, wording, documents)
