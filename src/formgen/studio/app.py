"""The pages and what they ask for, as one application."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Callable

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from formgen.studio.guard import Guard, Keys
from formgen.studio.pages import files, kits, new, own_words, people, settings, start, uploads
from formgen.studio.state import Studio

_LOCAL = "/locals/{local}"
_POST = ["POST"]
ROUTES = (
    Route("/", start.show),
    Route("/files/{name}", files.own_file),
    Route("/new", new.show),
    Route("/new/answers", new.answers, methods=_POST),
    Route("/new/write", new.write, methods=_POST),
    Route(f"{_LOCAL}/cover", kits.cover),
    Route(f"{_LOCAL}/state", settings.state),
    Route(f"{_LOCAL}/look", settings.look, methods=_POST),
    Route(f"{_LOCAL}/check", settings.check, methods=_POST),
    Route(f"{_LOCAL}/save", settings.save, methods=_POST),
    Route(f"{_LOCAL}/step", settings.step, methods=_POST),
    Route(f"{_LOCAL}/paper", settings.paper, methods=_POST),
    Route(f"{_LOCAL}/picture", uploads.picture, methods=_POST),
    Route(f"{_LOCAL}/build", kits.build, methods=_POST),
    Route(f"{_LOCAL}/stop", kits.stop, methods=_POST),
    Route(f"{_LOCAL}/kit/{{path:path}}", kits.file),
    Route(f"{_LOCAL}/first/{{path:path}}", kits.first),
    Route(f"{_LOCAL}/zip", kits.whole),
    Route(f"{_LOCAL}/print", kits.show),
    Route(f"{_LOCAL}/ahead", kits.ahead),
    Route(f"{_LOCAL}/printed", kits.printed, methods=_POST),
    Route(f"{_LOCAL}/people", people.show),
    Route(f"{_LOCAL}/people/rows", people.rows),
    Route(f"{_LOCAL}/people/look", people.look, methods=_POST),
    Route(f"{_LOCAL}/people/save", people.save, methods=_POST),
    Route(f"{_LOCAL}/people/roster", people.hand_over, methods=_POST),
    Route(f"{_LOCAL}/people/make", people.make, methods=_POST),
    Route(f"{_LOCAL}/people/forget", people.forget, methods=_POST),
    Route(f"{_LOCAL}/people/made/{{path:path}}", people.made),
    Route(f"{_LOCAL}/own-words", own_words.show),
    Route(f"{_LOCAL}/own-words/change", own_words.change, methods=_POST),
    Route("/preview/{number:int}", files.preview),
    Route(f"{_LOCAL}/{{part}}", settings.show),
)
# What files are sent to.
_FOR_FILES = ("/picture", "/roster")


def make_app(studio: Studio, port: int, keys: Keys, ready: Callable[[], None]) -> ASGIApp:
    """Return the application, guarded; ``ready`` is called when it can answer."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=studio.previews.warm, daemon=True).start()
        ready()
        yield

    app = Starlette(routes=ROUTES, lifespan=lifespan)
    app.state.studio = studio
    return Guard(app, port, keys, _FOR_FILES)
