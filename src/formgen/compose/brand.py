"""What templates know of a local's looks: colors, logo, and a typeface of its own."""

from __future__ import annotations

import base64
from typing import Any

from markupsafe import Markup

from formgen.compose.assets import (
    ASSET_SCHEME,
    BORDER,
    COVER,
    LOGO,
    PARTNER_LOGO,
    ROSETTE,
    data_url,
    picture_for,
)
from formgen.compose.figures.engraving import draw_border, draw_rosette, draw_tile
from formgen.compose.figures.names import initials_of
from formgen.kit import Kit
from formgen.model.looks.palette import Palette, palette_of
from formgen.model.page_format import PageFormat
from formgen.model.printing import PAPERS
from formgen.sources.pictures.picture import Picture
from formgen.sources.typefaces.typeface import OwnTypeface

# The class of pages that are set in a typeface of the local's own is `voice-own`.
_OWN = "own"


def brand_of(kit: Kit, page: PageFormat, assets: dict[str, bytes]) -> dict[str, Any]:
    """Return the looks of a local; in print, put the files that they need among the page's."""
    brand = kit.settings.brand
    palette = palette_of(brand.primary, brand.accent, brand.look)
    rules = _typeface_rules(kit.typeface, page, assets) if kit.typeface else ""
    voice = _OWN if rules else kit.voice
    return {
        "brand": {
            "primary": palette.brand,
            "accent": palette.accent,
            "typeface": voice,
            "look": brand.look,
            "cover_alt": brand.cover_alt,
        },
        "palette": palette,
        "typeface_rules": Markup(rules),
        # Asked for by the pages that show them.
        "partner_logo": lambda: picture_for(kit.partner_logo, PARTNER_LOGO, page.medium, assets),
        "cover_picture": lambda: picture_for(kit.cover, COVER, page.medium, assets),
        "engraving": lambda: _engraving(kit, palette, page, assets),
        "logo": picture_for(kit.logo, LOGO, page.medium, assets),
    }


def _engraving(
    kit: Kit, palette: Palette, page: PageFormat, assets: dict[str, bytes]
) -> dict[str, str]:
    """Return where a certificate finds its border and its rosette; the plain look has none."""
    if kit.settings.brand.look == "plain":
        return {}
    initials = initials_of(kit.settings.local.short_name or kit.settings.local.name)
    colors = palette.brand, palette.accent
    rosette = draw_rosette(*colors)
    if page.medium == "web":
        drawn = (Picture(each, "image/svg+xml", 1.0) for each in (draw_tile(*colors), rosette))
        border, seal = map(data_url, drawn)
        return {"border": border, "rosette": seal, "initials": initials}
    height, width = PAPERS[kit.settings.paper]
    assets[BORDER] = draw_border(width, height, *colors)
    assets[ROSETTE] = rosette
    return {"border": BORDER, "rosette": ROSETTE, "initials": initials}


def voice_on_screen(kit: Kit) -> str:
    """Return which of our typefaces a web page needs for titles and prose besides its own."""
    return "sans" if kit.typeface and kit.typeface.on_screen else kit.voice


def _typeface_rules(typeface: OwnTypeface, page: PageFormat, assets: dict[str, bytes]) -> str:
    """Return the rules for a typeface. What is read at length in large print is in our own."""
    family = typeface.family
    rules: list[str] = []
    if page.medium == "web":
        if not typeface.on_screen:
            return ""
        data = base64.b64encode(typeface.on_screen).decode()
        address = f"data:font/woff2;base64,{data}"
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{address}"); }}')
    for face in typeface.faces if page.medium == "print" else ():
        address = f"{ASSET_SCHEME}typeface/{family.replace(' ', '-')}-{face.weight}-{face.slant}"
        assets[address] = face.data
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {face.weight};'
            f' font-style: {face.slant}; src: url("{address}"); }}'
        )
    ours, large = ("serif", "serif-display") if typeface.voice == "serif" else ("sans", "sans")
    voice = "" if page.is_large else f'--voice: "{family}", var(--{ours});'
    rules.append(f'.voice-{_OWN} {{ {voice} --display: "{family}", var(--{large}); }}')
    return "".join(f"{rule}\n" for rule in rules)
