"""The settings of a local's program: their shape and their types.

The defaults are in `content/program.yaml`, the lowest layer, and what each means in
`content/en/settings.yaml`. `values.py` checks single values, `rules.py` several together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from formgen.model.forms.form import AddedField
from formgen.model.pack import PublicKey
from formgen.model.values import (
    PLAIN_DIGITS,
    Colour,
    Date,
    Email,
    FileName,
    Group,
    Language,
    Link,
    Needed,
    PackName,
    Phone,
    SchoolYear,
    Sentence,
    Sentences,
    Slug,
    Text,
    Texts,
    Time,
)


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

    logo: FileName
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
    school_year: SchoolYear
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


_Listed = tuple[Literal["notice", "year"], ...]


class Event(Group):
    """Something that people are invited to."""

    name: Needed
    date: Annotated[Date, StringConstraints(min_length=1)]
    time: Time = ""
    place: Text = ""
    # `for` is a word of Python's own, so this is how a field of that name is declared.
    __annotations__["for"] = Annotated[_Listed, Field(default=("notice", "year"))]


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

    minimum_years: Annotated[int, Field(ge=0, le=40), PLAIN_DIGITS]
    membership: Literal["required", "preferred", "open"]
    retirees: Literal["welcome", "not-eligible"]
    references: Annotated[int, Field(ge=0, le=5), PLAIN_DIGITS]
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
    years: Annotated[int, Field(ge=1, le=75), PLAIN_DIGITS]
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


class PacketChange(Group):
    """A local's changes to one packet: documents to put at its end or to leave out."""

    add: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    remove: tuple[str, ...] = ()


class PacketChoice(Group):
    """Which packets the local does not use, and its changes to the others, by packet."""

    omit: tuple[str, ...]
    change: dict[str, PacketChange]


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
    extends: PackName
    pack_keys: Annotated[tuple[PublicKey, ...], Field(max_length=20)]
    language: Language
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
    packets: PacketChoice
    # Kinds of file by id; the table of outputs knows which there are.
    outputs: dict[str, bool]
    forms: dict[str, FormChange]
    credit: Credit
