"""wording.py: the packs' words are rendered, values come out as typed, mistakes have a line."""

from pathlib import Path
from types import MappingProxyType

import pytest
from markupsafe import escape

from formgen.build.check import check_pages
from formgen.compose.pages import make_composer
from formgen.compose.text.contents import read_chapters, read_letter
from formgen.compose.text.context import words_context
from formgen.compose.text.language import Language
from formgen.compose.text.markdown import Html
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.findings import InputError, Place, first_of_each
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node
from tests.support.composed import FORMATS
from tests.support.locals import lines_of, resolved, spot, without_mark
from tests.support.overlays import (
    CHAPTERS,
    FORM,
    LETTER,
    document_of,
    findings_in,
    form_of,
    overlaid,
)

FILE = Path("words.md")
PLACE = Place(FILE, 5, 3)
NASTY = "*a* {{ 7 * 7 }} {% if %} <b>&amp;</b> [x](javascript:y) `z` | # _"
SHOWN = str(escape(NASTY))
GRAMMAR = parse_yaml("grammar:\n  numbers: [zero, one, two, three]\n", FILE.with_name("words.yaml"))
CONTEXT = {
    "value": NASTY,
    "plain": "plain",
    "items": ["one", "*two*", "three"],
    "group": {"key": "inside"},
    "term": MappingProxyType({"mentor": "guide"}),
    "nothing": "",
    "count": 2,
    "link": Html('<a href="https://example.org">example.org</a>'),
    "call": lambda text: f"called {text}",
    LANGUAGE: Language("en", GRAMMAR),
}


@pytest.fixture
def wording():
    return Wording(CONTEXT)


def said(wording):
    return [str(finding) for finding in wording.findings]


# --- What is written, and what comes out


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("no template", "no template"),
        ("  as   it\nis  ", "  as   it\nis  "),
        ("{{ plain }}", "plain"),
        ("  {{ plain }}   and\n more ", "plain and more"),
        ("{{ value }}", NASTY),
        ("{{ group.key }} {{ group['key'] }} {{ term.mentor }}", "inside inside guide"),
        ("{{ count }} {{ 1.5 }}", "2 1.5"),
        ("{{ items[1] }} {{ items | length }}", "*two* 3"),
        ("{{ items | listing }}", "one, *two*, and three"),
        ('{{ items | listing("or") }}', "one, *two*, or three"),
        ("{{ count | number }} {{ 30 | number }}", "two 30"),
        ('{{ "2026-10-02" | day }} at {{ "16:05" | clock }}', "October\u00a02, 2026 at 4:05\xa0PM"),
        ('{{ "" | day }}{{ "" | clock }}', ""),
        ("{{ link }}", "example.org"),
        ('{{ call("me") }}', "called me"),
        ("{% if nothing %}a{% else %}b{% endif %}", "b"),
        ("{% for item in items %}{{ item }};{% endfor %}", "one;*two*;three;"),
        ("{% set x %}{{ plain }}!{% endset %}{{ x }}{{ x }}", "plain!plain!"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(value) }}", f"<{NASTY}>"),
        ("{% set plain = 'new' %}{{ plain }}", "new"),
        ("{{ value | e }} {{ value | safe }}", f"{SHOWN} {NASTY}"),
        ("{# a remark #}x", "x"),
        ("{% raw %}{{ plain }}{% endraw %}", "{{ plain }}"),
        ("5 < 6 & 7 > 6", "5 < 6 & 7 > 6"),
    ],
)
def test_a_plain_text(source, text, wording):
    assert wording.text(source, PLACE) == text
    assert said(wording) == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*{{ plain }}*", "<p><em>plain</em></p>\n"),
        ("{{ value }}", f"<p>{SHOWN}</p>\n"),
        ("**{{ value }}**{{ value }}", f"<p><strong>{SHOWN}</strong>{SHOWN}</p>\n"),
        ("{{ link }}", f"<p>{CONTEXT['link']}</p>\n"),
        ("{{ count }}. {{ count | number }}", "<p>2. two</p>\n"),
        ("{{ items | listing }}", "<p>one, *two*, and three</p>\n"),
        ("{{ items | join('_') }}", "<p>one_*two*_three</p>\n"),
        ("{{ plain ~ value }}", f"<p>plain{SHOWN}</p>\n"),
        ("{{ value | upper }}", f"<p>{escape(NASTY.upper())}</p>\n"),
        ("{{ '%s!' | format(value) }}", f"<p>{SHOWN}!</p>\n"),
        ("{{ '{}!'.format(value) }}", f"<p>{SHOWN}!</p>\n"),
        ("{{ value | default('x') }}", f"<p>{SHOWN}</p>\n"),
        (
            "{% for item in items %}\n- *{{ item }}*\n{% endfor %}",
            (
                "<ul>\n<li><em>one</em></li>\n<li><em>*two*</em></li>\n"
                "<li><em>three</em></li>\n</ul>\n"
            ),
        ),
        ("{% set x %}*{{ value }}*{% endset %}{{ x }}", f"<p><em>{SHOWN}</em></p>\n"),
        (
            "{% macro bold(x) %}**{{ x }}**{% endmacro %}{{ bold(value) }}",
            f"<p><strong>{SHOWN}</strong></p>\n",
        ),
        (
            "{% macro m() %}*{{ caller() }}*{% endmacro %}{% call m() %}{{ value }}{% endcall %}",
            f"<p><em>{SHOWN}</em></p>\n",
        ),
        (
            "{% filter upper %}*a {{ value }}*{% endfilter %}",
            f"<p><em>A {SHOWN}</em></p>\n",
        ),
        (
            "{% set x %}*{{ value }}*{% endset %}{{ x | striptags }}",
            f"<p>*{SHOWN}*</p>\n",
        ),
        ("{{ '*a* {{ b }} {% c %}' }}", "<p>*a* {{ b }} {% c %}</p>\n"),
    ],
)
def test_markdown_with_values(source, html, wording):
    assert wording.markdown(source, PLACE) == html
    assert said(wording) == []


