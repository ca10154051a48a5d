"""Put files into a zip that is the same, byte for byte, whenever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The first time that a zip can hold.
_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


def zip_of(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip of files, in a folder of that name and in the order of their names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            entry.external_attr, entry.compress_type = _PLAIN_FILE, zipfile.ZIP_DEFLATED
            archive.writestr(entry, held)
    return data.getvalue()
