"""Who signs letters and certificates, in place of those that their words name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.findings import brief
from formgen.model.groups.group import Group
from formgen.model.values import Text, kind

LetterRole = Literal["coordinator", "committee", "president"]
CertificateRole = Literal["mentor", "president", "committee", "administrator"]
# What fits on a page, side by side.
_ON_A_LETTER, _ON_A_CERTIFICATE = 2, 5


class Signer(Group):
    """Somebody who signs: a name and a title, either of which may be left out."""

    # Whom the settings, or the roster, name already.
    who: str = ""
    name: Text = ""
    title: Text = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.who or self.name or self.title):
            raise PydanticCustomError(
                Code.EMPTY, "nobody is named here.|give a name, a title or both."
            )
        return self


class LetterSigner(Signer):
    """Somebody who signs letters."""

    who: Literal["", LetterRole] = ""


class CertificateSigner(Signer):
    """Somebody who signs certificates."""

    who: Literal["", CertificateRole] = ""


def _of_roles(roles: Any) -> Callable[[Any], Any]:
    """Return what takes the word for a role alone."""

    def signer(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value in get_args(roles):
            return {"who": value}
        raise PydanticCustomError(
            Code.BAD_CHOICE,
            '"{value}" is none of those who are known already: {roles}.|write {fix}.',
            {
                "value": brief(value),
                "roles": ", ".join(get_args(roles)),
                "fix": f"{{name: {brief(value)}, title: ...}}",
            },
        )

    return signer


LetterSigners = Annotated[
    tuple[
        Annotated[
            LetterSigner,
            BeforeValidator(
                _of_roles(LetterRole), json_schema_input_type=LetterRole | LetterSigner
            ),
            kind("signer"),
        ],
        ...,
    ],
    Field(max_length=_ON_A_LETTER),
]
CertificateSigners = Annotated[
    tuple[
        Annotated[
            CertificateSigner,
            BeforeValidator(
                _of_roles(CertificateRole),
                json_schema_input_type=CertificateRole | CertificateSigner,
            ),
            kind("signer"),
        ],
        ...,
    ],
    Field(max_length=_ON_A_CERTIFICATE),
]
