"""Rules across settings and documents: one decision must not contradict another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, Place, brief, did_you_mean
from formgen.model.catalog import Catalog
from formgen.model.looks.colour import TEXT_CONTRAST, contrast
from formgen.model.looks.palette import palette_of
from formgen.model.settings import Settings
from formgen.sources.tree import Node, Path_

# A record that someone's pay or contract depends on cannot be left out.
_ATTENDANCE = "attendance-record"
_UNDERSTANDING = "letter-of-understanding"


@dataclass(frozen=True)
class _Problem:
    path: Path_
    code: Code
    message: str
    fix: str
    # The other side of a contradiction: the place to name if only that is the local's own.
    other: Path_ = ()


def check_rules(settings: Settings, tree: Node, catalog: Catalog) -> list[Finding]:
    """Return every contradiction between settings, each at the setting to change."""
    problems = [
        *_basis(settings),
        *_governance(settings),
        *_signers(settings),
        *_people(settings),
        *_repeated(settings),
        *_attendance(settings),
        *_archive(settings, catalog),
        *_document_names(settings, catalog),
        *_brand(settings),
    ]
    return [Finding(_place(p, tree), p.code, p.message, p.fix) for p in problems]


def _place(problem: _Problem, tree: Node) -> Place:
    """Name the setting to change; a default in a pack is nothing that a local can edit."""
    for path in filter(None, (problem.path, problem.other)):
        node = tree.nearest(path)
        if node.place.file == tree.place.file:
            at_key = path[0] == "forms" and node.key_place
            return node.key_place if at_key and node.key_place else node.place
    return tree.nearest(problem.path).place


def check_privacy(catalog: Catalog, tree: Node, base: Catalog) -> Iterator[Finding]:
    """Yield each document that a layer takes out of the pair's hands.

    What is private in the base pack stays so under any name, and is never to be returned.
    """
    private = {name: entry for name, entry in base.documents.items() if entry.privacy == "private"}
    contents = {entry.content: entry for entry in private.values()}
    for name, document in catalog.documents.items():
        original = private.get(name) or contents.get(document.content)
        if document.person and document.privacy == "private":
            yield Finding(
                tree.nearest(("documents", name, "person")).place,
                Code.PRIVATE,
                f"{name} belongs to the pair alone, and is never made for a person.",
                "delete `person:`; no setting changes this.",
            )
        for key in ("privacy", "handling"):
            if original and getattr(document, key) != getattr(original, key):
                yield Finding(
                    tree.nearest(("documents", name, key)).place,
                    Code.PRIVATE,
                    f"{name} belongs to the pair alone, and no pack gives it to others.",
                    f"write `{key}: {getattr(original, key)}`; no setting changes this.",
                )


def _basis(settings: Settings) -> Iterator[_Problem]:
    program = settings.program
    if program.state_kind == "nonstatutory" and program.basis == "contract":
        yield _Problem(
            ("program", "basis"),
            Code.CONTRADICTION,
            "the program rests on a contract, but the state is nonstatutory.",
            "set program.basis to meet-and-confer or association, or correct program.state_kind.",
            other=("program", "state_kind"),
        )
    if program.governance == "association" and program.basis == "contract":
        yield _Problem(
            ("program", "governance"),
            Code.CONTRADICTION,
            "the contract sets up the program, but the association runs it alone.",
            "set program.governance to joint, or program.basis to association.",
            other=("program", "basis"),
        )
    if program.governance == "joint" and program.basis == "association":
        yield _Problem(
            ("program", "basis"),
            Code.ONE_SIDED,
            "local and employer run the program together, but only the association decided on it.",
            "agree on it in the contract or by meet-and-confer, or check that this is meant.",
            other=("program", "governance"),
        )


def _governance(settings: Settings) -> Iterator[_Problem]:
    if settings.program.governance == "joint":
        return
    certificate, logo = settings.certificate, bool(settings.brand.partner_logo)
    listed = "administrator" in [signer.who for signer in certificate.signers]
    alone, shields = certificate.administrator and not listed, settings.hold_harmless.employer
    signs, gives = "an administrator signs the certificates of", "the employer gives protection in"
    for name, is_so, what, fix in (
        ("certificate.signers", listed, signs, "take the administrator off"),
        ("certificate.administrator", alone, signs, "set {name} to false"),
        ("hold_harmless.employer", shields, gives, "set {name} to false"),
        ("brand.partner_logo", logo, "the employer's logo is on the papers of", "empty {name}"),
    ):
        if is_so:
            yield _Problem(
                tuple(name.split(".")),
                Code.CONTRADICTION,
                f"{what} a program that the association runs alone.",
                f"{fix.format(name=name)}, or set program.governance to joint.",
                other=("program", "governance"),
            )


def _signers(settings: Settings) -> Iterator[_Problem]:
    certificate = settings.certificate
    named = {signer.who for signer in certificate.signers}
    if certificate.administrator and named and "administrator" not in named:
        yield _Problem(
            ("certificate", "signers"),
            Code.CONTRADICTION,
            "an administrator is to sign the certificates, but is none of certificate.signers.",
            "add `administrator` to them, or set certificate.administrator to false.",
            other=("certificate", "administrator"),
        )


def _people(settings: Settings) -> Iterator[_Problem]:
    program, coordinator = settings.program, settings.coordinator
    if not (coordinator.phone or coordinator.email):
        yield _Problem(
            ("coordinator",),
            Code.MISSING,
            "the coordinator has neither a phone number nor an e-mail address.",
            "add coordinator.phone or coordinator.email.",
        )
    if program.unit == "single-family" and len(program.job_families) > 1:
        yield _Problem(
            ("program", "job_families"),
            Code.CONTRADICTION,
            f"the unit is one job family, but {len(program.job_families)} are listed.",
            "list the one, or set program.unit to wall-to-wall.",
            other=("program", "unit"),
        )
    if program.pilot.scope == "first-year" and "veteran" in settings.mentees.eligible:
        yield _Problem(
            ("mentees", "eligible"),
            Code.CONTRADICTION,
            "the pilot is for first-year staff, but veterans are eligible.",
            "take veteran off mentees.eligible, or set program.pilot.scope to another.",
            other=("program", "pilot", "scope"),
        )
    if program.terms.mentor.casefold() == program.terms.mentee.casefold():
        yield _Problem(
            ("program", "terms"),
            Code.CONTRADICTION,
            f'both partners are called "{program.terms.mentor}".',
            "give them different names.",
        )


def _repeated(settings: Settings) -> Iterator[_Problem]:
    """Yield each text that a list has twice."""
    for path, items in _lists(settings.model_dump(exclude=_CHECKED_ELSEWHERE), ()):
        for index, item in enumerate(items):
            if isinstance(item, str) and item in items[:index]:
                message = f"{brief(item)} is listed twice."
                yield _Problem((*path, index), Code.REPEATED, message, "delete one.")


def _lists(value: Any, path: Path_) -> Iterator[tuple[Path_, Sequence[Any]]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _lists(each, (*path, key))
    elif isinstance(value, (list, tuple)):
        yield path, value


# Names of documents, which twice are no more than once.
_CHECKED_ELSEWHERE = {"packets", "documents", "archive", "forms", "pack_keys"}


def _attendance(settings: Settings) -> Iterator[_Problem]:
    purpose = settings.attendance.purpose
    if "compensation" in purpose and not settings.compensation:
        yield _Problem(
            ("attendance", "purpose"),
            Code.CONTRADICTION,
            "attendance decides what is paid, but compensation is empty.",
            "take compensation off attendance.purpose, or fill in compensation.",
            other=("compensation",),
        )
    if "contract" in purpose and settings.program.basis != "contract":
        yield _Problem(
            ("attendance", "purpose"),
            Code.CONTRADICTION,
            "attendance is recorded for the contract, but the program rests on none.",
            "take contract off attendance.purpose, or set program.basis to contract.",
            other=("program", "basis"),
        )
    binding = [p for p in purpose if p != "program-review"]
    if _ATTENDANCE in settings.documents.omit and binding:
        yield _Problem(
            ("documents", "omit"),
            Code.CONTRADICTION,
            f"{_ATTENDANCE} is omitted, but it is needed for {' and '.join(binding)}.",
            f"take {_ATTENDANCE} off documents.omit.",
            other=("attendance", "purpose"),
        )


def _archive(settings: Settings, catalog: Catalog) -> Iterator[_Problem]:
    for index, name in enumerate(settings.archive.documents):
        path: Path_ = ("archive", "documents", index)
        document = catalog.documents.get(name)
        if document is None:
            yield _unknown_document(path, name, catalog)
        elif document.privacy == "private":
            yield _Problem(
                path,
                Code.PRIVATE,
                f"{name} belongs to the pair alone and can never be archived.",
                "take it off archive.documents; no setting changes this.",
            )
        elif document.privacy == "public":
            yield _Problem(
                path,
                Code.ARCHIVE_PUBLIC,
                f"{name} holds nothing about a person, so there is nothing to archive.",
                "take it off archive.documents.",
            )


def _unknown_document(path: Path_, name: str, catalog: Catalog) -> _Problem:
    fix = did_you_mean(name, catalog.documents, "`formgen list` names them all.")
    return _Problem(path, Code.UNKNOWN_DOCUMENT, f'there is no document "{brief(name)}".', fix)


def _document_names(settings: Settings, catalog: Catalog) -> Iterator[_Problem]:
    for index, name in enumerate(settings.documents.omit):
        if name not in catalog.documents:
            yield _unknown_document(("documents", "omit", index), name, catalog)
    omit = settings.documents.omit
    if _UNDERSTANDING in omit and not settings.confidentiality.separate_agreement:
        yield _Problem(
            ("documents", "omit"),
            Code.NO_CONFIDENTIALITY,
            f"without {_UNDERSTANDING}, no document has the pledge of confidentiality.",
            "keep it, or set confidentiality.separate_agreement to true.",
        )
    for name in settings.forms:
        document = catalog.documents.get(name)
        if document is None:
            yield _unknown_document(("forms", name), name, catalog)
        elif not document.content.endswith(".yaml"):
            yield _Problem(
                ("forms", name),
                Code.NO_FORM,
                f"{name} is not a form, so it has no fields.",
                "delete it.",
            )


def _brand(settings: Settings) -> Iterator[_Problem]:
    brand = settings.brand
    if brand.look == "plain":
        return  # which has no colours
    palette = palette_of(brand.primary, brand.accent)
    for name, colour, printed in (
        ("primary", brand.primary, palette.brand),
        ("accent", brand.accent, palette.accent),
    ):
        if printed == colour:
            continue
        message = f"{colour} has a contrast of {contrast(colour):.1f}:1 on white, words need "
        message += f"{TEXT_CONTRAST}:1: {printed} is printed."
        fix = f'write "{printed}", the nearest color that works, or choose another dark one.'
        yield _Problem(("brand", name), Code.CONTRAST, message, fix)
