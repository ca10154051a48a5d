"""Fill in and sign forms with programs that are not among formgen's own libraries.

    python fillers.py fill FILE OUT [flatten] < VALUES.json   PyPDFForm: {field: text, yes, number}
    python fillers.py sign FILE OUT FIELD...                  pyHanko: a signer for each field
    python fillers.py judge FILE                              pyHanko: {field: is valid} as JSON

It runs in an environment of its own, .venv/fillers.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path


def fill(source: str, target: str, flatten: str = "") -> None:
    from PyPDFForm import PdfWrapper

    form = PdfWrapper(source, use_full_widget_name=True)
    form.fill(json.load(sys.stdin), flatten=bool(flatten)).write(target)


def sign(source: str, target: str, *fields: str) -> None:
    import io

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    data = Path(source).read_bytes()
    for name in fields:
        signer = PdfSigner(PdfSignatureMetadata(field_name=name), signer=_signer(name))
        data = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))).getvalue()
    Path(target).write_bytes(data)


def judge(source: str) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    with Path(source).open("rb") as file:
        found = {}
        for each in PdfFileReader(file).embedded_signatures:
            # Each signer has vouched for himself: what is asked is what became of the file.
            known = ValidationContext(trust_roots=[each.signer_cert])
            found[each.field_name] = validate_pdf_signature(each, known).bottom_line
    print(json.dumps(found))


def _signer(name: str):
    """Make up somebody who signs, with a certificate of his own."""
    from asn1crypto import keys
    from asn1crypto import x509 as read
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(
        signing_cert=read.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


if __name__ == "__main__":
    COMMANDS: dict[str, Callable[..., None]] = {"fill": fill, "sign": sign, "judge": judge}
    COMMANDS[sys.argv[1]](*sys.argv[2:])
