"""rules.py: every contradiction between settings is found, at the setting to change."""

import pytest

from formgen.findings import exit_code
from formgen.kit import resolve
from formgen.model.looks.colour import contrast
from tests.support.locals import (
    MINIMAL,
    findings_of,
    lines_of,
    minimal,
    resolved,
    without_mark,
    write,
    write_local,
)

# Settings with ^^ before the place that is named; severity and code; the message; the remedy;
# and the exit code of the run.
CONTRADICTIONS = {
    "contract in a nonstatutory state": (
        "program:\n  state_kind: nonstatutory\n  basis: ^^contract\n  governance: joint",
        "error[contradiction]",
        "the program rests on a contract, but the state is nonstatutory.",
        "set program.basis to meet-and-confer or association, or correct program.state_kind.",
        3,
    ),
    "contract of one side": (
        "program:\n  basis: contract\n  governance: ^^association",
        "error[contradiction]",
        "the contract sets up the program, but the association runs it alone.",
        "set program.governance to joint, or program.basis to association.",
        3,
    ),
    "contract of one side by default": (
        "program: {basis: ^^contract}",
        "error[contradiction]",
        "the contract sets up the program, but the association runs it alone.",
        "set program.governance to joint, or program.basis to association.",
        3,
    ),
    "joint program by one side's decision": (
        "program: {governance: joint, basis: ^^association}",
        "warning[one-sided]",
        "local and employer run the program together, but only the association decided on it.",
        "agree on it in the contract or by meet-and-confer, or check that this is meant.",
        0,
    ),
    "joint program by one side's decision, by default": (
        "program: {governance: ^^joint}",
        "warning[one-sided]",
        "local and employer run the program together, but only the association decided on it.",
        "agree on it in the contract or by meet-and-confer, or check that this is meant.",
        0,
    ),
    "administrator among those who sign": (
        "program: {governance: association}\ncertificate: {signers: ^^[president, administrator]}",
        "error[contradiction]",
        "an administrator signs the certificates of a program that the association runs alone.",
        "take the administrator off, or set program.governance to joint.",
        3,
    ),
    "administrator who is none of those who sign": (
        (
            "program: {governance: joint, basis: contract}\n"
            "certificate: {administrator: true, signers: ^^[president]}"
        ),
        "error[contradiction]",
        "an administrator is to sign the certificates, but is none of certificate.signers.",
        "add `administrator` to them, or set certificate.administrator to false.",
        3,
    ),
    "administrator's signature": (
        "program: {governance: association}\ncertificate: {administrator: ^^true}",
        "error[contradiction]",
        "an administrator signs the certificates of a program that the association runs alone.",
        "set certificate.administrator to false, or set program.governance to joint.",
        3,
    ),
    "employer's protection": (
        "program: {governance: association}\nhold_harmless: {employer: ^^true}",
        "error[contradiction]",
        "the employer gives protection in a program that the association runs alone.",
        "set hold_harmless.employer to false, or set program.governance to joint.",
        3,
    ),
    "nobody can be reached": (
        "coordinator:\n  ^^name: Pat Doe",
        "error[missing]",
        "the coordinator has neither a phone number nor an e-mail address.",
        "add coordinator.phone or coordinator.email.",
        3,
    ),
    "one family and two": (
        "program: {unit: single-family, job_families: ^^[clerical, trades]}",
        "error[contradiction]",
        "the unit is one job family, but 2 are listed.",
        "list the one, or set program.unit to wall-to-wall.",
        3,
    ),
    "one family and all by default": (
        "program: {unit: ^^single-family}",
        "error[contradiction]",
        "the unit is one job family, but 9 are listed.",
        "list the one, or set program.unit to wall-to-wall.",
        3,
    ),
    "veterans in their first year": (
        "program: {pilot: {scope: first-year}}\nmentees: {eligible: ^^[new-hire, veteran]}",
        "error[contradiction]",
        "the pilot is for first-year staff, but veterans are eligible.",
        "take veteran off mentees.eligible, or set program.pilot.scope to another.",
        3,
    ),
    "veterans in their first year by default": (
        "program: {pilot: {scope: ^^first-year}}",
        "error[contradiction]",
        "the pilot is for first-year staff, but veterans are eligible.",
        "take veteran off mentees.eligible, or set program.pilot.scope to another.",
        3,
    ),
    "one word for both": (
        "program:\n  terms: ^^{mentor: Buddy, mentee: buddy}",
        "error[contradiction]",
        'both partners are called "buddy".',
        "give them different names.",
        3,
    ),
    "a month twice": (
        "program:\n  months: [May, June, ^^May]",
        "error[repeated]",
        "May is listed twice.",
        "delete one.",
        3,
    ),
    "a seat twice": (
        "committee:\n  seats: [Two drivers, A cook, ^^Two drivers]",
        "error[repeated]",
        "Two drivers is listed twice.",
        "delete one.",
        3,
    ),
    "pay without pay": (
        "compensation: []\nattendance: {purpose: ^^[compensation]}",
        "error[contradiction]",
        "attendance decides what is paid, but compensation is empty.",
        "take compensation off attendance.purpose, or fill in compensation.",
        3,
    ),
    "contract without a contract": (
        "attendance: {purpose: ^^[program-review, contract]}",
        "error[contradiction]",
        "attendance is recorded for the contract, but the program rests on none.",
        "take contract off attendance.purpose, or set program.basis to contract.",
        3,
    ),
    "pay without a record": (
        (
            "compensation: [stipend]\nattendance: {purpose: [compensation]}\n"
            "documents:\n  omit: ^^[attendance-record]"
        ),
        "error[contradiction]",
        "attendance-record is omitted, but it is needed for compensation.",
        "take attendance-record off documents.omit.",
        3,
    ),
    "contract without a record": (
        (
            "program: {basis: contract, governance: joint}\nattendance: {purpose: [contract]}\n"
            "documents:\n  omit: ^^[attendance-record]"
        ),
        "error[contradiction]",
        "attendance-record is omitted, but it is needed for contract.",
        "take attendance-record off documents.omit.",
        3,
    ),
    "reflections in the archive": (
        "archive:\n  documents: [mentor-exit, ^^mentor-reflection]",
        "error[private]",
        "mentor-reflection belongs to the pair alone and can never be archived.",
        "take it off archive.documents; no setting changes this.",
        4,
    ),
    "the other reflections in the archive": (
        "archive:\n  documents: [^^mentee-reflection]",
        "error[private]",
        "mentee-reflection belongs to the pair alone and can never be archived.",
        "take it off archive.documents; no setting changes this.",
        4,
    ),
    "reflections that are not even built": (
        "archive: {documents: [^^mentor-reflection]}\ndocuments: {omit: [mentor-reflection]}",
        "error[private]",
        "mentor-reflection belongs to the pair alone and can never be archived.",
        "take it off archive.documents; no setting changes this.",
        4,
    ),
    "the manual in the archive": (
        "archive: {documents: [^^manual]}",
        "warning[archive-public]",
        "manual holds nothing about a person, so there is nothing to archive.",
        "take it off archive.documents.",
        0,
    ),
    "a document that does not exist, in the archive": (
        "archive: {documents: [^^mentor-exits]}",
        "error[unknown-document]",
        'there is no document "mentor-exits".',
        'did you mean "mentor-exit"?',
        3,
    ),
    "a document that does not exist, left out": (
        "documents:\n  omit:\n    - certificate-of-completion\n    - ^^zzz",
        "error[unknown-document]",
        'there is no document "zzz".',
        "`formgen list` names them all.",
        3,
    ),
    "nobody promises to keep quiet": (
        "documents: {omit: ^^[letter-of-understanding]}",
        "warning[no-confidentiality]",
        "without letter-of-understanding, no document has the pledge of confidentiality.",
        "keep it, or set confidentiality.separate_agreement to true.",
        0,
    ),
    "changes to a form that does not exist": (
        "forms:\n  ^^mentor-aplication:\n    remove: [fax]",
        "error[unknown-document]",
        'there is no document "mentor-aplication".',
        'did you mean "mentor-application"?',
        3,
    ),
    "changes to a letter": (
        "forms:\n  ^^start-up-notice:\n    remove: [fax]",
        "error[no-form]",
        "start-up-notice is not a form, so it has no fields.",
        "delete it.",
        3,
    ),
    "pale headings": (
        "brand:\n  primary: ^^'#888888'",
        "warning[contrast]",
        "#888888 has a contrast of 3.5:1 on white, words need 4.5:1: #707070 is printed.",
        'write "#707070", the nearest color that works, or choose another dark one.',
        0,
    ),
    "pale marks": (
        "brand:\n  accent: ^^'#FFD700'",
        "warning[contrast]",
        "#ffd700 has a contrast of 1.4:1 on white, words need 4.5:1: #8a7400 is printed.",
        'write "#8a7400", the nearest color that works, or choose another dark one.',
        0,
    ),
}


