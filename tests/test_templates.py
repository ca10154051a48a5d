"""templates.py: HTML templates are found through the layers, in a sandbox."""

import pytest
from markupsafe import Markup

from formgen.compose.pages import make_composer
from formgen.compose.text.templates import template_environment
from formgen.findings import InputError
from formgen.sources.layers import Layer, Stack, base_layer
from tests.support.composed import FORMATS
from tests.support.locals import lines_of, write
from tests.support.overlays import document_of, findings_in, overlaid

MARK = "<p>of the local</p>"
EXTENDING = (
    '{% extends "base/form.html.j2" %}{% block main %}' + MARK + "{{ super() }}{% endblock %}"
)


def stack_of(folder, **layers):
    """Write layers of templates, nearest first, above the base pack."""
    for name, files in layers.items():
        for path, text in files.items():
            write(folder / name / "templates" / path, text)
    return Stack((*(Layer(name, folder / name) for name in layers), base_layer()))


def render(stack, name, **context):
    return template_environment(stack).get_template(name).render(context)


def page_of(kit, name="mentor-application", variant="print"):
    return make_composer(kit).compose(document_of(kit, name), FORMATS[variant]).html


# --- Layers


def test_the_nearest_layer_has_the_template(tmp_path):
    stack = stack_of(
        tmp_path,
        mine={"a.html.j2": "mine"},
        state={"a.html.j2": "state", "b.html.j2": "state"},
    )

    assert render(stack, "a.html.j2") == "mine"
    assert render(stack, "b.html.j2") == "state"
    assert render(stack, "state/a.html.j2") == "state"


def test_each_layer_can_extend_the_one_below(tmp_path):
    stack = stack_of(
        tmp_path,
        mine={
            "a.html.j2": "{% extends 'state/a.html.j2' %}{% block x %}3{{ super() }}{% endblock %}"
        },
        state={
            "a.html.j2": "{% extends 'old/a.html.j2' %}{% block x %}2{{ super() }}{% endblock %}"
        },
        old={"a.html.j2": "<{% block x %}1{% endblock %}>"},
    )

    assert render(stack, "a.html.j2") == "<321>"


def test_a_local_extends_the_template_that_it_replaces(tmp_path):
    plain = page_of(overlaid(tmp_path / "plain"))
    kit = overlaid(tmp_path / "mine", {"templates/form.html.j2": EXTENDING})

    page = page_of(kit)

    assert page.replace(MARK, "", 1) == plain
    assert page.count(MARK) == 1
    # Pledges extend the form's template, and so the local's.
    assert MARK in page_of(kit, "mentor-pledge")
    assert MARK not in page_of(kit, "start-up-notice")


@pytest.mark.parametrize("id_", ["partials", "layouts", "fields", "styles", "form"])
def test_a_local_may_be_called_like_a_folder_of_templates(id_, tmp_path):
    kit = overlaid(tmp_path, {"templates/form.html.j2": EXTENDING}, {"id": id_})

    assert page_of(kit).count(MARK) == 1


def test_a_partial_of_the_local_is_used_by_templates_of_the_base_pack(tmp_path):
    kit = overlaid(tmp_path, {"templates/partials/letterhead.html.j2": MARK})

    assert page_of(kit).count(MARK) == 1


def test_locals_without_templates_share_one_environment(tmp_path):
    first, second = (overlaid(tmp_path / name).stack for name in ("one", "two"))
    mine = overlaid(tmp_path / "three", {"templates/x.html.j2": "x"}).stack

    assert template_environment(first) is template_environment(second)
    assert template_environment(mine) is not template_environment(first)


def test_a_template_that_changes_is_read_again(tmp_path):
    stack = stack_of(tmp_path, mine={"a.html.j2": "old"})

    assert render(stack, "a.html.j2") == "old"
    write(tmp_path / "mine" / "templates" / "a.html.j2", "new")
    assert render(stack, "a.html.j2") == "new"


