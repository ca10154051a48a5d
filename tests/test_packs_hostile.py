"""Hostile packs: each is refused, and leaves nothing behind."""

import base64
import io
import json
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from formgen.findings import ExitCode, InputError, Place, exit_code
from formgen.packs.install import add
from formgen.packs.signing import make_keys, sign
from formgen.packs.verified import open_pack
from formgen.sources.pack_files.archive import parse_archive, read_archive
from formgen.sources.pack_files.rules import LIMITS
from formgen.sources.paths import PACK_FILE
from tests.support.locals import write_local
from tests.support.packs import (
    ARCHIVE,
    entry,
    everything_in,
    manifest_of,
    members_of,
    pack_files,
    packed,
    zipped,
)

GOOD = pack_files()


def named(*names: str) -> bytes:
    """Return an archive that is right in everything but the names of some files."""
    return packed({**GOOD, **dict.fromkeys(names, b"words\n")})


def holding(name: str, data: str | bytes) -> bytes:
    return packed(pack_files(more={name: data}))


def of_kind(mode: int, name: str = "content/en/a.md") -> bytes:
    members = members_of({**GOOD, name: b"/etc/passwd"})
    return zipped(
        [(entry(key, mode if key == name else 0o100644), members[key]) for key in members]
    )


def with_entry(name=PACK_FILE, data=GOOD[PACK_FILE], **changes) -> bytes:
    """Return an archive in which one entry is other than formgen writes it."""
    members = [(entry(key), held) for key, held in members_of({**GOOD, name: data}).items()]
    for info, _ in members:
        for key, value in changes.items() if info.filename == name else ():
            setattr(info, key, value)
    return zipped(members)


def patched(old: bytes, new: bytes, count: int = 1) -> bytes:
    data = packed(GOOD)
    assert old in data
    return data.replace(old, new, count)


def listed(change) -> bytes:
    """Return an archive whose `PACK.json` was changed by hand."""
    manifest = json.loads(manifest_of(GOOD))
    change(manifest)
    return packed(GOOD, f"{json.dumps(manifest, indent=1)}\n".encode())


def twice(name: str) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped(
            [*((entry(key), data) for key, data in members_of(GOOD).items()), (entry(name), b"x")]
        )


def overlapping() -> bytes:
    """Return an archive in which two names mean the same bytes, as bombs do."""
    files = {**GOOD, "content/en/a.md": b"a" * 50, "content/en/b.md": b"a" * 50}
    data = bytearray(packed(files))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("content/en/a.md").header_offset
        start = archive.start_dir
    spot = data.index(b"content/en/b.md", start) - 4
    data[spot : spot + 4] = at.to_bytes(4, "little")
    return bytes(data)


def lying_about_size() -> bytes:
    """Return an archive whose records, both of them, call a file smaller than it is."""
    members = members_of({**GOOD, "content/en/a.md": b"a" * 5000})
    return packed({**GOOD, "content/en/a.md": b"a" * 5000}).replace(
        len(members["content/en/a.md"]).to_bytes(4, "little"), (10).to_bytes(4, "little")
    )


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("../evil.md")
        archive.addfile(info, io.BytesIO(b""))
    return out.getvalue()


def signed_with(tmp_path: Path, manifest: bytes) -> bytes:
    make_keys(tmp_path / "key")
    return sign(manifest, tmp_path / "key")[1]