@pytest.mark.parametrize(
    ("marked", "severity_and_code", "message", "fix", "exits_with"),
    CONTRADICTIONS.values(),
    ids=CONTRADICTIONS,
)
def test_a_contradiction_is_found_at_the_setting_to_change(
    marked, severity_and_code, message, fix, exits_with, tmp_path
):
    text, line, column = without_mark(minimal(marked))

    found = findings_of(write_local(tmp_path, text))

    assert lines_of(found, tmp_path) == [
        f"local.yaml:{line}:{column}: {severity_and_code}: {message} Fix: {fix}"
    ]
    assert exit_code(found) == exits_with


CONSISTENT = {
    "contract, jointly": "program: {basis: contract, governance: joint}",
    "law, by the association": "program: {basis: legislation, governance: association}",
    "meet and confer, jointly": (
        "program: {basis: meet-and-confer, governance: joint, state_kind: nonstatutory}"
    ),
    "administrator's signature in a joint program": (
        "program: {basis: contract, governance: joint}\ncertificate: {administrator: true}"
    ),
    "employer's protection in a joint program": (
        "program: {basis: contract, governance: joint}\nhold_harmless: {employer: true}"
    ),
    "only an e-mail address": "coordinator: {name: Pat Doe, email: pat@example.org}",
    "one family": "program: {unit: single-family, job_families: [clerical]}",
    "wall-to-wall with one family": "program: {unit: wall-to-wall, job_families: [clerical]}",
    "a pilot for newcomers": (
        "program: {pilot: {scope: first-year}}\nmentees: {eligible: [new-hire]}"
    ),
    "pay by attendance": "compensation: [stipend]\nattendance: {purpose: [compensation]}",
    "no archive": "archive: {documents: []}",
    "a record that nothing depends on, left out": (
        "attendance: {purpose: []}\ndocuments: {omit: [attendance-record]}"
    ),
    "a confidentiality agreement instead of the letter": (
        "documents: {omit: [letter-of-understanding]}\nconfidentiality: {separate_agreement: true}"
    ),
    "colours just dark enough": "brand: {primary: '#707070', accent: '#767676'}",
    "pale colours in a look without colours": (
        "brand: {primary: '#ffff00', accent: '#ffffff', look: plain}"
    ),
}


