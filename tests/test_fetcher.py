"""fetcher.py: nothing is read but the files that came with a page."""

import contextlib
import socket
import threading

import pytest

from formgen.findings import brief
from formgen.pdf.sheet import Sheet
from tests.support.pdf import everything_in, text_in
from tests.support.pictures import bitmap, encoded, noise, svg

CANARY = "canary-5f1e"
HEAD = '<!doctype html><html lang="en"><head><title>t</title>'
WHOLE = encoded(noise())
# A file of the machine: a text, a drawing, a style sheet.
SECRETS = {
    "txt": CANARY.encode(),
    "svg": svg(f"<text y='9'>{CANARY}</text>"),
    "css": f"body::before {{ content: '{CANARY}' }}".encode(),
}

# Every way in which a page can ask for something, as head and body.
ROUTES = {
    "img": ("", '<img alt="x" src="URL">'),
    "object": ("", '<object data="URL"></object>'),
    "embed": ("", '<embed src="URL">'),
    "link": ('<link rel="stylesheet" href="URL">', "x"),
    "import": ("<style>@import 'URL';</style>", "x"),
    "import url": ("<style>@import url(URL) print;</style>", "x"),
    "font": ("<style>@font-face { font-family: f; src: url(URL) }</style>", "x"),
    "background": ("", '<p style="background: url(URL)">x</p>'),
    "page background": ("<style>@page { background-image: url(URL) }</style>", "x"),
    "list": ("", '<ul style="list-style-image: url(URL)"><li>x</li></ul>'),
    "before": ("<style>p::before { content: url(URL) }</style>", "<p>x</p>"),
    "border": ("", '<p style="border: 1px solid; border-image-source: url(URL)">x</p>'),
    "svg image": ("", '<svg xmlns="http://www.w3.org/2000/svg"><image href="URL"/></svg>'),
    "attachment": ("", '<a rel="attachment" href="URL">x</a>'),
    "attachment of the page": ('<link rel="attachment" href="URL">', "x"),
}
# What asks for nothing, whatever stands in it.
SILENT = {
    "a": ("", '<a href="URL">x</a>'),
    "iframe": ("", '<iframe src="URL"></iframe>'),
    "video": ("", '<video poster="URL" src="URL"></video>'),
    "script": ('<script src="URL"></script>', "x"),
    "srcset": ("", '<img alt="x" srcset="URL 2x">'),
    "input": ("", '<input type="image" src="URL">'),
    "meta": ('<meta http-equiv="refresh" content="0; url=URL">', "x"),
    "form": ("", '<form action="URL"><input name="x"></form>'),
}


