"""Check settings as a local writes them for shape, and with all below them for completeness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from formgen.codes import Code
from formgen.findings import Finding, in_order
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.sources.fonts import missing_characters
from formgen.sources.tree import Node, leaves


def read_settings(own: Node, whole: Node) -> tuple[Settings | None, list[Finding]]:
    """Check the local's own layer for shape, then the whole for completeness."""
    _, findings = check_shape(own, Settings, partial=True)
    if any(finding.count > 1 for finding in findings):
        # Nobody reads more than these, and to look for them takes its time.
        return None, in_order(findings)
    settings, all_findings = check_shape(whole, Settings)
    if not findings:
        findings = all_findings
    findings += [finding for finding in all_findings if finding.code == "missing"]
    placed = [_in_file(finding, own) for finding in findings]
    return settings, in_order([*placed, *_unprintable(own)])


def _in_file(finding: Finding, own: Node) -> Finding:
    """Place a missing setting in the local's file, where it is to be added."""
    if finding.code != "missing" or finding.place.file == own.place.file:
        return finding
    return replace(finding, place=own.place)


def _unprintable(own: Node) -> Iterator[Finding]:
    """Yield a finding for each value with characters that no font can print."""
    for _, leaf in leaves(own):
        missing = missing_characters(str(leaf.value))
        if missing:
            shown = ", ".join(f'"{char}" (U+{ord(char):04X})' for char in missing[:3])
            message = f"no pack font has {shown}."
            yield Finding(leaf.place, Code.NO_GLYPH, message, "use other letters for it.")
