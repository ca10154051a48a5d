"""What a Word copy needs to know that the words of its page do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.model.looks.palette import Look, Palette

Kind = Literal["form", "agreement", "letter", "certificate", "manual"]
Paper = Literal["letter", "a4", "legal"]
PROTECTED_KINDS = ("form", "agreement")


@dataclass(frozen=True)
class Prompts:
    """The few words that a Word copy has and its page has not."""

    choose: str
    page: str
    of: str
    edition: str


@dataclass(frozen=True)
class WordFacts:
    """One document, as far as its look and its identity go."""

    title: str
    local: str
    kind: Kind
    prompts: Prompts
    palette: Palette
    look: Look = "classic"
    language: str = "en"
    paper: Paper = "letter"
    code: str = ""
    handling: str = ""
    edition: str = ""
    serif: bool = False
    logo: bytes | None = None
    logo_alt: str = ""
    # The employer's mark, beside it.
    partner_logo: bytes | None = None
    partner_alt: str = ""
    # By which a returned file is recognised: document/local/edition.
    form_id: str = ""
    # The sections whose words may not be altered, by their anchors; "*" stands for all.
    locked: tuple[str, ...] = ()
    protect: bool = True
    # Whether it is a letter to somebody, and no notice.
    is_sent: bool = False
    # Whether its page is set close, so that a long letter stays on it.
    is_close: bool = False

    @property
    def is_protected(self) -> bool:
        """Tell whether nothing but the fields can be changed."""
        return self.protect and self.kind in PROTECTED_KINDS