@pytest.fixture
def listener():
    """Give the address of a server on this machine, and the list of who connected to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        seen = []
        stop = threading.Event()

        def listen():
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = server.accept()
                    seen.append(connection.recv(999))
                    connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.png", seen
        stop.set()
        thread.join()


def sheet(route, url, **assets):
    head, body = (part.replace("URL", url) for part in route)
    return Sheet(f"{HEAD}{head}</head><body>{body}</body></html>", assets=assets)


def leaks(result):
    """Tell whether what only the secret file holds is in a PDF."""
    return CANARY in text_in(result.pdf) or CANARY.encode() in everything_in(result.pdf)


def refused(result):
    return [defect.message for defect in result.defects if defect.code == "fetch-denied"]


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_nothing_comes_from_the_network_and_asking_for_it_is_a_defect(route, typesetter, listener):
    url, seen = listener
    result = typesetter(sheet(route, url))

    assert refused(result) == [f"{url} is not a file of the stack."]
    assert seen == []


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
@pytest.mark.parametrize("kind", ["txt", "svg", "css"])
def test_no_file_of_the_machine_is_read_and_asking_for_it_is_a_defect(
    route, kind, typesetter, tmp_path
):
    secret = tmp_path / f"secret.{kind}"
    secret.write_bytes(SECRETS[kind])
    result = typesetter(sheet(route, secret.as_uri()))

    assert refused(result) == [f"{brief(secret.as_uri())} is not a file of the stack."]
    assert not leaks(result)


@pytest.mark.parametrize(
    ("route", "kind"), [("img", "svg"), ("import", "css"), ("attachment", "txt")]
)
def test_the_same_file_is_used_if_it_came_with_the_page(route, kind, typesetter):
    name = f"formgen:x.{kind}"
    result = typesetter(sheet(ROUTES[route], name, **{name: SECRETS[kind]}))

    assert refused(result) == []
    assert leaks(result)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "HTTP://127.0.0.1:9/",
        "ftp://127.0.0.1/x",
        "/etc/passwd",
        "../../etc/passwd",
        "nothing.png",
        "formgen:/x",
        "formgen:logo2",
        "FORMGEN:logo",
        "data:image/png;base64,AAAA",
        "data:text/css,p{}",
        "//127.0.0.1:9/x",
        "about:blank",
        "jar:file:///x!/y",
        "\\\\127.0.0.1\\x",
    ],
)
def test_what_is_not_named_exactly_is_refused(url, typesetter):
    result = typesetter(sheet(ROUTES["img"], url, **{"formgen:logo": bitmap()}))

    assert [defect.code for defect in result.defects] == ["fetch-denied"]
    assert b"root:" not in everything_in(result.pdf)


def test_a_base_address_of_the_page_opens_nothing(typesetter):
    page = f'{HEAD}<base href="file:///etc/"></head><body><img alt="x" src="passwd"></body></html>'

    assert refused(typesetter(Sheet(page))) == ["file:///etc/passwd is not a file of the stack."]


def test_a_style_sheet_of_the_sheet_can_load_nothing_however_often_it_is_used(typesetter, listener):
    url, seen = listener
    page = f"{HEAD}</head><body><p>x</p></body></html>"
    loading = Sheet(page, (f"@import '{url}'; @font-face {{ font-family: f; src: url({url}2) }}",))

    first, second = typesetter(loading), typesetter(loading)

    assert refused(first) == [
        f"{address} is not a file of the stack." for address in (url, f"{url}2")
    ]
    assert second == first
    assert seen == []


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="URL" width="9" height="9"/>',
        '<image xlink:href="URL" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"/>',
        "<style>@import url(URL);</style><rect width='9' height='9'/>",
        '<use href="URL#x"/>',
        '<rect width="9" height="9" fill="url(URL#x)"/>',
    ],
)
def test_a_drawing_can_load_nothing(inside, typesetter, listener, tmp_path):
    url, seen = listener
    secret = tmp_path / "secret.svg"
    secret.write_bytes(svg(f"<text id='x' y='9'>{CANARY}</text>"))

    for address in (url, secret.as_uri()):
        drawing = svg(inside.replace("URL", address))
        result = typesetter(sheet(ROUTES["img"], "formgen:logo", **{"formgen:logo": drawing}))
        assert not leaks(result)
    assert seen == []


@pytest.mark.parametrize(
    "inside",
    ['<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE s SYSTEM "URL">'],
)
def test_entities_of_a_drawing_load_nothing(inside, typesetter, listener):
    url, seen = listener
    drawing = svg(
        "<text>&x;</text>" if "ENTITY" in inside else "", before=inside.replace("URL", url)
    )
    result = typesetter(sheet(ROUTES["img"], "formgen:logo", **{"formgen:logo": drawing}))

    assert b"root:" not in everything_in(result.pdf)
    assert seen == []


@pytest.mark.parametrize("route", SILENT.values(), ids=SILENT)
def test_what_a_browser_would_load_is_not_loaded(route, typesetter, listener):
    url, seen = listener
    result = typesetter(sheet(route, url))

    assert refused(result) == []
    assert seen == []


@pytest.mark.parametrize("name", ["formgen:logo", "formgen:assets/a%20b.svg"])
@pytest.mark.parametrize("kind", ["bitmap", "drawing"])
def test_files_of_the_page_are_shown(name, kind, typesetter):
    data = bitmap() if kind == "bitmap" else svg("<rect width='9' height='9'/>")
    shown = typesetter(sheet(ROUTES["img"], name, **{name: data}))
    missing = typesetter(sheet(ROUTES["img"], name))

    # Where a picture is missing, its words stand instead.
    assert (shown.defects, text_in(shown.pdf)) == ((), "")
    assert (len(missing.defects), text_in(missing.pdf)) == (1, "x")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("missing", [30, 100, 2000])
def test_a_picture_that_ends_early_is_a_defect(kind, missing, typesetter):
    data = encoded(noise(), kind)
    name = "formgen:assets/seal"

    for _ in range(2):
        result = typesetter(sheet(ROUTES["img"], name, **{name: data[:-missing]}))
        assert [(defect.code, defect.message) for defect in result.defects] == [
            ("image-truncated", "assets/seal ends early.")
        ]
    assert typesetter(sheet(ROUTES["img"], name, **{name: data})).defects == ()


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_a_defect(data, typesetter):
    result = typesetter(sheet(ROUTES["img"], "formgen:logo", **{"formgen:logo": data}))

    assert len(result.defects) == 1


def test_looking_at_pictures_changes_nothing_for_the_rest_of_the_process(typesetter):
    import weasyprint  # noqa: F401 - it sets the switch
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    typesetter(sheet(ROUTES["img"], "formgen:logo", **{"formgen:logo": WHOLE[:-9]}))

    assert before == ImageFile.LOAD_TRUNCATED_IMAGES
