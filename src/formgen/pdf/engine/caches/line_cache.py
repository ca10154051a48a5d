"""Lines of text that were broken before, kept for the next page with the same words.

Most sentences of a kit are those of the kit before, and WeasyPrint breaks each of them anew:
98 of 100 lines of a second local's kit have been broken already (measured). What it found out
depends on the text, the space and the style alone, and holds nothing but text and numbers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from operator import itemgetter
from typing import Any

# The one whose source was read for this; any other breaks all its lines itself.
VERSION = "70.0"
# A kit has about 5,000 different ones. The least recently used go.
MOST_LINES = 20_000
# All that breaking a line reads of its style, apart from the two below.
PROPERTIES = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "white_space",
    "word_break",
    "word_spacing",
)
# Whether there is one counts, and nothing else of it.
DECORATION = "text_decoration_line"
# May depend on more of the style, so lines with any are not kept.
ZONE = "hyphenate_limit_zone"

_Broken = tuple[dict[str, Any], tuple[Any, ...]]
_kept: OrderedDict[tuple[Any, ...], _Broken] = OrderedDict()


def keep_lines(fonts: Any) -> None:
    """Keep the lines of all pages that are set in these fonts, and no others."""
    import weasyprint

    forget_lines()
    if weasyprint.VERSION != VERSION:
        return
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    # WeasyPrint offers no place for this. Lines in pictures are left to itself.
    inline.split_first_line = preferred.split_first_line = _keeping(
        line_break.split_first_line, line_break.Layout, fonts
    )


def forget_lines() -> None:
    """Forget all lines, as is due when some of them are about a person."""
    _kept.clear()


def _keeping(split: Callable[..., Any], layout_type: Any, fonts: Any) -> Callable[..., Any]:
    """Return a function that breaks lines as WeasyPrint's does, and each of them once."""
    from weasyprint.css.properties import INITIAL_VALUES

    of_style = itemgetter(*PROPERTIES)
    no_zone = INITIAL_VALUES[ZONE]

    def split_first_line(  # noqa: PLR0913, PLR0917  (WeasyPrint's own)
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        room = (max_width, justification_spacing, is_line_start, minimum)
        if style.font_config is not fonts or style[ZONE] != no_zone:
            return split(text, style, context, *room)
        # Read each time: WeasyPrint changes some styles while it lays out.
        key = (text, *room, style[DECORATION] == "none", of_style(style))
        try:
            known = _kept.get(key)
        except TypeError:  # a value in the style that cannot be compared
            return split(text, style, context, *room)
        if known is None:
            layout, *rest = split(text, style, context, *room)
            # Pages change their layouts, so what is kept is a copy.
            _kept[key] = dict(layout.__dict__), tuple(rest)
            if len(_kept) > MOST_LINES:
                _kept.popitem(last=False)
            return layout, *rest
        _kept.move_to_end(key)
        layout = layout_type.__new__(layout_type)
        layout.__dict__.update(known[0])
        return layout, *known[1]

    return split_first_line
