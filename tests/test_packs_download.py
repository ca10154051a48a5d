"""download.py: archives are fetched over https, and only when a command asks for it."""

import contextlib
import datetime as dt
import http.server
import io
import ipaddress
import itertools
import ssl
import threading
import urllib.request
from email.message import Message
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from formgen.findings import ExitCode, InputError, exit_code
from formgen.packs import download
from formgen.packs.download import _SameTrust, check_address, get_archive, is_address
from formgen.sources.pack_files.rules import LIMITS
from tests.support.packs import pack_files, packed


@pytest.fixture
def server():
    """Give a server on this machine that has an archive, and the requests that it saw."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            leads = {"/moved.zip": "/ohio.zip", "/away.zip": "http://example.org/ohio.zip"}
            if self.path in leads:
                self.send_response(302)
                self.send_header("Location", leads[self.path])
                self.end_headers()
                return
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


@pytest.mark.parametrize("scheme", ["ftp", "file", "data", "gopher"])
def test_nothing_but_https_is_asked(scheme, server):
    host, seen = server

    assert refused(f"{scheme}://{host}/ohio.zip") == (["pack-address"], ExitCode.REFUSED)
    assert seen == []


@pytest.mark.parametrize("name", ["ohio.zip", "moved.zip"])
@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:1"])
def test_publishing_is_rehearsed_over_http_on_this_machine_past_any_proxy(
    name, proxy, server, monkeypatch
):
    host, seen = server
    monkeypatch.setenv("http_proxy", proxy)

    assert get_archive(f"http://{host}/{name}").facts.id == "ohio"
    assert get_archive(f"HTTP://{host.replace('127.0.0.1', 'localhost')}/{name}").facts.id == "ohio"
    assert seen[0] == f"/{name}"


def test_http_on_this_machine_leads_to_no_other(server):
    host, seen = server

    assert refused(f"http://{host}/away.zip") == (["pack-address"], ExitCode.REFUSED)
    assert seen == ["/away.zip"]


def test_loopback_is_what_the_machine_itself_answers_to():
    for host in ("127.0.0.1", "127.9.8.7", "[::1]", "localhost", "LOCALHOST", "127.0.0.1:8000"):
        check_address(f"http://{host}/ohio.zip")


@pytest.mark.parametrize(
    "address",
    [
        *("https://", "https://user:secret@example.org/a.zip", "https://[", "://a"),
        *("http://example.org/a.zip", "HTTP://example.org/a.zip", "http://0.0.0.0/a.zip"),
        *("http://127.0.0.1.example.org/a.zip", "http://localhost.example.org/a.zip"),
        *("http://127.0.0.1@example.org/a.zip", "http://user:secret@127.0.0.1/a.zip"),
        *("http://192.168.0.1/a.zip", "http://127.1/a.zip", "http://2130706433/a.zip", "http:///a"),
    ],
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
        _SameTrust().redirect_request(
            request, io.BytesIO(), 302, "Found", Message(), "http://example.org/a.zip"
        )

    assert [finding.code for finding in problem.value.findings] == ["pack-address"]


def test_a_file_is_read_without_any_network(tmp_path):
    (tmp_path / "ohio.zip").write_bytes(packed(pack_files()))

    assert get_archive(str(tmp_path / "ohio.zip")).facts.id == "ohio"
    assert not is_address(str(tmp_path / "ohio.zip"))


def test_an_https_address_is_taken():
    check_address("https://example.org/packs/ohio-2026.1.zip")


# --- A server that speaks TLS

TODAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ARCHIVE = packed(pack_files())


def certificate(subject, issuer, key, signer, names=()):
    """Return a certificate for a key; without names, one that signs others."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY - dt.timedelta(days=3650))
        .not_valid_after(TODAY + dt.timedelta(days=36500))
        .add_extension(x509.BasicConstraints(not names, None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Give a test authority's certificate, and the certificate and key of this machine."""
    folder = tmp_path_factory.mktemp("tls")
    ours, its = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    (folder / "ca.pem").write_bytes(certificate("Test authority", "Test authority", ours, ours))
    chain = certificate("test server", "Test authority", its, ours, names)
    key = its.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(chain + key)
    return folder


@pytest.fixture
def secure(authority, monkeypatch):
    """Give the address of an https server on this machine, whose authority is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    # No download of a test takes a minute; a thread that still answers would.
    stopped = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            with contextlib.suppress(OSError):
                self.answer()

        def answer(self):
            leads = {"/moved.zip": "/ohio.zip", "/away.zip": "http://127.0.0.1/ohio.zip"}
            leads["/round.zip"] = "/round.zip"
            if self.path in leads:
                self.send_response(302)
                self.send_header("Location", leads[self.path])
                self.end_headers()
                return
            found = self.path in {"/ohio.zip", "/half.zip", "/endless.zip"}
            self.send_response(200 if found else 404)
            if self.path == "/half.zip":
                self.send_header("Content-Length", str(len(ARCHIVE)))
            self.end_headers()
            if self.path == "/endless.zip":
                while not stopped.is_set():
                    self.wfile.write(bytes(1_000_000))
            self.wfile.write(ARCHIVE[:100] if self.path == "/half.zip" else ARCHIVE)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority / "server.pem")
        running.socket = context.wrap_socket(running.socket, server_side=True)
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{running.server_port}"
        stopped.set()
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["ohio.zip", "moved.zip"])
def test_an_archive_comes_over_https(name, secure):
    archive = get_archive(f"{secure}/{name}")

    assert (archive.facts.id, archive.facts.edition) == ("ohio", "2026.1")
    assert archive.place.file.name == name


@pytest.mark.parametrize(
    ("name", "code", "exit_"),
    [
        ("away.zip", "pack-address", ExitCode.REFUSED),
        ("round.zip", "fetch", ExitCode.BAD_INPUT),
        ("none.zip", "fetch", ExitCode.BAD_INPUT),
        ("half.zip", "fetch", ExitCode.BAD_INPUT),
    ],
)
def test_what_is_no_archive_of_a_pack_is_refused(name, code, exit_, secure):
    assert refused(f"{secure}/{name}") == ([code], exit_)


def test_no_more_is_read_than_a_pack_may_hold(secure):
    with pytest.raises(InputError) as problem:
        get_archive(f"{secure}/endless.zip")

    (found,) = problem.value.findings
    assert f"larger than {LIMITS.archive_bytes:,} bytes" in found.message


def test_no_more_time_is_taken_than_two_minutes(secure, monkeypatch):
    seconds = itertools.count(0, 60)
    asked = []

    def monotonic():
        asked.append(next(seconds))
        return asked[-1]

    monkeypatch.setattr(download, "time", SimpleNamespace(monotonic=monotonic))

    with pytest.raises(InputError) as problem:
        get_archive(f"{secure}/endless.zip")

    (found,) = problem.value.findings
    assert found.message.endswith("could not be fetched: it took too long.")
    assert asked == [0, 60, 120, 180]


def test_a_server_that_nobody_vouches_for_is_not_believed(secure, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(InputError) as problem:
        get_archive(f"{secure}/ohio.zip")

    (found,) = problem.value.findings
    assert (found.code, "certificate" in found.message.lower()) == ("fetch", True)


def test_a_certificate_for_another_name_is_not_believed(secure):
    assert refused(secure.replace("127.0.0.1", "localhost") + "/ohio.zip")[0] == ["fetch"]