def test_one_paragraph_of_markdown_has_no_paragraph_around_it(wording):
    assert wording.inline("a *{{ plain }}* {{ value }}", PLACE) == (f"a <em>plain</em> {SHOWN}")


def test_a_chapter_is_rendered_too(wording):
    chapter = wording.chapter("# On {{ value }}\n\n{{ plain }}\n\n## Its {{ plain }}", PLACE, "c")

    assert chapter.title == f"On {SHOWN}"
    assert chapter.html == '<p class="opening">plain</p>\n<h3 id="c-1">Its plain</h3>\n'
    assert [section.title for section in chapter.sections] == ["Its plain"]


def test_a_value_that_looks_like_a_token_is_only_text(wording):
    assert wording.markdown('{{ "\\ue0000\\ue001" }}', PLACE) == "<p></p>\n"


# --- Mistakes


@pytest.mark.parametrize("how", ["text", "markdown", "inline"])
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ ^^nope }}", "error[undefined]: 'nope' is undefined."),
        ("a\nb\n{{ ^^nope.more }}", "error[undefined]: 'nope' is undefined."),
        ("{{ group.^^nope }}", "error[undefined]: that group has no 'nope'."),
        (
            "a\n{{ term.^^nope }}",
            "error[undefined]: that group has no 'nope'.",
        ),
        ("{{ items[^^9] }}", "error[undefined]: list object has no element 9."),
        ("{% if ^^nope %}a{% endif %}", "error[undefined]: 'nope' is undefined."),
        ("{{ call(^^nope) }}", "error[undefined]: 'nope' is undefined."),
        ("{{ items | ^^nope }}", "error[template]: No filter named 'nope'."),
        ("a\n{% ^^endif %}", "error[template]: Encountered unknown tag 'endif'."),
        (
            "{{ ^^plain",
            "error[template]: unexpected end of template, expected 'end of print statement'.",
        ),
        ("a\n\n{{ 1 / ^^0 }}", "error[template]: the template does not work: division by zero."),
        ("{{ ^^items }}", "error[no-text]: a value of the kind «list» cannot be printed."),
        ("{{ ^^group }}", "error[no-text]: a value of the kind «dict» cannot be printed."),
        ("{{ ^^none }}", "error[no-text]: a value of the kind «NoneType» cannot be printed."),
        ("{{ ^^true }}", "error[no-text]: a value of the kind «bool» cannot be printed."),
        ("{{ ^^call }}", "error[no-text]: a value of the kind «function» cannot be printed."),
        (
            '{{ "tomorrow" | ^^day }}',
            "error[template]: the template does not work: Invalid isoformat string: 'tomorrow'.",
        ),
        (
            '{{ "{x}"^^.format() }}',
            "error[template]: the template does not work: 'x'.",
        ),
    ],
)
def test_a_mistake_is_a_finding_at_its_line_and_prints_nothing(source, message, how, wording):
    source, line, _ = without_mark(source)

    assert getattr(wording, how)(source, PLACE) == ""
    (finding,) = said(wording)
    assert finding.startswith(f"words.md:{PLACE.line + line - 1}:1: {message} Fix: ")


