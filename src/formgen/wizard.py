"""Make a new local: ask for the few things that nobody else can know, write local.yaml."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, errors
from formgen.kit import resolve_stack
from formgen.model.forms.names import slug
from formgen.model.values import MAX_ID, RESERVED_NAMES
from formgen.model.wording.descriptions import Question as Asked
from formgen.reference.local_lines import Answer, LocalLines
from formgen.reference.schema import SCHEMA_FILE, write_schema
from formgen.reference.settings import base_reference
from formgen.sources.characters import find_bad_character
from formgen.sources.fonts import missing_characters
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, LOCAL_FILE, language_path, settings_paths
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.text_files import read_text

TEMPLATE = language_path(FIRST_LANGUAGE, "local.yaml.j2")

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Question:
    """One question: the setting that it decides, what is said of it, and each choice's meaning."""

    setting: str
    said: Asked
    choices: tuple[tuple[str, str], ...]

    @property
    def ask(self) -> str:
        """Return the words of the question; of one with choices, what asks for one of them."""
        return base_reference().said.answers.choose if self.choices else self.said.ask


@functools.cache
def questions() -> tuple[Question, ...]:
    """Return all questions, in the order in which they are asked."""
    reference = base_reference()
    found = ((path, said, reference.find(path)) for path, said in reference.said.questions.items())
    return tuple(
        Question(path, said, setting.choices if setting else ()) for path, said, setting in found
    )


# Gets a question, the answer that it offers, and what finds problems with an answer.
Ask = Callable[[Question, str, Callable[[str], list[str]]], str]
# Gets all answers, and returns the questions whose answers are to be changed.
Review = Callable[[Mapping[str, str]], Sequence[Question]]


def defaults(folder: Path) -> dict[str, str]:
    """Return the answer that each question offers, from the base pack and the folder's name.

    Where the questions were begun before, it is what was answered then.
    """
    offered = _base_values()
    name = name_from(folder)
    fits = len(name) <= _LONGEST_NAME and _printable(name)
    return {**offered, "local.name": name if fits else "", **kept_answers(folder)}


def read_answer(question: Question, typed: str) -> str:
    """Return the answer that was meant: a choice by its number, in capitals, or as yes or no."""
    values = [value for value, _ in question.choices]
    word = typed.strip().casefold()
    if word.isdecimal() and 0 < int(word) <= len(values):
        return values[int(word) - 1]
    for meaning, value in (("yes", question.said.yes), ("no", question.said.no)):
        if value and word and meaning.startswith(word):
            return value
    return next((value for value in values if value.casefold() == word), typed)


@functools.cache
def _base_values() -> Mapping[str, str]:
    base = Stack((base_layer(),)).merged(*settings_paths(FIRST_LANGUAGE))
    return {each.setting: base.text(*each.setting.split(".")) for each in questions()}


def name_from(folder: Path) -> str:
    """Return a name for a local, from the name of its folder."""
    words = folder.resolve().name.replace("_", " ").replace("-", " ").split()
    return " ".join(word if word.isupper() else word.capitalize() for word in words)


