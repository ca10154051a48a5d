"""What can be chosen where a setting goes by names: packets, chapters, promises, kinds of file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import Composer, make_composer
from formgen.compose.text.wording import Wording
from formgen.drafts.draft import Change, Draft, draft_of
from formgen.findings import InputError, Place
from formgen.kit import Kit, KitDocument
from formgen.listing import default_kit, promises
from formgen.model.groups.chapters import chapter_named, usual_order
from formgen.model.packets import CHAPTER_MARK
from formgen.outputs.choice import can_be_set
from formgen.outputs.table import OUTPUTS
from formgen.sources.files import File
from formgen.sources.paths import language_path
from formgen.sources.text_files import read_text
from formgen.sources.tree import Node, Path_

_PACKETS, _MANUAL = ("packets",), ("manual",)
_OWN = {"form": ("forms", ".yaml"), "letter": ("letters", ".md"), "pledge": ("pledges", ".yaml")}


@dataclass(frozen=True)
class Option:
    """One of the names that a setting may hold, what it stands for, and if it counts anyway."""

    value: str
    label: str = ""
    is_usual: bool = False


# By the path of a setting; of named groups, such as packets, those that there can be.
Known = Mapping[str, tuple[Option, ...]]


def known_of(draft: Draft) -> Known:
    """Return what can be chosen in a draft; of one that is not sound, what locals usually have."""
    kit = _undisturbed(draft) or default_kit()
    try:
        return _known(draft, make_composer(kit))
    except InputError:
        return {}


def _undisturbed(draft: Draft) -> Kit | None:
    """Return the kit without the local's own changes to packets and chapters."""
    if draft.kit is None:
        return None
    resets = [Change(path, "reset") for path in (_PACKETS, _MANUAL)]
    with contextlib.suppress(InputError):
        return draft_of(draft.file, draft.text, draft.digest, resets).kit
    return None


def _known(draft: Draft, composer: Composer) -> Known:
    kit, titles = composer.kit, Sheets(composer).titles
    names = {each.id: str(composer.documents[each.id]["title"]) for each in kit.documents}
    documents = tuple(Option(each, title) for each, title in names.items())
    chapters = dict(_chapters(composer))
    found: dict[str, tuple[Option, ...]] = {
        "packets.omit": tuple(Option(each.id, titles[each.id]) for each in kit.packets),
        "packets.change": tuple(Option(each.id, titles[each.id]) for each in kit.packets),
        "outputs": tuple(
            Option(each.id, is_usual=each.is_standing) for each in OUTPUTS if can_be_set(each)
        ),
        "documents.add.*.audience": _said(composer, "audience"),
        "documents.add.*.step": _said(composer, "steps"),
    }
    for packet in kit.packets:
        path = f"packets.change.{packet.id}"
        items = ((item, _title_of(item, names, chapters)) for item in packet.items)
        found[f"{path}.remove"] = tuple(Option(item, title) for item, title in items)
        found[f"{path}.add"] = documents
    for promise in promises(kit):
        path = f"pledges.{promise['whose']}.remove"
        said = composer.wording.text(promise["text"], Place(draft.file))
        found[path] = (*found.get(path, ()), Option(promise["name"], said))
    for setting in (("manual", "order"), ("manual", "drop"), ("voices", "*", "chapter")):
        written = _written(draft, setting)
        found[".".join(setting)] = tuple(
            Option(_as_written(name, written, [*chapters]), title)
            for name, title in chapters.items()
        )
    for key, (folder, ending) in _OWN.items():
        path = language_path(kit.settings.language, folder)
        files = sorted(each for each in kit.stack.local.paths(path) if each.endswith(ending))
        if files:
            short = [f"{folder}/{each.rpartition('/')[2]}" for each in files]
            found[f"documents.add.*.{key}"] = tuple(Option(each, each) for each in short)
    return found


def _said(composer: Composer, group: str) -> tuple[Option, ...]:
    words = composer.words_in(group, composer.wording)
    told = {key: each if isinstance(each, str) else each["title"] for key, each in words.items()}
    return tuple(Option(key, str(text)) for key, text in told.items())


# --- Chapters


def _chapters(composer: Composer) -> Iterator[tuple[str, str]]:
    """Yield the file of each chapter of the manual, without its ending, and its title."""
    for document in composer.kit.documents:
        if document.entry.kind == "manual":
            yield from _chapters_of(composer.kit, document, composer.wording)
            return


def _chapters_of(kit: Kit, document: KitDocument, wording: Wording) -> Iterator[tuple[str, str]]:
    folder = language_path(kit.settings.language, document.entry.content)
    for name in usual_order(kit.stack, folder):
        found = kit.stack.find(f"{folder}/{name}.md")
        if found:
            yield name, _heading(found[1], wording) or name


def _heading(file: File, wording: Wording) -> str:
    lines = read_text(file).splitlines()
    title = next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "")
    return wording.text(title, Place(file.path, 1, 1))


def _title_of(item: str, documents: Mapping[str, str], chapters: Mapping[str, str]) -> str:
    name, mark, chapter = item.partition(CHAPTER_MARK)
    title = documents.get(name, name)
    return f"{title}: {chapters.get(chapter, chapter)}" if mark else title


def _written(draft: Draft, path: Path_) -> list[str]:
    """Return the words that a draft has at a path, of all items where that leads through a list."""
    nodes: list[Node] = [draft.whole] if draft.whole else []
    for step in path:
        lists = [node.value for node in nodes if isinstance(node.value, list)]
        inside = [each for items in lists for each in items]
        nodes = inside if step == "*" else [got for each in nodes if (got := each.get(step))]
    items = [each for node in nodes if isinstance(node.value, list) for each in node.value]
    return [str(each.value) for each in [*nodes, *items] if isinstance(each.value, str)]


def _as_written(name: str, written: list[str], names: list[str]) -> str:
    """Return a chapter as the local calls it already; else without its number."""
    said = [word for word in written if chapter_named(word, names) == name]
    short = name.partition("-")[2] if name[:1].isdigit() else name
    return said[0] if said else short