# --- Mistakes


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (
            "{% extends 'nothing.html.j2' %}",
            (
                "1:1: error[no-template]: no layer has templates/nothing.html.j2."
                " Fix: correct the name."
            ),
        ),
        (
            "a\n{% include 'base/nothing.html.j2' %}",
            (
                "2:1: error[no-template]: no layer has templates/base/nothing.html.j2."
                " Fix: correct the name."
            ),
        ),
        (
            "{% include '../content/program.yaml' %}",
            (
                "1:1: error[no-template]: no layer has templates/../content/program.yaml."
                " Fix: correct the name."
            ),
        ),
        (
            "{% include '/etc/passwd' %}",
            "1:1: error[no-template]: no layer has templates//etc/passwd. Fix: correct the name.",
        ),
        (
            "a\n\n{{ nobody }}",
            (
                "3:1: error[undefined]: 'nobody' is undefined."
                " Fix: correct the name, or see content/README.md."
            ),
        ),
        (
            "{% if %}",
            (
                "1:1: error[template]: Expected an expression, got 'end of statement block'."
                " Fix: close every {{ and {% that is opened, and see content/README.md."
            ),
        ),
        (
            "a\n{% block x %}\nb",
            (
                "3:1: error[template]: Unexpected end of template. Jinja was looking for the"
                " following tags: 'endblock'."
                " The innermost block that needs to be closed is 'block'."
                " Fix: close every {{ and {% that is opened, and see content/README.md."
            ),
        ),
        (
            "{{ form.__class__ }}",
            (
                "1:1: error[template]: the template does not work: access to attribute '__class__'"
                " of 'FormView' object is unsafe. Fix: compare it with the base pack's."
            ),
        ),
        (
            "x\n{{ 1 / 0 }}",
            (
                "2:1: error[template]: the template does not work: division by zero."
                " Fix: compare it with the base pack's."
            ),
        ),
    ],
)
def test_a_mistake_in_a_template_is_found_at_its_line(source, line, tmp_path):
    kit = overlaid(tmp_path, {"templates/form.html.j2": source})

    assert lines_of(findings_in(lambda: page_of(kit)), tmp_path) == [
        f"templates/form.html.j2:{line}"
    ]


def test_a_mistake_in_a_partial_is_found_in_the_partial(tmp_path):
    kit = overlaid(tmp_path, {"templates/partials/brand.html.j2": "a\nb\n{{ nobody }}\n"})

    (line,) = lines_of(findings_in(lambda: page_of(kit)), tmp_path)
    assert line.startswith("templates/partials/brand.html.j2:3:1: error[undefined]")


def test_a_template_that_extends_itself_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {"templates/form.html.j2": '{% extends "form.html.j2" %}'})

    (finding,) = findings_in(lambda: page_of(kit))
    assert (finding.code, finding.place.file.name) == ("template", "form.html.j2")


def test_a_template_that_is_no_text_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {"templates/form.html.j2": "x"})
    (tmp_path / "templates" / "form.html.j2").write_bytes(b"caf\x81")

    (finding,) = findings_in(lambda: page_of(kit))
    assert (finding.code, finding.place.file.name) == ("not-utf8", "form.html.j2")


def test_a_template_that_is_a_link_out_of_the_layer_is_not_read(tmp_path):
    secret = write(tmp_path / "secret.html.j2", MARK)
    kit = overlaid(tmp_path / "local", {"templates/other.html.j2": "x"})
    (tmp_path / "local" / "templates" / "form.html.j2").symlink_to(secret)

    assert MARK not in page_of(kit)


def test_without_a_base_pack_a_template_is_not_found(tmp_path):
    stack = Stack((Layer("mine", tmp_path),))

    with pytest.raises(Exception, match=r"form\.html\.j2"):
        template_environment(stack).get_template("form.html.j2")


# --- The sandbox


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        (Markup("<b>ours</b>"), "<b>ours</b>"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        (7, "7"),
    ],
)
def test_values_are_escaped(value, html, tmp_path):
    assert render(stack_of(tmp_path, mine={"a.html.j2": "{{ x }}"}), "a.html.j2", x=value) == html


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.append(1) }}",
        "{{ x.__class__.__mro__ }}",
        "{{ x | attr('__class__') }}",
        "{{ y.update({'a': 1}) }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
    ],
)
def test_templates_cannot_leave_the_sandbox(source, tmp_path):
    kit = overlaid(
        tmp_path,
        {"templates/form.html.j2": f"{{% set x = [] %}}{{% set y = {{}} %}}{source}"},
    )

    with pytest.raises(InputError) as problem:
        page_of(kit)

    assert [finding.code for finding in problem.value.findings] == ["template"]


def test_templates_have_the_filters_of_the_words(tmp_path):
    source = "{{ local.address | listing }}, {{ mentors.references | number }}"
    kit = overlaid(
        tmp_path, {"templates/form.html.j2": source}, {"local": {"address": ["A & B", "C"]}}
    )

    assert page_of(kit) == "A &amp; B and C, two"
