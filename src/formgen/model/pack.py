"""The shape of a pack's `pack.yaml`, and what editions and versions mean."""

from __future__ import annotations

import base64
import binascii
import re
from itertools import zip_longest
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.findings import Finding, brief
from formgen.model.values import BASE, Slug, Text, kind, pack_name
from formgen.sources.pack_files.requirement import requirement_of
from formgen.sources.tree import Node

KEY_PREFIX = "ed25519:"
_KEY_BYTES = 32
# A version that a pack needs, such as ">=0.1,<2"; "1" alone is the format of the first packs.
_RANGE = re.compile(r"(?:(>=|<=|>|<|==)\s*(\d{1,6}(?:\.\d{1,6}){0,3}))")
_EDITION = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,3}")
_ANY = "1"


def _is_range(text: str) -> bool:
    return all(_RANGE.fullmatch(part.strip()) for part in text.split(","))


def _formgen(text: str) -> str:
    if text not in {"", _ANY} and not _is_range(text):
        raise PydanticCustomError(
            Code.BAD_VERSION,
            '"{value}" does not say which formgen is needed.|e.g. ">=0.1" or ">=0.1,<2".',
            {"value": brief(text)},
        )
    return text


def _extends(text: str) -> str:
    asked = requirement_of(text)
    pack_name(asked.pack)
    if asked.editions and not (asked.pack not in {"", BASE} and _is_range(asked.editions)):
        raise PydanticCustomError(
            Code.BAD_VERSION,
            '"{value}" does not say which editions of a pack will do.'
            "|e.g. prairie-state >=2027.1,<2028",
            {"value": brief(text)},
        )
    return text


def _key(text: str) -> str:
    if not is_key(text):
        raise PydanticCustomError(
            Code.BAD_KEY,
            '"{value}" is no public key.|copy the line from the .pub file of `formgen pack key`.',
            {"value": brief(text)},
        )
    return text


def _locked(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*(#[a-z0-9][a-z0-9-]*)?", text):
        raise PydanticCustomError(
            Code.BAD_LOCK,
            '"{value}" names neither a setting, a document nor a clause.'
            "|e.g. confidentiality, credit.line, mentor-pledge or letter-of-understanding#records.",
            {"value": brief(text)},
        )
    return text


PublicKey = Annotated[str, AfterValidator(_key), kind("key")]
# A pack to build on, and perhaps a range of its editions.
Extends = Annotated[str, AfterValidator(_extends), kind("pack")]


class Pack(BaseModel):
    """What a pack says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug
    name: Text = ""
    edition: Annotated[Text, StringConstraints(max_length=60)] = ""
    formgen: Annotated[str, AfterValidator(_formgen)] = ""
    extends: Extends = ""
    # Settings, clauses and documents that no nearer layer changes.
    locked: Annotated[
        tuple[Annotated[str, AfterValidator(_locked)], ...], Field(max_length=200)
    ] = ()
    # One of these keys signs every edition.
    keys: Annotated[tuple[PublicKey, ...], Field(max_length=20)] = ()


def is_key(text: str) -> bool:
    """Tell whether a text is a public key as formgen writes it."""
    try:
        raw = base64.b64decode(text.removeprefix(KEY_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return text.startswith(KEY_PREFIX) and len(raw) == _KEY_BYTES


def numbered(edition: str) -> tuple[int, ...] | None:
    """Return an edition as numbers that can be compared, or None if it is none."""
    if not _EDITION.fullmatch(edition):
        return None
    numbers = [int(part) for part in edition.split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_older(edition: str, than: str) -> bool:
    """Tell whether an edition comes before another one."""
    return (numbered(edition) or ()) < (numbered(than) or ())


def fits(needed: str, version: str) -> bool:
    """Tell whether a version of formgen, or an edition of a pack, is one that is asked for."""
    if needed in {"", _ANY}:
        return True
    have = _numbers(version)
    return all(
        _compare(_order(have, _numbers(wanted)), sign) for sign, wanted in _RANGE.findall(needed)
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4])


def _order(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    for left, right in zip_longest(one, other, fillvalue=0):
        if left != right:
            return 1 if left > right else -1
    return 0


def _compare(order: int, sign: str) -> bool:
    return {
        ">=": order >= 0,
        "<=": order <= 0,
        ">": order > 0,
        "<": order < 0,
        "==": order == 0,
    }[sign]


def check_complete(pack: Pack, tree: Node, version: str) -> list[Finding]:
    """Return what a pack lacks to be handed on, or to be used by this version of formgen."""
    findings = []
    if not pack.name:
        findings.append(
            Finding(tree.place, Code.MISSING, "the pack has no name.", "add the line `name:`.")
        )
    if numbered(pack.edition) is None:
        message = f'"{pack.edition}" is not an edition that others can be compared with.'
        place = tree.nearest(("edition",)).place
        findings.append(
            Finding(place, Code.BAD_EDITION, message, 'write numbers, e.g. edition: "2026.1".')
        )
    if not fits(pack.formgen, version):
        findings.append(wrong_version(pack, tree.nearest(("formgen",)), version))
    return findings


def wrong_version(pack: Pack, node: Node, version: str) -> Finding:
    """Return the finding for a pack that this formgen cannot build from."""
    message = f"pack {pack.id} {pack.edition} needs formgen {pack.formgen}, and this is {version}."
    return Finding(
        node.place, Code.PACK_VERSION, message, "install that formgen, or another edition."
    )