def problems_with(folder: Path, question: Question, answers: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the answer to a question, as plain sentences with a remedy."""
    answer = answers[question.setting]
    said = base_reference().said.answers
    if not answer and _needed(question, answers):
        return [said.needed]
    if not _printable(answer):
        return [said.unprintable]
    # The other questions count as answered, so that only this answer can be wrong.
    given = {setting: text for setting, text in answers.items() if text}
    text = render_local(folder, unanswered(folder) | given | {question.setting: answer})
    own = parse_yaml(text, folder / LOCAL_FILE, "local")
    try:
        resolve_stack(Stack((Layer("local", folder), base_layer())), own)
    except InputError as problem:
        return [f"{finding.message} Fix: {finding.fix}" for finding in errors(problem.findings)]
    return []


def _needed(question: Question, answers: Mapping[str, str]) -> bool:
    without = question.said.needed_without
    return question.said.needed or (bool(without) and not answers[without])


def _printable(text: str) -> bool:
    return not find_bad_character(text) and not missing_characters(text)


def local_id(folder: Path) -> str:
    """Return an id for a local, from the name of its folder."""
    name = slug(folder.resolve().name)[:MAX_ID]
    return f"{name}-local" if name in RESERVED_NAMES or not name else name


def render_local(folder: Path, answers: Mapping[str, Answer]) -> str:
    """Return the text of a commented local.yaml with these answers, lists of texts among them.

    What is answered as the base pack has it is not written, if a state's pack is likely to decide
    it, since it would hide what the pack says.
    """
    found = Stack((base_layer(),)).find(TEMPLATE)
    if found is None:
        raise FileNotFoundError(TEMPLATE)
    known = _base_values()
    by_pack = {question.setting for question in questions() if question.said.by_pack}
    given = {
        setting: answer
        for setting, answer in answers.items()
        if setting not in by_pack or answer != known[setting]
    }
    lines = LocalLines(base_reference(), given | {"id": local_id(folder)})
    return _template(read_text(found[1])).render(
        schema=SCHEMA_FILE, local_name=answers["local.name"], setting=lines.setting
    )


@functools.cache
def _template(source: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(source)


def write_local(folder: Path, answers: Mapping[str, Answer]) -> Path:
    """Write a new local's settings, and the help for editors beside it. Raises OSError."""
    text = render_local(folder, answers)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCAL_FILE
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    forget_answers(folder)
    write_schema(folder, base_reference())
    return path


def ask_all(folder: Path, ask: Ask, review: Review = lambda _: ()) -> dict[str, str]:
    """Ask every question in turn, and again those that a review of all answers asks for.

    The answers are kept in the folder until the local is written. Raises OSError.
    """
    answers = defaults(folder)
    asked: Sequence[Question] = questions()
    while asked:
        for question in asked:

            def problems(typed: str, question: Question = question) -> list[str]:
                answer = read_answer(question, typed)
                return problems_with(folder, question, answers | {question.setting: answer})

            offered = _offered(question, answers)
            answers[question.setting] = read_answer(question, ask(question, offered, problems))
            keep_answers(folder, answers)
        asked = review(answers)
    return answers


def _offered(question: Question, answers: Mapping[str, str]) -> str:
    """Return what a question offers: nothing of our own beside another answer of theirs."""
    beside, own = question.said.offered_with, _base_values()
    answer = answers[question.setting]
    if beside and answers[beside] != own[beside] and answer == own[question.setting]:
        return ""
    return answer


def _answers_file(folder: Path) -> Path:
    return folder / ".formgen-answers.json"


def kept_answers(folder: Path) -> dict[str, str]:
    """Return what was answered when the questions were begun before; nothing if they were not."""
    try:
        kept = json.loads(_answers_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = {question.setting for question in questions()}
    entries = kept.items() if isinstance(kept, dict) else ()
    return {key: text for key, text in entries if key in known and isinstance(text, str)}


def keep_answers(folder: Path, answers: Mapping[str, str]) -> None:
    """Keep answers in a folder until the local is written. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dict(answers), ensure_ascii=False, indent=1)
    _answers_file(folder).write_text(text, encoding="utf-8")


def forget_answers(folder: Path) -> None:
    """Remove answers that were kept. Raises OSError."""
    _answers_file(folder).unlink(missing_ok=True)


def unanswered(folder: Path) -> dict[str, str]:
    """Return answers that build at once, for someone who will edit the file instead."""
    offered = defaults(folder)
    blank = {question.setting: question.said.blank for question in questions()}
    return {setting: answer or blank[setting] for setting, answer in offered.items()}


def exists(folder: Path) -> Finding | None:
    """Return a finding if the folder has a local already; nothing is ever overwritten."""
    path = folder / LOCAL_FILE
    if path.exists() or path.is_symlink():
        return Finding(
            Place(path),
            Code.EXISTS,
            "there is a local here already.",
            "edit it, or name another folder.",
        )
    return None
