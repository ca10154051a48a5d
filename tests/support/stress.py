"""Three locals that strain the pages: long names, long words, many and few of everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.locals import write_local

# 90 letters.
LONG_NAME = (
    "Federation of School Bus, Kitchen, Office and Ground Staff of Upper Wolverhampton District"
)
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
FAMILIES = [
    "paraeducators",
    "clerical",
    "custodial",
    "transportation",
    "food-service",
    "trades",
    "health",
    "security",
    "technical",
    "Library and media assistants",
    f"{LONG_WORD} and caps",
    "Ferry and dock crews of all islands, harbors and landing places of the county",
]

# Everything is on, and everything is long.
FULL: dict[str, Any] = {
    "local": {
        "name": LONG_NAME,
        "district": "Upper Wolverhampton and Lower Saltmarsh Consolidated Community Schools",
        "president": "Maria-Antonia Fitzwilliam-Oyelaran de la Cruz",
        "address": ["Union Hall, Rooms 301 to 307", "1200 Very Long Street Name Boulevard", "Town"],
        "website": "https://example.org/a-rather-long-path/to-the-page-of-the-local-association",
        "number": "0001234-B",
    },
    "affiliates": {
        "state": {"name": "State Association of Education Support", "short_name": "SAES"}
    },
    "program": {
        "name": "Upper Wolverhampton Colleague to Colleague Mentoring Program",
        "basis": "contract",
        "governance": "joint",
        "school_year": "2026-2027",
        "job_families": FAMILIES,
        "terms": {"mentor": "consulting colleague", "mentee": "participating colleague"},
        "duration": "two full school years, and a third one if both of the partners ask for it",
        "pilot": {
            "scope": "department",
            "note": f"the {LONG_WORD} shop, and whoever wants to join it",
        },
    },
    "dates": {
        "applications_due": "2026-09-18",
        "matched_by": "2026-10-02",
        "exit_forms_due": "2027-06-04",
    },
    "committee": {"name": "Joint Labor and Management Committee on Mentoring and Peer Support"},
    "coordinator": {
        "name": "Bartholomew Featherstonehaugh-Nakamura",
        "title": "Coordinator of Mentoring and of Peer Support",
        "phone": "+1 (555) 555-0142 extension 12345",
        "email": "mentoring-and-peer-support.coordinator@long-name.example.org",
    },
    "mentors": {"references": 5},
    "meetings": {
        "frequency": "every two weeks, and more often at the start",
        "modes": ["in person", "by phone", "by e-mail", "by video call", f"by {LONG_WORD}"],
    },
    "compensation": ["stipend", "comp-time", "leave", "travel"],
    "attendance": {"purpose": ["compensation", "contract", "program-review"]},
    "confidentiality": {"separate_agreement": True},
    "mentees": {"interview": "mentors"},
    "hold_harmless": {"employer": True},
    "archive": {"custodian": "the recording secretary of the joint committee and her deputy"},
    "exit": {
        "scale": ["Not at all", "A little", "Somewhat", "More or less", "Mostly", "Quite", "Yes"]
    },
    "certificate": {"administrator": True},
    "online_site": {"url": "https://example.org/a-rather-long-path/to-the-page-for-mentors"},
}
EMPTY: dict[str, Any] = {
    "local": {"name": LONG_NAME},
    "affiliates": {"national": {"name": "", "short_name": ""}},
    "program": {
        "unit": "single-family",
        "job_families": ["custodial"],
        "months": ["June"],
        "goals": ["Learn"],
    },
    "coordinator": {"name": "Jo Li", "title": "Chair"},
    "mentors": {"minimum_years": 0, "membership": "open", "references": 0, "interview": "none"},
    "mentees": {"eligible": ["new-hire"]},
    "meetings": {"modes": ["in person"]},
    "attendance": {"purpose": []},
    "confidentiality": {"exceptions": []},
    "hold_harmless": {"pair": False},
    "archive": {"documents": []},
    "exit": {"scale": ["No", "Yes"]},
}
LOCALS: dict[str, dict[str, Any]] = {
    "full-letter": FULL,
    # One of the sample locals has a manual on this paper.
    "full-a4": {
        **FULL,
        "paper": "a4",
        "brand": {"typeface": "sans"},
        "documents": {"omit": ["manual"]},
    },
    "empty-legal": {**EMPTY, "paper": "legal"},
}


def write_locals(folder: Path) -> list[Path]:
    """Write the three locals below a folder."""
    return [write_local(folder / name, {"id": name, **values}) for name, values in LOCALS.items()]
