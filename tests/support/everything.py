"""A local that gives every setting there is, others of all kinds, and ways to walk through them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

Steps = tuple[str | int, ...]

EVERYTHING: dict[str, Any] = {
    "formgen": "1",
    "id": "everything",
    "extends": "",
    "language": "en",
    "paper": "letter",
    "edition": "First printing",
    "local": {
        "name": "Association of Everything",
        "short_name": "Everything",
        "article": "the",
        "number": "01245",
        "district": "Whole School District",
        "president": "Dana Whitfield",
        "officers": [{"name": "Pat Doe", "title": "Treasurer"}],
        "address": ["12 Mill Street", "Riverbend"],
        "website": "https://example.org",
    },
    "affiliates": {
        "state": {"name": "State Association", "short_name": "STAS"},
        "national": {"name": "Federal Association", "short_name": "FEAS"},
    },
    "brand": {
        "logo": "logo.png",
        "partner_logo": "logo.png",
        "cover": "logo.png",
        "cover_alt": "Two people at a table.",
        "primary": "#14496b",
        "accent": "#b3541e",
        "look": "plain",
        "typeface": {
            "voice": "sans",
            "file": "fonts/own.ttf",
            "bold": "fonts/own.ttf",
            "italic": "fonts/own.ttf",
        },
    },
    "program": {
        "name": "Program of Everything",
        "school_year": "2026-2027",
        "months": ["September", "Octember"],
        "basis": "contract",
        "governance": "joint",
        "state_kind": "statutory",
        "unit": "wall-to-wall",
        "job_families": ["clerical", "Ferry crews"],
        "terms": {
            "mentor": "guide",
            "mentee": "newcomer",
            "mentors": "guides",
            "mentees": "newcomers",
            "a_mentor": "a guide",
            "a_mentee": "a newcomer",
        },
        "goals": ["Help people", "Keep people"],
        "duration": "one school year",
        "pilot": {"scope": "building", "note": "Mill Street School"},
    },
    "dates": {
        "applications_due": "2026-10-02",
        "matched_by": "2026-10-16",
        "exit_forms_due": "2027-06-01",
    },
    "events": [
        {
            "name": "Kick-off",
            "date": "2026-09-24",
            "time": "16:30",
            "place": "Library",
            "for": ["notice", "year"],
        }
    ],
    "committee": {
        "name": "Council of Everything",
        "seats": ["Two members", "Two others"],
        "members": [{"name": "Jo Amari", "title": "Chair"}],
    },
    "coordinator": {
        "name": "Luis Ortega",
        "title": "Organizer",
        "phone": "555-0142",
        "email": "mentoring@example.org",
        "listed": "true",
    },
    "mentors": {
        "minimum_years": "3",
        "membership": "required",
        "retirees": "welcome",
        "references": "2",
        "interview": "committee",
    },
    "mentees": {"eligible": ["new-hire", "veteran"], "interview": "committee"},
    "meetings": {
        "frequency": "every two weeks",
        "length": "45 minutes",
        "modes": ["in person", "by letter"],
    },
    "compensation": ["stipend", "travel"],
    "attendance": {"purpose": ["compensation", "contract", "program-review"]},
    "confidentiality": {
        "exceptions": ["abuse of a child", "a threat"],
        "separate_agreement": "true",
    },
    "hold_harmless": {"pair": "true", "employer": "true"},
    "archive": {
        "documents": ["mentor-application", "mentee-exit"],
        "years": "3",
        "custodian": "the clerk of records",
    },
    "pledges": {
        "mentor": {"add": ["I will ride along."], "remove": ["learn"]},
        "mentee": {"add": ["I will ask twice."], "remove": ["try"]},
        "shared": {"add": ["I will answer."], "remove": ["punctual"]},
    },
    "exit": {"scale": ["No", "Partly", "Yes"]},
    "certificate": {
        "administrator": "true",
        "signers": [{"who": "administrator"}, {"name": "Robin Hale", "title": "Speaker"}],
    },
    "letters": {"signers": [{"who": "president"}, {"name": "Lee Po", "title": "Chair"}]},
    "online_site": {"url": "https://example.org/page"},
    "resources": [{"title": "The binder", "about": "all forms", "where": "in the office"}],
    "voices": [{"text": "I learned who to ask.", "name": "Ana", "chapter": "why"}],
    "documents": {
        "omit": ["program-evaluation"],
        "add": [
            {
                "title": "Parking permit",
                "form": "forms/action-plan.yaml",
                "purpose": "To park",
                "id": "parking",
                "code": "X7",
                "audience": "pair",
                "step": "during",
            },
            {"id": "note", "title": "A note", "letter": "letters/start-up-notice.md"},
            {"id": "word", "title": "A word", "pledge": "pledges/mentor-pledge.yaml"},
        ],
    },
    "manual": {"order": ["why"], "drop": ["readiness"]},
    "forms": {
        "action-plan": {
            "remove": ["celebrate"],
            "relabel": {"cancelling": "If we cannot meet"},
            "add": [
                {
                    "name": "language",
                    "type": "select_one",
                    "label": "Language you speak",
                    "hint": "Choose one.",
                    "width": "3",
                    "lines": "2",
                    "rows": "2",
                    "required": "true",
                    "choices": [{"name": "spanish", "label": "Spanish"}],
                    "choices_from": "",
                    "or_other": "true",
                    "columns": "2",
                    "relevant": "",
                    "after": "meeting-place",
                },
                {
                    "name": "log",
                    "type": "table",
                    "label": "Log of calls",
                    "columns": [
                        {
                            "name": "who",
                            "label": "Whom",
                            "type": "text",
                            "width": "2",
                            "roster": "mentor_name",
                            "relevant": "",
                        },
                        {
                            "name": "minutes",
                            "label": "Minutes",
                            "type": "integer",
                            "sum": "true",
                            "sum_name": "all-minutes",
                        },
                        {
                            "name": "mood",
                            "label": "Mood",
                            "type": "scale",
                            "start": "1",
                            "end": "3",
                        },
                        {
                            "name": "place",
                            "label": "Place",
                            "type": "select_one",
                            "choices": [{"name": "library", "label": "Library"}],
                        },
                        {
                            "name": "month",
                            "label": "Month",
                            "type": "select_one",
                            "choices_from": "program.months",
                            "appearance": "minimal",
                        },
                    ],
                    "row_labels": ["First call"],
                },
                {
                    "name": "remark",
                    "type": "text",
                    "label": "Remark",
                    "default": "None so far",
                    "read_only": "true",
                    "max_length": "40",
                    "comb": "false",
                },
                {"name": "shirt", "type": "text", "label": "Shirt", "roster": "shirt_size"},
                {"name": "advice", "type": "note", "label": "Call before you come."},
                {
                    "name": "ease",
                    "type": "scale",
                    "label": "How easy it was",
                    "with_above": "true",
                    "rows_for": "meetings",
                    "start": "0",
                    "end": "10",
                },
                {
                    "name": "bus",
                    "type": "select_one",
                    "label": "Bus",
                    "choices_from": "program.months",
                    "appearance": "minimal",
                },
            ],
        }
    },
    "packets": {
        "omit": ["closing"],
        "change": {"pair": {"add": ["program-plan"], "remove": ["needs-assessment"]}},
    },
    "outputs": {"word": "true"},
    "pack_keys": ["ed25519:EaKr/itjL/n14VX9cCehZf8RgVgH4Sz02lrr3TMg5yQ="],
    "credit": {"line": "After two works.", "permission": "Used with permission."},
}

# Locals that between them turn every branch of the words one way and the other.
KINDS: dict[str, dict[str, Any]] = {
    "smallest": {},
    "everything": EVERYTHING,
    "law": {
        "program": {"basis": "legislation", "governance": "joint", "pilot": {"scope": "group"}},
        "mentors": {"membership": "preferred", "references": 1, "interview": "mentors"},
        "compensation": ["comp-time"],
        "hold_harmless": {"pair": False, "employer": True},
    },
    "talks": {
        "program": {
            "basis": "meet-and-confer",
            "governance": "joint",
            "state_kind": "nonstatutory",
            "pilot": {"scope": "department", "note": "the garage"},
        },
        "mentors": {"membership": "open", "retirees": "not-eligible", "references": 0},
        "archive": {"documents": []},
        "confidentiality": {"exceptions": [], "separate_agreement": True},
    },
    "one family": {
        "program": {
            "unit": "single-family",
            "job_families": ["clerical"],
            "pilot": {"scope": "first-year"},
            "state_kind": "nonstatutory",
        },
        "mentors": {"interview": "none", "minimum_years": 0},
        "mentees": {"eligible": ["new-hire"]},
        "hold_harmless": {"pair": False},
        "attendance": {"purpose": []},
        "affiliates": {"national": {"name": "", "short_name": ""}},
    },
    "little": {
        "documents": {
            "omit": [
                "mentor-reflection",
                "mentor-exit",
                "mentee-pledge",
                "action-plan",
                "attendance-record",
                "letter-of-understanding",
                "readiness-assessment",
                "certificate-of-appreciation",
            ]
        }
    },
}


def leaves(values: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Yield every text of some settings with the way to it."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from leaves(value, (*steps, key))
    elif isinstance(values, list):
        for index, value in enumerate(values):
            yield from leaves(value, (*steps, index))
    else:
        yield steps, values


def with_value(values: Any, steps: Steps, value: Any) -> Any:
    """Return a copy of the settings with another value at the end of a way."""
    result = copy.deepcopy(values)
    spot = result
    for step in steps[:-1]:
        spot = spot[step]
    spot[steps[-1]] = value
    return result


def setting_of(steps: Steps) -> str:
    """Return the name of the setting at a way: `events.date`, `forms.relabel`."""
    names = [step for step in steps if isinstance(step, str)]
    if names[0] == "forms":
        names = ["forms", *names[2 : 3 if "relabel" in names else None]]
    if names[:2] == ["packets", "change"]:
        del names[2]
    if names[0] == "outputs":
        del names[1:]
    return ".".join(names)


def settings_in(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Yield the names of all settings of a model, as `setting_of` writes them."""
    for name, field in model.model_fields.items():
        groups = list(_models_in(field.annotation))
        for group in groups:
            yield from settings_in(group, f"{above}{name}.")
        if not groups or _takes_texts_too(name):
            yield f"{above}{name}"


def _takes_texts_too(name: str) -> bool:
    return name == "columns"


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
