"""Draw a kit's vector pictures once, so that what cannot be drawn is said of the picture itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from formgen.codes import Code
from formgen.compose.assets import LOGO, put_picture
from formgen.findings import Finding, InputError, Place
from formgen.graph.task import Digest, Made, Result, Steps, Task, Work, digest_of, work_task
from formgen.outputs.base import KitTasks
from formgen.pdf.files.paints import shows_on_white
from formgen.pdf.fonts import cut_missing
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset
from formgen.sources.files import File
from formgen.sources.paths import ASSETS
from formgen.sources.pictures.bitmap import pale_note
from formgen.sources.pictures.picture import PAGE_SIDE
from formgen.sources.pictures.read import read_picture
from formgen.sources.places import layer_file

_PICTURE = "picture"
_VECTORS = (".svg", ".svgz")
# As large as a certificate shows a logo.
_PAGE = (
    '<!doctype html><html lang="en"><head><title>picture</title></head><body>'
    f'<p><img src="{LOGO}" alt="picture" style="width: 64mm; height: 26mm"></p></body></html>'
)


@dataclass(frozen=True)
class PictureFacts:
    """The hash of a picture."""

    picture: Digest


def draw_picture(_facts: PictureFacts, files: Mapping[str, bytes]) -> Made:
    """Say what is wrong with a picture when it is drawn, and whether it shows on white paper."""
    cut_missing()
    assets: dict[str, bytes] = {}
    put_picture(files[_PICTURE], LOGO, assets)
    made = typeset(Sheet(_PAGE, assets=assets))
    defects = [asdict(defect) for defect in made.defects]
    return Made(facts={"defects": defects, "shows": shows_on_white(made.pdf)})


@dataclass(frozen=True)
class _Drawn:
    """A vector picture of a kit: what pages show of it, and where it stands."""

    name: str
    data: bytes
    place: Place
    # What was noted when it was read.
    notes: tuple[Finding, ...] = ()
    # A template may show another on a ground of any color.
    is_on_paper: bool = False


def picture_tasks(tasks: KitTasks) -> list[Task]:
    """Return what draws the pictures of settings and of assets/, as far as they are vectors."""
    return [_task(drawn) for drawn in _pictures(tasks)]


def _pictures(tasks: KitTasks) -> Iterator[_Drawn]:
    kit, brand = tasks.kit, tasks.kit.settings.brand
    for key, name, picture, is_on_paper in (
        ("logo", brand.logo, kit.logo, True),
        ("partner_logo", brand.partner_logo, kit.partner_logo, True),
        ("cover", brand.cover, kit.cover, False),
    ):
        if picture and picture.media_type == "image/svg+xml":
            place = tasks.place("brand", key)
            yield _Drawn(name, picture.data, place, is_on_paper=is_on_paper)
    # The base pack has none.
    for number, layer in enumerate(tasks.kit.stack.layers[:-1]):
        for path in layer.paths(ASSETS):
            file = layer.file(path) if path.lower().endswith(_VECTORS) else None
            drawn = _picture(file, layer_file(number, path)) if file else None
            if drawn:
                yield drawn


def _picture(file: File, place: Place) -> _Drawn | None:
    try:
        picture = read_picture(file, place, PAGE_SIDE)
    except InputError:  # said by the page that shows it
        return None
    notes = tuple(note for note in picture.notes if note.code == Code.IMAGE_CHANGED)
    return _Drawn(file.name, picture.data, place, notes)


def _task(drawn: _Drawn) -> Task:
    name, place = drawn.name, drawn.place

    def steps() -> Steps:
        facts = PictureFacts(digest_of(drawn.data))
        work = Work(draw_picture, facts, carried={_PICTURE: drawn.data})
        [made] = yield [work_task(f"drawing of {place}", lambda: work, name, place)]
        found = (*drawn.notes, *made.findings, *_findings(drawn, made))
        return Result(findings=found)

    return Task(f"picture {place}", steps, name, place)


def _findings(drawn: _Drawn, made: Result) -> Iterator[Finding]:
    name, place = drawn.name, drawn.place
    fix = "export it again as plain SVG with its text as paths, or as PNG."
    codes = {defect["code"] for defect in made.facts.get("defects", ())}
    if codes == {Code.NO_GLYPH}:
        message = f"{name} has letters that no font of ours can print."
        yield Finding(place, Code.NO_GLYPH, message, fix)
    elif codes:
        yield Finding(place, Code.IMAGE_UNREADABLE, f"{name} cannot be drawn.", fix)
    elif drawn.is_on_paper and made.facts.get("shows") is False:
        yield pale_note(name, place)