def forged() -> bytes:
    signature = json.dumps({"key": "ed25519:" + base64.b64encode(b"k" * 32).decode()})
    return packed(GOOD, signature=signature.encode())


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
# What the archive is, how it is made, and a part of what is said of it.
HOSTILE = {
    # --- Names that lead elsewhere
    "a path up": (lambda: named("../evil.md"), "leads out of the pack"),
    "a path up from within": (lambda: named("content/../../evil.md"), "leads out of the pack"),
    "an absolute path": (lambda: named("/etc/evil.md"), "not a path inside"),
    "a Windows path": (lambda: named("content\\evil.md"), "not a path inside"),
    "a drive": (lambda: named("C:/evil.md"), "not a path inside"),
    "a stream": (lambda: named("content/a.md:b.md"), "not a path inside"),
    "a dot in a path": (lambda: named("content/./a.md"), "leads out of the pack"),
    "two slashes": (lambda: named("content//a.md"), "leads out of the pack"),
    "beside the folders": (lambda: named("evil.md"), "lies in none of"),
    "another folder": (lambda: named("src/evil.md"), "lies in none of"),
    "the local's own file": (lambda: named("local.yaml"), "lies in none of"),
    # --- Names that a disk reads otherwise
    "a device of Windows": (lambda: named("content/con.md"), "cannot be a file name on Windows"),
    "a hidden file": (lambda: named("content/.a.md"), "characters other than"),
    "a blank": (lambda: named("content/a b.md"), "characters other than"),
    "a letter of two forms": (lambda: named("content/é.md"), "characters other than"),
    "a dot at the end": (lambda: named("content/en./a.md"), "characters other than"),
    "a zero byte": (lambda: patched(b"program.yaml", b"progra\0.yaml", 2), "pack"),
    "a very long name": (lambda: named(f"content/{'a' * 200}.md"), "too long"),
    "a very deep path": (lambda: named("content/" + "a/" * 9 + "a.md"), "too deep"),
    "case twins": (lambda: named("content/a.md", "content/A.md"), "differs only in capitals"),
    "case twins of folders": (
        lambda: named("content/en/a.md", "content/EN/b.md"),
        "differs only in capitals",
    ),
    "a file as a folder": (lambda: named("content/a.md", "content/a.md/b.md"), "differs only in"),
    "a name twice": (lambda: twice(PACK_FILE), "stands in the archive twice"),
    # --- Code
    "Python": (lambda: named("content/plugin.py"), "not of a kind that packs hold"),
    "JavaScript": (lambda: named("templates/a.js"), "not of a kind that packs hold"),
    "HTML": (lambda: named("templates/a.html"), "not of a kind that packs hold"),
    "a font": (lambda: named("assets/a.ttf"), "not of a kind that packs hold"),
    "a script in a template": (
        lambda: holding("templates/form.html.j2", "<script>alert(1)</script>"),
        "holds a script",
    ),
    "a handler in a template": (
        lambda: holding("templates/form.html.j2", "<p\nonclick = 'x()'>"),
        "holds a script in an attribute",
    ),
    "a script as an address": (
        lambda: holding("templates/form.html.j2", '<a href="javascript:x()">'),
        "holds a script in an address",
    ),
    "a script in a picture": (
        lambda: holding("assets/a.svg", SVG.format("<script>x()</script>")),
        "holds a script",
    ),
    "a program as a picture": (lambda: holding("assets/a.png", b"MZ\0\0"), "is not the picture"),
    # --- The network
    "a picture from the network": (
        lambda: holding("templates/form.html.j2", '<img src="https://example.org/a.png">'),
        "would be fetched",
    ),
    "a frame": (lambda: holding("templates/a.html.j2", "<iframe></iframe>"), "loads something"),
    "a style from the network": (
        lambda: holding("templates/styles/print.css", '@import "https://example.org/a.css";'),
        "loads another",
    ),
    "a background from the network": (
        lambda: holding("templates/styles/print.css", "a{background:url( 'http://a/b')}"),
        "would be fetched",
    ),
    "a background from the disk": (
        lambda: holding("templates/styles/print.css", "a{background:url(file:///etc/passwd)}"),
        "would be fetched",
    ),
    "a picture in a picture": (
        lambda: holding("assets/a.svg", SVG.format('<image href="file:///etc/passwd"/>')),
        "would be fetched",
    ),
    # --- Kinds of file
    "a symbolic link": (lambda: of_kind(stat.S_IFLNK | 0o777), "a link, a folder or a device"),
    "a device": (lambda: of_kind(stat.S_IFCHR | 0o666), "a link, a folder or a device"),
    "a pipe": (lambda: of_kind(stat.S_IFIFO | 0o666), "a link, a folder or a device"),
    "a folder": (lambda: of_kind(stat.S_IFDIR | 0o755, "content/a.md"), "a link, a folder or"),
    "a program": (lambda: of_kind(0o100755), "was not packed by formgen"),
    "a set-user bit": (lambda: of_kind(0o104644), "was not packed by formgen"),
    # --- The archive itself
    "no archive": (lambda: b"PK not at all", "no archive of a pack"),
    "nothing": (lambda: b"", "no archive of a pack"),
    "a tar": (tarred, "no archive of a pack"),
    "cut off": (lambda: packed(GOOD)[:-30], "no archive of a pack"),
    "a byte changed": (lambda: patched(b"PK\x03\x04\x14", b"PK\x03\x04\x15"), "byte for byte"),
    "encrypted": (
        lambda: patched(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0"),
        "encrypted",
    ),
    "bytes before": (lambda: b"#!/bin/sh\n" + packed(GOOD), "byte for byte"),
    "bytes behind": (lambda: packed(GOOD) + b"more", "pack"),
    "a comment": (lambda: packed(GOOD)[:-2] + b"\4\0more", "byte for byte"),
    "an extra field": (lambda: with_entry(extra=b"\1\0\4\0evil"), "was not packed by formgen"),
    "a comment on a file": (lambda: with_entry(comment=b"evil"), "was not packed by formgen"),
    "another time": (lambda: with_entry(date_time=(2026, 1, 1, 0, 0, 0)), "was not packed by"),
    "another packing": (
        lambda: with_entry(compress_type=zipfile.ZIP_LZMA),
        "was not packed by formgen",
    ),
    "a packing that others use": (
        lambda: with_entry(compress_type=zipfile.ZIP_DEFLATED),
        "was not packed by formgen",
    ),
    "two names for one spot": (overlapping, "pack"),
    "another name inside": (
        lambda: patched(b"program.yaml", b"programs.yam"),
        "a damaged one",
    ),
    "an empty signature": (
        lambda: zipped(
            [
                (entry(key), data)
                for key, data in sorted({**members_of(GOOD), "PACK.sig": b""}.items())
            ]
        ),
        "byte for byte",
    ),
    "another order": (
        lambda: zipped([(entry(key), data) for key, data in [*members_of(GOOD).items()][::-1]]),
        "not in order",
    ),
    # --- Bombs
    "a bomb": (
        lambda: with_entry("content/en/a.md", b"a" * 900_000, compress_type=zipfile.ZIP_DEFLATED),
        "was not packed by formgen",
    ),
    "a huge text": (
        lambda: holding("content/en/a.md", b"a" * (LIMITS.text_bytes + 1)),
        "a.md",
    ),
    "too many files": (
        lambda: named(*(f"content/en/{number}.md" for number in range(LIMITS.files))),
        "more than 1000 files",
    ),
    "a size that lies": (lying_about_size, "pack"),
    "anchors in YAML": (
        lambda: holding("content/en/words.yaml", "a: &a [x, x]\nb: [*a, *a]\n"),
        "is not supported",
    ),
    "a deep YAML": (lambda: holding("content/en/words.yaml", "[" * 5000), "nested more than 40"),
    # --- What is listed
    "no list": (
        lambda: zipped([(entry(key), GOOD[key]) for key in sorted(GOOD)]),
        "has no PACK.json",
    ),
    "a list that is none": (lambda: packed(GOOD, b"{}"), "not one that formgen wrote"),
    "a deep list": (lambda: packed(GOOD, b"[" * 5000), "not one that formgen wrote"),
    "a list with a key twice": (
        lambda: packed(GOOD, manifest_of(GOOD).replace(b"{", b'{\n "format": 1,', 1)),
        "not one that formgen wrote",
    ),
    "another format": (lambda: listed(lambda data: data.update(format=2)), "not one that formgen"),
    "a file that is not listed": (
        lambda: packed({**GOOD, "content/en/a.md": b"a"}, manifest_of(GOOD)),
        "a.md is not listed",
    ),
    "a file that is listed alone": (
        lambda: packed(GOOD, manifest_of({**GOOD, "content/en/a.md": b"a"})),
        "a.md is missing",
    ),
    "a file of another edition": (
        lambda: packed({**GOOD, "content/program.yaml": b"paper: a4\n"}, manifest_of(GOOD)),
        "program.yaml is not the file that PACK.json lists",
    ),
    "a list of another edition": (
        lambda: packed(GOOD, manifest_of(GOOD, edition="2027.1")),
        "PACK.json speaks of ohio 2027.1, and content/pack.yaml of ohio 2026.1",
    ),
    "a list of another pack": (
        lambda: packed(GOOD, manifest_of(GOOD, id="indiana")),
        "PACK.json speaks of indiana",
    ),
    "no pack.yaml": (
        lambda: packed({key: GOOD[key] for key in GOOD if key != PACK_FILE}),
        "the archive has no content/pack.yaml",
    ),
    "a pack called base": (lambda: packed(pack_files({"id": "base"})), "the base pack"),
    "a pack called like a path": (lambda: packed(pack_files({"id": "../ohio"})), "must be 1 to 64"),
    "a key of pack.yaml that nobody knows": (
        lambda: packed(pack_files({"run": "rm"})),
        '"run" is not a setting here',
    ),
    "an edition without a number": (
        lambda: packed(pack_files({"edition": "newest"})),
        "not an edition",
    ),
    "a formgen that is not there yet": (
        lambda: packed(pack_files({"formgen": ">=99"})),
        "needs formgen >=99",
    ),
    # --- Characters
    "no UTF-8": (lambda: holding("content/en/a.md", b"\xff\xfe"), "is not UTF-8"),
    "a zero in a text": (lambda: holding("content/en/a.md", b"a\0b"), "is a control character"),
    "reversed text": (lambda: holding("content/en/a.md", "a\u202eb"), "hides or reverses text"),
    "a tag in YAML": (
        lambda: holding("content/en/words.yaml", "a: !!python/name:os.system x\n"),
        "is not supported",
    ),
    # --- Signatures
    "a forged signature": (forged, "the signature is not good"),
    "keys without a signature": (
        lambda: packed(pack_files({"keys": ["ed25519:" + base64.b64encode(b"k" * 32).decode()]})),
        "not signed by a key that it names itself",
    ),
}


def install(path: Path, local: Path) -> None:
    add(open_pack(read_archive(path)), local)


def test_there_are_forty_of_them_and_the_pack_that_they_are_made_from_is_fine(tmp_path):
    local = write_local(tmp_path / "local")
    (tmp_path / "good.zip").write_bytes(packed(GOOD))

    install(tmp_path / "good.zip", local)

    assert len(HOSTILE) >= 40
    assert (tmp_path / "local/packs/ohio/content/pack.yaml").read_bytes() == GOOD[PACK_FILE]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_pack_is_refused_and_leaves_nothing_behind(what, tmp_path):
    make, said = HOSTILE[what]
    local = write_local(tmp_path / "outer" / "local")
    archive = tmp_path / "hostile.zip"
    archive.write_bytes(make())
    before = everything_in(tmp_path)

    with pytest.raises(InputError) as refused:
        install(archive, local)

    assert said in "\n".join(map(str, refused.value.findings))
    assert exit_code(refused.value.findings) == ExitCode.REFUSED
    assert all(finding.fix for finding in refused.value.findings)
    assert everything_in(tmp_path) == before


def test_a_signature_of_another_edition_is_refused(tmp_path):
    signature = signed_with(tmp_path, manifest_of(pack_files({"edition": "2026.2"})))
    (tmp_path / "a.zip").write_bytes(packed(GOOD, signature=signature))

    with pytest.raises(InputError) as refused:
        open_pack(read_archive(tmp_path / "a.zip"))

    assert [finding.code for finding in refused.value.findings] == ["pack-signature"]


def test_a_folder_in_the_place_of_an_archive_is_refused(tmp_path):
    with pytest.raises(InputError) as refused:
        read_archive(tmp_path)

    assert [finding.code for finding in refused.value.findings] == ["pack-archive"]


def test_an_archive_that_is_too_large_is_not_even_read(tmp_path):
    with (tmp_path / "a.zip").open("wb") as file:
        file.truncate(LIMITS.archive_bytes + 1)

    with pytest.raises(InputError) as refused:
        read_archive(tmp_path / "a.zip")

    assert "larger than 25,000,000 bytes" in str(refused.value)


@pytest.mark.slow
def test_an_archive_with_any_bit_changed_or_cut_short_or_longer_is_refused(tmp_path):
    make_keys(tmp_path / "key")
    data = packed(GOOD, signature=sign(manifest_of(GOOD), tmp_path / "key")[1])
    open_pack(parse_archive(data, Place(ARCHIVE)))
    changed = [
        data[:spot] + bytes([data[spot] ^ 1 << bit]) + data[spot + 1 :]
        for spot in range(len(data))
        for bit in range(8)
    ]
    cut = [data[:spot] for spot in range(len(data))]
    longer = [data[:spot] + b"\0" + data[spot:] for spot in range(len(data) + 1)]

    taken = [other for other in [*changed, *cut, *longer] if code_of(other) != ExitCode.REFUSED]

    assert taken == []
    assert len(changed) > 10_000


def code_of(data):
    """Return the exit code of reading an archive."""
    try:
        open_pack(parse_archive(data, Place(ARCHIVE)))
    except InputError as refused:
        return exit_code(refused.findings)
    return ExitCode.ALL_BUILT
