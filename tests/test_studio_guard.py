"""The page in the browser answers to its own browser, and to nobody else."""

import asyncio
import socket
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
import yaml

from formgen.studio.app import make_app
from formgen.studio.guard import KEY_SECONDS, PAGE_POLICY, Keys
from formgen.studio.state import Studio
from tests.support.locals import write_local
from tests.support.studio import PORT, asked, running

ATTACKS = yaml.safe_load(
    Path(__file__).with_name("data").joinpath("studio_attacks.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home") / "locals"
    write_local(folder / "maple")
    people = folder.parent / "output" / "maple" / "people"
    people.mkdir(parents=True)
    (people / "by-hand.txt").write_text("a name", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def keys():
    return Keys()


@pytest.fixture(scope="module")
def app(home, keys):
    return make_app(Studio(home, home.parent / "output"), PORT, keys, lambda: None)


def usual(keys):
    return {
        "host": f"127.0.0.1:{PORT}",
        "cookie": f"formgen-{PORT}={keys.cookie}",
        "sec-fetch-site": "same-origin",
    }


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["attack"])
def test_an_attack_is_refused(attack, app, keys, home):
    given = {
        name: value and value.replace("{port}", str(PORT)).replace("{cookie}", keys.cookie)
        for name, value in attack.get("headers", {}).items()
    }
    heads = {name: value for name, value in {**usual(keys), **given}.items() if value is not None}
    body = attack.get("body", "") + attack.get("begins", "")
    body += attack.get("repeats", "") * attack.get("times", 0)
    data = body.encode() + b"x" * (attack.get("megabytes", 0) * 1_000_000)
    before = (home / "maple" / "local.yaml").read_bytes()

    answer = asked(app, attack.get("method", "GET"), attack.get("path", "/"), heads, data)

    assert answer.code == attack["answer"], answer.body[:200]
    assert (home / "maple" / "local.yaml").read_bytes() == before
    assert sorted(each.name for each in (home / "maple").iterdir()) == ["local.yaml"]


def test_the_key_of_the_address_is_good_once(app, home):
    keys = Keys()
    app = make_app(Studio(home, home), PORT, keys, lambda: None)
    heads = {"host": f"localhost:{PORT}", "sec-fetch-site": "none"}

    first, second = (asked(app, "GET", f"/?key={keys.address}", heads) for _ in range(2))

    assert (first.code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert cookie.startswith(f"formgen-{PORT}={keys.cookie}".lower())
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/"))
    assert second.code == 401


def test_the_key_of_the_address_is_good_for_a_minute():
    now = [0.0]
    early, late = (Keys(clock=lambda: now[0]) for _ in range(2))

    now[0] = KEY_SECONDS
    assert early.take(early.address)
    now[0] = KEY_SECONDS + 1
    assert not late.take(late.address)


def test_a_wrong_key_does_not_use_up_the_right_one():
    keys = Keys()

    assert not keys.take("AAAA")
    assert keys.take(keys.address)


def test_secrets_are_shown_nowhere():
    keys = Keys()

    assert keys.address not in repr(keys)
    assert keys.cookie not in repr(keys)


def test_each_page_says_what_may_run_in_it(app, keys):
    page = asked(app, "GET", "/", usual(keys))

    assert page.code == 200
    assert page.headers["content-security-policy"] == PAGE_POLICY
    assert "unsafe" not in PAGE_POLICY
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert b"<script>" not in page.body
    assert b" style=" not in page.body


def test_a_preview_runs_nothing_whatever_a_pack_put_into_it(app, keys):
    heads = {**usual(keys), "content-type": "application/json"}
    body = b'{"changes": [], "document": "welcome-mentee"}'
    number = yaml.safe_load(asked(app, "POST", "/locals/maple/look", heads, body).body)["preview"]

    page = asked(app, "GET", f"/preview/{number}", usual(keys))

    assert page.code == 200
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script" not in policy
    assert b"<script" not in page.body


def test_a_web_socket_is_closed(app):
    sent = []

    async def ask():
        async def send(message):
            sent.append(message)

        await app({"type": "websocket", "headers": [], "path": "/"}, None, send)

    asyncio.run(ask())

    assert [each["type"] for each in sent] == ["websocket.close"]


def test_a_picture_gets_a_name_of_ours_whatever_it_came_with(tmp_path, keys):
    write_local(tmp_path / "home" / "oak")
    studio = Studio(tmp_path / "home", tmp_path / "out")
    app = make_app(studio, PORT, keys, lambda: None)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    digest = yaml.safe_load(asked(app, "GET", "/locals/oak/state", usual(keys)).body)["digest"]
    parts = {"setting": "brand.logo", "digest": digest}
    body = "".join(
        f'--x\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    head = 'content-disposition: form-data; name="file"; filename="../../evil.svg"'
    body += f"--x\r\n{head}\r\n\r\n{svg}\r\n--x--\r\n"
    heads = {**usual(keys), "content-type": "multipart/form-data; boundary=x"}
    try:
        answer = asked(app, "POST", "/locals/oak/picture", heads, body.encode())
    finally:
        studio.close()

    assert answer.code == 200, answer.body
    assert (tmp_path / "home" / "oak" / "logo.svg").read_text("utf-8") == svg
    assert "logo: logo.svg" in (tmp_path / "home" / "oak" / "local.yaml").read_text("utf-8")
    assert not [*tmp_path.rglob("evil*")]


def test_it_listens_on_this_machine_alone_and_ends_at_once(home):
    with running(home) as page:
        places = {
            each.laddr.ip
            for each in psutil.Process(page.process.pid).net_connections()
            if each.status == "LISTEN"
        }
        assert places == {"127.0.0.1"}
        assert page.stop() == 0


def test_a_port_that_is_taken_is_said(home):
    import subprocess
    import sys

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [
                sys.executable,
                "-X",
                "utf8",
                "-m",
                "formgen",
                "studio",
                str(home),
                "--port",
                port,
                "--no-browser",
            ],
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert done.returncode == 3
    assert "in use" in done.stderr
    assert "Traceback" not in done.stderr
