"""The types of those settings that become part of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from formgen.model.unknown_keys import is_model
from formgen.model.values import Needed, Sentence, Text, kind
from formgen.sources.tree import Path_

PhraseKind = Literal["phrase", "way", "case", "name", "term", "organization", "label"]
PHRASE_KINDS: tuple[PhraseKind, ...] = get_args(PhraseKind)

# Goes on in the midst of a sentence: «every two weeks».
Phrase = Annotated[Needed, kind("phrase")]
# A way to meet: «by phone».
Way = Annotated[Needed, kind("way")]
# One thing of a list: «a threat of suicide or of harm to someone».
Case = Annotated[Text, kind("case")]
Cases = tuple[Annotated[Sentence, kind("case")], ...]
# A name that sentences set an article before: «Mentoring Program Committee».
Name = Annotated[Needed, kind("name")]
# A common noun for a person: «peer coach».
Term = Annotated[Needed, kind("term")]
TermForm = Annotated[Text, kind("term")]
# The name of a body, which knows its article.
Organization = Annotated[Needed, kind("organization")]
OptionalOrganization = Annotated[Text, kind("organization")]
# Any other name.
Label = Annotated[Needed, kind("label")]
OptionalLabel = Annotated[Text, kind("label")]
Labels = tuple[Label, ...]
# Items of lists that may be sentences, which then end without a stop as other items do.
Items = tuple[Annotated[Sentence, kind("label")], ...]


def phrases_of(model: Any, path: Path_ = ()) -> Iterator[tuple[Path_, PhraseKind]]:
    """Yield the path of each setting that becomes part of a sentence, and its kind.

    In a path, ``*`` stands for any item or name.
    """
    for name, field in model.model_fields.items():
        here = (*path, name)
        known = _kind_in((field, *field.metadata))
        if known:
            yield here, known
        elif is_model(field.annotation):
            yield from phrases_of(field.annotation, here)
        else:
            for inner in get_args(field.annotation):
                inside = _kind_in(getattr(inner, "__metadata__", ()))
                if inside:
                    yield (*here, "*"), inside
                elif is_model(inner):
                    yield from phrases_of(inner, (*here, "*"))


def _kind_in(parts: tuple[Any, ...]) -> PhraseKind | None:
    for part in parts:
        extra = getattr(part, "json_schema_extra", None)
        known = extra.get("kind") if isinstance(extra, Mapping) else None
        if known in PHRASE_KINDS:
            return known  # type: ignore[no-any-return]
    return None
