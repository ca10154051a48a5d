"""The settings of a local's program: their shape and their types.

The defaults are in `content/program.yaml`, the lowest layer, and what each means in
`content/en/settings.yaml`. `values.py` checks single values, `rules.py` several together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from formgen.model.groups.associations import Affiliates, Local
from formgen.model.groups.changes import DocumentChoice, FormChange, PacketChoice, Pledges
from formgen.model.groups.chapters import Manual
from formgen.model.groups.group import Group
from formgen.model.groups.lists import People, Resources, Voices
from formgen.model.groups.signers import CertificateSigners, LetterSigners
from formgen.model.groups.typefaces import TypefaceChoice
from formgen.model.looks.palette import Look
from formgen.model.pack import Extends, PublicKey
from formgen.model.phrases.kinds import (
    Case,
    Cases,
    Items,
    Label,
    Labels,
    Name,
    OptionalLabel,
    Phrase,
    Term,
    TermForm,
    Way,
)
from formgen.model.values import (
    PLAIN_DIGITS,
    Colour,
    Date,
    Email,
    FileName,
    Language,
    Link,
    Phone,
    SchoolYear,
    Sentence,
    Slug,
    Text,
    Texts,
    Time,
)


class Brand(Group):
    """The local's looks."""

    logo: FileName
    partner_logo: FileName
    cover: FileName
    cover_alt: Text
    primary: Colour
    accent: Colour
    look: Look
    typeface: TypefaceChoice


class Terms(Group):
    """What the local calls the two partners; forms that are empty are made by rule."""

    mentor: Term
    mentee: Term
    mentors: TermForm
    mentees: TermForm
    a_mentor: Text
    a_mentee: Text


class Pilot(Group):
    """How the program starts small."""

    scope: Literal["none", "group", "department", "building", "first-year"]
    note: Case


class Program(Group):
    """What the program is, and what it rests on."""

    name: Name
    school_year: SchoolYear
    months: Annotated[Labels, Field(min_length=1, max_length=12)]
    basis: Literal["contract", "legislation", "meet-and-confer", "association"]
    governance: Literal["joint", "association"]
    state_kind: Literal["statutory", "nonstatutory"]
    unit: Literal["wall-to-wall", "single-family"]
    job_families: Annotated[Labels, Field(min_length=1, max_length=40)]
    terms: Terms
    goals: Annotated[Items, Field(min_length=1, max_length=12)]
    duration: Phrase
    pilot: Pilot


class Dates(Group):
    """Days that the year turns on, as YYYY-MM-DD or empty."""

    applications_due: Date
    matched_by: Date
    exit_forms_due: Date


_List = Literal["notice", "year"]


class Event(Group):
    """Something that people are invited to."""

    name: Label
    date: Annotated[Date, StringConstraints(min_length=1)]
    time: Time = ""
    place: OptionalLabel = ""
    # `for` is a word of Python's own, so this is how a field of that name is declared.
    __annotations__["for"] = Annotated[tuple[_List, ...], Field(default=("notice", "year"))]

    def is_listed(self, where: _List) -> bool:
        """Tell whether the event is `for` a list; what has a field of that name asks here."""
        lists: tuple[_List, ...] = getattr(self, "for")
        return where in lists


class Committee(Group):
    """The body that runs the program."""

    name: Name
    seats: Annotated[Labels, Field(max_length=60)]
    members: People


class Coordinator(Group):
    """The person to call."""

    name: Label
    title: Name
    phone: Phone
    email: Email
    listed: bool


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
    interview: Literal["committee", "mentors", "none"]


class Meetings(Group):
    """How often, how long and in which ways a pair meets."""

    frequency: Phrase
    length: Phrase
    modes: Annotated[tuple[Way, ...], Field(min_length=1, max_length=10)]


class Attendance(Group):
    """What the attendance record is for."""

    purpose: tuple[Literal["compensation", "contract", "program-review"], ...]


class Confidentiality(Group):
    """What partners may have to pass on, and whether an agreement of its own is signed."""

    exceptions: Annotated[Cases, Field(max_length=60)]
    separate_agreement: bool


class HoldHarmless(Group):
    """Who is protected from blame and claims."""

    pair: bool
    employer: bool


class Archive(Group):
    """Which documents the program keeps, how long, and who keeps them."""

    documents: tuple[str, ...]
    years: Annotated[int, Field(ge=1, le=75), PLAIN_DIGITS]
    custodian: Phrase


class Exit(Group):
    """The answers that the exit forms offer, from least to most."""

    scale: Annotated[Texts, Field(min_length=2, max_length=7)]


class Certificate(Group):
    """Who signs certificates."""

    administrator: bool
    signers: CertificateSigners


class Letters(Group):
    """Who signs letters."""

    signers: LetterSigners


class OnlineSite(Group):
    """The program's own page for mentors."""

    url: Link


class Credit(Group):
    """The credit line, and a sentence on permission."""

    line: Sentence
    permission: Text


class Settings(Group):
    """Every setting of one local, complete."""

    formgen: Literal["1"]
    id: Slug
    extends: Extends
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
    letters: Letters
    online_site: OnlineSite
    resources: Resources
    voices: Voices
    documents: DocumentChoice
    manual: Manual
    packets: PacketChoice
    # Kinds of file by id; the table of outputs knows which there are.
    outputs: dict[str, bool]
    forms: dict[str, FormChange]
    credit: Credit
