"""`content/approvals.yaml` of a pack: who approved the finished words of what it locks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from formgen.build.publish import write_file
from formgen.codes import Code
from formgen.compose.checks.locked_words import locks_of, words_of
from formgen.compose.checks.page_text import LINE, read_page
from formgen.compose.pages import make_composer
from formgen.findings import Finding, InputError, Place, did_you_mean
from formgen.kit import resolve
from formgen.model.pack_locks import Locked
from formgen.model.page_format import PAPER
from formgen.packs.review import samples
from formgen.sources.layers import Layer
from formgen.sources.paths import APPROVALS_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

_HEAD = """\
# Who approved the words that no local changes. Each hash is that of the finished words, as the
# sample locals have them. Written by `formgen pack approve`; keep it with the pack.
"""


@dataclass(frozen=True)
class Approver:
    """Who approves words, in which role and on which day."""

    by: str
    role: str
    day: str


@dataclass(frozen=True)
class Approval:
    """The hash of finished words, and who approved them."""

    sha256: str
    approver: Approver


@dataclass(frozen=True)
class FinishedWords:
    """The words on paper of one thing that a pack locks, as its sample locals have them."""

    lock: Locked
    # The first of those locals.
    sample: Path
    # Those that differ, each once, line by line.
    texts: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Return the hash that an approval is of."""
        words = "\n".join(sorted(" ".join(text.split()) for text in self.texts))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def read_approvals(pack: Layer) -> dict[str, Approval]:
    """Return who approved what of a pack, by the name of what is locked. Raises InputError."""
    file = pack.file(APPROVALS_FILE)
    listed = read_yaml(file, pack.name).get("approvals") if file else None
    entries = listed.value if listed and isinstance(listed.value, dict) else {}
    return {thing: _approval(node) for thing, node in entries.items()}


def _approval(node: Node) -> Approval:
    for key in ("sha256", "by", "role", "day"):
        if not node.text(key):
            place = node.key_place or node.place
            message = f"an approval has no `{key}`."
            fix = "delete the entry, and write it with `formgen pack approve`."
            raise InputError([Finding(place, Code.BAD_TYPE, message, fix)])
    approver = Approver(node.text("by"), node.text("role"), node.text("day"))
    return Approval(node.text("sha256"), approver)


def approvals_text(approvals: Mapping[str, Approval]) -> str:
    """Return the file as formgen writes it, in order."""
    lines = [_HEAD, "approvals:\n" if approvals else "approvals: {}\n"]
    for thing, approval in sorted(approvals.items()):
        lines.append(f"  {json.dumps(thing)}:\n")
        # A JSON string is a YAML one, as long as no letter is written as two halves.
        facts = {"sha256": approval.sha256, **asdict(approval.approver)}.items()
        lines += [f"    {key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in facts]
    return "".join(lines)


def approval_line(thing: str, approval: Approval) -> str:
    """Say who approved what is locked, in which role and when."""
    who = approval.approver
    return f"{thing}: approved by {who.by}, {who.role}, on {who.day}"


def finished_words(folder: Path, pack: str) -> list[FinishedWords]:
    """Return the words of each clause and document that a pack locks, in the pack's order.

    ``folder`` is the pack's, whose sample locals are composed. Raises InputError.
    """
    texts: dict[str, dict[str, str]] = {}
    first: dict[str, tuple[Locked, Path]] = {}
    for sample in samples(folder):
        for lock, text in _words_in(sample, pack):
            first.setdefault(lock.thing, (lock, sample.parent))
            texts.setdefault(lock.thing, {}).setdefault(" ".join(text.split()), text)
    return [
        FinishedWords(lock, sample, tuple(filter(None, texts[lock.thing].values())))
        for lock, sample in sorted(first.values(), key=lambda each: each[0].place)
    ]


def _words_in(sample: Path, pack: str) -> Iterator[tuple[Locked, str]]:
    kit = resolve(sample)
    ours = {lock.thing for lock in kit.locks if lock.pack.id == pack}
    composer = None
    for document in kit.documents:
        locks = [lock for lock in locks_of(kit, document) if lock.thing in ours]
        if locks:
            composer = composer or make_composer(kit)
            page = read_page(composer.compose(document, PAPER).html, in_lines=True)
            for lock in locks:
                yield lock, _in_lines(words_of(kit, document, lock, page))


def _in_lines(words: Iterable[str]) -> str:
    lines = (" ".join(line.split()) for line in " ".join(words).split(LINE))
    return "\n".join(filter(None, lines))


def waiting(folder: Path, pack: str, things: Sequence[str] = ()) -> list[FinishedWords]:
    """Return those of some things that a pack locks, or of all, that nobody has approved.

    Raises InputError for what the pack does not lock.
    """
    known = read_approvals(Layer(pack, folder))
    wanted = _wanted(finished_words(folder, pack), things, Place(folder / APPROVALS_FILE))
    return [each for each in wanted if not _is_approved(each, known)]


def _is_approved(words: FinishedWords, known: Mapping[str, Approval]) -> bool:
    approval = known.get(words.lock.thing)
    return approval is not None and approval.sha256 == words.sha256


def check_approvals(folder: Path, pack: str) -> list[Finding]:
    """Return a finding for each clause and document with words that nobody has approved."""
    known = read_approvals(Layer(pack, folder))
    return [_finding(each, known.get(each.lock.thing)) for each in waiting(folder, pack)]


def _finding(words: FinishedWords, before: Approval | None) -> Finding:
    thing = words.lock.thing
    message = f"nobody has approved the finished words of {thing}, which is locked."
    if before:
        who = before.approver
        message = f"{thing} does not say any more what {who.by}, {who.role}, approved on {who.day}."
    fix = f"have it read, then `formgen pack approve DIR {thing} --by NAME --role ROLE`."
    return Finding(words.lock.place, Code.NOT_APPROVED, message, fix)


def approve(
    folder: Path, pack: str, things: Sequence[str], approver: Approver
) -> list[FinishedWords]:
    """Write down who approved the finished words of things that a pack locks, or of all that wait.

    Returns what was not approved before. Raises InputError for what the pack does not lock.
    """
    found = finished_words(folder, pack)
    known = read_approvals(Layer(pack, folder))
    wanted = _wanted(found, things, Place(folder / APPROVALS_FILE))
    new = [each for each in wanted if not _is_approved(each, known)]
    # What is locked no more needs no approval.
    kept = {each.lock.thing: known[each.lock.thing] for each in found if each.lock.thing in known}
    kept |= {each.lock.thing: Approval(each.sha256, approver) for each in new}
    if new or kept != known:
        write_file(folder / APPROVALS_FILE, approvals_text(kept).encode())
    return new


def _wanted(
    found: Sequence[FinishedWords], things: Sequence[str], place: Place
) -> Sequence[FinishedWords]:
    named = {each.lock.thing: each for each in found}
    findings = [
        Finding(
            place,
            Code.UNKNOWN_LOCK,
            f'the pack locks no clause and no document "{thing}".',
            did_you_mean(thing, named, "name one that is `locked` in its pack.yaml."),
        )
        for thing in things
        if thing not in named
    ]
    if findings:
        raise InputError(findings)
    return [named[thing] for thing in things] or found
