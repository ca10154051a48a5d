"""Make the folder of a new local: its `local.yaml`, as `formgen new` writes it, and its packs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formgen.build.publish import write_file
from formgen.packs.extend import extend
from formgen.packs.install import add
from formgen.packs.verified import OpenPack
from formgen.register.columns import EMAIL, PHONE
from formgen.register.compare import is_same, path_of
from formgen.register.known import KnownLocal
from formgen.register.sheet import SheetRow, as_plain
from formgen.sources.edit.parts import with_value
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from formgen.sources.text_files import read_text
from formgen.wizard import unanswered, write_local


def make_local(
    folder: Path,
    row: SheetRow,
    packs: Sequence[OpenPack],
    keys: Sequence[str],
    *,
    is_served: bool = False,
) -> KnownLocal:
    """Make a new local in a folder of its id; ``is_served`` if its packs lie beside the locals.

    Raises InputError, OSError.
    """
    answers = unanswered(folder)
    if row.values.get(PHONE) and not row.values.get(EMAIL):
        answers[EMAIL] = ""
    given = {setting: value for setting, value in row.values.items() if value}
    file = write_local(folder, answers | given)
    text = before = read_text(file)
    if keys:
        text = with_value(text, file, ("pack_keys",), list(keys))
    for setting, value in given.items():
        if not is_same(KnownLocal(file, parse_yaml(text, file)).value(setting), value):
            text = with_value(text, file, path_of(setting), as_plain(value))
    if text != before:
        write_file(file, text.encode())
    for pack in packs:
        if is_served:
            extend(file, read_yaml(file, "local"), pack.pack.id)
        else:
            add(pack, file)
    return KnownLocal(file, read_yaml(file))
