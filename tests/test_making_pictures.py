"""outputs/making/pictures.py: a picture is drawn once, and what is wrong is said at the picture."""

import base64
from pathlib import Path

import pytest

from formgen.build.check import check_locals
from formgen.findings import ExitCode
from formgen.graph.cache import Cache
from formgen.workers.pool import this_process
from tests.support.locals import lines_of, write
from tests.support.pictures import bitmap, svg
from tests.support.tiny import write_tiny

DOTS = base64.b64encode(bitmap()).decode()
LOGO = {"brand": {"logo": "logo.svg"}}
FIX = "Fix: export it again as plain SVG with its text as paths, or as PNG."
AGAIN = f"error[image-unreadable]: logo.svg cannot be drawn. {FIX}"
WHITE = (
    "warning[image-pale]: logo.svg is white, or nearly so, and does not show on white paper."
    " Fix: use the version for light backgrounds."
)
DRAWN = {
    "shapes": ('<rect width="9" height="9"/>', ""),
    "parts used again": ('<g id="a"><rect width="9" height="9"/></g><use href="#a" x="9"/>', ""),
    "gradient of a gradient": (
        (
            '<linearGradient id="a"><stop stop-color="red"/><stop offset="1"/></linearGradient>'
            '<linearGradient id="b" href="#a" x1="1"/><rect width="9" height="9" fill="url(#b)"/>'
        ),
        "",
    ),
    "dots": (f'<image href="data:image/png;base64,{DOTS}" width="40" height="20"/>', ""),
    "text": ('<text y="15" style="font: 12px sans-serif">Łódź</text>', ""),
    "text that no font has": (
        '<text y="15">\u05e9\u05dc\u05d5\u05dd</text>',
        f"error[no-glyph]: logo.svg has letters that no font of ours can print. {FIX}",
    ),
    "turned by a letter": ('<rect width="9" height="9" transform="rotate(a)"/>', AGAIN),
    "a length of words": ('<rect width="9" height="9" stroke-miterlimit="b"/>', AGAIN),
    "an odd id": ('<g id="a&quot;"/><rect fill="url(#b)" width="9" height="9"/>', WHITE),
    "white": ('<rect width="9" height="9" fill="#fff"/>', WHITE),
    "white by its style": ("<style>rect{fill:white}</style><rect width='9' height='9'/>", WHITE),
    "white lines": ('<path d="M0 0h9v9z" fill="none" stroke="snow" stroke-width="2"/>', WHITE),
    "white text": ('<text y="15" fill="#fefefe">x</text>', WHITE),
    "nothing": ("", WHITE),
    "nothing that is seen": ('<rect width="9" height="9" opacity="0"/>', WHITE),
    "white on a ground": (
        '<rect width="40" height="20" fill="navy"/><rect width="9" height="9" fill="#fff"/>',
        "",
    ),
}


@pytest.mark.parametrize(("inside", "said"), DRAWN.values(), ids=DRAWN)
def test_what_a_drawn_logo_lacks_is_said_where_it_is_named(inside, said, tmp_path, fonts):
    write_tiny(tmp_path, {**LOGO, "id": "a"})
    (tmp_path / "logo.svg").write_bytes(svg(inside))
    local = tmp_path / "local.yaml"
    [line] = [n for n, text in enumerate(local.read_text().splitlines(), 1) if "logo:" in text]

    [checked] = check_locals([local], this_process(fonts), Cache(tmp_path / "cache"), {})

    expected = [f"local.yaml:{line}:9: {said}"] if said else []
    assert lines_of(checked.findings, tmp_path) == expected


ASSETS = {
    "turned by a letter": ('<g transform="rotate(a)"/>', AGAIN.replace("logo", "seal")),
    "white, since its ground may be dark": ('<rect width="9" height="9" fill="#fff"/>', ""),
    "left out": (
        '<script/><rect width="9" height="9"/>',
        (
            "warning[image-changed]: seal.svg holds a <script> element; that is left out. Fix:"
            " compare the printed picture, or export it again as plain SVG, with all embedded."
        ),
    ),
}


@pytest.mark.parametrize(("inside", "said"), ASSETS.values(), ids=ASSETS)
def test_a_picture_of_the_assets_is_drawn_as_well(inside, said, tmp_path, fonts):
    write_tiny(tmp_path, {"id": "a"})
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "seal.svg").write_bytes(svg(inside))
    write(tmp_path / "templates/partials/seal.html.j2", "{{ asset('seal.svg') }}")
    write(tmp_path / "templates/partials/credits.html.j2", "{# seal.html.j2, some day #}")

    [checked] = check_locals(
        [tmp_path / "local.yaml"], this_process(fonts), Cache(tmp_path / "cache"), {}
    )

    expected = [f"assets/seal.svg: {said}"] if said else []
    assert lines_of(checked.findings, tmp_path) == expected


def test_a_logo_that_cannot_be_drawn_is_said_once_by_check_and_by_build(run, fonts):
    for command in ("check", "build"):
        folder = write_tiny(Path("a"), LOGO)
        (folder / "logo.svg").write_bytes(svg('<rect transform="rotate(a)"/>'))

        said = run(command, "a")

        found = [line for line in said.err.splitlines() if "[" in line]
        assert said.code == ExitCode.BAD_INPUT
        assert len(found) == 1
        assert found[0].endswith(AGAIN)
