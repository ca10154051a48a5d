"""Which of a local's templates and styles its documents do not use, since a pack locks words."""

from __future__ import annotations

from collections.abc import Iterator

from formgen.codes import Code
from formgen.compose.checks.locked_words import locks_of
from formgen.compose.page_styles import sheets_of_others
from formgen.findings import Finding, Place
from formgen.kit import Kit, KitDocument
from formgen.sources.layers import Stack
from formgen.sources.paths import ASSETS, TEMPLATES, asset_path, style_path, template_path
from formgen.sources.styles import added_to

# Parts of templates that documents of every kind have.
_SHARED = tuple(template_path(f"{name}/") for name in ("fields", "layouts", "partials"))
# Style sheets of pages about kits.
_OF_KITS = frozenset(("index.css", "state.css"))


def unused_looks(kit: Kit) -> Iterator[Finding]:
    """Yield a warning for each file of the local's that a document does without.

    It is made with the templates, styles and assets of packs alone, so that what is locked in it
    can be read.
    """
    locked = [document for document in kit.documents if locks_of(kit, document)]
    below = Stack(kit.stack.layers[1:])
    paths = [*kit.stack.local.paths(TEMPLATES)]
    # An asset of another name is used by templates of the local's alone.
    paths += [path for path in kit.stack.local.paths(ASSETS) if below.find(path)]
    for path in paths:
        without = [document for document in locked if _is_for(path, document)]
        if without:
            lock = locks_of(kit, without[0])[0]
            names = ", ".join(document.id for document in without)
            message = f"{names} will not use this file, since {lock.by} locks words there."
            fix = "leave it, if it is for other documents; else delete it."
            place = Place(kit.stack.local.folder / path)
            yield Finding(place, Code.UNUSED_LOOK, message, fix)


def _is_for(path: str, document: KitDocument) -> bool:
    """Tell whether a document would use a file, if nothing were locked in it."""
    kind = document.entry.kind
    if path.startswith(style_path("")):
        sheet = (added_to(path) or path).rpartition("/")[2]
        others = sheets_of_others(kind)
        # What is large of others has their names.
        return sheet not in {*_OF_KITS, *others, *(f"large-{name}" for name in others)}
    own = [template_path(f"{kind}.html.j2")]
    own += [template_path("chapter.html.j2")] if kind == "manual" else []
    return path in own or path.startswith((*_SHARED, asset_path("")))
