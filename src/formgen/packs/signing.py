"""Sign packs: make a pair of keys, and sign the bytes of `PACK.json`."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.model.pack import is_key
from formgen.sources.pack_files.signatures import KEY_PREFIX, signature_text
from formgen.sources.text_files import read_text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PUBLIC_SUFFIX = ".pub"


def make_keys(path: Path) -> str:
    """Write a private key and, beside it, its public key; return the public one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    public_file = path.with_name(path.name + PUBLIC_SUFFIX)
    for taken in (path, public_file):
        if taken.exists() or taken.is_symlink():
            message = f"{taken.name} is there already, and a key is never overwritten."
            raise InputError([Finding(Place(taken), Code.EXISTS, message, "choose another name.")])
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    # Nobody else reads it, not even while it is written.
    binary: int = getattr(os, "O_BINARY", 0)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    public = _public(private)
    public_file.write_text(f"{public}\n", encoding="utf-8")
    return public


def _public(private: Ed25519PrivateKey) -> str:
    raw = private.public_key().public_bytes_raw()
    return KEY_PREFIX + base64.b64encode(raw).decode("ascii")


def sign(manifest: bytes, key_file: Path) -> tuple[str, bytes]:
    """Return the public key and the `PACK.sig` for a `PACK.json`. Raises InputError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    text = read_text(key_file)
    try:
        private = load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        message = f"{key_file.name} is not a private key that `formgen pack key` made."
        fix = "name that file, and not its .pub."
        raise InputError([Finding(Place(key_file), Code.BAD_KEY, message, fix)])
    public = _public(private)
    return public, signature_text(public, private.sign(manifest))


def read_public(name: str) -> str:
    """Return a public key: the text itself, or what a `.pub` file holds. Raises InputError."""
    text = name if is_key(name) else read_text(Path(name)).strip()
    if not is_key(text):
        message = f"{Path(name).name} is no public key."
        fix = "name the .pub file of `formgen pack key`."
        raise InputError([Finding(Place(Path(name)), Code.BAD_KEY, message, fix)])
    return text
