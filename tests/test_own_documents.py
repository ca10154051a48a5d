"""model/groups/documents.py: a document of a local's own, from one line of its settings."""

import pytest

from formgen.compose.pages import make_composer
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.listing import documents
from tests.support.composed import compose_kit, text_of
from tests.support.locals import findings_of, lines_of, minimal, write, write_local

FORM = """
sections:
  - name: car
    label: Your car
    fields:
      - {name: plate, type: text, label: License plate}
"""
FORM_FILE = "content/en/forms/parking.yaml"
PERMIT = "{title: Parking permit, form: forms/parking.yaml}"


def local_with(folder, *documents, more=""):
    """Write a local with documents of its own, and a form that they may name."""
    write(folder / FORM_FILE, FORM)
    listed = "\n".join(f"    - {each}" for each in documents)
    return write_local(folder, minimal(f"documents:\n  add:\n{listed}\n{more}"))


def document_of(kit, name):
    return next(each for each in kit.documents if each.id == name)


def said_of(local, folder):
    return lines_of(findings_of(local), folder)


def test_one_line_and_a_file_make_a_document(tmp_path):
    kit = resolve(local_with(tmp_path, PERMIT))

    permit = document_of(kit, "parking-permit")
    assert permit.entry.model_dump(exclude_defaults=True) == {
        "code": "X1",
        "kind": "form",
        "title": "Parking permit",
        "content": "forms/parking.yaml",
        "audience": "committee",
        "privacy": "program",
        "handling": "committee",
    }
    assert kit.documents[-1] == permit
    assert kit.warnings == ()


def test_it_is_composed_and_listed_as_any_other(tmp_path):
    kit = resolve(local_with(tmp_path, PERMIT))

    pages = compose_kit(kit)

    assert "License plate" in text_of(pages["parking-permit"])
    assert "Parking permit A paper of our own." in text_of(pages["manual"])
    assert documents(kit)[-1] == {
        "code": "X1",
        "id": "parking-permit",
        "title": "Parking permit",
        "privacy": "program",
        "variants": "print, fillable, web",
    }


KINDS = {
    "a form for others": (
        f"{PERMIT[:-1]}, audience: pair}}",
        ("form", "forms/parking.yaml", "return"),
    ),
    "a letter": ("{title: Lunch, letter: letters/lunch.md}", ("letter", "letters/lunch.md")),
    "a pledge": ("{title: Lunch, pledge: pledges/lunch.yaml}", ("agreement", "pledges/lunch.yaml")),
    "without its folder": ("{title: Lunch, letter: lunch.md}", ("letter", "letters/lunch.md")),
    "with all folders": (
        "{title: Lunch, letter: content/en/letters/lunch.md}",
        ("letter", "letters/lunch.md"),
    ),
}


@pytest.mark.parametrize(("line", "expected"), KINDS.values(), ids=KINDS)
def test_the_key_of_the_file_says_what_it_is(line, expected, tmp_path):
    write(tmp_path / "content/en/letters/lunch.md", "Come and eat with us.\n")
    write(tmp_path / "content/en/pledges/lunch.yaml", FORM)

    entry = resolve(local_with(tmp_path, line)).documents[-1].entry

    assert (entry.kind, entry.content, entry.handling)[: len(expected)] == expected


def test_a_title_is_printed_as_typed(tmp_path):
    line = '{title: "{{ 7 * 7 }}", purpose: "{% if %}", form: forms/parking.yaml, id: parking}'

    pages = make_composer(resolve(local_with(tmp_path, line)))

    assert pages.documents["parking"]["title"] == "{{ 7 * 7 }}"
    assert pages.documents["parking"]["purpose"] == "{% if %}"


def test_the_file_may_say_the_title_and_the_purpose(tmp_path):
    local = local_with(tmp_path, "{form: forms/parking.yaml}")
    write(tmp_path / FORM_FILE, f'title: "{{{{ 7 * 7 }}}} cars"\npurpose: To park.\n{FORM}')

    pages = make_composer(resolve(local))

    assert pages.documents["parking"]["title"] == "49 cars"
    assert pages.documents["parking"]["purpose"] == "To park."


def test_codes_stay_when_others_are_added_and_are_free(tmp_path):
    more = [
        "{title: Two, form: forms/parking.yaml, code: X1}",
        "{title: Three, form: forms/parking.yaml}",
        "{title: Four, form: forms/parking.yaml}",
    ]

    kit = resolve(local_with(tmp_path, "{title: One, form: forms/parking.yaml}", *more))

    assert [each.entry.code for each in kit.documents[-4:]] == ["X2", "X1", "X3", "X4"]
    codes = [each.entry.code for each in kit.documents]
    assert len(set(codes)) == len(codes)


