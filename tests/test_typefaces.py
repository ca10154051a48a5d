"""A typeface of a local's own: printed, cut to its letters, and never that of another local."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from formgen.codes import Code
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.page_format import PAPER, SCREEN
from formgen.outputs.table import OUTPUTS
from formgen.pdf.sheet import Sheet
from formgen.sources.fonts import SERIF
from tests.support.locals import findings_of, lines_of, minimal, write_local
from tests.support.pdf import embedded, fonts_in, text_in
from tests.support.typefaces import LETTERS, font

LETTER = "welcome-mentee"


def with_fonts(folder, setting="{file: own.ttf}", name="Test Local", **files):
    """Write a local with files of fonts beside it, and a license."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, data in files.items():
        (folder / f"{key}.ttf").write_bytes(data)
    (folder / "OFL.txt").write_text("SIL Open Font License 1.1", encoding="utf-8")
    lines = f"local: {{name: {name}}}\nbrand: {{typeface: {setting}}}"
    return write_local(folder, minimal(lines))


def printed(local_yaml, typesetter, page=PAPER, document=LETTER):
    composer = make_composer(resolve(local_yaml))
    found = next(each for each in composer.kit.documents if each.id == document)
    made = composer.compose(found, page)
    sheet = Sheet(made.html, made.styles, made.assets, made.form, zoom=made.zoom)
    typeset = typesetter(sheet)
    assert typeset.defects == ()
    return typeset.pdf


def own_in(pdf):
    return {name for name in fonts_in(pdf) if name.startswith("Own-")}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("TTF", font()),
        ("OTF", font(cff=True)),
        ("WOFF2", font(flavor="woff2")),
        ("WOFF", font(flavor="woff")),
    ],
)
def test_a_font_is_printed_whatever_its_kind(kind, data, tmp_path, typesetter):
    pdf = printed(with_fonts(tmp_path / kind, own=data), typesetter)

    assert len(own_in(pdf)) == 1
    assert embedded(pdf)
    assert "Your mentor in" in text_in(pdf)


def test_a_variable_font_is_cut_to_regular_and_bold(tmp_path):
    import fontpkg

    data = Path(fontpkg.path(SERIF)).read_bytes()
    typeface = resolve(with_fonts(tmp_path, own=data)).typeface

    assert [(face.weight, face.slant) for face in typeface.faces] == [
        (400, "normal"),
        (700, "normal"),
    ]
    assert ["fvar" in TTFont(io.BytesIO(face.data)) for face in typeface.faces] == [False, False]


def test_two_locals_never_share_a_font(tmp_path, typesetter):
    """The same process, the same rules, files of the same names."""
    narrow = with_fonts(tmp_path / "a", own=font("One", width=300))
    wide = with_fonts(tmp_path / "b", own=font("Two", width=600))

    made = [own_in(printed(each, typesetter)) for each in (narrow, wide, narrow)]

    assert made[0] == made[2]
    assert not made[0] & made[1]
    assert not own_in(printed(write_local(tmp_path / "c", minimal("language: en")), typesetter))


def test_letters_that_it_lacks_are_printed_in_ours(tmp_path, typesetter):
    few = font(letters=LETTERS.replace("W", ""), serifs=False)
    pdf = printed(with_fonts(tmp_path, own=few, name="Łódź Local"), typesetter)

    assert own_in(pdf)
    assert "Formgen-Sans" in {name[:12] for name in fonts_in(pdf)}
    assert "Your mentor in" in text_in(pdf)
    assert "Łódź Local" in text_in(pdf)


@pytest.mark.parametrize(
    ("serifs", "setting", "voice"),
    [
        (True, "{file: own.ttf}", "serif"),
        (False, "{file: own.ttf}", "sans"),
        (False, "{file: own.ttf, voice: serif}", "serif"),
    ],
)
def test_what_stands_in_is_like_it_or_as_one_says(serifs, setting, voice, tmp_path):
    assert resolve(with_fonts(tmp_path, setting, own=font(serifs=serifs))).voice == voice


