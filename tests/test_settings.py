"""settings.py: what each single setting takes, and what it says of the rest."""

import pytest

from formgen.model.values import RESERVED_NAMES
from tests.support.locals import (
    findings_of,
    lines_of,
    minimal,
    resolved,
    without_mark,
    write_local,
)


def setting_at(kit, path):
    value = kit.settings
    for step in path.split("."):
        value = getattr(value, step)
    return value


@pytest.mark.parametrize(
    ("lines", "path", "value"),
    [
        ("local: {name: A, number: 01245}", "local.number", "01245"),
        ("local: {name: A, number: 0x1F}", "local.number", "0x1F"),
        ("local: {name: 6175550100}", "local.name", "6175550100"),
        ("local: {name: A, district: No. 7}", "local.district", "No. 7"),
        ("local: {name: A, president: Null}", "local.president", "Null"),
        ("local: {name: 'two\n\n   words  '}", "local.name", "two words"),
        (
            "local: {name: A, address: [12 Mill St., 'A, B']}",
            "local.address",
            ("12 Mill St.", "A, B"),
        ),
        (
            "local: {name: A, website: HTTPS://example.org/?a=b}",
            "local.website",
            "HTTPS://example.org/?a=b",
        ),
        (
            "coordinator: {name: A, phone: (555) 010-0142 x3}",
            "coordinator.phone",
            "(555) 010-0142 x3",
        ),
        (
            "coordinator: {name: A, email: a.b+c@x.example.org}",
            "coordinator.email",
            "a.b+c@x.example.org",
        ),
        ("coordinator: {name: A, email: zoë@exämple.org}", "coordinator.email", "zoë@exämple.org"),
        ("paper: a4", "paper", "a4"),
        ("brand: {primary: '#14496B'}", "brand.primary", "#14496b"),
        ("program: {school_year: 2026-2027}", "program.school_year", "2026-2027"),
        ("program: {school_year: 2026 – 2027}", "program.school_year", "2026-2027"),
        ("program: {school_year: 2026/2027}", "program.school_year", "2026-2027"),
        ("program: {school_year: ''}", "program.school_year", ""),
        ("program: {months: [May]}", "program.months", ("May",)),
        ("mentors: {minimum_years: 0}", "mentors.minimum_years", 0),
        ("mentors: {minimum_years: 03}", "mentors.minimum_years", 3),
        ("confidentiality: {separate_agreement: yes}", "confidentiality.separate_agreement", True),
        ("hold_harmless: {pair: 'off'}", "hold_harmless.pair", False),
        ("compensation: []", "compensation", ()),
        ("compensation: [leave, travel]", "compensation", ("leave", "travel")),
        ("dates: {applications_due: 2026-10-02}", "dates.applications_due", "2026-10-02"),
        ("dates: {applications_due: ''}", "dates.applications_due", ""),
        ("brand: {primary: '#123'}", "brand.primary", "#112233"),
        ("brand: {primary: 1F6B3A}", "brand.primary", "#1f6b3a"),
        ("brand: {primary: Dark Green}", "brand.primary", "#006400"),
        ("brand: {primary: navy}", "brand.primary", "#000080"),
        ("extends: base", "extends", "base"),
        ("id: a", "id", "a"),
        (f"id: {'a' * 64}", "id", "a" * 64),
        ("brand:", "brand.primary", "#14496b"),
        ("mentors: {references: }", "mentors.references", 2),
    ],
)
def test_a_setting_takes_what_people_type(lines, path, value, tmp_path):
    assert setting_at(resolved(tmp_path, minimal(lines)), path) == value


NO_ID = "must be 1 to 64 of the characters a-z, 0-9 and -."
OUTSIDE = "is not in the folder of local.yaml."
COPY_IT = "copy it there; write only its name."
LINK = "e.g. https://example.org"

