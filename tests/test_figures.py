"""figures/: what is drawn from a local's settings, and how pages show it."""

import re
from pathlib import Path
from typing import Any

import pytest

from formgen.compose.figures.shapes import Box, Disc, Drawing, Line, Words
from formgen.compose.figures.table import FIGURE, FIGURES
from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import make_composer
from formgen.compose.sentences import blocks_of
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from formgen.sources.text_files import read_text
from tests.support.composed import FORMATS
from tests.support.drawings import misplaced
from tests.support.everything import EVERYTHING
from tests.support.locals import SAMPLES, changed, write_local
from tests.support.made_up import LANGUAGE, write_language
from tests.support.overlays import CHAPTERS, LETTER, document_of, findings_in, overlaid
from tests.support.pictures import bitmap

NAME = "Bartholomew Featherstonehaugh-Wintergreen von und zu Donaudampfschifffahrtsgesellschaft"
WIDTHS = ("column", "page")
# In the manual.
SHOWN = ["application", "mosaic", "papers", "roles", "steps", "year"]
FIGURE_OF = re.compile(
    r'<figure class="figure [\w -]+" id="figure-(\w+)">(.*?)</figure>', re.DOTALL
)
LONG: dict[str, Any] = {
    "coordinator": {"name": NAME, "phone": "555-0100"},
    "committee": {"name": f"Committee of {NAME}"},
    "program": {
        "school_year": "2026-2027",
        "terms": {"mentor": "partner in learning", "mentee": "Unterstützungskraftanwärterin"},
        "months": [
            *("August", "September", "October", "November", "December", "January"),
            *("February", "March", "April", "May", "June", "July"),
        ],
    },
    "meetings": {"frequency": f"whenever it suits both, as {NAME} would say, and at least once"},
    "dates": {
        "applications_due": "2026-09-30",
        "matched_by": "2026-09-30",
        "exit_forms_due": "2027-07-31",
    },
    "events": [
        {"name": f"Meeting {number} of {NAME}", "date": date, "for": ["year"], "place": NAME}
        for number, date in enumerate(["2026-08-01", "2026-09-30", "2026-10-01", "2027-07-31"] * 4)
    ],
}
DAYS = {
    "program": {"school_year": "2027-2028", "months": ["July", "August", "November", "February"]},
    "dates": {"applications_due": "2027-06-01"},
}
ODD: dict[str, dict[str, Any]] = {
    "smallest": {},
    "long": LONG,
    "one job": {"program": {"job_families": ["Ferry and dock crews"], "months": ["Block one"]}},
    "apart": DAYS,
    "few papers": {"documents": {"omit": [
        *("mentor-application", "mentee-application", "match-record", "monthly-record"),
        *("answer-waiting", "readiness-assessment", "program-plan", "halfway-script"),
    ]}},
    "association": {"program": {"governance": "association", "basis": "association"},
                    "mentors": {"interview": "none"}, "archive": {"documents": []}},
}  # fmt: skip


def figures_of(kit, width="column"):
    named = make_composer(kit).wording.context[FIGURE]
    return {name: named(name, width) for name in FIGURES}


@pytest.fixture(params=[*ODD, *SAMPLES], ids=lambda each: getattr(each, "parent", Path(each)).name)
def kit(request, tmp_path):
    if isinstance(request.param, Path):
        return resolve(request.param)
    return resolve(write_local(tmp_path, ODD[request.param]))


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """Give the kit of a local in a made-up language."""
    place = tmp_path_factory.mktemp("foreign")
    write_language(place / "content")
    return resolve(write_local(place, {"language": LANGUAGE}))


@pytest.fixture(scope="module")
def manuals():
    """Give the manual of a sample local in each format."""
    kit = resolve(next(path for path in SAMPLES if path.parent.name == "riverbend-esp"))
    composer, manual = make_composer(kit), document_of(kit, "manual")
    return {name: composer.compose(manual, FORMATS[name]).html for name in ("print", "web")}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_cut_off_or_stands_on_anything(kit, width):
    found = {name: misplaced(each.drawing) for name, each in figures_of(kit, width).items() if each}
    assert [each for problems in found.values() for each in problems] == []
    assert {"mosaic", "roles", "steps", "year"} <= set(found)


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ([Words(90, 20, "too far right")], "cut off: too far right"),
        ([Words(5, 20, "small", size=8)], "too small: small"),
        ([Words(5, 20, "one"), Words(8, 22, "two")], "on each other: one | two"),
        ([Box(2, 2, 30, 30), Words(5, 20, "beyond")], "over the edge of a card: beyond"),
        ([Line(((0, 18), (90, 18))), Words(5, 20, "struck")], "on a line: struck"),
        ([Disc(10, 18, 4, "dot"), Words(5, 20, "dotted")], "on a dot: dotted"),
    ],
)
def test_the_measure_finds_what_is_misplaced(shapes, said):
    assert misplaced(Drawing(100, 100, tuple(shapes), ())) == [said]