def test_the_same_font_makes_the_same_bytes(tmp_path, typesetter):
    local_yaml = with_fonts(tmp_path, own=font())

    assert printed(local_yaml, typesetter) == printed(local_yaml, typesetter)


def test_files_for_bold_and_italic_are_used(tmp_path):
    setting = "{file: own.ttf, bold: bold.ttf, italic: italic.ttf}"
    files = {"own": font(), "bold": font(width=600), "italic": font(width=400)}
    typeface = resolve(with_fonts(tmp_path, setting, **files)).typeface

    assert [(face.weight, face.slant) for face in typeface.faces] == [
        (400, "normal"),
        (700, "normal"),
        (400, "italic"),
    ]


def test_every_kind_of_page_is_made_with_it(tmp_path, typesetter):
    local_yaml = with_fonts(tmp_path, own=font())
    pages = [output.page for output in OUTPUTS if output.page and output.page.medium == "print"]

    assert len(pages) > 2
    assert [page for page in pages if not own_in(printed(local_yaml, typesetter, page))] == []


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"not a font", Code.BAD_TYPEFACE, "is no font that pages can be set in"),
        (font()[:3000], Code.BAD_TYPEFACE, "is no font that pages can be set in"),
        (b"", Code.BAD_TYPEFACE, "is no font that pages can be set in"),
        (font(letters="xyz"), Code.BAD_TYPEFACE, 'it has no letter "A"'),
        (font(fs_type=2), Code.TYPEFACE_LOCKED, "does not allow it to be part of other files"),
        (font(fs_type=0x100), Code.TYPEFACE_LOCKED, "to be cut to the letters that are used"),
        (font(fs_type=0x200), Code.TYPEFACE_LOCKED, "as dots"),
    ],
)
def test_a_font_that_cannot_be_used_is_an_error_at_its_setting(data, code, said, tmp_path):
    found = findings_of(with_fonts(tmp_path, own=data))

    assert [finding.code for finding in found] == [code]
    assert said in found[0].message
    assert (found[0].place.line, found[0].severity) == (7, "error")


@pytest.mark.parametrize("fs_type", [0, 4, 8])
def test_a_font_that_may_be_embedded_is_fine(fs_type, tmp_path):
    assert findings_of(with_fonts(tmp_path, own=font(fs_type=fs_type))) == []


def test_a_license_is_asked_for_until_one_lies_beside_the_font(tmp_path):
    local_yaml = with_fonts(tmp_path, own=font("Lakeside Text"))
    (tmp_path / "OFL.txt").rename(tmp_path / "notes.txt")

    said = "nothing says that you may print and hand on Lakeside Text."
    fix = "put its license beside own.ttf, as LICENSE.txt or OFL.txt."
    assert lines_of(findings_of(local_yaml), tmp_path) == [
        f"local.yaml:7:26: warning[typeface-license]: {said} Fix: {fix}"
    ]
    (tmp_path / "notes.txt").rename(tmp_path / "Licence.txt")
    assert findings_of(local_yaml) == []


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("{file: none.ttf}", Code.NO_FILE),
        ("{file: ../own.ttf}", Code.BAD_PATH),
        ("{bold: own.ttf}", Code.EMPTY),
        ("{}", Code.EMPTY),
        ("Garamond", Code.BAD_CHOICE),
        ("[serif]", Code.BAD_TYPE),
    ],
)
def test_what_names_no_typeface_is_an_error(setting, code, tmp_path):
    assert [each.code for each in findings_of(with_fonts(tmp_path, setting))] == [code]


@pytest.mark.parametrize(("fs_type", "shown"), [(0, True), (4, False)])
def test_a_web_page_holds_a_font_that_may_be_part_of_it(fs_type, shown, tmp_path):
    kit = resolve(with_fonts(tmp_path, own=font(fs_type=fs_type)))
    composer = make_composer(kit)
    document = next(each for each in composer.kit.documents if each.id == LETTER)
    html = composer.compose(document, SCREEN).html

    assert ("data:font/woff2" in html) == shown
    assert ('voice-own"' in html) == shown
    assert len(kit.typeface.on_screen) <= 6_200
