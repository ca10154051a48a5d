"""Work that tells what a worker has kept of the words that it set."""

from __future__ import annotations

import gc
from collections.abc import Mapping

from formgen.graph.task import Made


def kept_words(name: str, _files: Mapping[str, bytes]) -> Made:
    """Say how many words and lines a worker keeps, and in how many texts a name stands."""
    import pyphen

    from formgen.pdf.engine.caches import line_cache

    words = sum(len(dictionary.cache) for dictionary in pyphen.hdcache.values())
    dictionaries = (each for each in gc.get_objects() if type(each) is dict)
    texts = {
        value
        for each in dictionaries
        for value in (*each.keys(), *each.values())
        if isinstance(value, str) and name in value and value != name
    }
    return Made(facts={"words": words, "lines": len(line_cache._kept), "texts": len(texts)})
