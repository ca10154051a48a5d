"""Who may ask: this machine's own browser, by the secret that the command printed.

Each request is looked at before any page is: whom it was sent to (a strange Host is another site
whose name leads here), who sent it (Origin and Sec-Fetch-Site), whether it has the cookie, and
how many bytes it brings.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY_SECONDS = 60.0
# Of a request's body: settings, and files that are handed over.
MOST_BYTES = 1_000_000
MOST_FILE_BYTES = 25_000_000
_MUCH = 413
_METHODS = frozenset({"GET", "HEAD", "POST"})
_SITES = frozenset({"same-origin", "none"})
_WRONG_PLACE = "This address is formgen's, and answers only to itself."
_NO_COOKIE = (
    "Open the address that formgen printed when it started; it is good once, for a minute.\n"
    "If it was used already, stop formgen with Ctrl-C and start it again.\n"
)
_TOO_MUCH = "This is more than formgen takes at once."
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


@dataclass
class Keys:
    """The secret of the address, good once and not for long, and that of the cookie."""

    address: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    clock: Callable[[], float] = time.monotonic
    since: float = field(init=False)
    used: bool = False

    def __post_init__(self) -> None:
        """Count from now."""
        self.since = self.clock()

    def take(self, key: str) -> bool:
        """Tell whether a key opens; the right one does once."""
        fresh = not self.used and self.clock() - self.since <= KEY_SECONDS
        fits = hmac.compare_digest(key.encode(), self.address.encode())
        self.used = self.used or (fresh and fits)
        return fresh and fits


@dataclass(frozen=True)
class Guard:
    """Lets through what may be asked; a plain ASGI application around another one."""

    app: ASGIApp
    port: int
    keys: Keys
    # The beginnings of paths to which files are sent.
    for_files: tuple[str, ...] = ()

    @property
    def cookie(self) -> str:
        """Return the name of the cookie: browsers keep one jar for all ports of a machine."""
        return f"formgen-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        heads = _heads(scope)
        refused = self._refusal(scope, heads)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        most = MOST_FILE_BYTES if scope["path"].endswith(self.for_files) else MOST_BYTES
        await self._answer(scope, receive, _with_headers(send), most)

    def _refusal(self, scope: Scope, heads: Mapping[str, str]) -> ASGIApp | None:
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        host, site = heads.get("host", ""), heads.get("sec-fetch-site", "")
        origin = heads.get("origin", "")
        is_post = scope["method"] == "POST"
        if (
            host not in hosts
            or scope["method"] not in _METHODS
            or (origin and origin != f"http://{host}")
            or (site and site not in _SITES)
            # Browsers say who sends; what says nothing sends nothing.
            or (is_post and site != "same-origin" and not origin)
        ):
            return PlainTextResponse(_WRONG_PLACE, 403)
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["path"] == "/" and key and self.keys.take(key):
            entered = RedirectResponse("/", 303)
            entered.set_cookie(
                self.cookie, self.keys.cookie, httponly=True, samesite="strict", path="/"
            )
            return entered
        given = _cookie(heads.get("cookie", ""), self.cookie)
        if not hmac.compare_digest(given.encode(), self.keys.cookie.encode()):
            return PlainTextResponse(_NO_COOKIE, 401)
        return None

    async def _answer(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """Hand a request on, and count what it brings as it comes."""
        length = _heads(scope).get("content-length", "0")
        if not length.isascii() or not length.isdecimal() or int(length) > most:
            await PlainTextResponse(_TOO_MUCH, _MUCH)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(_MUCH, _TOO_MUCH)
            return message

        await self.app(scope, counted, send)


def _heads(scope: Scope) -> dict[str, str]:
    """Return the headers of a request; one that comes twice fits nothing."""
    heads: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        heads[key] = f"{heads[key]}, {text}" if key in heads else text
    return heads


def _cookie(head: str, name: str) -> str:
    pairs = (each.strip().partition("=") for each in head.split(";"))
    return next((value for key, _, value in pairs if key == name), "")


def _with_headers(send: Send) -> Send:
    """Return what sends an answer with the headers that all have; a page's own policy stays."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            heads = list(message.get("headers", ()))
            there = {name for name, _ in heads}
            more = (*_HEADERS, (b"content-security-policy", PAGE_POLICY.encode()))
            message = {**message, "headers": [*heads, *(h for h in more if h[0] not in there)]}
        await send(message)

    return sending