def test_every_mistake_of_a_document_is_found(wording):
    wording.text("{{ one }}", PLACE)
    wording.markdown("{{ two }}", Place(FILE, 9, 1))
    wording.text("fine", PLACE)

    assert [finding.place.line for finding in wording.findings] == [5, 9]


def test_endless_recursion_is_a_finding(wording):
    source = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"

    assert wording.text(source, PLACE) == ""
    assert [finding.code for finding in wording.findings] == ["template"]


@pytest.mark.parametrize("name", ["e", "escape", "forceescape", "safe", "tojson", "urlize"])
def test_filters_that_would_make_markdown_of_a_value_do_not_exist(name, wording):
    wording.markdown(f"{{{{ value | {name} }}}}", PLACE)

    assert said(wording)[0].startswith(f"words.md:5:1: error[template]: No filter named '{name}'.")


# --- The sandbox


@pytest.mark.parametrize(
    "source",
    [
        "{{ value.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ call.__globals__ }}",
        "{{ call.__code__ }}",
        "{{ value | attr('__class__') }}",
        "{{ '{0.__class__}'.format(value) }}",
        "{{ '{0.__class__}' | format(value) | attr('format')(value) }}",
        "{{ self._TemplateReference__context }}",
        "{{ items.append('x') }}",
        "{{ items.clear() }}",
        "{{ items.sort() }}",
        "{{ group.update({'key': 'x'}) }}",
        "{{ group.pop('key') }}",
        "{% set group.key = 'x' %}",
        "{% set _ = items.insert(0, 'x') %}",
        "{% include 'words.yaml' %}",
        "{% include '/etc/passwd' %}",
        "{% include ['a', 'b'] %}",
        "{% import 'words.yaml' as words %}",
        "{% from 'words.yaml' import x %}",
        "{% extends 'form.html.j2' %}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ cycler('a') }}",
        "{{ namespace(a=1) }}",
        "{% do items.append(1) %}",
        "{% debug %}",
    ],
)
@pytest.mark.parametrize("how", ["text", "markdown"])
def test_words_cannot_leave_the_sandbox_or_change_a_value(source, how, wording):
    assert getattr(wording, how)(source, PLACE) == ""
    assert [finding.place.line for finding in wording.findings] == [5]
    assert CONTEXT["items"] == ["one", "*two*", "three"]
    assert CONTEXT["group"] == {"key": "inside"}


def test_attributes_of_items_cannot_be_reached_through_a_filter(wording):
    assert "str" not in wording.text("{{ items | map(attribute='__class__') | join }}", PLACE)
    assert [finding.code for finding in wording.findings] != []


# --- In files


def test_a_mistake_in_a_form_is_placed_at_its_line(tmp_path):
    form = """\
lead: >-
  Dear {{ nobody }},
  welcome.
sections:
  - name: one
    label: Fine
    text: |
      First line.
    fields:
      - {name: a, type: text, label: "{{ term.mentr }}"}
      - name: b
        type: text
        label: "{{ district }}"
        hint: "{{ local.nme }}"
"""
    _, findings = form_of(tmp_path, form)

    assert lines_of(findings, tmp_path) == [
        f"{FORM}:{line}:1: error[undefined]: {what}."
        " Fix: correct the name, or see content/README.md."
        for line, what in [
            (1, "'nobody' is undefined"),
            (10, "that group has no 'mentr'"),
            (14, "that group has no 'nme'"),
        ]
    ]


