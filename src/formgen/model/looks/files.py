"""The files of a local's looks: its pictures, and a typeface of its own."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.findings import Finding
from formgen.model.settings import Brand
from formgen.sources.pictures.named import read_named
from formgen.sources.pictures.picture import PAGE_SIDE, Picture
from formgen.sources.tree import Node
from formgen.sources.typefaces.read import read_typeface
from formgen.sources.typefaces.typeface import OwnTypeface


@dataclass(frozen=True)
class BrandFiles:
    """What the files of a local's looks hold."""

    logo: Picture | None
    partner_logo: Picture | None
    cover: Picture | None
    typeface: OwnTypeface | None


def read_brand(brand: Brand, tree: Node) -> tuple[BrandFiles, list[Finding]]:
    """Return what the files of a local's looks hold, and what is to be said of them."""
    logo, found = read_named(brand.logo, tree.get("brand", "logo"))
    partner_logo, told = read_named(brand.partner_logo, tree.get("brand", "partner_logo"))
    cover, noted = read_named(brand.cover, tree.get("brand", "cover"), PAGE_SIDE)
    letters = brand.typeface
    typeface, also = read_typeface(letters.files, letters.voice, tree.get("brand", "typeface"))
    return BrandFiles(logo, partner_logo, cover, typeface), [*found, *told, *noted, *also]
