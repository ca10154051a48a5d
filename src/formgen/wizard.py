"""Make a new local: ask for the few things that nobody else can know, write local.yaml."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.findings import Finding, Place
from formgen.model.colour import TEXT_CONTRAST, contrast
from formgen.model.form import slug
from formgen.model.settings import MAX_ID, RESERVED_NAMES, Settings
from formgen.model.shape import check_shape
from formgen.sources.layers import BASE, Stack, base_layer
from formgen.sources.strict_yaml import read_text, read_yaml
from formgen.sources.tree import Node

TEMPLATE = "content/en/local.yaml.j2"


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
    Question("brand.primary", "Your colour, as #RRGGBB"),
)


def defaults(folder: Path) -> dict[str, str]:
    """Return the answer that each question offers, from the base pack and the folder's name."""
    base = read_yaml(base_layer().folder / "content" / "program.yaml", BASE)
    offered = {q.setting: base.text(*q.setting.split(".")) for q in QUESTIONS}
    # The base pack's basis suits every local; for a joint program most have a contract.
    offered["program.basis"] = offered["program.basis"] or "association"
    return offered | {"local.name": name_from(folder)}


def name_from(folder: Path) -> str:
    """Return a name for a local, from the name of its folder."""
    words = folder.resolve().name.replace("_", "-").split("-")
    return " ".join(word if word.isupper() else word.capitalize() for word in words if word)


def problems_with(setting: str, answer: str) -> list[str]:
    """Return what is wrong with an answer, as plain sentences with a remedy."""
    place = Place(Path("answer"))
    node = Node(answer, place)
    for step in reversed(setting.split(".")):
        node = Node({step: node}, place)
    _, findings = check_shape(node, Settings, partial=True)
    said = [f"{finding.message} Fix: {finding.fix}" for finding in findings]
    if setting == "brand.primary" and not said and contrast(answer) < TEXT_CONTRAST:
        ratio = contrast(answer)
        said.append(
            f"{answer} on white has a contrast of {ratio:.1f}:1. Fix: choose a darker colour."
        )
    return said


def local_id(folder: Path) -> str:
    """Return an id for a local, from the name of its folder."""
    name = slug(folder.resolve().name)[:MAX_ID]
    return f"{name}-local" if name in RESERVED_NAMES or not name else name


def render_local(folder: Path, answers: Mapping[str, str]) -> str:
    """Return the text of a commented local.yaml with these answers."""
    found = Stack((base_layer(),)).find(TEMPLATE)
    if found is None:
        raise FileNotFoundError(TEMPLATE)
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    # JSON's strings are YAML's double-quoted ones, so an answer can hold anything.
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    context = {setting.replace(".", "_"): answer for setting, answer in answers.items()}
    return environment.from_string(read_text(found[1])).render(id=local_id(folder), **context)


def ask_all(folder: Path, ask: Callable[[Question, str], str]) -> dict[str, str]:
    """Ask every question in turn; ``ask`` gets the question and the answer that it offers."""
    answers = defaults(folder)
    for question in QUESTIONS:
        answers[question.setting] = ask(question, answers[question.setting])
    return answers


def unanswered(folder: Path) -> dict[str, str]:
    """Return answers that build at once, for someone who will edit the file instead."""
    return defaults(folder) | {
        "coordinator.name": "Name of the Coordinator",
        "coordinator.email": "mentoring@example.org",
    }


def exists(folder: Path) -> Finding | None:
    """Return a finding if the folder has a local already; nothing is ever overwritten."""
    path = folder / "local.yaml"
    if path.exists():
        return Finding(
            Place(path),
            "exists",
            "there is a local here already.",
            "edit it, or name another folder.",
        )
    return None
