"""pages.py: one document in one variant, with all that it needs; and the kit's own page."""

import base64
import json
import re

import pytest

from formgen.build.check import check_pages
from formgen.compose.assets import LOGO
from formgen.compose.pages import make_composer
from formgen.findings import InputError, Place
from formgen.sources.layers import base_layer
from tests.support.composed import FORMATS, files_listed, index_of, text_of
from tests.support.locals import SAMPLES, lines_of, resolved
from tests.support.overlays import FORM, LETTER, document_of, findings_in, overlaid
from tests.support.pictures import bitmap, svg

STYLES = base_layer().folder / "templates" / "styles"
WITH_ASSET = (
    '{% extends "base/form.html.j2" %}{% block main %}<img alt="" src="{{ asset("NAME") }}">'
    "{{ super() }}{% endblock %}"
)


def composed(kit, name="mentor-application", variant="print"):
    return make_composer(kit).compose(document_of(kit, name), FORMATS[variant])


def style(name):
    return (STYLES / name).read_text(encoding="utf-8")


def with_asset(folder, name, data, asked=None):
    """Return a local whose forms show a file of its own."""
    path = folder / "assets" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    source = WITH_ASSET.replace('"NAME"', json.dumps(asked or name))
    return overlaid(folder, {"templates/form.html.j2": source})


# --- Variants


def test_a_page_for_print_has_its_styles_apart(tmp_path):
    page = composed(resolved(tmp_path))

    assert page.document == "mentor-application"
    assert page.styles == tuple(map(style, ("tokens.css", "print.css", "fillable.css")))
    assert page.assets == {}
    assert page.html.lstrip().startswith("<!doctype html>")
    assert style("print.css") not in page.html


@pytest.mark.parametrize(
    ("name", "styles"),
    [
        ("manual", ["tokens.css", "print.css", "manual.css"]),
        ("certificate-of-completion", ["tokens.css", "print.css", "certificate.css"]),
        ("start-up-notice", ["tokens.css", "print.css", "letter.css", "fillable.css"]),
        ("mentor-pledge", ["tokens.css", "print.css", "fillable.css"]),
    ],
)
def test_each_kind_has_its_own_styles(name, styles, tmp_path):
    assert composed(resolved(tmp_path), name).styles == tuple(style(name) for name in styles)


def test_a_page_for_the_web_holds_its_styles(tmp_path):
    page = composed(resolved(tmp_path), variant="web")

    assert (page.styles, page.assets) == ((), {})
    assert f"{style('tokens.css')}\n{style('web.css')}" in page.html


def test_each_variant_of_each_document_of_the_samples_can_be_composed(sample):
    composer = make_composer(sample)
    for document in sample.documents:
        for variant in ("print", "web"):
            page = composer.compose(document, FORMATS[variant])
            title = str(composer.documents[document.id]["title"])
            assert f"<title>{title} – {sample.settings.local.short_name}" in page.html.replace(
                "&#39;", "'"
            )


def test_composing_twice_gives_the_same(tmp_path):
    kit = resolved(tmp_path)

    for variant in ("print", "web"):
        assert composed(kit, "manual", variant) == composed(kit, "manual", variant)


def test_a_style_sheet_of_the_local_takes_the_place_of_the_base_packs(tmp_path):
    kit = overlaid(tmp_path, {"templates/styles/tokens.css": "/* ours */"})

    assert composed(kit).styles == ("/* ours */", style("print.css"), style("fillable.css"))
    assert "/* ours */" in composed(kit, variant="web").html


def test_a_style_sheet_that_is_not_utf8_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {"templates/styles/tokens.css": "x"})
    (tmp_path / "templates" / "styles" / "tokens.css").write_bytes(b"/* caf\x81 */")

    assert lines_of(findings_in(lambda: composed(kit)), tmp_path) == [
        (
            "templates/styles/tokens.css:1:1: error[not-utf8]: byte 0x81 belongs to no letter."
            " Fix: save it as UTF-8 (Notepad: «Save as», «Encoding»; Excel: «CSV UTF-8»)."
        )
    ]


# --- Place and sources


def test_a_page_knows_the_file_of_its_words(tmp_path):
    mine = overlaid(tmp_path, {LETTER: "Ours.\n"})

    assert composed(mine, "start-up-notice").place == Place(tmp_path / LETTER)
    assert composed(mine).place == Place(base_layer().folder / FORM)


