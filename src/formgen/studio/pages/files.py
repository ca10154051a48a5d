"""The pages' own files, and the web pages that their frames show."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from formgen.studio import words
from formgen.studio.pages.asked import studio_of

# A document shows itself and does nothing: no script, no form, no link out of its frame.
PREVIEW_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "font-src 'self' data:; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
)


async def own_file(request: Request) -> Response:
    """Return a file that pages need, by its name in a table."""
    files = await run_in_threadpool(words.files)
    found = files.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    data, kind = found
    # A typeface stays what it is; the rest may be another one's after an update.
    kept = "private, max-age=3600" if kind.startswith("font/") else "no-cache"
    return Response(data, media_type=kind, headers={"cache-control": kept})


async def preview(request: Request) -> Response:
    """Return a web page that was made for a frame."""
    html = studio_of(request).previews.pages.get(request.path_params["number"])
    if html is None:
        raise HTTPException(404)
    return HTMLResponse(html, headers={"content-security-policy": PREVIEW_POLICY})
