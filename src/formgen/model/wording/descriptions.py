"""What the settings mean, in words: the shape of a language's `settings.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Entry(BaseModel):
    """A part of the file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Description(Entry):
    """What one setting is, or one group of them."""

    description: Words
    more: str = ""
    choices: dict[str, Words] = Field(default_factory=dict)
    # As it would be written in local.yaml.
    example: str = ""
    # Of a setting that becomes part of a sentence: such a sentence, with {value} in it.
    in_use: str = ""


class Question(Entry):
    """What is asked about a setting where a local is made."""

    ask: Words
    needed: bool = False
    # Another question; an answer is needed here if that one got none.
    needed_without: str = ""
    # Stands there until somebody fills it in, where nothing was asked.
    blank: str = ""
    # Whether a state's pack is likely to decide it for all of its locals.
    by_pack: bool = False
    # What yes and no mean, of a question that can be answered so.
    yes: str = ""
    no: str = ""
    # Another question; our own answer is offered only beside our own answer to that one.
    offered_with: str = ""


class Answers(Entry):
    """What asks for an answer, and what is said of one that cannot be used."""

    choose: Words
    needed: Words
    unprintable: Words


class Common(Entry):
    """What stands around descriptions, in comments and on pages."""

    example: Words
    one_of: Words
    any_of: Words
    in_use: Words
    setting: Words
    meaning: Words
    kind: Words
    default: Words
    no_default: Words
    program_head: Words
    language_head: Words
    page_head: Words


class Descriptions(Entry):
    """All that is said about settings in one language."""

    # By path; in a path, "*" stands for any item or name.
    settings: dict[str, Description]
    # By path, in the order in which they are asked.
    questions: dict[str, Question]
    answers: Answers
    kinds: dict[str, Words]
    words: Common
