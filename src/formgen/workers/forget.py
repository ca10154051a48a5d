"""Let a worker forget whose pages it made: what libraries keep of words for their next page."""

from __future__ import annotations

import sys


def forget_people() -> None:
    """Empty what may hold words of a person."""
    pyphen = sys.modules.get("pyphen")
    if pyphen is not None:
        for dictionary in pyphen.hdcache.values():
            dictionary.cache.clear()
