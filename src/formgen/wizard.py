"""Make a new local: ask for the few things that nobody else can know, write local.yaml."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.findings import Finding, InputError, Place, errors
from formgen.kit import resolve_stack
from formgen.model.form import slug
from formgen.model.values import MAX_ID, RESERVED_NAMES
from formgen.sources.characters import find_bad_character
from formgen.sources.fonts import missing_characters
from formgen.sources.layers import BASE, LOCAL_FILE, Layer, Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, SETTINGS_FILE, language_path
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from formgen.sources.text_files import read_text

TEMPLATE = language_path(FIRST_LANGUAGE, "local.yaml.j2")

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Question:
    """One question: the setting that it decides, its words, its choices and its example."""

    setting: str
    ask: str
    choices: tuple[str, ...] = ()
    default: str = ""
    needed: bool = False


QUESTIONS = (
    Question("local.name", "Full name of your local", needed=True),
    Question("local.short_name", "Its short name, if it has one"),
    Question("local.district", "School district or other employer"),
    Question("affiliates.state.name", "Your state affiliate's name"),
    Question("local.president", "President of the local"),
    Question("coordinator.name", "Who coordinates the program", needed=True),
    Question("coordinator.phone", "The coordinator's phone number"),
    Question("coordinator.email", "The coordinator's e-mail address"),
    Question("program.school_year", "School year, such as 2026-2027"),
    Question(
        "program.state_kind",
        "Does state law provide for bargaining? (statutory: yes)",
        ("statutory", "nonstatutory"),
    ),
    Question("program.governance", "Who runs the program", ("joint", "association")),
    Question(
        "program.basis",
        "What it rests on",
        ("contract", "legislation", "meet-and-confer", "association"),
    ),
    Question("paper", "Paper in the copier", ("letter", "a4", "legal")),
    Question("brand.primary", "Your color, as #RRGGBB"),
)
# What a state's pack is likely to decide for all of its locals.
PACKED = frozenset(
    (
        "paper",
        "brand.primary",
        "program.school_year",
        "program.state_kind",
        "program.governance",
        "program.basis",
    )
)

# Gets a question, the answer that it offers, and what finds problems with an answer.
Ask = Callable[[Question, str, Callable[[str], list[str]]], str]


def defaults(folder: Path) -> dict[str, str]:
    """Return the answer that each question offers, from the base pack and the folder's name."""
    offered = _base_values()
    name = name_from(folder)
    fits = len(name) <= _LONGEST_NAME and _printable(name)
    return offered | {"local.name": name if fits else ""}


def _base_values() -> dict[str, str]:
    base = read_yaml(base_layer().folder / SETTINGS_FILE, BASE)
    return {q.setting: base.text(*q.setting.split(".")) for q in QUESTIONS}


def name_from(folder: Path) -> str:
    """Return a name for a local, from the name of its folder."""
    words = folder.resolve().name.replace("_", " ").replace("-", " ").split()
    return " ".join(word if word.isupper() else word.capitalize() for word in words)


def problems_with(folder: Path, question: Question, answers: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the answer to a question, as plain sentences with a remedy."""
    answer = answers[question.setting]
    if not answer and _needed(question, answers):
        return ["an answer is needed here."]
    if not _printable(answer):
        return ["our fonts cannot print all of it. Fix: use other letters."]
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
    return question.needed or (
        question.setting == "coordinator.email" and not answers["coordinator.phone"]
    )


def _printable(text: str) -> bool:
    return not find_bad_character(text) and not missing_characters(text)


def local_id(folder: Path) -> str:
    """Return an id for a local, from the name of its folder."""
    name = slug(folder.resolve().name)[:MAX_ID]
    return f"{name}-local" if name in RESERVED_NAMES or not name else name


def render_local(folder: Path, answers: Mapping[str, str]) -> str:
    """Return the text of a commented local.yaml with these answers.

    What is answered as the base pack has it is not written, since it would hide what a state
    pack says.
    """
    found = Stack((base_layer(),)).find(TEMPLATE)
    if found is None:
        raise FileNotFoundError(TEMPLATE)
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    # JSON's strings are YAML's double-quoted ones, so an answer can hold anything.
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    known = _base_values()
    own = {
        setting: None if setting in PACKED and answer == known[setting] else answer
        for setting, answer in answers.items()
    }
    context = {setting.replace(".", "_"): answer for setting, answer in own.items()}
    return environment.from_string(read_text(found[1])).render(
        id=local_id(folder), answers=own, defaults=known, **context
    )


def ask_all(folder: Path, ask: Ask) -> dict[str, str]:
    """Ask every question in turn."""
    answers = defaults(folder)
    for question in QUESTIONS:

        def problems(answer: str, question: Question = question) -> list[str]:
            return problems_with(folder, question, answers | {question.setting: answer})

        answers[question.setting] = ask(question, answers[question.setting], problems)
    return answers


def unanswered(folder: Path) -> dict[str, str]:
    """Return answers that build at once, for someone who will edit the file instead."""
    offered = defaults(folder)
    return offered | {
        "local.name": offered["local.name"] or "Name of Your Local",
        "coordinator.name": "Name of the Coordinator",
        "coordinator.email": "mentoring@example.org",
    }


def exists(folder: Path) -> Finding | None:
    """Return a finding if the folder has a local already; nothing is ever overwritten."""
    path = folder / LOCAL_FILE
    if path.exists() or path.is_symlink():
        return Finding(
            Place(path),
            "exists",
            "there is a local here already.",
            "edit it, or name another folder.",
        )
    return None
