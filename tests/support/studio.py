"""The page in the browser for tests: the application without a network, and the command itself."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PORT = 8765
# What starts formgen as it is here.
HERE = (sys.executable, "-X", "utf8", "-m", "formgen")


@dataclass(frozen=True)
class Answer:
    """What came back: a number, headers, and bytes."""

    code: int
    headers: Mapping[str, str]
    body: bytes


def asked(app, method, path, headers, body=b"", size=64_000):
    """Return what an application answers to a request; nothing goes over a network."""
    path, _, query = path.partition("?")
    chunks = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": decoded(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.encode(), v.encode("latin-1")) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
    }
    sent = []

    async def receive():
        if not chunks:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    heads = {k.decode(): v.decode("latin-1") for k, v in sent[0]["headers"]}
    return Answer(sent[0]["status"], heads, b"".join(each.get("body", b"") for each in sent[1:]))


def decoded(path):
    """Return a path as a server hands it on: what is written with % is what it stands for."""
    from urllib.parse import unquote

    return unquote(path)


@dataclass(frozen=True)
class Running:
    """A page that is open: its address with the key, without it, and its process."""

    address: str
    home: str
    folder: Path
    out: Path
    process: subprocess.Popen[str]

    def stop(self) -> int:
        """End it as Ctrl-C does; return how it ended."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@contextlib.contextmanager
def running(
    folder: Path,
    *more: str,
    formgen: Sequence[str] = HERE,
    env: Mapping[str, str] = os.environ,
) -> Iterator[Running]:
    """Give a page that is open for a folder of locals, and end it."""
    out = folder.parent / "output"
    process = subprocess.Popen(
        [*formgen, "studio", str(folder), "--out", str(out), "--no-browser", *more],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        address = next(line.strip() for line in lines if line.startswith("http"))
        home = re.sub(r"/\?.*", "", address)
        yield Running(address, home, folder, out, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        process.stdout.close()


def until_shown(tab, control, text):
    """Return how many milliseconds after the last key the page in the frame says it."""
    return tab.evaluate(
        """async ([path, text]) => {
        const control = document.getElementById(path);
        const shown = "iframe:not([hidden]):not(.is-under)";
        control.value = text;
        const began = performance.now();
        control.dispatchEvent(new Event("input", { bubbles: true }));
        for (;;) {
            const page = document.querySelector(shown)?.contentDocument;
            // A number and its unit are kept together by a space of their own.
            if (page?.body?.textContent.replaceAll("\\u00a0", " ").includes(text)) break;
            if (performance.now() - began > 60_000) throw new Error(`${text} was not shown`);
            await new Promise(requestAnimationFrame);
        }
        return performance.now() - began;
    }""",
        [control, text],
    )


def until_drawn(tab, control, text):
    """Return how many milliseconds after the last key the printed page is another one."""
    return tab.evaluate(
        """async ([path, text]) => {
        const control = document.getElementById(path);
        const stage = document.getElementById("stage");
        const before = stage.dataset.drawn;
        control.value = text;
        const began = performance.now();
        control.dispatchEvent(new Event("input", { bubbles: true }));
        while (stage.dataset.drawn === before) {
            if (performance.now() - began > 60_000) throw new Error(`${text} was not drawn`);
            await new Promise(requestAnimationFrame);
        }
        return performance.now() - began;
    }""",
        [control, text],
    )
