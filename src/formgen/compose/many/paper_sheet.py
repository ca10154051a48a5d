"""Compose a sheet on paper for staff that is about many locals: small pictures, or a table."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from formgen.compose.assets import ASSET_SCHEME
from formgen.compose.many.look_page import Tile
from formgen.compose.text.language import Language
from formgen.compose.text.templates import template_environment
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.model.looks.palette import palette_of
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, SETTINGS_FILE, WORDS, language_path, style_path
from formgen.sources.text_files import read_text

_STYLES = ("tokens.css", "print.css", "sheet.css")


@dataclass(frozen=True)
class PaperSheet:
    """A sheet as it is typeset: its page, its styles, and its pictures by address."""

    html: str
    styles: tuple[str, ...]
    assets: Mapping[str, bytes]


def look_sheet(tiles: Sequence[Tile], title: str, usual: int) -> PaperSheet:
    """Return the sheet of small pictures; ``usual`` is how many pages most have."""
    assets = {
        f"{ASSET_SCHEME}tile-{number}": base64.b64decode(tile.picture.partition(",")[2])
        for number, tile in enumerate(tiles)
    }
    shown = [{**asdict(t), "address": address} for address, t in zip(assets, tiles, strict=True)]
    return _sheet("look", {"tiles": shown, "title": title, "usual": usual}, len(tiles), assets)


def order_sheet(
    rows: Sequence[Sequence[str]], numbers: Collection[int], sums: Mapping[str, int]
) -> PaperSheet:
    """Return the sheet of an order: its lines, which columns hold numbers, sheets by paper."""
    facts = [(paper, f"{sheets:,}") for paper, sheets in sorted(sums.items())]
    shown = {"rows": rows, "numbers": numbers, "sums": facts}
    return _sheet("order", shown, len(rows), {})


def _sheet(
    name: str, shown: Mapping[str, object], count: int, assets: Mapping[str, bytes]
) -> PaperSheet:
    base = Stack((base_layer(),))
    settings, words = base.merged(SETTINGS_FILE), base.merged(language_path(FIRST_LANGUAGE, WORDS))
    spoken = Wording({LANGUAGE: Language(FIRST_LANGUAGE, words)})
    said = spoken.words(words.nearest((name,)))
    environment = template_environment(base)
    primary, accent = (settings.text("brand", each) for each in ("primary", "accent"))
    context = {
        **spoken.context,
        "lang": FIRST_LANGUAGE,
        "words": said,
        "title": said["title"],
        "lead": said["lead"]["one" if count == 1 else "other"].replace("{count}", str(count)),
        "brand": {"primary": primary, "accent": accent},
        "palette": palette_of(primary, accent),
        "paper": settings.text("paper"),
        "tiles": (),
        "rows": (),
        **shown,
    }
    styles = (base.find(style_path(each)) for each in _STYLES)
    return PaperSheet(
        environment.get_template("sheet.html.j2").render(context),
        tuple(read_text(found[1]) for found in styles if found),
        assets,
    )
