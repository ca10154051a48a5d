"""Typefaces that style sheets name and that there are not: another one would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief, did_you_mean
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import style_path
from formgen.sources.text_files import read_text

# On a screen, the reader's own typefaces can be had.
_OF_SCREENS = ("web.", "index.", "state.")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_DECLARATION = re.compile(r"(?<![\w-])(font(?:-family)?|--[\w-]+)\s*:\s*([^;{}]+)", re.IGNORECASE)
# Of `font: 12pt/1.4 Arial`, what stands before the typefaces.
_SIZE = re.compile(
    r".*?(?<![\w-])(?:[\d.]+(?:%|[a-z]+)|(?:x+-)?(?:small|large)|medium)(?:\s*/\s*\S+)?\s+"
)
_GENERIC = {
    *("serif", "sans-serif", "monospace", "cursive", "fantasy", "inherit", "initial", "unset"),
    *("revert", "system-ui"),
}


def unknown_families(stack: Stack) -> Iterator[Finding]:
    """Yield a warning for each typeface that printed pages ask for and that there is not."""
    if not any(_sheets(layer) for layer in stack.layers[:-1]):
        return
    sheets = [(layer, path) for layer in stack.layers for path in _sheets(layer)]
    texts = [(layer, path, _text(layer, path)) for layer, path in sheets]
    base = stack.layers[-1]
    known = {name for layer, _, text in texts if layer is base for _, name in _families(text)}
    for _, _, text in texts:
        known |= {name for face in _FACE.findall(text) for _, name in _families(face)}
    lower = {each.lower() for each in known}
    for layer, path, text in texts:
        for at, name in () if layer is base else _families(_blanked(_FACE, text)):
            if name.lower() in lower | _GENERIC:
                continue
            column = at - text.rfind("\n", 0, at)
            place = Place(layer.folder / path, text.count("\n", 0, at) + 1, column)
            message = f'there is no typeface "{brief(name)}", so another one is printed.'
            otherwise = "use var(--serif) or var(--sans), or bring its file with @font-face."
            fix = did_you_mean(name, known, otherwise)
            yield Finding(place, Code.UNKNOWN_TYPEFACE, message, fix)


def _sheets(layer: Layer) -> list[str]:
    names = sorted(layer.names_in(style_path("").rstrip("/"), ".css"))
    return [style_path(name) for name in names if not name.startswith(_OF_SCREENS)]


def _text(layer: Layer, path: str) -> str:
    file = layer.file(path)
    try:
        return _blanked(_COMMENT, read_text(file)) if file else ""
    except InputError:  # told where pages are composed
        return ""


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with what matches made empty; lines and places stay."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _families(text: str) -> Iterator[tuple[int, str]]:
    """Yield each typeface that is named, with its offset."""
    for found in _DECLARATION.finditer(text):
        name, value = found[1].lower(), found[2].partition("!")[0]
        if name.startswith("--") and not re.search(r"serif|sans|font|face", name):
            continue
        if name == "font":
            value = _SIZE.sub("", value, count=1) if _SIZE.match(value) else ""
        for item in value.split(","):
            family = item.strip().strip("\"'").strip()
            if family and "(" not in family and ")" not in family:
                yield found.start(2) + found[2].find(family), " ".join(family.split())
