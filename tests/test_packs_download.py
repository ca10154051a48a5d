"""download.py: archives are fetched over https alone, and only when a command asks for it."""

import http.server
import threading
import urllib.request
from email.message import Message

import pytest

from formgen.findings import ExitCode, InputError, exit_code
from formgen.packs.download import _OnlyHttps, check_address, get_archive, is_address
from tests.support.packs import pack_files, packed


@pytest.fixture
def server():
    """Give a server on this machine that has an archive, and the requests that it saw."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(packed(pack_files()))

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{running.server_port}", seen
        running.shutdown()
        thread.join()


def refused(name) -> tuple[list[str], ExitCode]:
    with pytest.raises(InputError) as problem:
        get_archive(name)
    found = problem.value.findings
    return [finding.code for finding in found], exit_code(found)


@pytest.mark.parametrize("scheme", ["http", "HTTP", "ftp", "file", "data", "gopher"])
def test_nothing_but_https_is_asked(scheme, server):
    host, seen = server

    assert refused(f"{scheme}://{host}/ohio.zip") == (["pack-address"], ExitCode.REFUSED)
    assert seen == []


@pytest.mark.parametrize(
    "address", ["https://", "https://user:secret@example.org/a.zip", "https://[", "://a"]
)
def test_an_address_that_is_none_is_refused(address):
    assert refused(address) == (["pack-address"], ExitCode.REFUSED)


def test_a_server_that_speaks_no_tls_is_a_finding(server):
    host, seen = server

    assert refused(f"https://{host}/ohio.zip") == (["fetch"], ExitCode.BAD_INPUT)
    assert seen == []


def test_a_redirection_away_from_https_is_refused():
    request = urllib.request.Request("https://example.org/a.zip")

    with pytest.raises(InputError) as problem:
        _OnlyHttps().redirect_request(
            request, None, 302, "Found", Message(), "http://example.org/a.zip"
        )

    assert [finding.code for finding in problem.value.findings] == ["pack-address"]


def test_a_file_is_read_without_any_network(tmp_path):
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))

    assert get_archive(str(tmp_path / "ohio.zip")).facts.id == "ohio"
    assert not is_address(str(tmp_path / "ohio.zip"))


def test_an_https_address_is_taken():
    check_address("https://example.org/packs/ohio-2026.1.zip")
