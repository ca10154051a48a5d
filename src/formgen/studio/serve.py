"""Serve the pages: to this machine alone, until it is stopped."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from formgen.studio.app import make_app
from formgen.studio.guard import Keys
from formgen.studio.state import Studio

HOST = "127.0.0.1"
# What is under way when it is stopped has so long to end.
_LAST_SECONDS = 1
_END_SECONDS = 4.0


def serve(home: Path, out: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; ``ready`` is called with the address once it answers.

    Raises OSError for a port that is taken.
    """
    import uvicorn

    with _listening(port) as listener:
        number = listener.getsockname()[1]
        keys, studio = Keys(), Studio(home, out)
        config = uvicorn.Config(
            make_app(
                studio, number, keys, lambda: ready(f"http://{HOST}:{number}/?key={keys.address}")
            ),
            log_level="error",
            access_log=False,
            ws="none",
            lifespan="on",
            server_header=False,
            limit_concurrency=64,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        try:
            server = uvicorn.Server(config)
            server.handle_exit = _quietly(server.handle_exit)  # type: ignore[assignment, method-assign]
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            pass  # the way to stop it
        finally:
            # A template of somebody's pack may never end; the command does.
            timer = threading.Timer(_END_SECONDS, os._exit, [0])
            timer.daemon = True
            timer.start()
            studio.close()


def _quietly(
    end: Callable[[int, FrameType | None], None],
) -> Callable[[int, FrameType | None], None]:
    """Return what ends a server without a word about what it cuts off."""

    def end_quietly(number: int, frame: FrameType | None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        end(number, frame)

    return end_quietly


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if os.name == "posix":
            # A port that was used just now is free; on Windows, this would share one in use.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
        yield listener
