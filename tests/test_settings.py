"""settings.py: what each single setting takes, and what it says of the rest."""

import pytest

from formgen.kit import resolve
from formgen.model.settings import RESERVED_NAMES
from tests.support.locals import MINIMAL, findings_of, lines_of, resolved, without_mark, write_local


def setting_at(kit, path):
    value = kit.settings
    for step in path.split("."):
        value = getattr(value, step)
    return value


@pytest.mark.parametrize(
    ("typed", "path", "value"),
    [
        ("local: {number: 01245}", "local.number", "01245"),
        ("local: {number: 0x1F}", "local.number", "0x1F"),
        ("local: {district: No. 7}", "local.district", "No. 7"),
        ("local: {president: Null}", "local.president", "Null"),
        ("local: {president: 'two\n\n  words '}", "local.president", "two words"),
        ("local: {address: [12 Mill Street, 'A, B']}", "local.address", ("12 Mill Street", "A, B")),
        ("local: {website: HTTPS://example.org/a?b=1}", "local.website", "HTTPS://example.org/a?b=1"),
        ("paper: a4", "paper", "a4"),
        ("brand: {primary: '#14496B'}", "brand.primary", "#14496b"),
        ("program: {school_year: 2026-2027}", "program.school_year", "2026-2027"),
        ("program: {school_year: 2026 – 2027}", "program.school_year", "2026-2027"),
        ("program: {school_year: 2026/2027}", "program.school_year", "2026-2027"),
        ("program: {school_year: ''}", "program.school_year", ""),
        ("program: {months: [May]}", "program.months", ("May",)),
        ("mentors: {minimum_years: 0}", "mentors.minimum_years", 0),
        ("mentors: {minimum_years: 03}", "mentors.minimum_years", 3),
        ("certificate: {administrator: yes}", "certificate.administrator", True),
        ("certificate: {administrator: 'off'}", "certificate.administrator", False),
        ("compensation: []", "compensation", ()),
        ("compensation: [leave, travel]", "compensation", ("leave", "travel")),
        ("dates: {applications_due: 2026-10-02}", "dates.applications_due", "2026-10-02"),
        ("dates: {applications_due: ''}", "dates.applications_due", ""),
        ("extends: base", "extends", "base"),
        ("id: a", "id", "a"),
        (f"id: {'a' * 64}", "id", "a" * 64),
        ("coordinator: {phone: (555) 010-0142 ext. 3}", "coordinator.phone", "(555) 010-0142 ext. 3"),
        ("coordinator: {email: a.b+c@sub.example.org}", "coordinator.email", "a.b+c@sub.example.org"),
        ("coordinator: {email: zoë@exämple.org}", "coordinator.email", "zoë@exämple.org"),
        ("brand:", "brand.primary", "#14496b"),
        ("mentors: {references: }", "mentors.references", 2),
    ],
)
def test_a_setting_takes_what_people_type(typed, path, value, tmp_path):
    key = typed.partition(":")[0]
    lines = MINIMAL.replace(f"{key}:\n", f"{key}_:\n").replace("id: test", "id_: test")
    lines = MINIMAL if key not in {"local", "coordinator", "id"} else lines
    text = with_setting(typed)

    assert setting_at(resolved(tmp_path, text), path) == value
    assert lines


def with_setting(typed: str) -> str:
    """Return the smallest local with a setting; what it has of the same group is kept."""
    key = typed.partition(":")[0]
    groups = {
        "local": "local: {name: Test Local, ",
        "coordinator": "coordinator: {name: Pat Doe, phone: 555-0100, ",
    }
    if key == "id":
        return MINIMAL.replace("id: test-local", typed)
    if key not in groups:
        return f"{MINIMAL}{typed}\n"
    kept = "".join(part for part in MINIMAL.splitlines(keepends=True) if part)
    start = kept.index(f"{key}:\n")
    end = kept.find("\n", kept.rfind("\n  ", start) + 1) + 1
    rest = kept[end:]
    inside = typed.partition("{")[2]
    return kept[:start] + groups[key] + inside + "\n" + rest
