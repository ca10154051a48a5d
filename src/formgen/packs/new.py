"""Make the folder of a new pack, with a sample local that builds at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

import formgen
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.model.forms.names import slug
from formgen.model.values import BASE, MAX_ID, RESERVED_NAMES
from formgen.reference.local_lines import LocalLines
from formgen.reference.settings import base_reference
from formgen.sources.layers import base_layer
from formgen.sources.paths import (
    FIRST_LANGUAGE,
    LOCAL_FILE,
    LOCALS,
    NOTES_FILE,
    PACK_FILE,
    SETTINGS_FILE,
    language_path,
)
from formgen.sources.text_files import read_text

_FIRST_EDITION = "1"
# The files of a new pack, and the templates of the base pack that they are made from.
_FILES = {
    PACK_FILE: language_path(FIRST_LANGUAGE, "pack.yaml.j2"),
    SETTINGS_FILE: language_path(FIRST_LANGUAGE, "pack-program.yaml.j2"),
    NOTES_FILE: language_path(FIRST_LANGUAGE, "pack-notes.md.j2"),
    f"{LOCALS}/sample-local/{LOCAL_FILE}": language_path(FIRST_LANGUAGE, "pack-sample.yaml.j2"),
}

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ]*")


def pack_id(folder: Path) -> str:
    """Return an id for a pack, from the name of its folder."""
    name = slug(folder.resolve().name)[:MAX_ID]
    return f"{name}-pack" if name in RESERVED_NAMES | {BASE, ""} else name


def pack_name(folder: Path) -> str:
    """Return a name for a pack, from the name of its folder; short forms keep their capitals."""
    named = folder.resolve().name.replace("_", " ").replace("-", " ")
    words = (named if _PLAIN.fullmatch(named) else pack_id(folder).replace("-", " ")).split()
    return " ".join(word if word.isupper() else word.capitalize() for word in words)


def new_pack(folder: Path) -> list[Path]:
    """Write a new pack into a folder; return the files. Raises InputError if one is there."""
    if (folder / PACK_FILE).exists() or (folder / LOCAL_FILE).exists():
        message = "there is a pack or a local here already."
        raise InputError([Finding(Place(folder), Code.EXISTS, message, "name another folder.")])
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    name = pack_id(folder)
    lines = LocalLines(base_reference(), {"affiliates.state.name": pack_name(folder)})
    facts = {
        "setting": lines.setting,
        "id": name,
        "name": pack_name(folder),
        "edition": _FIRST_EDITION,
        "formgen": formgen.__version__,
    }
    written = []
    for path, template in _FILES.items():
        found = base_layer().file(template)
        if found is None:
            raise FileNotFoundError(template)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as out:
            out.write(environment.from_string(read_text(found)).render(facts))
        written.append(file)
    return written
