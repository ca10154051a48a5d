"""The letters of titles and prose: one of formgen's own typefaces, or files of the local's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.findings import brief, did_you_mean
from formgen.model.groups.group import Group
from formgen.model.values import FileName, kind

Voice = Literal["serif", "sans"]


class Typeface(Group):
    """One of formgen's typefaces, or files of another, for which the first stands in."""

    voice: Literal["", Voice] = ""
    file: FileName = ""
    # Made of the first where there is none.
    bold: FileName = ""
    italic: FileName = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.voice or self.file) or ((self.bold or self.italic) and not self.file):
            raise PydanticCustomError(
                Code.EMPTY, "no file is named here.|write serif, sans, or {{file: own.ttf}}."
            )
        return self

    @property
    def files(self) -> Mapping[str, str]:
        """Return the files by what they are of, if there are any."""
        named = {"file": self.file, "bold": self.bold, "italic": self.italic}
        return {key: name for key, name in named.items() if name}


def _from_word(value: Any) -> Any:
    """Take the word for one of formgen's typefaces alone."""
    if not isinstance(value, str):
        return value
    if value in get_args(Voice):
        return {"voice": value}
    otherwise = "write serif, sans, or {file: own.ttf}."
    raise PydanticCustomError(
        Code.BAD_CHOICE,
        '"{value}" is not a choice for brand.typeface.|{fix}',
        {"value": brief(value), "fix": did_you_mean(value, get_args(Voice), otherwise)},
    )


TypefaceChoice = Annotated[
    Typeface, BeforeValidator(_from_word, json_schema_input_type=Voice | Typeface), kind("typeface")
]
