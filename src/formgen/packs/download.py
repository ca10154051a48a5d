"""Fetch an archive, when it is asked for: over https, of bounded size, in bounded time.

From this machine itself it comes over http as well, so that publishing can be rehearsed.
"""

from __future__ import annotations

import http.client
import ipaddress
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief
from formgen.sources.pack_files.archive import Archive, parse_archive, read_archive, refuse
from formgen.sources.pack_files.rules import LIMITS

if TYPE_CHECKING:
    from email.message import Message

# Seconds without an answer, and for all of it.
_PATIENCE = 20.0
_MOST_SECONDS = 120.0
_CHUNK = 65536
_HTTPS, _HTTP = "https", "http"
_ENDED_EARLY = "it ended early"
_FIX = "use an https address, or download the file yourself and name it."


class _SameTrust(urllib.request.HTTPRedirectHandler):
    """Follows a redirection to https, and from this machine to itself."""

    max_redirections = 5

    def redirect_request(  # noqa: PLR0913, PLR0917  (urllib's own signature)
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        try:
            check_address(newurl)
            if is_rehearsal(newurl) and not is_rehearsal(req.full_url):
                raise _refused(newurl)
        except InputError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def is_address(name: str) -> bool:
    """Tell whether a text is an address rather than the name of a file."""
    return "://" in name


def check_address(url: str) -> None:
    """Raise InputError unless an address is one that packs are fetched from."""
    try:
        parts = urlsplit(url)
        plain = parts.hostname and not (parts.username or parts.password)
    except ValueError:
        plain = False
    if not plain or not (parts.scheme == _HTTPS or is_rehearsal(url)):
        raise _refused(url)


def _refused(url: str) -> InputError:
    message = f'"{brief(url)}" is not an https address'
    return refuse(_place(url), message, _FIX, Code.PACK_ADDRESS)


def is_rehearsal(url: str) -> bool:
    """Tell whether an http address is one of this machine itself."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != _HTTP:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _place(url: str) -> Place:
    return Place(Path(url.rpartition("/")[2].partition("?")[0] or "pack.zip"))


def get_archive(name: str) -> Archive:
    """Read the archive that a command names: a file, or an address. Raises InputError.

    Servers are believed whose certificates the machine trusts, or those in `SSL_CERT_FILE`.
    """
    if not is_address(name):
        return read_archive(Path(name))
    check_address(name)
    return parse_archive(_fetch(name), _place(name))


def _fetch(url: str) -> bytes:
    # No handler for ftp or files, and none for http but on this machine, past every proxy.
    opener = urllib.request.OpenerDirector()
    proxies: dict[str, str] | None = {} if is_rehearsal(url) else None
    kinds = [urllib.request.HTTPHandler()] if is_rehearsal(url) else []
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPSHandler(),
        *kinds,
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SameTrust(),
    ):
        opener.add_handler(handler)
    ends = time.monotonic() + _MOST_SECONDS
    parts: list[bytes] = []
    try:
        with opener.open(url, timeout=_PATIENCE) as answer:
            while chunk := answer.read(_CHUNK):
                parts.append(chunk)
                if sum(map(len, parts)) > LIMITS.archive_bytes:
                    message = f"the archive is larger than {LIMITS.archive_bytes:,} bytes"
                    raise refuse(_place(url), message, _FIX)
                if time.monotonic() > ends:
                    raise TimeoutError
            # What the server announced and did not send.
            if getattr(answer, "length", 0):
                raise ConnectionError(_ENDED_EARLY)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as problem:
        if isinstance(problem, urllib.error.HTTPError):
            problem.close()
        why = brief(str(getattr(problem, "reason", problem)) or "it took too long")
        message = f'"{brief(url)}" could not be fetched: {why}.'
        fix = "look at the address and at your connection; nothing was installed."
        raise InputError([Finding(_place(url), Code.FETCH, message, fix)]) from None
    return b"".join(parts)