@pytest.mark.parametrize(
    ("letter", "lines"),
    [
        ("Words.\n\n{{ nobody }}\n", [3]),
        ("---\nrecipient: true\n---\nWords.\n\n{{ nobody }}\n", [6]),
        ('---\ngreeting: "Dear {{ nobody }}:"\n---\nWords.\n', [2]),
        ('---\nclosing: "{{ a }}"\npresented: "{{ b }}"\n---\n{{ c }}\n', [2, 3, 5]),
        ("---\r\nrecipient: true\r\n---\r\nWords.\r\n{{ nobody }}\r\n", [5]),
        ("\ufeff---\nrecipient: true\n---\n{{ nobody }}\n", [4]),
    ],
)
def test_a_mistake_in_a_letter_is_placed_at_its_line(letter, lines, tmp_path):
    kit = overlaid(tmp_path, {LETTER: letter})
    wording, _ = words_context(kit)

    read_letter(kit, document_of(kit, "start-up-notice"), wording)

    assert [finding.place for finding in wording.findings] == [
        spot(tmp_path / LETTER, line, 1) for line in lines
    ]
    assert {finding.code for finding in wording.findings} == {"undefined"}


def test_a_mistake_in_a_chapter_is_placed_at_its_line(tmp_path):
    kit = overlaid(tmp_path, {f"{CHAPTERS}/20-mine.md": "# Mine\n\n::: box\n{{ nobody }}\n:::\n"})
    wording, _ = words_context(kit)

    read_chapters(kit, document_of(kit, "manual"), wording)

    assert [str(finding) for finding in wording.findings] == [
        (
            f"{tmp_path / CHAPTERS / '20-mine.md'}:4:1: error[undefined]: 'nobody' is undefined."
            " Fix: correct the name, or see content/README.md."
        )
    ]


def test_a_mistake_in_the_small_words_is_placed_at_its_line(tmp_path):
    words = 'page:\n  notes: Notes\n  cover_line: "{{ term.mentr }}"\n'

    kit = overlaid(tmp_path, {"content/en/words.yaml": words})
    findings = findings_in(
        lambda: make_composer(kit).compose(document_of(kit, "mentor-pledge"), FORMATS["web"])
    )

    assert {str(finding) for finding in findings} == {
        (
            f"{tmp_path}/content/en/words.yaml:3:1: error[undefined]:"
            " that group has no 'mentr'."
            " Fix: correct the name, or see content/README.md."
        )
    }


def test_what_a_local_types_is_never_a_template(tmp_path):
    changes = {
        "local": {"name": NASTY},
        "committee": {"name": NASTY},
        "pledges": {"mentor": {"add": [NASTY]}},
        "forms": {
            "mentor-application": {
                "relabel": {"expertise": NASTY},
                "add": [{"name": "mine", "type": "text", "label": NASTY, "hint": NASTY}],
            }
        },
    }
    kit = overlaid(tmp_path, {}, changes)
    composer = make_composer(kit)

    for name, times in (("mentor-application", 3), ("mentor-pledge", 1)):
        html = composer.compose(document_of(kit, name), FORMATS["web"]).html
        assert html.count(SHOWN) >= times
        assert "49" not in html.split("<main", 1)[1].split("</main>", 1)[0]


def test_what_a_local_types_is_not_compiled_even_where_it_cannot_be(tmp_path):
    broken = "{{ nobody }} {% endif %} {{"
    kit = overlaid(tmp_path, {}, {"local": {"name": broken}, "program": {"goals": [broken]}})

    assert check_pages(kit) == []


@pytest.mark.parametrize(
    "words",
    [
        """{{ link("{0}").format("<style>p {display: none}</style>") }}""",
        """{{ link("%s") % "<style>p {display: none}</style>" }}""",
        """{{ (link("x") ~ "<style>p {display: none}</style>") }}""",
        """{{ link("x").replace("x", "<style>p {display: none}</style>") }}""",
        """{{ link("x") + "<style>p {display: none}</style>" }}""",
        """{{ [link("x"), "<style>p {display: none}</style>"] | join }}""",
        """{% set a %}{{ link("{0}") }}{% endset %}{{ a.format("<style>p {}</style>") }}""",
    ],
)
def test_words_pass_no_html_of_their_own_for_that_of_a_link(words, tmp_path):
    wording, _ = words_context(resolved(tmp_path))

    html = wording.markdown(words, Place(tmp_path / "x.md", 1, 1))

    assert "<style" not in html


def test_of_very_many_mistakes_the_first_are_told_and_that_there_are_more():
    place = Place(Path("words.yaml"), 1, 1)
    wording = Wording({})

    words = Node({f"w{n}": Node("{{ nobody }}", place) for n in range(1000)}, place)

    with pytest.raises(InputError) as problem:
        wording.words(words)

    told = first_of_each(problem.value.findings)
    assert [finding.message for finding in told] == [
        "'nobody' is undefined.",
        "1 or more of this kind are not listed.",
    ]
