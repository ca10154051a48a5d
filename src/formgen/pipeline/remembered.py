"""Typeset nothing twice: what a sheet became is looked up by the sheet's fingerprint first."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import asdict

from formgen.pipeline.cache import Cache
from formgen.pipeline.workers import Submit, Work
from formgen.press.typeset import Defect, Sheet, Typeset

# The cache is looked over for its size after this many new entries; whoever builds does it
# once more at the end.
_PUTS_BETWEEN_TRIMS = 2000


def fingerprint(sheet: Sheet, versions: Mapping[str, str]) -> str:
    """Return the SHA-256 of all that typesetting a sheet reads."""
    digest = hashlib.sha256()
    parts = [
        json.dumps(sorted(versions.items())).encode(),
        sheet.html.encode("utf-8", "surrogatepass"),
        *(style.encode("utf-8", "surrogatepass") for style in sheet.styles),
        *(part for name in sorted(sheet.assets) for part in (name.encode(), sheet.assets[name])),
        repr((len(sheet.styles), sheet.form, sheet.zoom)).encode("utf-8", "surrogatepass"),
        *(repr(original).encode("utf-8", "surrogatepass") for original in sheet.originals),
    ]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def pack(result: Typeset) -> bytes:
    """Return a result as bytes."""
    facts = {"pages": result.pages, "defects": [asdict(defect) for defect in result.defects]}
    return json.dumps(facts).encode() + b"\n" + result.pdf


def unpack(data: bytes) -> Typeset:
    """Return the result that was packed."""
    head, _, pdf = data.partition(b"\n")
    facts = json.loads(head)
    return Typeset(pdf, facts["pages"], tuple(Defect(**defect) for defect in facts["defects"]))


@contextlib.contextmanager
def remembering(
    submit_in: AbstractContextManager[Submit], cache: Cache, versions: Mapping[str, str]
) -> Iterator[Submit]:
    """Yield what submits only those sheets whose results are not in the cache."""
    new: list[str] = []

    with submit_in as submit:

        def remembered(sheet: Work) -> Future[Typeset]:
            # What is bound or finished is there already, in its parts.
            if not isinstance(sheet, Sheet) or sheet.personal:
                return submit(sheet)
            key = fingerprint(sheet, versions)
            known = cache.get(key)
            if known is not None:
                done: Future[Typeset] = Future()
                done.set_result(unpack(known))
                return done

            def keep(future: Future[Typeset]) -> None:
                if not future.cancelled() and future.exception() is None:
                    cache.put(key, pack(future.result()))
                    new.append(key)
                    if len(new) % _PUTS_BETWEEN_TRIMS == 0:
                        cache.trim()

            future = submit(sheet)
            future.add_done_callback(keep)
            return future

        yield remembered
