"""context.py: what words may speak of, and what follows from the settings."""

from pathlib import Path

import pytest
from markupsafe import Markup

from formgen.compose.pages import make_composer
from formgen.compose.text.context import words_context
from formgen.compose.text.markdown import Html
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.say import setting_at
from formgen.findings import InputError, Place
from tests.support.composed import FORMATS
from tests.support.locals import lines_of, resolved
from tests.support.overlays import overlaid

PLACE = Place(Path(__file__), 1, 1)


@pytest.fixture
def say(tmp_path):
    """Give what renders a text for a local with some changes to its settings."""

    def text(source, changes=None):
        wording, _ = words_context(resolved(tmp_path, changes or {}))
        said = wording.text(source, PLACE)
        assert [str(finding) for finding in wording.findings] == []
        return said

    return text


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            {},
            (
                "mentor mentors a mentor Mentor Mentors A mentor"
                " | mentee mentees a mentee Mentee Mentees A mentee"
            ),
        ),
        (
            {"mentor": "adviser", "mentee": "protégé"},
            (
                "adviser advisers an adviser Adviser Advisers An adviser"
                " | protégé protégés a protégé Protégé Protégés A protégé"
            ),
        ),
        (
            {"mentor": "peer coach", "mentee": "new colleague"},
            (
                "peer coach peer coaches a peer coach Peer coach Peer coaches A peer coach"
                " | new colleague new colleagues a new colleague"
                " New colleague New colleagues A new colleague"
            ),
        ),
        (
            {
                "mentor": "consulting ESP",
                "mentors": "consulting ESP",
                "mentee": "éclaireur",
                "mentees": "éclaireurs!",
            },
            (
                "consulting ESP consulting ESP a consulting ESP"
                " Consulting ESP Consulting ESP A consulting ESP"
                " | éclaireur éclaireurs! a éclaireur Éclaireur Éclaireurs! A éclaireur"
            ),
        ),
    ],
)
def test_the_names_of_the_partners_in_every_form(terms, said, say):
    source = " | ".join(
        " ".join(
            f"{{{{ term.{form} }}}}"
            for form in (who, f"{who}s", f"a_{who}", who.title(), f"{who.title()}s", f"A_{who}")
        )
        for who in ("mentor", "mentee")
    )

    assert say(source, {"program": {"terms": terms}}) == said


@pytest.mark.parametrize(
    ("affiliates", "said"),
    [
        ({}, "Test Local and NEA"),
        (
            {"state": {"name": "Prairie State Education Association", "short_name": "PSEA"}},
            "Test Local, PSEA, and NEA",
        ),
        ({"state": {"name": "Prairie State"}}, "Test Local, Prairie State, and NEA"),
        ({"national": {"name": "", "short_name": ""}}, "Test Local"),
        ({"national": {"name": "National Body", "short_name": ""}}, "Test Local and National Body"),
    ],
)
def test_the_association_is_the_bodies_that_have_a_name(affiliates, said, say):
    assert say("{{ association }}", {"affiliates": affiliates}) == said


@pytest.mark.parametrize(
    ("changes", "source", "said"),
    [
        ({}, "{{ district }}", "the district"),
        ({"local": {"district": "District 7"}}, "{{ district }}", "District 7"),
        ({}, "{{ local.short_name }}", "Test Local"),
        (
            {"local": {"short_name": "TL"}},
            "{{ local.short_name }}, {{ association }}",
            "TL, TL and NEA",
        ),
        ({}, "{{ school_year }}|{{ year }}", "this school year|"),
        (
            {"program": {"school_year": "2026-2027"}},
            "{{ school_year }}|{{ year }}",
            "the 2026–2027 school year|2026–2027",
        ),
        ({}, "{{ archive_years }}", "3 years"),
        ({"archive": {"years": 1}}, "{{ archive_years }}", "1 year"),
        ({"edition": "Spring"}, "{{ edition }}", "Spring"),
        ({"local": {"number": "01245"}}, "{{ local.number }}", "01245"),
        ({"mentors": {"references": 2}}, "{{ mentors.references | number }}", "two"),
        ({}, "{{ label('compensation', 'leave') }}", "organizational leave"),
        ({}, "{{ label('compensation', 'cake') }}", "cake"),
        ({}, "{{ label('nothing', 'cake') }}", "cake"),
        (
            {"compensation": ["stipend", "travel"]},
            "{{ labels('compensation') | listing }}",
            "a stipend and travel expenses",
        ),
        (
            {"program": {"job_families": ["clerical", "Ferry crews"]}},
            "{{ labels('program.job_families') | listing }}",
            "Clerical services and Ferry crews",
        ),
        ({}, "{{ title('mentor-pledge') }}", "Mentor’s pledge"),
        ({}, "{{ ref('mentor-pledge') }}", "Mentor’s pledge (A7a)"),
        (
            {"program": {"terms": {"mentor": "coach"}}},
            "{{ ref('mentor-pledge') }}",
            "Coach’s pledge (A7a)",
        ),
        ({}, "{{ built('mentor-pledge') and not built('nothing') }}|", None),
    ],
)
def test_what_follows_from_the_settings(changes, source, said, say):
    if said is None:
        source, said = f"{{% if {source.strip('{} |')} %}}yes{{% endif %}}", "yes"

    assert say(source, changes) == said


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"archive": {"documents": []}}, []),
        (
            {"archive": {"documents": ["mentee-exit", "mentor-application"]}},
            ["mentor-application", "mentee-exit"],
        ),
        (
            {
                "archive": {"documents": ["mentee-exit", "mentor-application"]},
                "documents": {"omit": ["mentee-exit"]},
            },
            ["mentor-application"],
        ),
    ],
)
def test_the_archived_documents_are_those_of_the_list_that_are_built(changes, ids, tmp_path):
    wording, _ = words_context(resolved(tmp_path, changes))

    assert [entry["id"] for entry in wording.context["archived"]] == ids