def test_packets_the_archive_and_forms_name_it_by_id_or_code(tmp_path):
    more = (
        "archive: {documents: [X1]}\n"
        "packets: {change: {pair: {add: [parking-permit]}, committee: {add: [x1]}}}\n"
        "forms: {X1: {relabel: {plate: Plate}}}"
    )

    kit = resolve(local_with(tmp_path, PERMIT, more=more))

    packets = {packet.id: packet.items for packet in kit.packets}
    assert packets["pair"][-1] == packets["committee"][-1] == "parking-permit"
    assert document_of(kit, "parking-permit").privacy == "archive"
    assert "Plate" in text_of(compose_kit(kit)["parking-permit"])


def test_entries_in_a_catalog_of_its_own_go_on_working(tmp_path):
    write(
        tmp_path / "content/documents.yaml",
        "documents:\n  parking:\n    {code: X1, kind: form, title: Parking, purpose: To park.,"
        " content: forms/parking.yaml, audience: pair, privacy: program, handling: pair}\n",
    )

    kit = resolve(local_with(tmp_path, PERMIT))

    assert [(each.id, each.entry.code) for each in kit.documents[-2:]] == [
        ("parking", "X1"),
        ("parking-permit", "X2"),
    ]


WRONG = {
    "no file": (
        "{title: Parking permit}",
        "10:7: error[no-file]: a document of one's own has one file with its words.",
        (
            "name it as what it is, such as `form: forms/parking.yaml`; a letter at "
            "`letter`, a pledge at `pledge`."
        ),
    ),
    "two files": (
        "{title: Parking, form: forms/parking.yaml, letter: letters/parking.md}",
        "10:7: error[no-file]: a document of one's own has one file with its words.",
        (
            "name it as what it is, such as `form: forms/parking.yaml`; a letter at "
            "`letter`, a pledge at `pledge`."
        ),
    ),
    "a key that there is not": (
        "{title: Parking permit, froms: forms/parking.yaml}",
        '10:31: error[unknown-key]: "froms" is not a setting here.',
        'did you mean "form"?',
    ),
    "a file that is not there": (
        "{title: Parking permit, form: forms/parkin.yaml}",
        "10:37: error[no-file]: no layer has content/en/forms/parkin.yaml.",
        'did you mean "parking.yaml"?',
    ),
    "a file beside the settings": (
        "{title: Lunch, form: forms/lunch.yaml}",
        "10:28: error[no-file]: no layer has content/en/forms/lunch.yaml.",
        "move lunch.yaml to content/en/forms.",
    ),
    "another kind of file": (
        "{title: Lunch, letter: forms/parking.yaml}",
        (
            '10:30: error[bad-path]: "forms/parking.yaml" does not end in .md, as the file '
            "of a letter does."
        ),
        "give the file this ending, or name it as what it is: form, letter, pledge.",
    ),
    "an odd name": (
        "{title: Lunch, form: ../Parking Permit.yaml}",
        ('10:28: error[bad-path]: "../Parking Permit.yaml" is no name for such a file.'),
        "a-z, 0-9 and - alone, such as forms/parking.yaml.",
    ),
    "a title that a document has": (
        "{title: Action Plan, form: forms/parking.yaml}",
        ('10:15: error[duplicate-document]: there is a document "action-plan" already.'),
        "give it another title, or an `id:` of its own.",
    ),
    "an id that a document has": (
        "{title: Parking, form: forms/parking.yaml, id: manual}",
        '10:54: error[duplicate-document]: there is a document "manual" already.',
        "give it another title, or an `id:` of its own.",
    ),
    "a code that a packet has": (
        "{title: Parking, form: forms/parking.yaml, code: P4}",
        "10:56: error[duplicate-document]: pair has the code P4 already.",
        "choose another, or leave `code` out.",
    ),
    "a reader that there is not": (
        "{title: Parking, form: forms/parking.yaml, audience: pairs}",
        ('10:60: error[bad-choice]: "pairs" is not a choice for documents.parking.audience.'),
        ('did you mean "pair"? use one of: everyone, applicants, pair, committee, year-end.'),
    ),
}


@pytest.mark.parametrize(("line", "said", "fix"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_it_is_said_with_the_remedy(line, said, fix, tmp_path):
    write(tmp_path / "lunch.yaml", FORM)
    local = local_with(tmp_path, line)

    found = [each for each in said_of(local, tmp_path) if "unread-file" not in each]
    assert found == [f"local.yaml:{said} Fix: {fix}"]


def test_two_of_one_name_are_told(tmp_path):
    local = local_with(tmp_path, PERMIT, PERMIT)

    assert said_of(local, tmp_path) == [
        (
            'local.yaml:11:15: error[duplicate-document]: there is a document "parking-permit" '
            "already. Fix: give it another title, or an `id:` of its own."
        )
    ]


def test_the_words_of_a_private_document_stay_private_under_any_name(tmp_path):
    local = local_with(tmp_path, "{title: Notes, form: forms/mentor-reflection.yaml}")

    with pytest.raises(InputError) as raised:
        resolve(local)

    assert {each.code for each in raised.value.findings if each.policy} == {"private"}
