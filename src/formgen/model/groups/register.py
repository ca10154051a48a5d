"""The shape of a state's `register.yaml`: what its membership department's sheet means."""

from __future__ import annotations

from pydantic import Field

from formgen.model.groups.group import Group
from formgen.model.pack import PublicKey
from formgen.model.values import Text


class RegisterFile(Group):
    """What cannot be told from a sheet itself."""

    # Archives or https addresses of the packs that new locals get, those that others need first.
    packs: tuple[Text, ...] = ()
    # Written into new locals, which then take nothing that is not signed.
    pack_keys: tuple[PublicKey, ...] = ()
    # The setting that each column is, by the name at its head; an empty one is left aside.
    columns: dict[str, str] = Field(default_factory=dict)