def test_a_page_knows_the_layers_of_its_sources(tmp_path):
    kit = overlaid(
        tmp_path,
        {
            LETTER: "Ours.\n",
            "content/en/manual/20-what-mentoring-is.md": "# Ours\n",
            "content/documents.yaml": "documents: {mentor-pledge: {code: A1}}\n",
        },
    )

    assert composed(kit, "start-up-notice").sources == (
        "test-local:local.yaml",
        "base:content/program.yaml",
        "test-local:content/documents.yaml",
        "base:content/documents.yaml",
        "base:content/en/words.yaml",
        "base:content/en/say.yaml",
        f"test-local:{LETTER}",
    )
    chapters = composed(kit, "manual").sources[6:]
    assert "test-local:content/en/manual/20-what-mentoring-is.md" in chapters
    assert "base:content/en/manual/30-why.md" in chapters
    assert len(chapters) == len(set(chapters))


# --- Pictures and other files


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("logo.svg", svg("<rect width='9' height='9'/>"), "image/svg+xml"),
        ("logo.png", bitmap(), "image/png"),
    ],
)
def test_the_logo_is_a_file_in_print_and_part_of_the_page_on_the_web(
    name, data, media_type, tmp_path
):
    (tmp_path / name).write_bytes(data)
    kit = resolved(tmp_path, {"brand": {"logo": name}})

    printed, web = composed(kit), composed(kit, variant="web")

    assert dict(printed.assets) == {LOGO: kit.logo.data}
    assert f'src="{LOGO}"' in printed.html
    encoded = base64.b64encode(kit.logo.data).decode("ascii")
    assert f'src="data:{media_type};base64,{encoded}"' in web.html


def test_without_a_logo_there_is_no_picture(tmp_path):
    for variant in ("print", "web"):
        assert "<img" not in composed(resolved(tmp_path), variant=variant).html


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("seal.png", "formgen:assets/seal.png"),
        ("in/side.png", "formgen:assets/in/side.png"),
        ("two words.png", "formgen:assets/two%20words.png"),
        ("é#?%&.png", "formgen:assets/%C3%A9%23%3F%25%26.png"),
    ],
)
def test_files_of_the_layers_have_an_address_in_print(name, address, tmp_path):
    page = composed(with_asset(tmp_path, name, bitmap()))

    assert dict(page.assets) == {address: bitmap()}
    assert f'src="{address}"' in page.html


def test_files_of_the_layers_are_part_of_the_page_on_the_web(tmp_path):
    page = composed(with_asset(tmp_path, "seal.svg", svg()), variant="web")

    encoded = base64.b64encode(svg()).decode("ascii")
    assert f'src="data:image/svg+xml;base64,{encoded}"' in page.html
    assert page.assets == {}


@pytest.mark.parametrize("asked", ["other.png", "../local.yaml", "/etc/passwd", "", "in", "./../x"])
def test_files_that_no_layer_has_are_a_finding(asked, tmp_path):
    with_asset(tmp_path, "in/side.png", bitmap())
    source = WITH_ASSET.replace("NAME", asked)
    kit = overlaid(tmp_path, {"templates/form.html.j2": source})

    assert lines_of(findings_in(lambda: composed(kit)), tmp_path) == [
        (
            f"templates/form.html.j2:1:1: error[no-file]: no layer has assets/{asked}."
            " Fix: add the file, or correct its name."
        )
    ]


def test_a_link_out_of_the_layer_is_no_file_of_it(tmp_path):
    (tmp_path / "secret.png").write_bytes(bitmap())
    kit = with_asset(tmp_path / "local", "real.png", bitmap(), asked="link.png")
    (tmp_path / "local" / "assets" / "link.png").symlink_to(tmp_path / "secret.png")

    assert [finding.code for finding in findings_in(lambda: composed(kit))] == ["no-file"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", bitmap(size=(300, 300))[:-30], "image-truncated"),
        ("a.PNG", b"nothing", "image-unreadable"),
        ("a.svg", svg('<g id="a"><use href="#a"/></g>'), "image-unsafe"),
        ("a.jpg", b"", "image-unreadable"),
    ],
)
@pytest.mark.parametrize("variant", ["print", "web"])
def test_a_picture_that_cannot_be_shown_is_a_finding(name, data, code, variant, tmp_path):
    kit = with_asset(tmp_path, name, data)

    (finding,) = findings_in(lambda: composed(kit, variant=variant))
    assert (finding.code, finding.place) == (code, Place(tmp_path / "assets" / name))


# --- All findings


