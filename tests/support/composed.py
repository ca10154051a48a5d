"""Composed documents, and the text of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from types import MappingProxyType

from formgen.compose.index_page import KitFiles, Listed, index_page
from formgen.compose.pages import Composed, Composer, make_composer
from formgen.kit import Kit
from formgen.model.page_format import Edition, PageFormat
from formgen.outputs.table import OUTPUTS
from formgen.pdf.sheet import Sheet

_UNSEEN = {"head", "style", "script"}
# Elements within a word; any other parts words where it begins and ends.
_INLINE = {"a", "b", "em", "strong"}


# The formats of pages by the id of the output that has them.
FORMATS: Mapping[str, PageFormat] = MappingProxyType(
    {output.id: output.page for output in OUTPUTS if output.page}
)
# Those that every kit has.
STANDING = tuple(output.id for output in OUTPUTS if output.page and output.is_standing)


def sheet_of(composed: Composed, edition: Edition = "print") -> Sheet:
    """Return what the typesetter needs to write a composed document once."""
    return Sheet(
        composed.html,
        composed.styles,
        composed.assets,
        composed.form,
        zoom=composed.zoom,
        personal=bool(composed.copies),
        copies=composed.copies,
        editions=(edition,),
    )


def index_of(composer: Composer, files: KitFiles | None = None) -> str:
    """Return a kit's own page, with no files unless some are given."""
    return index_page(composer, files or KitFiles())


def files_listed(pages: Mapping[str, int]) -> KitFiles:
    """Return files of documents, given their pages by path, as the kit's own page lists them."""
    outputs = {output.folder: output for output in OUTPUTS if output.page}
    listed: dict[str, list[Listed]] = {}
    for path, count in pages.items():
        folder, _, name = path.partition("/")
        output = outputs[folder]
        file = Listed(path, count, 5, output.labels, output=output.id)
        listed.setdefault(name.partition(".")[0], []).append(file)
    return KitFiles(tuple((name, tuple(files)) for name, files in listed.items()))


def compose_kit(kit: Kit, variant: str = "print") -> dict[str, str]:
    """Return the HTML of every document of a kit, by id."""
    composer = make_composer(kit)
    return {
        document.id: composer.compose(document, FORMATS[variant]).html for document in kit.documents
    }


def text_of(html: str) -> str:
    """Return the text that a reader of a page sees, with single spaces."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in _UNSEEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")


def whole_page(html: str) -> str:
    """Return a web page as a kit has it: with its typefaces in it, and no pictures."""
    from formgen.outputs.making.embedding import PAGE, make_whole
    from formgen.pdf.web_fonts import ADDRESS, asked_faces, cut_faces

    asked = asked_faces(html)
    cut = cut_faces(asked["faces"], "".join(asked["letters"]))
    files = {PAGE: html.encode(), **{f"{ADDRESS}{name}": data for name, data in cut.items()}}
    return make_whole(None, files).files[PAGE].decode()
