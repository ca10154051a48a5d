"""The lines of a new local's settings, each with what it is, and behind a # if it is not used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from formgen.reference.comments import about
from formgen.reference.settings import Reference, Setting
from formgen.reference.yaml_text import entry, scalar

_INDENT = "  "
# What somebody wants for a setting: a text, or a list of them.
Answer = str | list[str]


@dataclass(frozen=True)
class LocalLines:
    """Writes settings for a file, given the answers for some of them by path.

    An answer that is None is left to the layers below.
    """

    reference: Reference
    answers: Mapping[str, Answer | None]

    def setting(self, path: str) -> str:
        """Return the lines of a setting, with an answer, or behind a # with an example."""
        setting = self.reference.find(path)
        if setting is None:
            message = f"there is no setting {path}"
            raise ValueError(message)
        value = self._value(setting)
        lines = [f"# {line}" for line in about(setting, self.reference)]
        if value is None:
            example = setting.example or setting.default or '""'
            lines += [f"#{line}" for line in entry(setting.name, example)]
        else:
            lines += entry(setting.name, value)
        indent = _INDENT * path.count(".")
        return "\n".join(f"{indent}{line}" for line in lines)

    def _value(self, setting: Setting) -> str | None:
        """Return what was answered, as YAML; of a group, what was answered to its settings."""
        if not setting.is_group:
            return self._answer(setting)
        below = ((part.name, self._value(part)) for part in self.reference.below(setting.path))
        given = [f"{name}: {value}" for name, value in below if value is not None]
        return f"{{{', '.join(given)}}}" if given else None

    def _answer(self, setting: Setting) -> str | None:
        if len(setting.choices) == 1:
            return setting.choices[0][0]
        answer = self.answers.get(setting.path)
        if isinstance(answer, str) and (setting.choices or setting.kind == "id"):
            return answer and scalar(answer)
        return None if answer is None else _quoted(answer)


def _quoted(answer: Answer) -> str:
    # JSON's strings are YAML's double-quoted ones, and its lists are YAML's: they hold anything.
    return json.dumps(answer, ensure_ascii=False)