def test_everything_wrong_with_a_document_is_said_at_once(tmp_path):
    form = "lead: '{{ a }}'\nsections:\n  - {name: s, label: '{{ b }}', text: '{{ c }}'}\n"
    kit = overlaid(
        tmp_path,
        {FORM: form, "content/en/words.yaml": "handling: {archive: '{{ d }}'}\n"},
    )

    with pytest.raises(InputError) as problem:
        composed(kit)

    assert [re.findall(r"'(.)' is undefined", f.message) for f in problem.value.findings] == [
        ["a"],
        ["b"],
        ["c"],
        ["d"],
    ]


def test_checking_finds_what_is_wrong_in_any_document_and_the_index_once(tmp_path):
    kit = overlaid(
        tmp_path,
        {
            FORM: "lead: '{{ a }}'\n",
            LETTER: "{{ b }}\n",
            "content/en/words.yaml": "index: {lead: '{{ c }}'}\n",
        },
    )

    assert [finding.message for finding in check_pages(kit)] == [
        "'a' is undefined.",
        "'b' is undefined.",
        "'c' is undefined.",
    ]


def test_checking_a_catalog_that_does_not_work_finds_that(tmp_path):
    kit = overlaid(
        tmp_path, {"content/documents.yaml": "documents: {manual: {title: '{{ a }}'}}\n"}
    )

    assert [finding.message for finding in check_pages(kit)] == ["'a' is undefined."]


# --- The kit's own page


def cards_in(page):
    """Return what a kit's own page lists: by the title of a step, the codes of its papers."""
    found = {}
    for card in page.split('<section class="step-card"')[1:]:
        title = re.search(r"</span>([^<]+)</h2>|>([^<]+)</h2>", card)
        found[title[1] or title[2]] = re.findall(r'<span class="paper-code">(\w+)</span>', card)
    return found


def test_the_index_lists_every_paper_once_and_in_its_step_of_the_year(tmp_path):
    kit = resolved(tmp_path)
    titles = {name: str(kit.words.text("steps", name, "title")) for name in kit.steps}

    listed = cards_in(index_of(make_composer(kit)))

    papers = [document for document in kit.documents if document.entry.kind != "manual"]
    assert listed == {
        title: [paper.entry.code for paper in papers if paper.step == name]
        for name, title in titles.items()
    }
    assert sum(map(len, listed.values())) == len(papers) == len(kit.documents) - 1


def test_a_paper_of_no_step_is_listed_last(tmp_path):
    words = "audience: {drivers: For drivers}\n"
    entry = (
        "documents: {parking: {code: F90, kind: form, title: Parking, purpose: P,"
        " content: forms/mentor-exit.yaml, audience: drivers, privacy: program, handling: pair}}\n"
    )
    kit = overlaid(tmp_path, {"content/en/words.yaml": words, "content/documents.yaml": entry})

    listed = cards_in(index_of(make_composer(kit)))

    assert [*listed.items()][-1] == ("More papers", ["F90"])


def test_the_index_links_to_what_was_built(tmp_path):
    composer = make_composer(resolved(tmp_path))
    files = files_listed(
        {
            "print/manual.pdf": 12,
            "web/manual.html": 0,
            "print/mentor-pledge.pdf": 1,
            "fillable/mentor-pledge.pdf": 1,
            "web/mentor-pledge.html": 0,
        }
    )

    page = index_of(composer, files)

    hrefs = re.findall(r'<a (?:class="[\w ]+" )?href="([a-z]+/[^"]+)">', page)
    assert hrefs == [
        "web/manual.html",
        "print/manual.pdf",
        "print/mentor-pledge.pdf",
        "web/mentor-pledge.html",
        "fillable/mentor-pledge.pdf",
    ]
    assert page.count("Fill in on screen<") == 2  # explained once
    missing = len(composer.kit.documents) - 2
    assert page.count("This document could not be made.") == missing


def test_the_index_says_of_nothing_but_private_papers_who_may_see_them(tmp_path):
    kit = resolved(tmp_path)
    page = index_of(make_composer(kit))

    private = [document for document in kit.documents if document.privacy == "private"]
    assert page.count('<p class="private">private to the pair</p>') == len(private) > 0
    assert "rchived" not in text_of(page).split("Questions?")[0]


def test_the_index_of_a_kit_without_documents_has_no_steps(tmp_path):
    every = [document.id for document in resolved(tmp_path).documents]
    kit = resolved(tmp_path, {"documents": {"omit": every}, "archive": {"documents": []}})

    assert kit.documents == ()
    assert cards_in(index_of(make_composer(kit))) == {}


def test_samples_differ_in_their_pages():
    pages = {
        composed(overlaid_sample, "mentor-pledge").html for overlaid_sample in map(_kit, SAMPLES)
    }

    assert len(pages) == len(SAMPLES)


def _kit(path):
    from formgen.kit import resolve

    return resolve(path)
