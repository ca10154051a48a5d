"""Which settings of a local are not as below it, and what it changes in forms and packets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formgen.codes import Code
from formgen.listing import promises
from formgen.own.look import Difference, Look, entries, items, texts
from formgen.sources.paths import language_path
from formgen.sources.replaced.overrides import IDENTITY, values_below
from formgen.sources.replaced.stale import owner_of
from formgen.sources.replaced.text_diff import flat_nodes, shortened
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import shown

# What is told of by itself.
_TOLD_APART = ("forms.", "pledges.", "packets.", "documents.omit")
_NOTHING = ('""', "[]", "{}")


def changed_settings(look: Look) -> Iterator[Difference]:
    """Yield each setting that has another value than below: the value here, and that one."""
    below = values_below(look.stack, look.language)
    stale = {each.place for each in look.kit.warnings if each.code == Code.STALE_OVERLAY}
    for name, node in flat_nodes(look.own):
        value = shown(node)
        if name in IDENTITY or name.startswith(_TOLD_APART):
            continue
        theirs, layer = below.get(name, ('""', look.stack.layers[-1]))
        if value == theirs or (value in _NOTHING and theirs in _NOTHING):
            continue
        said = f"{_said(value)} here, {_said(theirs)} in {owner_of(layer)}"
        changed = (node.key_place or node.place) in stale
        since = ("that has changed since: `formgen check` tells how it was",) if changed else ()
        yield Difference("settings", name, (said, *since))


def _said(value: str) -> str:
    return "nothing" if value in _NOTHING else shortened(value)


def changed_forms(look: Look) -> Iterator[Difference]:
    """Yield the forms whose fields a local removes, calls otherwise, or adds to."""
    for document, change in entries(look.own.get("forms")):
        labels = _labels(look, document)

        def label(name: str, labels: Mapping[str, str] = labels) -> str:
            return labels.get(name, name)

        lines = [f"without {label(each)}" for each in texts(change.get("remove"))]
        lines += [
            f"{label(name)} is called {_quoted(str(node.value))}"
            for name, node in entries(change.get("relabel"))
        ]
        for added in items(change.get("add")):
            question = added.value if isinstance(added.value, str) else added.text("label")
            after = added.text("after")
            lines.append(f"with {_quoted(question)}{f', after {label(after)}' if after else ''}")
        yield Difference("forms", look.title(document), tuple(lines))


def _labels(look: Look, document: str) -> dict[str, str]:
    """Return the questions of a form by the names of its fields, as its file has them."""
    content = look.kit.catalog.text("documents", document, "content")
    found = look.stack.find(language_path(look.language, content))
    if found is None or not content.endswith(".yaml"):
        return {}
    return {
        field.text("name"): f"{_quoted(field.text('label'))} ({field.text('name')})"
        for section in items(read_yaml(found[1]).get("sections"))
        for field in items(section.get("fields"))
    }


def changed_promises(look: Look) -> Iterator[Difference]:
    """Yield whose promises a local removes or adds to."""
    known = {(row["whose"], row["name"]): row["text"] for row in promises(look.kit)}
    for whose, change in entries(look.own.get("pledges")):
        lines = [
            f"without {_quoted(known.get((whose, name), name))}"
            for name in texts(change.get("remove"))
        ]
        lines += [f"with {_quoted(text)}" for text in texts(change.get("add"))]
        if lines:
            yield Difference("promises", whose, tuple(lines))


def changed_lists(look: Look) -> Iterator[Difference]:
    """Yield the documents and packets that a local leaves out, and the packets that it changes."""
    omitted = list(texts(look.own.get("documents", "omit")))
    if omitted:
        yield Difference("documents", "left out", tuple(_titles_below(look, omitted)))
    omitted = list(texts(look.own.get("packets", "omit")))
    if omitted:
        yield Difference("packets", "left out", tuple(omitted))
    for packet, change in entries(look.own.get("packets", "change")):
        lines = [f"with {look.title(each)}" for each in texts(change.get("add"))]
        lines += [f"without {look.title(each)}" for each in texts(change.get("remove"))]
        yield Difference("packets", packet, tuple(lines))


def _titles_below(look: Look, documents: list[str]) -> Iterator[str]:
    """Yield what documents are called that are not built; a code is what people know."""
    for name in documents:
        code = look.kit.catalog.text("documents", name, "code")
        yield f"{name} ({code})" if code else name


def _quoted(text: str) -> str:
    return f"“{text}”"
