"""harmless.py: what the templates of a pack put together while they are rendered."""

import json

import pytest

from formgen.compose.pages import make_composer
from formgen.findings import ExitCode, InputError, exit_code
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from formgen.sources.pack_files.rules import content_problem
from tests.support.composed import FORMATS, index_of
from tests.support.locals import MINIMAL, write, write_local
from tests.support.overlays import document_of
from tests.support.packs import pack_files, write_pack

SECTIONS = "templates/partials/sections.html.j2"
BRAND = "templates/partials/brand.html.j2"
OURS = base_layer().file(SECTIONS).path.read_text(encoding="utf-8")
# No search of the file finds these: they come together when the page is made.
HIDDEN = {
    "a script": '{% set s = "scr" ~ "ipt" %}<{{ s }}>x()</{{ s }}>',
    "a script in an attribute": '<b {{ "on" ~ "click" }}="x()">a</b>',
    "a script in an address": '<a href="{{ "java" ~ "script" }}:x()">a</a>',
    "an address that would be fetched": '<img src="{{ "https" }}:{{ "//" }}example.org/a.png">',
    "an element <iframe>": '<{{ "ifr" ~ "ame" }}></{{ "ifr" ~ "ame" }}>',
    "a style that loads another": ('<style>{{ "@" }}{{ "import" }} "a.css";</style>'),
    "a page that leads away": '<meta http-equiv="{{ "ref" ~ "resh" }}" content="0">',
}


LOADING = [
    "a { background: url('https://example.org/a.png') }",
    'a { content: "x" } @import "a.css";',
    "/* ' */ @import 'a.css'; /* ' */",
    "a { content: '\\'' } @IMPORT 'a.css';",
    'a { content: "\'" } b { background: URL( //example.org ) } c { content: "\'" }',
    'a { content: "unclosed\n} @import url(a.css); b { content: "x" }',
]


@pytest.mark.parametrize("style", LOADING)
def test_a_style_that_loads_something_is_found_between_texts_and_comments(style, tmp_path):
    with pytest.raises(InputError):
        composed(tmp_path, f"<style>{{{{ {json.dumps(style)} | safe }}}}</style>\n{OURS}")


def composed(folder, text, variant="web"):
    write_pack(folder / "packs/ohio", pack_files(more={SECTIONS: text}))
    kit = resolve(write_local(folder, f"{MINIMAL}extends: ohio\n"))
    return make_composer(kit).compose(document_of(kit, "mentor-pledge"), FORMATS[variant])


@pytest.mark.parametrize("variant", ["print", "web"])
@pytest.mark.parametrize("what", HIDDEN)
def test_what_a_template_puts_together_is_found_on_the_page(what, variant, tmp_path):
    text = f"{HIDDEN[what]}\n{OURS}"
    assert content_problem(SECTIONS, text.encode()) == ""

    with pytest.raises(InputError) as problem:
        composed(tmp_path, text, variant)

    (found,) = problem.value.findings
    assert found.code == "pack-code"
    assert found.message == (f"a template of pack ohio makes {what}; packs hold words and looks.")
    assert found.place.file == tmp_path / "packs/ohio/templates"
    assert exit_code([found]) == ExitCode.REFUSED


def kits_page(folder, text):
    """Compose the kit's own page with a pack's heading of pages."""
    write_pack(folder / "packs/ohio", pack_files(more={BRAND: text}))
    return index_of(make_composer(resolve(write_local(folder, f"{MINIMAL}extends: ohio\n"))))


@pytest.mark.parametrize("what", HIDDEN)
def test_the_kits_own_page_is_looked_over_as_well(what, tmp_path):
    with pytest.raises(InputError) as problem:
        kits_page(tmp_path, HIDDEN[what])

    (found,) = problem.value.findings
    assert (found.code, found.place.file) == ("pack-code", tmp_path / "packs/ohio/templates")
    assert found.message == f"a template of pack ohio makes {what}; packs hold words and looks."


def test_our_own_script_stays_on_the_kits_page_of_a_pack(tmp_path):
    html = kits_page(tmp_path, "<p>Ours</p>")

    assert ("<p>Ours</p>" in html, html.count("<script>")) == (True, 1)


def test_every_element_that_fetches_something_is_found(tmp_path):
    missed = []
    for tag in ("link", "image", "use", "feImage", "feimage"):
        for variant in ("print", "web"):
            text = f'<svg><{tag} href="https://example.org/a.svg"></svg>\n{OURS}'
            try:
                composed(tmp_path / tag / variant, text, variant)
                missed.append((tag, variant))
            except InputError as problem:
                [found] = problem.findings
                assert "makes an address that would be fetched" in found.message

    assert missed == []


@pytest.mark.parametrize("variant", ["print", "fillable", "web", "large-print"])
def test_a_template_of_words_and_looks_is_fine(variant, tmp_path):
    text = f'<p style="color: red"><a href="https://example.org">Our pages</a></p>\n{OURS}'

    assert "Our pages" in composed(tmp_path, text, variant).html


def test_what_a_local_typed_is_no_code(tmp_path):
    write_pack(tmp_path / "packs/ohio", pack_files(more={SECTIONS: OURS}))
    name = '"<script>x()</script> javascript:x() onclick=x() @import url(http://a/b)"'
    local = MINIMAL.replace("name: Test Local", f"name: {name}")
    kit = resolve(write_local(tmp_path, f"{local}extends: ohio\n"))

    for variant in ("print", "web"):
        assert make_composer(kit).compose(document_of(kit, "mentor-pledge"), FORMATS[variant]).html


def test_a_local_may_do_on_its_own_pages_what_it_likes(tmp_path):
    write(tmp_path / SECTIONS, f"{HIDDEN['a script']}\n{OURS}")
    kit = resolve(write_local(tmp_path))

    assert (
        "<script>x()"
        in make_composer(kit).compose(document_of(kit, "mentor-pledge"), FORMATS["web"]).html
    )
