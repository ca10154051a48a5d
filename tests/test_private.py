"""private.py of compose: no template of any layer makes a private page lead back to somebody."""

import pytest

from formgen.build.check import check_pages
from formgen.compose.pages import make_composer
from formgen.findings import ExitCode, exit_code
from tests.support.composed import FORMATS
from tests.support.overlays import document_of, findings_in, overlaid

SETTINGS = {
    "local": {
        "name": "Test Local",
        "president": "Dana Whitfield",
        "address": ["12 Mill Street", "Riverbend"],
    },
    "coordinator": {"name": "Zoë Ortega", "phone": "555-0199", "email": "zoe@example.org"},
}
TEMPLATE = "templates/form.html.j2"
VARIANTS = ("print", "fillable", "web", "large-print")


def findings_for(folder, block, name="mentor-reflection", variant="print", settings=SETTINGS):
    overlay = f'{{% extends "base/form.html.j2" %}}{{% block sections %}}{block}{{% endblock %}}'
    kit = overlaid(folder, {TEMPLATE: overlay}, settings)
    return findings_in(lambda: make_composer(kit).compose(document_of(kit, name), FORMATS[variant]))


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("<p>{{ coordinator.name }}</p>", '"Zoë Ortega"'),
        ("<p>{{ coordinator.name | upper | lower | title }}</p>", '"Zoë Ortega"'),
        ("<p>Call {{ coordinator.phone }}.</p>", '"555-0199"'),
        ('<a href="mailto:{{ coordinator.email }}">x</a>', '"zoe@example.org"'),
        ("<p>{{ local.president }}</p>", '"Dana Whitfield"'),
        ("<p>Return to: {{ local.address | join(', ') }}</p>", '"12 Mill Street"'),
        ('<input value="{{ coordinator.name }}">', '"Zoë Ortega"'),
        ("<p>Zo&#235; Ortega</p>", '"Zoë Ortega"'),
    ],
)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_template_that_names_somebody_is_refused(block, told, variant, tmp_path):
    findings = findings_for(tmp_path, block, variant=variant)

    assert {(finding.code, finding.policy) for finding in findings} == {("private", True)}
    assert told in findings[0].message


@pytest.mark.parametrize(
    "picture",
    [
        '<svg><path d="M0 0"/></svg>',
        '<img src="data:image/png;base64,AAAA" alt="code">',
        '<IMG SRC="data:image/png;base64,AAAA" alt="code">',
        '<object data="data:image/png;base64,AAAA"></object>',
    ],
)
def test_a_template_with_a_code_to_scan_is_refused(picture, tmp_path):
    (finding,) = findings_for(tmp_path, picture)

    assert finding.message == ("mentor-reflection is private, and a template puts a picture on it.")
    assert exit_code([finding]) == ExitCode.REFUSED


@pytest.mark.parametrize("name", ["mentor-application", "mentor-exit", "match-record"])
def test_other_pages_may_say_whom_to_ask(name, tmp_path):
    assert findings_for(tmp_path, "<p>{{ coordinator.name }}</p>", name) == []


def test_a_coordinator_called_like_the_local_is_no_lead(tmp_path):
    settings = {**SETTINGS, "coordinator": {"name": "Test Local", "phone": "555-0199"}}

    assert findings_for(tmp_path, "", settings=settings) == []


def test_the_private_pages_of_the_base_pack_pass(tmp_path):
    assert check_pages(overlaid(tmp_path, text_or_changes=SETTINGS)) == []
