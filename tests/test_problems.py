"""problems.py: what goes wrong in a template becomes a finding with its line."""

from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateNotFound, UndefinedError

from formgen.codes import Code
from formgen.compose.text.limits import TooSlowError
from formgen.compose.text.problems import BadReferenceError, template_finding
from formgen.findings import Finding, Place

FILE = Path("form.html.j2")
PLACE = Place(FILE, 7, 5)


def raised(source, filename=FILE, **context):
    """Return what rendering a template raises."""
    environment = Environment(undefined=StrictUndefined)  # noqa: S701 - nothing is shown
    try:
        code = environment.compile(source, filename=str(filename))
        environment.template_class.from_code(environment, code, {}).render(context)
    except Exception as problem:  # noqa: BLE001  (whatever a template raises)
        return problem
    raise AssertionError(source)


@pytest.mark.parametrize(
    ("problem", "finding"),
    [
        (
            BadReferenceError(Code.NO_FILE, "no layer has x.", "add it."),
            Finding(PLACE, Code.NO_FILE, "no layer has x.", "add it."),
        ),
        (
            UndefinedError("'x' is undefined"),
            Finding(
                PLACE,
                Code.UNDEFINED,
                "'x' is undefined.",
                "correct the name, or see content/README.md.",
            ),
        ),
        (
            TemplateNotFound("x.html.j2"),
            Finding(
                PLACE, Code.NO_TEMPLATE, "no layer has templates/x.html.j2.", "correct the name."
            ),
        ),
        (
            ZeroDivisionError("division by zero"),
            Finding(
                PLACE,
                Code.TEMPLATE,
                "the template does not work: division by zero.",
                "compare it with the base pack's.",
            ),
        ),
        (
            AssertionError(),
            Finding(
                PLACE,
                Code.TEMPLATE,
                "the template does not work: AssertionError.",
                "compare it with the base pack's.",
            ),
        ),
        (
            RecursionError("maximum"),
            Finding(
                PLACE,
                Code.TEMPLATE,
                "the template includes itself, or is nested too deep.",
                "take out what leads back to it.",
            ),
        ),
        (
            MemoryError(),
            Finding(
                PLACE,
                Code.MEMORY,
                "the template makes more than the memory holds.",
                "look for what repeats something very often.",
            ),
        ),
        (
            TooSlowError(9.0),
            Finding(
                PLACE,
                Code.TIMEOUT,
                "the template takes longer than 9 s.",
                "look for a loop in a loop.",
            ),
        ),
        (
            TemplateError("It ends with a stop."),
            Finding(
                PLACE,
                Code.TEMPLATE,
                "the template does not work: It ends with a stop.",
                "compare it with the base pack's.",
            ),
        ),
    ],
)
def test_each_problem_has_its_words(problem, finding):
    assert template_finding(problem, PLACE) == finding


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        ("{{ x }}", 7, "undefined"),
        ("a\nb\n{{ x }}", 9, "undefined"),
        ("a\n{% if %}", 8, "template"),
        ("a\n{{ 1 / 0 }}", 8, "template"),
        ("\n\n\n{% endif %}", 10, "template"),
        ("{% macro m() %}\n{{ x }}\n{% endmacro %}\n{{ m() }}", 8, "undefined"),
    ],
)
def test_the_line_counts_from_where_the_text_begins(source, line, code):
    finding = template_finding(raised(source), PLACE)

    assert (finding.place, finding.code) == (Place(FILE, line, 1), code)


def test_a_text_without_a_line_of_its_own_begins_at_line_one():
    assert template_finding(raised("a\n{{ x }}"), Place(FILE)).place == Place(FILE, 2, 1)


def test_a_problem_in_another_file_keeps_that_files_line():
    other = Path("partials/other.html.j2")

    assert template_finding(raised("a\n{{ x }}", other), PLACE).place == Place(other, 2, 1)
    assert template_finding(raised("a\n{% if %}", other), PLACE).place == Place(other, 2, 1)


def test_a_problem_that_a_function_raises_is_placed_at_the_call():
    def ref(name):
        raise BadReferenceError(Code.STALE_REFERENCE, f"{name} is gone.", "drop it.")

    finding = template_finding(raised("a\n\n{{ ref('x') }}", ref=ref), PLACE)

    assert finding == Finding(Place(FILE, 9, 1), Code.STALE_REFERENCE, "x is gone.", "drop it.")
