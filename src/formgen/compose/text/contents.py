"""Read the words of one document: a form, a letter, or the chapters of the manual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from formgen.codes import Code
from formgen.compose.figures.names import NameLines, set_name
from formgen.compose.figures.table import numbered
from formgen.compose.forms.view import view_form
from formgen.compose.letters.recipient import Recipient, of_person, recipient_of
from formgen.compose.text.chapters import boxes_named, with_links
from formgen.compose.text.margins import Beside, with_margin
from formgen.compose.text.markdown import Chapter
from formgen.compose.text.wording import Wording
from formgen.compose.views import FormView
from formgen.findings import Finding, InputError, Place, brief
from formgen.kit import Kit, KitDocument
from formgen.model.forms.form import Form, Letter
from formgen.model.groups.chapters import chapter_named, chapters_in
from formgen.model.groups.signers import Signer
from formgen.model.rosters.roster import DATE
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.sources.characters import find_bad_character
from formgen.sources.files import File
from formgen.sources.front_matter import split_front_matter
from formgen.sources.paths import language_path
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.text_files import read_text


@dataclass(frozen=True)
class SignerView:
    """Somebody who signs: a role that the template knows, or what a local typed."""

    role: str = ""
    name: str = ""
    title: str = ""


@dataclass(frozen=True)
class LetterView:
    """A letter or certificate: its settings, its words, and its fields if it has any."""

    # Whom it is sent to; what has none is no letter but a notice.
    recipient: Recipient | None
    poster: bool
    # What it is about, in a few words.
    subject: str
    greeting: str
    closing: str
    presented: str
    # Whose name a certificate bears, where it is known.
    name: str
    # How that is set.
    name_lines: NameLines
    # The day that it is given, as people write it.
    day: str
    # The mentor who signs, where the name is known.
    mentor: str
    signers: tuple[SignerView, ...]
    html: Markup
    form: FormView


@dataclass(frozen=True)
class NumberedChapter:
    """A chapter of the manual with its number and its anchor."""

    number: int
    id: str
    chapter: Chapter
    # The name of its file, without its ending.
    file: str


def read_form(kit: Kit, document: KitDocument, wording: Wording) -> FormView:
    """Read a form, pledge or agreement. Raises InputError if its file is not usable."""
    tree = read_yaml(_file(kit, document.entry.content))
    form, findings = check_shape(tree, Form)
    if form is None:
        raise InputError(findings)
    return view_form(kit, document, wording, form, tree)


def read_letter(kit: Kit, document: KitDocument, wording: Wording) -> LetterView:
    """Read a letter or certificate. Raises InputError if its file is not usable."""
    file = _file(kit, document.entry.content)
    path = file.path
    parts = split_front_matter(_read_words(file), path)
    tree = parts.settings
    letter, findings = check_shape(tree, Letter)
    if letter is None:
        raise InputError(findings)

    def text(key: str) -> str:
        return wording.text(getattr(letter, key), tree.nearest((key,)).place)

    name = of_person(document, wording, "name")
    lines = set_name(name)
    if document.entry.kind == "certificate" and not lines.fits:
        message = f"the name {brief(name)} does not fit on two lines of a certificate."
        raise InputError(
            [Finding(Place(path), Code.TOO_LONG, message, "shorten it, or write it by hand.")]
        )
    return LetterView(
        recipient=recipient_of(kit, document, wording) if letter.recipient else None,
        poster=letter.poster,
        subject=text("subject"),
        greeting=text("greeting"),
        closing=text("closing"),
        presented=text("presented"),
        name=name,
        name_lines=lines,
        day=wording.language.day(wording.context["entry"][DATE]),
        mentor=wording.context["entry"]["mentor_name"],
        signers=tuple(_signers(kit.settings, letter)),
        html=wording.markdown(parts.words, Place(path, parts.first_line, 1)),
        form=view_form(kit, document, wording, letter, tree),
    )


def _signers(settings: Settings, letter: Letter) -> Iterator[SignerView]:
    """Yield who signs: those of the settings, or those whom the words name.

    A mentor signs where the words say so alone: nobody signs a certificate of their own.
    """
    asked: tuple[Signer, ...] = settings.letters.signers if letter.signer else ()
    if letter.signers:
        mentor = "mentor" in letter.signers
        asked = tuple(s for s in settings.certificate.signers if mentor or s.who != "mentor")
    for signer in asked:
        yield SignerView(signer.who, signer.name, signer.title)
    if not asked:
        for role in (letter.signer, *letter.signers):
            if role and (role != "administrator" or settings.certificate.administrator):
                yield SignerView(role)


def read_chapters(kit: Kit, document: KitDocument, wording: Wording) -> tuple[NumberedChapter, ...]:
    """Read the chapters of the manual; an empty file drops its chapter."""
    chapters = tuple(each_chapter(kit, document, wording))
    places = {each.file: each.id for each in chapters}
    for each in chapters:
        places |= boxes_named(each.chapter.html, each.file, each.id)
    return tuple(
        replace(each, chapter=replace(each.chapter, html=with_links(each.chapter.html, places)))
        for each in chapters
    )


def standing_alone(chapter: NumberedChapter) -> NumberedChapter:
    """Return a chapter as it is where no other is at hand."""
    html = with_links(chapter.chapter.html, {})
    return replace(chapter, chapter=replace(chapter.chapter, html=html))


def each_chapter(kit: Kit, document: KitDocument, wording: Wording) -> Iterator[NumberedChapter]:
    """Read the chapters of the manual one after another, as they are asked for."""
    folder = language_path(kit.settings.language, document.entry.content)
    names = chapters_in(kit.stack, folder, kit.settings.manual)
    beside, told = _beside(kit, wording), set[str]()
    known = set(names)
    everywhere = [
        each for each in beside.voices if chapter_named(each["chapter"], names) not in known
    ]
    number = figure = 1
    for name in names:
        file = _file(kit, f"{document.entry.content}/{name}.md")
        source = _read_words(file)
        if not source.strip():
            continue
        anchor = f"chapter-{number}"
        chapter = wording.chapter(source, Place(file.path, 1, 1), anchor)
        html, figure = numbered(chapter.html, figure)
        chapter = replace(chapter, html=Markup(html))
        if not chapter.title and chapter.html.strip():
            message = "this chapter has no title."
            fix = "write `# ` and the title on its first line."
            place = Place(file.path, 1, 1)
            raise InputError([Finding(place, Code.NO_TITLE, message, fix)])
        if chapter.title:
            voices = [v for v in beside.voices if chapter_named(v["chapter"], names) == name]
            if not voices and everywhere:
                voices = [everywhere.pop(0)]
            html = with_margin(chapter.html, beside, voices, told)
            yield NumberedChapter(number, anchor, replace(chapter, html=html), name)
            number += 1


def _beside(kit: Kit, wording: Wording) -> Beside:
    """Return what margins are made of beside the chapters' own words."""
    node = kit.words.get("page", "margin")
    labels = wording.words(node) if node else {}
    tools = wording.context.get("tools", ())
    return Beside(labels, tools, wording.context.get("voices", ()))


def _file(kit: Kit, content: str) -> File:
    """Return the nearest file of this content; that there is one of its name was checked."""
    name = language_path(kit.settings.language, content)
    found = kit.stack.find(name)
    if found is None:
        place = Place(kit.stack.local.folder / name)
        message = f"{place.file.name} is no file, or a link to one outside of its layer."
        raise InputError([Finding(place, Code.NO_FILE, message, "copy the file there.")])
    return found[1]


def _read_words(file: File) -> str:
    """Return the text of a Markdown file; raises InputError if it hides characters."""
    text = read_text(file).replace("\r\n", "\n")
    bad = find_bad_character(text)
    if bad:
        before = text[: bad.offset]
        place = Place(file.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise InputError([Finding(place, Code.CONTROL_CHAR, f"{bad}.", "retype the text.")])
    return text