def test_the_tools_are_all_documents_but_the_manual(tmp_path):
    kit = resolved(tmp_path, {"documents": {"omit": ["action-plan"]}})
    wording, documents = words_context(kit)

    tools = [entry["id"] for entry in wording.context["tools"]]
    assert tools == [document.id for document in kit.documents if document.id != "manual"]
    assert "action-plan" not in documents
    assert documents["mentor-reflection"] == {
        "id": "mentor-reflection",
        "code": "F10a",
        "title": "Reflection form for mentors",
        "purpose": "The mentor’s own notes. They stay with the pair.",
        "privacy": "private",
        "archived": False,
        "kind": "form",
        "audience": "For the pair",
        "step": "during",
    }


@pytest.mark.parametrize("function", ["ref", "title"])
@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"documents": {"omit": ["action-plan"]}}, "action-plan"),
        ({}, "confidentiality-agreement"),
        ({}, "no-such-document"),
    ],
)
def test_naming_a_document_that_is_not_built_is_a_finding(function, changes, name, tmp_path):
    wording, _ = words_context(resolved(tmp_path, changes))

    assert wording.text(f"See {{{{ {function}('{name}') }}}}.", PLACE) == ""
    assert [str(finding) for finding in wording.findings] == [
        (
            f"{__file__}:1:1: error[stale-reference]:"
            f' "{name}" is named here, but this local does not build it.'
            f' Fix: put the sentence between {{% if built("{name}") %}} and {{% endif %}}.'
        )
    ]


def test_a_chapter_that_names_an_omitted_document_without_asking_is_found(tmp_path):
    chapter = "content/en/manual/30-why.md"
    kit = overlaid(
        tmp_path,
        {chapter: '# Why\n\nSee {{ ref("action-plan") }}.\n'},
        {"documents": {"omit": ["action-plan"]}},
    )

    with pytest.raises(InputError) as problem:
        make_composer(kit).compose(kit.documents[0], FORMATS["web"])

    (finding,) = problem.value.findings
    assert (finding.code, finding.place) == ("stale-reference", Place(tmp_path / chapter, 3, 1))


@pytest.mark.parametrize(
    ("path", "fix"),
    [
        ("nothing", "see content/program.yaml."),
        ("program.nme", 'did you mean "name"?'),
        ("compensation.stipend", "see content/program.yaml."),
        ("progrm", 'did you mean "program"?'),
        ("", "see content/program.yaml."),
    ],
)
def test_a_setting_that_does_not_exist(path, fix):
    values = {"program": {"name": "P"}, "compensation": ("stipend",)}

    with pytest.raises(BadReferenceError) as problem:
        setting_at(values, path)

    assert (problem.value.code, str(problem.value), problem.value.fix) == (
        "unknown-setting",
        f'there is no setting "{path}".',
        fix,
    )


def test_a_setting_at_a_path():
    assert setting_at({"a": {"b": ("c",)}}, "a.b") == ("c",)


def test_labels_of_a_setting_that_does_not_exist_are_a_finding(tmp_path):
    wording, _ = words_context(resolved(tmp_path))

    wording.text("{{ labels('compnsation') | listing }}", PLACE)

    assert [finding.code for finding in wording.findings] == ["unknown-setting"]
    assert wording.findings[0].fix == 'did you mean "compensation"?'


@pytest.mark.parametrize(
    ("url", "html"),
    [
        ("https://example.org", '<a href="https://example.org">example.org</a>'),
        ("http://example.org/", '<a href="http://example.org/">example.org</a>'),
        (
            "https://example.org/a?b=1&c=_2_",
            '<a href="https://example.org/a?b=1&amp;c=_2_">example.org/a?b=1&amp;c=_2_</a>',
        ),
        (
            'https://x.org/"onclick="alert(1)',
            '<a href="https://x.org/&#34;onclick=&#34;alert(1)">x.org/&#34;onclick=&#34;alert(1)</a>',
        ),
    ],
)
def test_a_link_is_escaped_and_shows_its_address(url, html, tmp_path):
    wording, _ = words_context(resolved(tmp_path))
    link = wording.context["link"](url)

    assert link == Html(html)
    assert (
        wording.markdown("{{ link(url) }}".replace("url", repr(url)), PLACE) == f"<p>{html}</p>\n"
    )
    assert wording.text("{{ link(url) }}".replace("url", repr(url)), PLACE) == (
        Markup(html).striptags()  # noqa: S704 - the expected text
    )


@pytest.mark.parametrize(("key", "row"), [("title", 4), ("purpose", 5)])
def test_a_mistake_in_a_title_of_the_catalog_is_placed_there(key, row, tmp_path):
    entry = {"title": "Mine", "purpose": "For me.", key: "{{ term.mentr }}"}
    catalog = f"""\
documents:
  mentor-pledge:
    kind: agreement
    title: "{entry["title"]}"
    purpose: "{entry["purpose"]}"
"""
    kit = overlaid(tmp_path, {"content/documents.yaml": catalog})

    with pytest.raises(InputError) as problem:
        make_composer(kit)

    assert lines_of(problem.value.findings, tmp_path) == [
        (
            f"content/documents.yaml:{row}:1: error[undefined]:"
            " that group has no 'mentr'."
            " Fix: correct the name, or see content/README.md."
        )
    ]
