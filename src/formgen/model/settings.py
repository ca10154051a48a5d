"""The settings of a local's program: their shape and their types.

The defaults are not here but in the base pack's `content/program.yaml`, the lowest
layer of the stack; so a setting is required here exactly if it must come from some
layer. Checks that concern one value live here, checks across settings in `rules.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from formgen.findings import brief
from formgen.model.form import AddedField

MAX_ID = 64
# Templates find the base pack under this name.
BASE = "base"
# Names that Windows keeps for devices; no file may be called so.
RESERVED_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _id(text: str) -> str:
    if not re.fullmatch(rf"[a-z0-9-]{{1,{MAX_ID}}}", text):
        raise PydanticCustomError(
            "bad-id",
            '"{value}" must be 1 to {most} of the characters a-z, 0-9 and -.|e.g. "local-1245".',
            {"value": brief(text), "most": MAX_ID},
        )
    if text == BASE:
        raise PydanticCustomError(
            "reserved-name",
            '"{value}" is the name of the base pack.|choose another id.',
            {"value": text},
        )
    if text in RESERVED_NAMES:
        raise PydanticCustomError(
            "reserved-name",
            '"{value}" cannot be a file name on Windows.|choose another id.',
            {"value": brief(text)},
        )
    return text


def _pack(text: str) -> str:
    return text if text in {"", BASE} else _id(text)


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise PydanticCustomError(
            "bad-colour", '"{value}" is not a colour.|write it as #RRGGBB.', {"value": brief(text)}
        )
    return text.lower()


def _link(text: str) -> str:
    scheme = text.partition(":")[0].lower()
    if text and scheme not in {"https", "http"}:
        typed = brief(scheme if ":" in text else text)
        what = f'scheme "{typed}" not allowed' if ":" in text else f'"{typed}" is not a web address'
        raise PydanticCustomError("bad-link", "{what}.|start it with https://", {"what": what})
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if text and (not host or re.search(r"[\s\"'<>\\^`{|}]", text)):
        raise PydanticCustomError(
            "bad-link",
            '"{value}" is not a web address.|e.g. https://example.org',
            {"value": brief(text)},
        )
    return text


def _email(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s<>\"'()]+@[^@\s<>\"'()]+\.[^@\s<>\"'().]+", text):
        raise PydanticCustomError(
            "bad-email",
            '"{value}" is not an e-mail address.|e.g. name@example.org',
            {"value": brief(text)},
        )
    return text


def _phone(text: str) -> str:
    if text and not re.search(r"\d{3}", text):
        raise PydanticCustomError(
            "bad-phone", '"{value}" is not a phone number.|e.g. 555-0142.', {"value": brief(text)}
        )
    return text


def _date(text: str) -> str:
    try:
        if text:
            dt.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(
            "bad-date", '"{value}" is not a date.|YYYY-MM-DD, month 01-12.', {"value": brief(text)}
        ) from None
    return text


def _time(text: str) -> str:
    if text and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
        raise PydanticCustomError(
            "bad-time", '"{value}" is not a time.|e.g. 8:30 or 20:00.', {"value": brief(text)}
        )
    return text


def _school_year(text: str) -> str:
    years = re.fullmatch(r"(\d{4})\s*[-–/]\s*(\d{4})", text)
    if text and not (years and int(years[2]) == int(years[1]) + 1):
        raise PydanticCustomError(
            "bad-school-year",
            '"{value}" is not a school year.|two years in a row, e.g. 2026-2027.',
            {"value": brief(text)},
        )
    return f"{years[1]}-{years[2]}" if years else ""


def _file_name(text: str) -> str:
    if text and (text.startswith(("/", "\\", "~")) or ".." in text or ":" in text or "\\" in text):
        raise PydanticCustomError(
            "bad-path",
            '"{value}" is not in the folder of local.yaml.|copy it there; write only its name.',
            {"value": brief(text)},
        )
    return text


Text = Annotated[str, AfterValidator(_one_line), StringConstraints(max_length=600)]
Needed = Annotated[str, AfterValidator(_one_line), StringConstraints(min_length=1, max_length=200)]
Texts = Annotated[tuple[Needed, ...], Field(max_length=60)]
Sentence = Annotated[
    str, AfterValidator(_one_line), StringConstraints(min_length=1, max_length=600)
]
Sentences = Annotated[tuple[Sentence, ...], Field(max_length=60)]
Slug = Annotated[str, AfterValidator(_id)]
Colour = Annotated[str, AfterValidator(_colour)]
Link = Annotated[str, AfterValidator(_link), StringConstraints(max_length=500)]
Email = Annotated[str, AfterValidator(_email), StringConstraints(max_length=254)]
Phone = Annotated[str, AfterValidator(_phone), StringConstraints(max_length=60)]
Date = Annotated[str, AfterValidator(_date)]
Time = Annotated[str, AfterValidator(_time)]


class Group(BaseModel):
    """A group of settings: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Local(Group):
    """The association for which documents are made."""

    name: Needed
    short_name: Text
    number: Text
    district: Text
    president: Text
    address: Texts
    website: Link


class Affiliate(Group):
    """A body that the local belongs to."""

    name: Text
    short_name: Text


