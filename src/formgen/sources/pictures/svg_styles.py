"""The styles of an SVG: only what is allowed, in the longhand that WeasyPrint understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from formgen.sources.pictures.svg_allowed import PROPERTIES, is_allowed_value, words

OUR_SANS, OUR_SERIF = "Formgen Sans", "Formgen Serif"
_GENERIC = words("""
    serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace
    ui-rounded inherit initial unset -apple-system
""")
_SERIFS = re.compile(
    r"(?<!sans-)(?<!sans )\bserif|times|georgia|garamond|palatino|roman", re.IGNORECASE
)
_FONT = re.compile(
    r"(?P<before>(?:(?:normal|italic|oblique|small-caps|bold|bolder|lighter|[1-9]\d{0,2}"
    r"|(?:ultra-|extra-|semi-)?(?:condensed|expanded))\s+)*)"
    r"(?P<size>[\d.]+(?:[a-z]+|%)?|[a-z-]+)(?:\s*/\s*[\w.%]+)?\s+(?P<family>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_SIZES = {
    "xx-small": "9px",
    "x-small": "10px",
    "small": "13px",
    "medium": "16px",
    "large": "18px",
    "x-large": "24px",
    "xx-large": "32px",
    "smaller": "0.83em",
    "larger": "1.2em",
}
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SELECTORS = re.compile(r"[\w\s.#*,>+~:\[\]=\"'()|^$-]+")
# What may follow a colon in them; what else does is of no use on paper, or unknown to WeasyPrint.
_OTHER_STATES = re.compile(r":(?!root|first-child|last-child|nth-child|not\()")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)


@dataclass
class Styles:
    """Cleans the styles of one SVG, and notes what was left out and which fonts are asked for."""

    # Values of custom properties, by name.
    variables: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)

    def note_variables(self, text: str) -> None:
        """Remember the custom properties that a style sheet or attribute sets."""
        for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)", text):
            self.variables.setdefault(name, value.strip())

    def sheet(self, text: str) -> str:
        """Return a style sheet without what is not allowed; as it was if all of it is."""
        kept: list[str] = []
        is_whole = True
        for prelude, body in _rules(_COMMENT.sub(" ", text)):
            if body is None or not _is_usual(prelude):
                is_whole = False
                if prelude.lower().startswith("@import") or "\\" in prelude:
                    self._leave_out("a style sheet from elsewhere")
                continue
            cleaned = self.declarations(body)
            is_whole = is_whole and cleaned == body
            kept += [f"{prelude}{{{cleaned}}}"] if cleaned else []
        return text if is_whole else "\n".join(kept)

    def declarations(self, text: str) -> str:
        """Return declarations without those that are not allowed; as they were if all are."""
        kept: list[str] = []
        is_whole = True
        for part in _split(text, ";"):
            if not part.strip():
                continue
            name, _, value = part.partition(":")
            pairs = self.property(name.strip().lower(), value.strip())
            is_same = pairs == [(name.strip(), value.strip())]
            is_whole = is_whole and is_same
            kept += [part.strip()] if is_same else [f"{key}:{said}" for key, said in pairs]
        return text if is_whole else ";".join(kept)

    def property(self, name: str, value: str) -> list[tuple[str, str]]:
        """Return a property as those that stand for it: none, if it is not allowed."""
        if name not in PROPERTIES:
            return []
        important = _IMPORTANT.search(value)
        mark = important[0] if important else ""
        said = self._resolved(value[: len(value) - len(mark)])
        if not is_allowed_value(said):
            self._leave_out("a reference to another file")
            return []
        if name == "font":
            return [(key, each + mark) for key, each in self._longhand(said)]
        if name == "font-size":
            said = _SIZES.get(said.lower(), said)
        if name == "font-family":
            said = self._family(said)
        return [(name, said + mark)]

    def _leave_out(self, what: str) -> None:
        self.left_out.append(what)

    def _resolved(self, value: str) -> str:
        """Return a value with custom properties replaced, which WeasyPrint does not know in SVG."""
        if "var(" not in value:
            return value
        return _VARIABLE.sub(lambda found: self.variables.get(found[1], found[2] or ""), value)

    def _longhand(self, value: str) -> Iterator[tuple[str, str]]:
        """Yield what a shorthand of a font says, one by one: WeasyPrint takes its first word."""
        found = _FONT.fullmatch(value.strip())
        if not found:
            return
        words = found["before"].lower().split()
        styles = [word for word in words if word in {"italic", "oblique"}]
        weights = [word for word in words if word in {"bold", "bolder"} or word.isdecimal()]
        yield "font-style", styles[0] if styles else "normal"
        yield "font-weight", (weights[0] if weights else "normal").replace("bolder", "bold")
        yield "font-size", _SIZES.get(found["size"].lower(), found["size"])
        yield "font-family", self._family(found["family"])

    def _family(self, value: str) -> str:
        """Return a list of families that ends with one of ours, which is there on every machine."""
        names = [name.strip().strip("\"'").strip() for name in value.split(",")]
        known = {OUR_SANS.lower(), OUR_SERIF.lower(), "formgen display"}
        if any(name.lower() in known for name in names) or names == ["inherit"]:
            return value
        if names[0] and names[0].lower() not in _GENERIC:
            self.families.append(names[0])
        return f"{value},{OUR_SERIF if _SERIFS.search(value) else OUR_SANS}"


def _is_usual(prelude: str) -> bool:
    """Tell whether a rule's selectors are of a kind that everybody understands."""
    return bool(_SELECTORS.fullmatch(prelude)) and not _OTHER_STATES.search(prelude)


def _rules(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield what stands before each block of a style sheet, and the block; or a line without."""
    start = opened = depth = 0
    for end, sign in _signs(text, "{;}"):
        if sign == "{":
            opened = end if not depth else opened
            depth += 1
        elif sign == ";":
            if not depth:
                yield text[start:end].strip(), None
                start = end + 1
        elif depth <= 1:
            if depth:
                yield text[start:opened].strip(), text[opened + 1 : end]
            start, depth = end + 1, 0
        else:
            depth -= 1
    if depth:
        yield text[start:opened].strip(), text[opened + 1 :]
    elif text[start:].strip():
        yield text[start:].strip(), None


def _signs(text: str, signs: str) -> Iterator[tuple[int, str]]:
    """Yield where some signs stand outside of quotation marks."""
    pattern = re.compile(rf"\"[^\"]*\"|'[^']*'|[{re.escape(signs)}]")
    for found in pattern.finditer(text):
        if found[0] in signs:
            yield found.start(), found[0]


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark outside of quotation marks and brackets."""
    parts: list[str] = []
    start = depth = 0
    for end, sign in _signs(text, f"(){mark}"):
        if sign != mark:
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif not depth:
            parts.append(text[start:end])
            start = end + 1
    return [*parts, text[start:]]
