"""What WeasyPrint may read: the page's own files by name, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse


class PageFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the files that came with a page, and remembers what it refused."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        """Take the files by their addresses."""
        super().__init__(allow_redirects=False)
        self.assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return a file of the page; anything else is refused and remembered."""
        if url in self.assets:
            return URLFetcherResponse(url, self.assets[url])
        self.refused.append(url)
        message = f"{url} is not a file of this page"
        raise ValueError(message)