class Affiliates(Group):
    """The state and the national body."""

    state: Affiliate
    national: Affiliate


class Brand(Group):
    """The local's looks."""

    logo: Annotated[str, AfterValidator(_file_name)]
    primary: Colour
    accent: Colour
    typeface: Literal["serif", "sans"]


class Terms(Group):
    """What the local calls the two partners; empty plurals are made by rule."""

    mentor: Needed
    mentee: Needed
    mentors: Text
    mentees: Text


class Pilot(Group):
    """How the program starts small."""

    scope: Literal["none", "group", "department", "building", "first-year"]
    note: Text


class Program(Group):
    """What the program is, and what it rests on."""

    name: Needed
    school_year: Annotated[str, AfterValidator(_school_year)]
    months: Annotated[Texts, Field(min_length=1, max_length=12)]
    basis: Literal["contract", "legislation", "meet-and-confer", "association"]
    governance: Literal["joint", "association"]
    state_kind: Literal["statutory", "nonstatutory"]
    unit: Literal["wall-to-wall", "single-family"]
    job_families: Annotated[Texts, Field(min_length=1, max_length=40)]
    terms: Terms
    goals: Annotated[Sentences, Field(min_length=1, max_length=12)]
    duration: Needed
    pilot: Pilot


class Dates(Group):
    """Days that the year turns on, as YYYY-MM-DD or empty."""

    applications_due: Date
    matched_by: Date
    exit_forms_due: Date


class Event(Group):
    """Something that people are invited to."""

    name: Needed
    date: Annotated[Date, StringConstraints(min_length=1)]
    time: Time = ""
    place: Text = ""


class Committee(Group):
    """The body that runs the program."""

    name: Needed
    seats: Texts


class Coordinator(Group):
    """The person to call."""

    name: Needed
    title: Needed
    phone: Phone
    email: Email


class Mentors(Group):
    """Who can be a mentor, and how they are chosen."""

    minimum_years: Annotated[int, Field(ge=0, le=40)]
    membership: Literal["required", "preferred", "open"]
    retirees: Literal["welcome", "not-eligible"]
    references: Annotated[int, Field(ge=0, le=5)]
    interview: Literal["committee", "mentors", "none"]


class Mentees(Group):
    """Who can have a mentor."""

    eligible: Annotated[
        tuple[Literal["new-hire", "transferred", "new-duties", "veteran"], ...], Field(min_length=1)
    ]


class Meetings(Group):
    """How often, how long and in which ways a pair meets."""

    frequency: Needed
    length: Needed
    modes: Annotated[Texts, Field(min_length=1, max_length=10)]


class Attendance(Group):
    """What the attendance record is for."""

    purpose: tuple[Literal["compensation", "contract", "program-review"], ...]


class Confidentiality(Group):
    """What partners may have to pass on, and whether an agreement of its own is signed."""

    exceptions: Sentences
    separate_agreement: bool


class HoldHarmless(Group):
    """Who is protected from blame and claims."""

    pair: bool
    employer: bool


class Archive(Group):
    """Which documents the program keeps, how long, and who keeps them."""

    documents: tuple[str, ...]
    years: Annotated[int, Field(ge=1, le=75)]
    custodian: Needed


class Promises(Group):
    """A local's changes to one set of promises."""

    add: Sentences
    remove: tuple[str, ...]


class Pledges(Group):
    """Changes to the promises of mentors, of mentees and of both."""

    mentor: Promises
    mentee: Promises
    shared: Promises


class Exit(Group):
    """The answers that the exit forms offer, from least to most."""

    scale: Annotated[Texts, Field(min_length=2, max_length=7)]


class Certificate(Group):
    """Who signs certificates beside the president."""

    administrator: bool


class OnlineSite(Group):
    """The program's own page for mentors."""

    url: Link


class DocumentChoice(Group):
    """Which documents the local does not use."""

    omit: tuple[str, ...]


class FormChange(Group):
    """A local's changes to one form, by field name."""

    remove: tuple[str, ...] = ()
    relabel: dict[str, Needed] = Field(default_factory=dict)
    add: Annotated[tuple[AddedField, ...], Field(max_length=40)] = ()


class Credit(Group):
    """The credit line, and a sentence on permission."""

    line: Sentence
    permission: Text


class Settings(Group):
    """Every setting of one local, complete."""

    formgen: Literal["1"]
    id: Slug
    extends: Annotated[str, AfterValidator(_pack)]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    paper: Literal["letter", "a4", "legal"]
    edition: Text
    local: Local
    affiliates: Affiliates
    brand: Brand
    program: Program
    dates: Dates
    events: Annotated[tuple[Event, ...], Field(max_length=20)]
    committee: Committee
    coordinator: Coordinator
    mentors: Mentors
    mentees: Mentees
    meetings: Meetings
    compensation: tuple[Literal["stipend", "comp-time", "leave", "travel"], ...]
    attendance: Attendance
    confidentiality: Confidentiality
    hold_harmless: HoldHarmless
    archive: Archive
    pledges: Pledges
    exit: Exit
    certificate: Certificate
    online_site: OnlineSite
    documents: DocumentChoice
    forms: dict[str, FormChange]
    credit: Credit
