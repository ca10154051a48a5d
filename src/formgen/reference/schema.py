"""The JSON Schema of `local.yaml` for editors, which help while one types.

An editor reads `01245` as a number and `true` as a truth, where formgen reads texts; and what a
file leaves out may stand in a layer below. So the schema takes all that formgen takes, and refuses
names that do not exist, and choices and shapes that are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formgen.reference.comments import about
from formgen.reference.settings import Reference
from formgen.reference.shape import settings_shape, walk

# Lies beside a local.yaml, whose first line names it. A name with a dot in front is no part of a
# pack, and out of the way of who looks for local.yaml.
SCHEMA_FILE = ".local.schema.json"

_DRAFT = "http://json-schema.org/draft-07/schema#"
# What says nothing about the values that may be written.
_SILENT = frozenset(("title", "default", "required", "kind", "group"))
_TRUTH = r"^\s*([Tt](rue|RUE)?|[Ff](alse|ALSE)?|[Yy](es|ES)?|[Nn](o|O)?|[Oo](n|N|ff|FF)|0|1)\s*$"
_NUMBER = r"^\s*[-+]?[0-9]+\s*$"
# What can be written, by the type of the value; a setting that was left empty is none.
_WIDER: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": ["string", "number", "boolean", "null"]},
    "integer": {"type": ["integer", "string", "null"], "pattern": _NUMBER},
    "boolean": {
        "type": ["boolean", "string", "integer", "null"],
        "pattern": _TRUTH,
        "minimum": 0,
        "maximum": 1,
    },
}


def editor_schema(reference: Reference) -> dict[str, Any]:
    """Return the schema, with what each setting means."""
    shape = settings_shape()
    for path, part in walk(shape):
        setting = reference.find(path)
        if setting:
            part["description"] = "\n".join(about(setting, reference))
    note = "Made by formgen. `formgen schema LOCAL` writes it anew."
    return {"$schema": _DRAFT, "$comment": note, **_for_editors(shape)}


def schema_text(reference: Reference) -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(editor_schema(reference), indent=1, ensure_ascii=False) + "\n"


def write_schema(folder: Path, reference: Reference) -> Path:
    """Write the schema beside a folder's local.yaml, in the place of an older one."""
    path = folder / SCHEMA_FILE
    path.unlink(missing_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(schema_text(reference))
    return path


def _for_editors(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of the schema that takes what formgen takes."""
    kept = {key: value for key, value in part.items() if key not in _SILENT}
    if "properties" in kept:
        kept["properties"] = {k: _for_editors(each) for k, each in kept["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _for_editors(kept[key])
    # What was left empty fits each of several shapes.
    either = kept.pop("oneOf", kept.pop("anyOf", None))
    if either:
        kept["anyOf"] = [_for_editors(each) for each in either]
    kind = kept.pop("type", None)
    values = kept.pop("enum", [kept.pop("const", None)])
    if values != [None]:
        numbers = [int(value) for value in values if value.isdecimal()]
        return {**kept, "enum": [*values, *numbers, None]}
    return (
        {**kept, **_WIDER.get(kind, {"type": list(dict.fromkeys([kind, "null"]))})}
        if kind
        else kept
    )
