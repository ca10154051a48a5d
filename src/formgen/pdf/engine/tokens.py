"""Put in the values of design tokens before a style sheet is parsed.

WeasyPrint looks a custom property up, and checks what it becomes, for every element anew. What
is set on `:root` and nowhere else is the same everywhere, so it can stand there from the start.
The pages come out byte for byte as they would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_SET = re.compile(r"(?:^|[;{])\s*(--[\w-]+)\s*:\s*([^;{}]*)")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Tokens may be made of tokens, but not without end.
_DEPTH = 4


def with_tokens(styles: Sequence[str], html: str) -> list[str]:
    """Return the style sheets of a page with the values of its tokens in them."""
    bare = [_COMMENT.sub("", style) for style in styles]
    tokens = _tokens([*bare, *(_COMMENT.sub("", style) for style in _STYLE.findall(html))])

    def put_in(style: str) -> str:
        for _ in range(_DEPTH):
            style = _USED.sub(lambda used: tokens.get(used[1], used[0]), style)
        return style

    return [put_in(style) for style in bare]


def _tokens(styles: Sequence[str]) -> Mapping[str, str]:
    """Return what is set on `:root` alone; of what is set twice, the last counts."""
    tokens: dict[str, str] = {}
    elsewhere: set[str] = set()
    for style in styles:
        for block in _ROOT.finditer(style):
            settings = _SET.findall(block[1])
            if _is_nested(style, block.start()) or "!" in block[1]:
                elsewhere |= {name for name, _ in settings}
            else:
                tokens |= {name: value.strip() for name, value in settings}
        elsewhere |= {name for name, _ in _SET.findall(_ROOT.sub("", style))}
    return {name: value for name, value in tokens.items() if name not in elsewhere}


def _is_nested(style: str, place: int) -> bool:
    """Tell whether a place is within a rule, such as @media."""
    return style.count("{", 0, place) > style.count("}", 0, place)
