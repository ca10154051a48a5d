"""fillable.py of compose: what a form asks becomes a PDF's fields; private forms stay empty."""

import pytest

from formgen.build.check import check_pages
from formgen.compose.pages import make_composer
from formgen.findings import ExitCode, exit_code
from formgen.kit import resolve
from formgen.model.catalog import FILLABLE_KINDS
from tests.support.composed import FORMATS
from tests.support.locals import SAMPLES
from tests.support.overlays import FORM, document_of, findings_in, overlaid

PRIVATE = ("mentor-reflection", "mentee-reflection")


def form_of(kit, name):
    composed = make_composer(kit).compose(document_of(kit, name), FORMATS["fillable"])
    assert composed.form
    return composed.form


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.parent.name)
def forms(request):
    """Give the fields of every fillable document of a sample local."""
    composer = make_composer(resolve(request.param))
    return {
        document.id: composer.compose(document, FORMATS["fillable"]).form
        for document in composer.kit.documents
        if composer.words_of(document).asks
    }


def test_every_name_is_unique_and_has_no_dot(forms):
    names = [f"{form.document}.{field.name}" for form in forms.values() for field in form.fields]

    assert len(names) > 200
    assert len(names) == len(set(names))
    assert {name.count(".") for name in names} == {1}


def test_the_places_are_those_on_the_page(forms, request):
    import re

    composer = make_composer(resolve(request.node.callspec.params["forms"]))
    for document in composer.kit.documents:
        if document.id in forms:
            html = composer.compose(document, FORMATS["fillable"]).html
            places = re.findall(r'class="place" name="([^"]+)"', html)
            fields = [field for field in forms[document.id].fields if not field.is_spare]
            wanted = [place for field in fields for place in field.places]
            assert places == wanted, document.id


def test_every_form_pledge_and_agreement_can_be_filled_in(forms, request):
    kit = resolve(request.node.callspec.params["forms"])
    asked = {document.id for document in kit.documents if document.entry.kind in FILLABLE_KINDS}

    # Letters that ask nothing have no fields.
    assert asked - set(forms) == {
        "start-up-notice",
        "mentor-application-process",
        "questions-people-ask",
        "for-supervisors",
        "flyer",
        "flyer-cards",
        "year-on-one-page",
    }


def test_a_place_takes_what_its_kind_may_be_long(tmp_path):
    asked = ["text", "multiline", "email", "phone", "date", "integer"]
    fields = "\n".join(f"      - {{name: {kind}, type: {kind}, label: A}}" for kind in asked)
    cells = ", ".join(f"{{name: {kind}, type: {kind}, label: A}}" for kind in ("date", "integer"))
    kit = overlaid(
        tmp_path,
        {
            FORM: f"sections:\n  - name: s\n    label: S\n    fields:\n{fields}\n"
            f"      - {{name: t, type: table, label: T, rows: 1, columns: [{cells}]}}\n"
        },
    )

    made = form_of(kit, "mentor-application").fields

    # An address may be 254 characters long; a telephone number has an extension, too.
    assert {field.name: field.max_length for field in made} == {
        "text": 0,
        "multiline": 0,
        "email": 254,
        "phone": 40,
        "date": 30,
        "integer": 12,
        "t_1_date": 30,
        "t_1_integer": 12,
    }


def test_rows_for_which_there_may_be_room_have_fields_to_spare(tmp_path):
    cells = "{name: what, type: text, label: A}"
    kit = overlaid(
        tmp_path,
        {
            FORM: "sections:\n  - name: s\n    label: S\n    fields:\n"
            f"      - {{name: t, type: table, label: T, rows: 2, columns: [{cells}]}}\n"
        },
    )

    made = form_of(kit, "mentor-application").fields

    assert {field.name: field.is_spare for field in made} == {
        "t_1_what": False,
        "t_2_what": False,
        "t_3_what": True,
        "t_4_what": True,
    }


def test_what_is_known_is_filled_in(forms):
    filled = {
        f"{form.document}.{field.name}": field.value
        for form in forms.values()
        for field in form.fields
        if field.value
    }

    assert "match-record.local" in filled
    assert "match-record.coordinator" in filled
    assert not [name for name in filled if name.startswith(PRIVATE)]


def test_only_what_holds_a_value_is_read_only(forms):
    for form in forms.values():
        assert [field.name for field in form.fields if field.read_only and not field.value] == []


def test_the_identifier_says_which_form_of_which_local_and_edition(tmp_path):
    form = form_of(overlaid(tmp_path), "mentor-application")

    assert form.identifier == f"formgen:test-local/mentor-application/2026.1/{form.fingerprint}"


def test_another_question_makes_another_fingerprint(tmp_path):
    kit = overlaid(tmp_path / "a")
    changed = overlaid(
        tmp_path / "b",
        text_or_changes={"forms": {"mentor-application": {"relabel": {"name": "Full name"}}}},
    )

    assert (
        form_of(kit, "mentor-application").fingerprint
        != form_of(changed, "mentor-application").fingerprint
    )
    assert form_of(kit, "mentor-exit").fingerprint == form_of(changed, "mentor-exit").fingerprint


# --- Private forms, whatever a layer says ---------------------------------------------------

HOSTILE = {
    "content/en/forms/mentor-reflection.yaml": """\
sections:
  - name: s
    label: S
    fields:
      - {name: who, type: text, label: Your name, default: "{{ coordinator.name }}"}
""",
}


def test_an_overlay_cannot_fill_in_a_private_form(tmp_path):
    kit = overlaid(tmp_path, HOSTILE)

    findings = findings_in(
        lambda: make_composer(kit).compose(
            document_of(kit, "mentor-reflection"), FORMATS["fillable"]
        )
    )

    assert [finding.code for finding in findings] == ["private"]
    assert exit_code(check_pages(kit)) == ExitCode.REFUSED


@pytest.mark.parametrize("variant", ["print", "fillable", "web", "large-print"])
@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_page_names_nobody_and_no_address(name, variant, tmp_path):
    kit = overlaid(
        tmp_path,
        text_or_changes={
            "coordinator": {
                "name": "Zz Coordinator",
                "phone": "555-0199",
                "email": "zz@example.org",
            }
        },
    )

    html = make_composer(kit).compose(document_of(kit, name), FORMATS[variant]).html

    for told in ("Zz Coordinator", "555-0199", "zz@example.org"):
        assert told not in html
