"""What can be chosen: documents, packets and outputs that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief, did_you_mean, one_of
from formgen.kit import Kit
from formgen.model.catalog import ids_by_code
from formgen.outputs.base import Choice, Output
from formgen.sources.paths import LOCAL_FILE


def choose(kit: Kit, choice: Choice, outputs: Mapping[str, Output]) -> Choice:
    """Return a choice in which documents and packets go by their ids, though named by code.

    Raises InputError for those that a local does not build, and for outputs that there are not.
    """
    ids = ids_by_code(kit.catalog)
    chosen = replace(
        choice,
        documents=tuple(ids.get(name.casefold(), name) for name in choice.documents),
        packets=tuple(ids.get(name.casefold(), name) for name in choice.packets),
    )
    codes = [each.entry.code for each in kit.documents]
    codes += [each.entry.code for each in kit.packets]
    packets = [packet.id for packet in kit.packets]
    documents = [document.id for document in kit.documents]
    unknown = [
        Finding(
            Place(kit.stack.local.folder / LOCAL_FILE),
            code,
            f'this local does not build a {code.removeprefix("unknown-")} "{name}".',
            did_you_mean(name, [*known, *codes], "`formgen list` names them all."),
        )
        for code, names, known in (
            (Code.UNKNOWN_DOCUMENT, chosen.documents, documents),
            (Code.UNKNOWN_PACKET, chosen.packets, packets),
        )
        for name in names
        if name not in known
    ]
    unknown += check_outputs(kit, outputs)
    if unknown:
        raise InputError(unknown)
    return chosen


def check_outputs(kit: Kit, outputs: Mapping[str, Output]) -> list[Finding]:
    """Return what is wrong with the setting `outputs`."""
    known = [each.id for each in outputs.values() if can_be_set(each)]
    return [
        Finding(
            kit.tree.nearest(("outputs", name)).place,
            Code.UNKNOWN_OUTPUT,
            f'there is no output "{brief(name)}" to be made in every build.',
            did_you_mean(name, known, one_of(known)),
        )
        for name in kit.settings.outputs
        if name not in known
    ]


def can_be_set(output: Output) -> bool:
    """Tell whether a setting can have an output made in every build, or left out."""
    numbered = output.asked_by is not None and bool(output.asked_by.number)
    return not output.comes_last and not numbered
