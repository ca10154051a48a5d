"""Proofs: pages in the grays that a copier prints."""

from __future__ import annotations

from formgen.model.page_format import PAPER
from formgen.outputs.base import Option, Output
from formgen.outputs.making.finishing import finished

PROOF = Output(
    "proof",
    "packet",
    "proof",
    ".pdf",
    finished("proof"),
    made_from=("packet", PAPER.id),
    is_beside=True,
    asked_by=Option("--proof", "Make packets in the grays that a copier prints."),
    summary="packets in the grays of a copier",
    labels=("packet.finishes.proof",),
    advice="in the grays that a copier prints; look through them",
)
