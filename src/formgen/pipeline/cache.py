"""Where formgen keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "FORMGEN_CACHE"


def cache_folder() -> Path:
    """Return the cache folder: `$FORMGEN_CACHE`, else the platform's own place for it."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        # Fontconfig looks for relative names elsewhere.
        return Path(chosen).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("formgen", appauthor=False)
