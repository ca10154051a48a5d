"""styles.py: a layer replaces a style sheet, or adds to it."""

import pytest

from formgen.compose.pages import make_composer
from formgen.explain import explain
from formgen.kit import resolve
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import bases_text, known_bases, replaced_by
from formgen.sources.replaced.overrides import OwnFile, own_files
from formgen.sources.styles import read_style
from tests.support.composed import FORMATS
from tests.support.locals import findings_of, lines_of, write, write_local
from tests.support.packs import pack_files, write_pack

STYLES = "templates/styles"


@pytest.fixture
def stack(tmp_path):
    """Give what makes a stack of local, pack and base from style sheets by layer and name."""

    def make(sheets):
        for path, text in sheets.items():
            layer, name = path.split("/")
            write(tmp_path / layer / STYLES / name, text)
        return Stack(tuple(Layer(name, tmp_path / name) for name in ("local", "pack", "base")))

    return make


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (["base/a.css"], "base/a.css"),
        (
            ["base/a.css", "pack/a.more.css", "local/a.more.css"],
            "base/a.css pack/a.more.css local/a.more.css",
        ),
        (["base/a.css", "pack/a.css", "local/a.more.css"], "pack/a.css local/a.more.css"),
        (["base/a.css", "pack/a.css", "pack/a.more.css"], "pack/a.css pack/a.more.css"),
        (["base/a.css", "pack/a.more.css", "local/a.css"], "local/a.css"),
        (["pack/a.more.css"], ""),
        (["base/b.css"], ""),
    ],
)
def test_what_layers_add_comes_after_the_nearest_sheet_and_the_nearest_last(
    sheets, expected, stack
):
    made = stack({name: name for name in sheets})

    assert read_style(made, "a.css").split() == expected.split()


def test_a_sheet_that_is_replaced_is_stale_when_what_a_pack_adds_to_it_changes(stack):
    sheets = {"base/a.css": "p{}", "pack/a.more.css": "i{}", "local/a.css": "b{}"}
    made = stack(sheets)
    before = known_bases(made)

    now = known_bases(stack({"pack/a.more.css": "i{color:red}"}))

    path = f"{STYLES}/a.css"
    assert replaced_by(made)[path].layer.name == "pack"
    assert before[path] != now[path]


def test_an_addition_replaces_nothing_and_so_is_never_stale(stack):
    made = stack({"base/a.css": "p{}", "pack/a.more.css": "i{}", "local/a.more.css": "b{}"})

    assert replaced_by(made) == {}


@pytest.fixture
def local(tmp_path):
    """Give a local that adds to the type of a pack, which adds to formgen's."""
    more = {f"{STYLES}/tokens.more.css": ":root{--ink:#111}"}
    write_pack(tmp_path / "packs" / "ohio", pack_files(more=more))
    write(tmp_path / STYLES / "tokens.more.css", ":root{--ink:#222}")
    return write_local(tmp_path, {"extends": "ohio"})


@pytest.mark.parametrize("variant", ["print", "web"])
def test_what_is_added_is_on_the_page(variant, local):
    kit = resolve(local)
    page = make_composer(kit).compose(kit.documents[0], FORMATS[variant])
    styles = "".join([page.html, *page.styles])
    base = base_layer().file(f"{STYLES}/tokens.css").path.read_text(encoding="utf-8")

    assert f"{base}\n:root{{--ink:#111}}\n:root{{--ink:#222}}" in styles


def test_an_addition_is_an_overlay_of_note(local):
    # Packs have this file as well, and it is nobody's words.
    write(local.parent / OWN_FILES, bases_text({}))
    write(local.parent / "packs/ohio" / OWN_FILES, bases_text({}))

    assert own_files(resolve(local).stack) == [OwnFile(f"{STYLES}/tokens.more.css", "base")]


def test_explain_tells_what_is_added_and_by_whom(local):
    (origin,) = [*explain(local, f"{STYLES}/tokens.css").origins]

    assert (origin.layer, origin.hidden) == ("base", ())
    assert [each.layer for each in origin.added] == ["local", "ohio 2026.1"]
    (added,) = [*explain(local, f"{STYLES}/tokens.more.css").origins]
    assert (added.layer, [each.layer for each in added.added]) == ("local", ["ohio 2026.1"])


def test_an_addition_to_a_sheet_that_is_not_there_is_named(local):
    write(local.parent / STYLES / "tokns.more.css", "p{}")

    assert lines_of(findings_of(local), local.parent) == [
        (
            f"{STYLES}/tokns.more.css: error[unknown-style]: there is no style sheet tokns.css"
            ' that this could add to. Fix: did you mean "tokens.css"?'
        )
    ]
