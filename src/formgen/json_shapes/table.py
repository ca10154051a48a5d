"""Which shape each schema in docs/json is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formgen.json_shapes.manifest import Manifest
from formgen.json_shapes.printed import (
    BuildOutput,
    CheckOutput,
    DiffOutput,
    ListedDocument,
    ListedPacket,
    ListedPromise,
    PeopleOutput,
    SeenThing,
)
from formgen.json_shapes.register import RegisterOutput
from formgen.json_shapes.status import StatusOutput

# The shape of each file in docs/json. A list has no room for a format of its own.
SHAPES: Mapping[str, Any] = {
    "check": CheckOutput,
    "build": BuildOutput,
    "people": PeopleOutput,
    "list": list[ListedDocument | ListedPacket],
    "promises": list[ListedPromise],
    "diff": DiffOutput,
    "status": StatusOutput,
    "register": RegisterOutput,
    "doctor": list[SeenThing],
    "manifest": Manifest,
}
