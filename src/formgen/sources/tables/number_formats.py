"""Write a number as its cell shows it: zeros in front, the dashes of a telephone number."""

from __future__ import annotations

import re

# What is no digit in a format: quoted, escaped, as wide as something, filled up with, in brackets.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_PLACE = "0#?"
_MOST_DECIMALS = 10


def shown(value: float, number_format: str) -> str:
    """Return a number as a spreadsheet shows it in a format; one in none as it would be typed."""
    section, has_sign = _section(value, number_format)
    tokens = _tokens(section)
    bare = "".join(text for text, literal in tokens if not literal)
    # Fractions, powers and names are nothing that a roster shows.
    if not set(bare) & set(_PLACE) or re.search(r"[/Ee]|[A-Za-z]", bare):
        return typed(value)
    number = abs(value) * (100 if "%" in bare else 1)
    sign = "-" if value < 0 and not has_sign else ""
    whole, _, decimals = bare.partition(".")
    places = sum(char in _PLACE for char in decimals)
    least = sum(char == "0" for char in decimals)
    digits, _, rest = f"{number:.{min(places, _MOST_DECIMALS)}f}".partition(".")
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    grouped = bool(re.search(r"[0#?],[0#?]", whole))
    return sign + _filled(tokens, digits, rest, grouped=grouped)


def typed(value: float) -> str:
    """Return a number as it would be typed: without a needless point."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.11g}"


def _section(value: float, number_format: str) -> tuple[str, bool]:
    """Return the part of a format that is for a value, and whether its sign is written there."""
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    for part in parts:
        condition = _CONDITION.match(part)
        if condition and _holds(value, condition[1], float(condition[2])):
            return part, False
    rest = [part for part in parts if not _CONDITION.match(part)] or parts
    if len(rest) < len(parts):
        return rest[0], False
    if value < 0 and len(parts) > 1:
        return parts[1], True
    return (parts[2], True) if value == 0 and len(parts) > 2 else (parts[0], False)  # noqa: PLR2004


def _holds(value: float, how: str, limit: float) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[how]


def _tokens(section: str) -> list[tuple[str, bool]]:
    """Return the characters of a format, and which of them are printed as they are."""
    tokens: list[tuple[str, bool]] = []
    at = 0
    for match in _LITERAL.finditer(section):
        tokens += [(char, False) for char in section[at : match.start()]]
        tokens.append((match[1] or match[2] or "", True))
        at = match.end()
    return tokens + [(char, False) for char in section[at:]]


def _filled(tokens: list[tuple[str, bool]], digits: str, rest: str, *, grouped: bool) -> str:
    """Return the digits in the places that a format has for them, from the right."""
    chars = [(text, literal) for text, literal in tokens if literal or text != "," or not grouped]
    point = next((n for n, each in enumerate(chars) if each == (".", False)), len(chars))
    out: list[str] = []
    left = list(digits.lstrip("0"))
    places = sum(text in _PLACE for text, literal in chars[:point] if not literal)
    written = 0
    for text, literal in reversed(chars[:point]):
        if literal or text not in _PLACE:
            # Nothing stands before the first digit but what the format begins with.
            out.append(text)
            continue
        places -= 1
        taken = [left.pop()] if left else ["0"] if text == "0" else []
        if places == 0:
            taken += left[::-1]
            left = []
        for digit in taken:
            if grouped and written and written % 3 == 0:
                out.append(",")
            out.append(digit)
            written += 1
    after = list(rest)
    tail = "." if rest else ""
    for text, literal in chars[point + 1 :]:
        if literal or text not in _PLACE:
            tail += text
        elif after:
            tail += after.pop(0)
    return ("".join(reversed(out)) + tail).strip()