# The setting, with ^^ where the finding stands; the code, what is wrong, and the remedy.
REFUSED = [
    ("id: ^^../x", "bad-id", f'"../x" {NO_ID}', 'e.g. "local-1245".'),
    ("id: ^^Local", "bad-id", f'"Local" {NO_ID}', 'e.g. "local-1245".'),
    (f"id: ^^{'a' * 65}", "bad-id", f'"{"a" * 65}" {NO_ID}', 'e.g. "local-1245".'),
    ("id: ^^''", "bad-id", f'"" {NO_ID}', 'e.g. "local-1245".'),
    ("id: ^^-rf", "bad-id", '"-rf" must start with a letter or a digit.', "write `rf`."),
    ("id: ^^base", "reserved-name", '"base" is the name of the base pack.', "choose another id."),
    (
        "brand: {primary: ^^'red}'}",
        "bad-colour",
        '"red}" is not a color.',
        "write it as #RRGGBB, or as a name such as navy.",
    ),
    (
        "brand: {primary: ^^'red|blue'}",
        "bad-colour",
        '"red|blue" is not a color.',
        "write it as #RRGGBB, or as a name such as navy.",
    ),
    (
        "brand: {primary: ^^'#12'}",
        "bad-colour",
        '"#12" is not a color.',
        "write it as #RRGGBB, or as a name such as navy.",
    ),
    (
        "brand: {primary: ^^''}",
        "bad-colour",
        '"" is not a color.',
        "write it as #RRGGBB, or as a name such as navy.",
    ),
    (
        "brand: {accent: ^^'#12345678'}",
        "bad-colour",
        '"#12345678" is not a color.',
        "write it as #RRGGBB, or as a name such as navy.",
    ),
    (
        "local: {name: A, website: ^^'javascript:x'}",
        "bad-link",
        'scheme "javascript" not allowed.',
        "start it with https://",
    ),
    (
        "local: {name: A, website: ^^'JavaScript:x'}",
        "bad-link",
        'scheme "javascript" not allowed.',
        "start it with https://",
    ),
    (
        "local: {name: A, website: ^^'file:///etc/passwd'}",
        "bad-link",
        'scheme "file" not allowed.',
        "start it with https://",
    ),
    (
        "local: {name: A, website: ^^'data:text/html,x'}",
        "bad-link",
        'scheme "data" not allowed.',
        "start it with https://",
    ),
    (
        "local: {name: A, website: ^^www.example.org}",
        "bad-link",
        '"www.example.org" is not a web address.',
        "start it with https://",
    ),
    ("online_site: {url: ^^'https://'}", "bad-link", '"https://" is not a web address.', LINK),
    (
        "online_site: {url: ^^'https://a b'}",
        "bad-link",
        '"https://a b" is not a web address.',
        LINK,
    ),
    (
        "online_site: {url: ^^'https://[::1'}",
        "bad-link",
        '"https://[::1" is not a web address.',
        LINK,
    ),
    (
        "online_site: {url: ^^'https://a/\"><script>'}",
        "bad-link",
        '"https://a/"><script>" is not a web address.',
        LINK,
    ),
    (
        "coordinator: {name: A, email: ^^a}",
        "bad-email",
        '"a" is not an e-mail address.',
        "e.g. name@example.org",
    ),
    (
        "coordinator: {name: A, email: ^^a b@c.org}",
        "bad-email",
        '"a b@c.org" is not an e-mail address.',
        "e.g. name@example.org",
    ),
    (
        "coordinator: {name: A, phone: ^^call me}",
        "bad-phone",
        '"call me" is not a phone number.',
        "e.g. 555-0142.",
    ),
    (
        "dates: {matched_by: ^^2026-13-40}",
        "bad-date",
        '"2026-13-40" is not a date.',
        "YYYY-MM-DD, month 01-12.",
    ),
    (
        "dates: {matched_by: ^^2026-02-29}",
        "bad-date",
        '"2026-02-29" is not a date.',
        "YYYY-MM-DD, month 01-12.",
    ),
    (
        "dates: {matched_by: ^^10/02/2026}",
        "bad-date",
        '"10/02/2026" is not a date.',
        "write it as 2026-10-02.",
    ),
    (
        "dates: {matched_by: ^^Sept 24}",
        "bad-date",
        '"Sept 24" is not a date.',
        "write it with its year, as YYYY-09-24.",
    ),
    (
        "events: [{name: A, date: 2026-10-02, time: ^^4:30 pm}]",
        "bad-time",
        '"4:30 pm" is not a time.',
        "write it as 16:30.",
    ),
    (
        "events: [{name: A, date: 2026-10-02, time: ^^'8:3o'}]",
        "bad-time",
        '"8:3o" is not a time.',
        "e.g. 8:30 or 20:00.",
    ),
    (
        "events: [{name: A, date: 2026-10-02, time: ^^'24:00'}]",
        "bad-time",
        '"24:00" is not a time.',
        "e.g. 8:30 or 20:00.",
    ),
    (
        "program: {school_year: ^^2026}",
        "bad-school-year",
        '"2026" is not a school year.',
        "two years in a row, e.g. 2026-2027.",
    ),
    (
        "program: {school_year: ^^2026-2028}",
        "bad-school-year",
        '"2026-2028" is not a school year.',
        "two years in a row, e.g. 2026-2027.",
    ),
    ("brand: {logo: ^^/etc/logo.png}", "bad-path", f'"/etc/logo.png" {OUTSIDE}', COPY_IT),
    ("brand: {logo: ^^../logo.png}", "bad-path", f'"../logo.png" {OUTSIDE}', COPY_IT),
    ("brand: {logo: ^^'C:\\logo.png'}", "bad-path", f'"C:\\logo.png" {OUTSIDE}', COPY_IT),
    (
        "brand: {logo: ^^'https://x/logo.png'}",
        "bad-path",
        f'"https://x/logo.png" {OUTSIDE}',
        COPY_IT,
    ),
    (
        "language: ^^EN",
        "bad-name",
        '"EN" is not allowed here.',
        "use the code of a language, such as en or pt-BR.",
    ),
    (
        "formgen: ^^2",
        "format",
        '"2" is not a format that this formgen reads.',
        "write `formgen: 1`, or install a newer formgen.",
    ),
]