@pytest.mark.parametrize("width", WIDTHS)
def test_that_holds_in_another_language_too(foreign, width):
    figures = figures_of(foreign, width).values()
    assert [each.name for each in figures if each and misplaced(each.drawing)] == []
    # Codes of documents and «ESP» are the same in all languages.
    said = " ".join(item for each in figures if each for item in each.said)
    assert set(re.findall(r"[A-Za-z]{4,}", said)) == {"Test", "Local"} & set(said.split())


@pytest.mark.parametrize("variant", ["print", "web"])
def test_the_manual_has_all_figures_and_numbers_them_in_their_order(manuals, variant):
    found = FIGURE_OF.findall(manuals[variant])
    assert sorted(name for name, _ in found) == SHOWN
    numbers = [re.findall(r"<figcaption><b>Figure\s(\d+)\.</b> \w", html) for _, html in found]
    assert numbers == [[str(number)] for number in range(1, len(SHOWN) + 1)]


def test_every_figure_says_in_words_what_it_shows(manuals):
    kit = resolve(next(path for path in SAMPLES if path.parent.name == "riverbend-esp"))
    figures = figures_of(kit)

    def said(name):
        return [each.replace("\u00a0", " ") for each in figures[name].said]

    for name, html in FIGURE_OF.findall(manuals["print"].replace("\u00a0", " ")):
        [alternative] = re.findall(r"<title[^>]*>(.*?)</title>", html)
        assert [each for each in said(name) if each not in alternative] == []
    for name, html in FIGURE_OF.findall(manuals["web"].replace("\u00a0", " ")):
        assert 'role="img"' in html
        assert [each for each in said(name) if f"<li>{each}</li>" not in html] == []
        assert "<desc>" in html


def test_large_print_has_the_words_in_place_of_the_drawing():
    kit = resolve(SAMPLES[-1])
    html = make_composer(kit).compose(document_of(kit, "manual"), FORMATS["large-print"]).html
    found = FIGURE_OF.findall(html)
    assert len(found) == len(SHOWN)
    assert [name for name, each in found if "<svg" in each or "<li>" not in each] == []


@pytest.mark.parametrize("variant", ["print", "web"])
def test_what_is_higher_than_a_page_is_a_list(variant, tmp_path):
    kit = resolve(write_local(tmp_path, LONG))
    html = make_composer(kit).compose(document_of(kit, "manual"), FORMATS[variant]).html
    figures = dict(FIGURE_OF.findall(html))
    assert [name for name, each in figures.items() if "<svg" not in each] == ["year"]
    assert figures["year"].count(NAME) == len(LONG["events"]) * 2 + 1


def test_a_chapter_in_a_packet_has_the_numbers_of_the_manual():
    sheets = Sheets(make_composer(resolve(SAMPLES[-1])))
    item = "manual/20-what-mentoring-is"
    numbers = re.findall(r"<b>Figure\s(\d+)\.</b>", sheets.chapter(item).html)
    assert numbers == ["1", "2"]


def test_where_there_is_nothing_to_draw_nothing_is_left(tmp_path):
    omit = ["mentor-application", "mentee-application"]
    files = {LETTER: '---\ntitle: A\n---\nBefore.\n\n{{ figure("application") }}\n\nAfter.\n'}
    kit = overlaid(tmp_path, files, {"documents": {"omit": omit}})
    composed = make_composer(kit).compose(document_of(kit, "start-up-notice"), FORMATS["print"])
    assert "<p>Before.</p>\n<p>After.</p>" in composed.html
    assert "figure-application" not in composed.html