@pytest.mark.parametrize("lines", CONSISTENT.values(), ids=CONSISTENT)
def test_settings_that_fit_together_have_no_findings(lines, tmp_path):
    assert lines_of(findings_of(write_local(tmp_path, minimal(lines))), tmp_path) == []


def test_all_contradictions_are_found_at_once_in_the_order_of_the_file(tmp_path):
    text = minimal(
        "program: {governance: association, unit: single-family}\n"
        "archive: {documents: [mentor-reflection, manual]}\n"
        "brand: {primary: '#ffffff'}\n"
        "certificate: {administrator: true}"
    )

    found = findings_of(write_local(tmp_path, text))

    assert [(finding.place.line, finding.code) for finding in found] == [
        (8, "contradiction"),
        (9, "private"),
        (9, "archive-public"),
        (10, "contrast"),
        (11, "contradiction"),
    ]
    assert exit_code(found) == 4


def test_a_pack_cannot_put_a_reflection_form_into_the_archive_either(tmp_path):
    write(
        tmp_path / "packs" / "state" / "content" / "program.yaml",
        "archive: {documents: [mentor-reflection]}\n",
    )
    write(tmp_path / "packs" / "state" / "content" / "pack.yaml", "id: state\n")

    found = findings_of(write_local(tmp_path, f"{MINIMAL}extends: state\n"))

    assert lines_of(found, tmp_path) == [
        (
            "packs/state/content/program.yaml:1:23: error[private]:"
            " mentor-reflection belongs to the pair alone and can never be archived."
            " Fix: take it off archive.documents; no setting changes this."
        )
    ]
    assert exit_code(found) == 4


def test_the_smallest_local_has_no_findings(tmp_path):
    assert resolved(tmp_path).warnings == ()


def test_the_sample_locals_have_no_findings(sample_file):
    assert resolve(sample_file).warnings == ()


def test_the_ratio_that_is_named_is_that_of_the_colour(tmp_path):
    found = findings_of(write_local(tmp_path, minimal("brand: {primary: '#999999'}")))

    assert f"{contrast('#999999'):.1f}:1" in found[0].message


def test_documents_and_packets_go_by_their_codes_in_settings(tmp_path):
    base = resolved(tmp_path / "base", minimal("language: en"))
    codes = {each.id: each.entry.code for each in base.documents}
    codes |= {each.id: each.entry.code for each in base.packets}
    first = base.packets[0].id
    text = minimal(
        f"documents: {{omit: [{codes['needs-assessment']}]}}\n"
        f"packets: {{omit: [{codes[first].lower()}]}}\n"
        f"forms: {{{codes['mentee-exit']}: {{remove: []}}}}"
    )

    kit = resolved(tmp_path / "own", text)

    assert "needs-assessment" not in {each.id for each in kit.documents}
    assert first not in {each.id for each in kit.packets}
    assert [*kit.settings.forms] == ["mentee-exit"]
