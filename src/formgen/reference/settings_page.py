"""The page of docs/ that lists every setting."""

from __future__ import annotations

from collections.abc import Iterator

from formgen.reference.settings import Reference, Setting, fill
from formgen.reference.yaml_text import entry


def settings_page(reference: Reference) -> str:
    """Return the page, as Markdown."""
    return "\n".join([*_page(reference), ""])


def _page(reference: Reference) -> Iterator[str]:
    words = reference.said.words
    needed = [f"`{setting.path}`" for setting in reference.needed()]
    yield fill(words.page_head, {"needed": ", ".join(needed)}).rstrip()
    tops = [setting for setting in reference.settings if not setting.above]
    single = [top for top in tops if not any(reference.below(top.path))]
    yield ""
    yield from _table(single, "", reference)
    yield from _sample([line for top in single for line in _examples(top, reference)])
    for top in tops:
        if top in single:
            continue
        yield from ("", f"## {top.path}", "")
        yield _meaning(top, reference)
        if not top.is_group:
            default = f"{words.default}: `{top.default}`"
            yield from ("", f"{top.written[:1].upper()}{top.written[1:]}; {default}.")
        yield ""
        rows = [each for each in _all_below(top, reference) if not each.is_group]
        yield from _table(rows, f"{top.path}.", reference)
        yield from _sample(_examples(top, reference))


def _all_below(setting: Setting, reference: Reference) -> Iterator[Setting]:
    for part in reference.below(setting.path):
        yield part
        yield from _all_below(part, reference)


def _table(settings: list[Setting], above: str, reference: Reference) -> Iterator[str]:
    """Yield a table of settings; their paths are told from ``above`` on."""
    words = reference.said.words
    yield f"| {words.setting} | {words.meaning} | {words.kind} | {words.default} |"
    yield "|---|---|---|---|"
    for setting in settings:
        default = words.no_default if setting.default is None else f"`{setting.default}`"
        cells = (
            f"`{setting.path.removeprefix(above)}`",
            _meaning(setting, reference),
            _written(setting, reference),
            default,
        )
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _meaning(setting: Setting, reference: Reference) -> str:
    use = reference.said.words.in_use if setting.sentence else ""
    said = (setting.description, setting.more, fill(use, {"sentence": setting.sentence}))
    return " ".join(filter(None, said))


def _written(setting: Setting, reference: Reference) -> str:
    if len(setting.choices) < 2:  # noqa: PLR2004  (nothing to choose)
        return setting.written
    words = reference.said.words
    leading = words.any_of if setting.kind == "choices" else words.one_of
    return "<br>".join([leading, *(f"`{value}`: {said}" for value, said in setting.choices)])


def _examples(setting: Setting, reference: Reference) -> list[str]:
    """Return the lines of a setting's example, or of those of what is in it."""
    if setting.example:
        return entry(setting.name, setting.example)
    below = [line for part in reference.below(setting.path) for line in _examples(part, reference)]
    return [f"{setting.name}:", *(f"  {line}" for line in below)] if below else []


def _sample(lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", "```yaml", *lines, "```")