@pytest.mark.parametrize(("marked", "code", "message", "fix"), REFUSED)
def test_a_value_that_no_setting_takes_is_refused_where_it_stands(
    marked, code, message, fix, tmp_path
):
    text, line, column = without_mark(minimal(marked))

    found = lines_of(findings_of(write_local(tmp_path, text)), tmp_path)

    assert found == [f"local.yaml:{line}:{column}: error[{code}]: {message} Fix: {fix}"]


def test_a_name_that_windows_keeps_for_a_device_is_no_id(tmp_path):
    found = {
        name: lines_of(findings_of(write_local(tmp_path, minimal(f"id: {name}"))), tmp_path)
        for name in sorted(RESERVED_NAMES)
    }

    assert {"con", "nul", "lpt1"} <= found.keys()
    said = 'local.yaml:7:5: error[reserved-name]: "{}" cannot be a file name on Windows. {}'
    assert found == {name: [said.format(name, "Fix: choose another id.")] for name in found}


@pytest.mark.parametrize(
    ("setting", "limit"),
    [
        ("local: {name: ^^%s}", 200),
        ("program: {name: ^^%s}", 200),
        ("local: {name: A, district: ^^%s}", 600),
        ("credit: {line: ^^%s}", 600),
        ("coordinator: {name: A, phone: ^^%s}", 60),
    ],
)
def test_texts_have_a_length_that_a_page_can_hold(setting, limit, tmp_path):
    def found(length):
        text, *_ = without_mark(minimal(setting % ("5" * length)))
        return findings_of(write_local(tmp_path, text))

    assert found(limit) == []
    assert [(finding.code, finding.fix) for finding in found(limit + 1)] == [
        ("too-long", f"use at most {limit} characters.")
    ]


def test_a_message_does_not_repeat_a_value_of_any_length(tmp_path):
    found = findings_of(write_local(tmp_path, minimal(f"brand: {{primary: {'x y ' * 9999}}}")))

    (finding,) = found
    assert finding.message == f'"{("x y " * 20)[:80]}…" is not a color.'


def test_settings_never_change(tmp_path):
    settings = resolved(tmp_path).settings

    with pytest.raises(ValueError, match="frozen"):
        settings.local.__setattr__("name", "Another")
