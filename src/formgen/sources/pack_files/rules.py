"""What a pack may hold: names, kinds and sizes of files, and what no file of it may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from formgen.findings import InputError, brief
from formgen.sources.characters import find_bad_character
from formgen.sources.paths import FOLDERS, LOCALS, OLD_WORDS, TO_MERGE
from formgen.sources.strict_yaml import parse_yaml


@dataclass(frozen=True)
class Limits:
    """How much a pack may hold; far more than one needs, and too little to do harm."""

    archive_bytes: int = 25_000_000
    all_bytes: int = 24_000_000
    file_bytes: int = 5_000_000
    text_bytes: int = 1_000_000
    files: int = 1000
    name: int = 150
    depth: int = 8


LIMITS = Limits()
PACK_FOLDERS = (*FOLDERS, LOCALS)
MANIFEST = "PACK.json"
SIGNATURE = "PACK.sig"
TEXTS = frozenset({".yaml", ".md", ".j2", ".css", ".svg", ".txt"})
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
# Names that every disk can hold, and that none takes for another.
_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
# What file managers, disks in the cloud, office programs and formgen itself leave beside files.
# Nothing reads it.
_LITTER = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir", "$recycle.bin"}
    | {OLD_WORDS, TO_MERGE}
)
_LITTER_STARTS = (".", "~$")
_MARKUP = frozenset({".j2", ".svg"})
_CODE = (
    (re.compile(r"<\s*script", re.IGNORECASE), "a script"),
    (re.compile(r"(?:java|vb)script\s*:", re.IGNORECASE), "a script in an address"),
    (re.compile(r"<[^>]*\son[a-z]{3,}\s*=", re.IGNORECASE), "a script in an attribute"),
    (
        re.compile(r"<\s*(?:iframe|object|embed|applet|base|frame|portal)\b", re.IGNORECASE),
        "an element that loads something",
    ),
    (re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE), "a page that leads away"),
    (
        re.compile(
            r"\b(?:src|srcset|poster|data|action|formaction|background|ping|manifest)"
            r"\s*=\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:)?//",
            re.IGNORECASE,
        ),
        "an address that would be fetched",
    ),
    (
        re.compile(
            r"<\s*(?:link|image|use)\b[^>]*href\s*=(?!\s*[\"']?\s*(?:data:|#|\{))", re.IGNORECASE
        ),
        "an address that would be fetched",
    ),
)
_LOADING_STYLE = (
    (re.compile(r"@\s*(?:import|\\)", re.IGNORECASE), "a style that loads another"),
    (re.compile(r"\\[0-9a-f]{1,6}\s?[a-z]*\(", re.IGNORECASE), "an address written in code"),
    (
        re.compile(
            r"url\((?!\s*[\"']?\s*(?:data:|formgen:))\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|//)",
            re.IGNORECASE,
        ),
        "an address that would be fetched",
    ),
)


def is_litter(name: str) -> bool:
    """Tell whether a file, or a folder above it, is hidden or was left by some program."""
    return any(
        part.startswith(_LITTER_STARTS) or part.casefold() in _LITTER for part in name.split("/")
    )


def name_problem(name: str) -> str:
    """Say what is wrong with the name of a pack's file, or nothing."""
    shown = f'"{brief(name)}"'
    if len(name) > LIMITS.name:
        return f"the name {shown} is too long"
    if "\\" in name or ":" in name or name.startswith("/"):
        return f"{shown} is not a path inside of the pack"
    parts = name.split("/")
    if ".." in parts or "." in parts or "" in parts:
        return f"{shown} leads out of the pack, or is a folder"
    if len(parts) > LIMITS.depth:
        return f"{shown} lies too deep"
    for part in parts:
        if not _PART.fullmatch(part):
            return f"{shown} has characters other than a-z, 0-9, _, . and -"
        if _RESERVED.fullmatch(part):
            return f"{shown} cannot be a file name on Windows"
    if len(parts) == 1 or parts[0] not in PACK_FOLDERS:
        return f"{shown} lies in none of {', '.join(PACK_FOLDERS)}"
    if PurePosixPath(name).suffix not in TEXTS | PICTURES:
        return f"{shown} is not of a kind that packs hold"
    return ""


def twins(names: Iterable[str]) -> Iterator[str]:
    """Yield the names that some disk takes for another one, or for a folder of another one."""
    files: set[str] = set()
    folders: dict[str, str] = {}
    for name in names:
        folded = name.casefold()
        if folded in files:
            yield name
        files.add(folded)
        for above in PurePosixPath(name).parents:
            if folders.setdefault(str(above).casefold(), str(above)) != str(above):
                yield name
    yield from (name for name in folders if name in files)


def size_problem(name: str, size: int) -> str:
    """Say whether a file is larger than its kind may be, or nothing."""
    most = LIMITS.text_bytes if PurePosixPath(name).suffix in TEXTS else LIMITS.file_bytes
    return f'"{name}" is larger than {most:,} bytes' if size > most else ""


def content_problem(name: str, data: bytes) -> str:
    """Say what in a file does more than hold words and looks, or nothing."""
    suffix = PurePosixPath(name).suffix
    if suffix in PICTURES:
        magic = b"\x89PNG\r\n\x1a\n" if suffix == ".png" else b"\xff\xd8\xff"
        return "" if data.startswith(magic) else f'"{name}" is not the picture that it is called'
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return f'"{name}" is not UTF-8'
    bad = find_bad_character(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if bad:
        return f'"{name}" holds a character that {bad.reason}'
    if suffix == ".yaml":
        try:
            parse_yaml(text, Path(name))
        except InputError as problem:
            return f"{problem.findings[0].place}: {problem.findings[0].message.rstrip('.')}"
    if suffix in _MARKUP | {".css"}:
        what = _first(_CODE, text) if suffix in _MARKUP else ""
        what = what or style_problem(text)
        return f'"{name}" holds {what}' if what else ""
    return ""


def style_problem(style: str) -> str:
    """Say what a style would load, or nothing."""
    return _first(_LOADING_STYLE, style)


def _first(patterns: Iterable[tuple[re.Pattern[str], str]], text: str) -> str:
    return next((what for pattern, what in patterns if pattern.search(text)), "")
