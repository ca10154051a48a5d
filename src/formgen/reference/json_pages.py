"""The pages of docs/ that hold the JSON Schema of what programs read."""

from __future__ import annotations

import json

from formgen.json_shapes.table import SHAPES


def schema_pages() -> dict[str, str]:
    """Return the JSON Schema of each shape as a text, by its path in the repository."""
    from pydantic import TypeAdapter

    pages = {}
    for name, shape in SHAPES.items():
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema = {**head, **TypeAdapter(shape).json_schema()}
        pages[f"docs/json/{name}.schema.json"] = f"{json.dumps(schema, indent=1)}\n"
    return pages
