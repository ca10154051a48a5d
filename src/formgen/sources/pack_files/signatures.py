"""Signatures of packs: Ed25519 over the bytes of `PACK.json`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json

KEY_PREFIX = "ed25519:"
_SHORT = 16


def key_id(key: str) -> str:
    """Return the short name of a public key, for people to compare."""
    return hashlib.sha256(key.encode()).hexdigest()[:_SHORT]


def signature_text(key: str, signature: bytes) -> bytes:
    """Return the `PACK.sig` of a signature and the public key that it is checked with."""
    data = {
        "key": key,
        "id": key_id(key),
        "signature": base64.b64encode(signature).decode("ascii"),
    }
    return f"{json.dumps(data, indent=1)}\n".encode("ascii")


def signer_of(manifest: bytes, signature: bytes) -> str | None:
    """Return the public key that signed a `PACK.json`; None if the signature is not good."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        data = json.loads(signature)
        key, signed = str(data["key"]), base64.b64decode(data["signature"], validate=True)
        if signature_text(key, signed) != signature or not key.startswith(KEY_PREFIX):
            return None
        raw = base64.b64decode(key.removeprefix(KEY_PREFIX), validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(signed, manifest)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error, InvalidSignature):
        return None
    return key