def test_a_figure_stands_between_paragraphs(tmp_path):
    files = {LETTER: '---\ntitle: A\n---\nBefore {{ figure("roles") }} after.\n'}
    kit = overlaid(tmp_path, files)
    html = make_composer(kit).compose(document_of(kit, "start-up-notice"), FORMATS["print"]).html
    assert re.search(r"<p>Before</p>\s*<figure .*</figure>\s*<p>after\.</p>", html, re.DOTALL)
    # Alone in its document, it needs no number.
    assert "Figure" not in re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ('{{ figure("yaer") }}', "undefined", 'there is no figure "yaer".'),
        ('{{ figure("year", "wide") }}', "undefined", 'there is no width "wide".'),
    ],
)
def test_a_name_that_there_is_not_is_a_finding(words, code, said, tmp_path):
    kit = overlaid(tmp_path, {f"{CHAPTERS}/30-why.md": f"# Why\n\n{words}\n"})
    document = document_of(kit, "manual")
    [finding] = findings_in(lambda: make_composer(kit).compose(document, FORMATS["print"]))
    assert (finding.code, finding.message, finding.place.line) == (code, said, 3)


def test_a_figure_in_a_line_of_words_is_a_finding(tmp_path):
    text = "title: A\nlead: '{{ figure(\"year\") }}'\nsections: []\n"
    kit = overlaid(tmp_path, {"content/en/forms/action-plan.yaml": text})
    [finding] = make_composer(kit).words_of(document_of(kit, "action-plan")).findings
    assert (finding.code, finding.place.line) == ("no-text", 2)


def test_a_word_of_a_figure_that_does_not_work_is_a_finding_at_its_place(tmp_path):
    words = "figures:\n  roles:\n    left: '{{ nobody.name }}'\n"
    kit = overlaid(tmp_path, {"content/en/words.yaml": words})
    document = document_of(kit, "manual")
    [finding] = findings_in(lambda: make_composer(kit).compose(document, FORMATS["print"]))
    assert (finding.code, finding.place.file.name, finding.place.line) == (
        "undefined",
        "words.yaml",
        3,
    )


def test_a_local_changes_what_a_figure_shows_key_by_key(tmp_path):
    steps = "training: {name: ''}, match: {name: Introduce}"
    words = f"figures: {{steps: {{steps: {{{steps}}}}}}}\n"
    steps = figures_of(overlaid(tmp_path, {"content/en/words.yaml": words}))["steps"]
    assert [each.partition(":")[0] for each in steps.said if each[0].isdigit()] == [
        "1. Win people over", "2. Form the committee", "3. Put it in writing",
        "4. Invite and choose", "5. Introduce", "6. Agree, and meet",
        "7. Look back, and say thanks",
    ]  # fmt: skip


def test_the_year_follows_dates_and_events(tmp_path):
    year = figures_of(resolve(write_local(tmp_path, changed(EVERYTHING_HERE, {}))))["year"]
    assert year.said[-4:] == (
        "1. September\u00a024, 2026, 4:30\u00a0PM: Kick-off, Library",
        "2. October\u00a02, 2026: Applications are due",
        "3. October\u00a016, 2026: Everyone hears who the partner is",
        "4. June\u00a01, 2027: The last forms are due",
    )
    drawn = [shape.text for shape in year.drawing.shapes if shape.kind == "words"]
    assert {"2026", "2027", "Sep", "Oct", "Jun"} <= set(drawn)


EVERYTHING_HERE = {key: EVERYTHING[key] for key in ("dates", "events")}
EVERYTHING_HERE["program"] = {"school_year": "2026-2027", "months": ["September", "October"]}


def test_papers_go_to_those_whom_the_catalog_names(tmp_path):
    papers = figures_of(resolve(write_local(tmp_path)))["papers"]
    rows = {each.partition(" (")[0]: each for each in papers.said}
    assert rows["Private to the pair"] == (
        "Private to the pair (F10a, F10b, F27b): the two partners"
    )
    assert "F3, F4" in rows["Kept for 3 years"]


def test_proof_readers_find_the_words_of_figures_once(manuals):
    blocks = blocks_of(manuals["web"])
    assert sum("whom to ask next" in each for each in blocks) <= 1
    assert sum("gives out the work" in each for each in blocks) == 1


def test_the_readme_names_all_figures():
    text = read_text(base_layer().file("content/README.md"))
    section = text.partition("## Figures")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == sorted(FIGURES)


def test_the_plain_look_fills_nothing(tmp_path):
    (tmp_path / "logo.png").write_bytes(bitmap())
    kit = resolve(write_local(tmp_path, {"brand": {"look": "plain"}}))
    html = make_composer(kit).compose(document_of(kit, "manual"), FORMATS["print"]).html
    for shape in ("fig-bar", "fig-lens", "fig-card"):
        assert set(re.findall(rf'class="{shape}"[^>]* fill="(#\w+)"', html)) == {"#ffffff"}
