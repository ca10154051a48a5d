"""What WeasyPrint may read: the page's own files by name, and nothing else."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse


class PageFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the files that came with a page, and remembers what was wrong with others."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        """Take the files by their addresses."""
        super().__init__(allow_redirects=False)
        self.assets = assets
        self.refused: list[str] = []
        self.truncated: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return a file of the page; anything else is refused and remembered."""
        if url in self.assets:
            if _ends_early(self.assets[url]):
                self.truncated.append(url)
            return URLFetcherResponse(url, self.assets[url])
        self.refused.append(url)
        # `engine/messages.py` knows these words again in WeasyPrint's log.
        message = f"{url} is not a file of this page"
        raise ValueError(message)


@functools.lru_cache(maxsize=64)
def _ends_early(data: bytes) -> bool:
    """Tell whether a picture lacks its end, which WeasyPrint would pass over."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image = Image.open(io.BytesIO(data))
    except (OSError, ValueError, SyntaxError):
        return False
    else:
        try:
            image.load()
        except (OSError, ValueError, SyntaxError, EOFError):
            return True
        return False
    finally:
        # As WeasyPrint wants it for the whole process, and sets it only once.
        ImageFile.LOAD_TRUNCATED_IMAGES = True
