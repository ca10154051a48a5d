"""What surrounds the words of a page: paper, letterhead, footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from formgen.word.draft import Draft
from formgen.word.look import accent_of, bar_of, brand_of
from formgen.word.ooxml import Element, is_w, paragraph, rule, run, w
from formgen.word.pictures import drawing
from formgen.word.tables import cell, gap, grid

# In twentieths of a point.
_PAPERS = {"letter": (12240, 15840), "a4": (11906, 16838), "legal": (12240, 20160)}
_SIDES = {"letter": 1440, "manual": 1440, "certificate": 1700}
_SIDE = 1080
_EDGE = 560
_REFERENCES = ("headerReference", "footerReference")
_LOGO_HEIGHT = 1.4
# What one mark may take of the width, and each of two.
_WIDEST = (5.0, 3.4)
_CODE_WIDTH = 1100
_SENDER_WIDTH = 3300


@dataclass(frozen=True)
class Head:
    """What the page's own letterhead says: the name, the line below it, where to write to."""

    name: str
    below: str = ""
    sender: tuple[str, ...] = ()
    # What a letter is about; nothing else has that.
    subject: str = ""


def text_width(kind: str, paper: str) -> int:
    """Return how wide the words of a page are."""
    width, height = _PAPERS[paper]
    return (height if kind == "certificate" else width) - 2 * _SIDES.get(kind, _SIDE)


def set_frame(draft: Draft, head: Head) -> None:
    """Give the file its paper, and every page its head and foot."""
    facts = draft.facts
    section = draft.document.sections[0]
    has_head = facts.kind != "certificate"
    width = text_width(facts.kind, facts.paper)
    if has_head:
        section.different_first_page_header_footer = True
        _fill(section.first_page_header, _letterhead, draft, head, width)
        _fill(section.header, _running_head, draft, head, width)
        _fill(section.first_page_footer, _footer, draft, head, width)
    _fill(section.footer, _footer, draft, head, width)
    _set_paper(draft.document.element.body.sectPr, draft)


def _fill(story: Any, make: Any, draft: Draft, head: Head, width: int) -> None:
    story.is_linked_to_previous = False
    root = story.part.element
    for child in list(root):
        root.remove(child)
    root.extend(make(story.part, draft, head, width))


def _letterhead(part: Any, draft: Draft, head: Head, width: int) -> list[Element]:
    facts = draft.facts
    name, below = head.name, head.below
    colour = w("color", val=brand_of(facts))
    strong = run(name, w("b"), colour, w("sz", val=24), w("szCs", val=24))
    lines = [paragraph("Header", [strong])]
    if below:
        lines.append(paragraph("Header", [run(below)]))
    named = ((facts.logo, facts.logo_alt or name), (facts.partner_logo, facts.partner_alt))
    widest = _WIDEST[all(data for data, _ in named)]
    drawn = (drawing(part, data, said, _LOGO_HEIGHT, widest) for data, said in named if data)
    logos = [each for each in drawn if each is not None]
    # A letter says where it comes from, and its code in the foot.
    last, beside = (head.sender, _SENDER_WIDTH) if head.subject else ((facts.code,), _CODE_WIDTH)
    strength = [] if head.subject else [w("b")]
    widths = [width - beside, beside]
    ending = [paragraph("Header", [run(each, *strength)], jc=w("jc", val="right")) for each in last]
    cells = [(widths[0], lines), (widths[1], ending)]
    for logo in reversed(logos):
        across = int(logo.find(".//{*}extent").get("cx")) // 635 + 200
        widths = [across, widths[0] - across, *widths[1:]]
        cells = [
            (across, [paragraph("Header", [w("r", logo)])]),
            (widths[1], cells[0][1]),
            *cells[1:],
        ]
    made = [cell(wide, inside, w("vAlign", val="center")) for wide, inside in cells]
    borders = w("tblBorders", rule("bottom", accent_of(facts), bar_of(facts) // 2, 4))
    return [grid(widths, [w("tr", *made)], borders, 0), gap(200)]


def _running_head(part: Any, draft: Draft, head: Head, width: int) -> list[Element]:
    del part
    facts = draft.facts
    end = w("tabs", w("tab", val="right", pos=width))
    title, code = (head.subject, "") if head.subject else (facts.title, facts.code)
    content = [run(f"{head.name} · {title}"), w("r", w("tab")), run(code)]
    return [paragraph("Header", content, tabs=end), gap(200)]


def _footer(part: Any, draft: Draft, head: Head, width: int) -> list[Element]:
    del part
    facts = draft.facts
    prompts = facts.prompts
    edition = f"{prompts.edition} {facts.edition}" if facts.edition else ""
    title = facts.code if head.subject else f"{facts.code} {facts.title}".strip()
    named = " · ".join(each for each in (title, edition) if each)
    if facts.kind == "certificate":
        return [paragraph("Footer", [run(named)], jc=w("jc", val="center"))]
    line = w("pBdr", rule("top", "A6A6A6", 4, 4))
    end = w("tabs", w("tab", val="right", pos=width))
    pages = [
        run(f"{prompts.page} "),
        w("fldSimple", run("1"), instr=" PAGE "),
        run(f" {prompts.of} "),
        w("fldSimple", run("1"), instr=" NUMPAGES "),
    ]
    advice = paragraph("Footer", [run(facts.handling)], pBdr=line)
    return [advice, paragraph("Footer", [run(named), w("r", w("tab")), *pages], tabs=end)]


def _set_paper(section: Element, draft: Draft) -> None:
    """Write the properties of the section anew, in the order of the schema."""
    facts = draft.facts
    width, height = _PAPERS[facts.paper]
    lying = facts.kind == "certificate"
    for child in list(section):
        if not any(is_w(child, name) for name in _REFERENCES):
            section.remove(child)
    if lying:
        section.append(w("pgSz", w=height, h=width, orient="landscape"))
    else:
        section.append(w("pgSz", w=width, h=height))
    side = _SIDES.get(facts.kind, _SIDE)
    edges = {"top": 1900 if lying else 1000, "right": side, "bottom": 900, "left": side}
    section.append(w("pgMar", **edges, header=_EDGE, footer=_EDGE, gutter=0))
    if lying:
        frame = [
            w(name, val="double", sz=12, space=20, color=accent_of(facts))
            for name in ("top", "left", "bottom", "right")
        ]
        section.append(w("pgBorders", *frame, offsetFrom="page"))
    section.append(w("cols", space=720))
    if lying:
        section.append(w("vAlign", val="center"))
    else:
        section.append(w("titlePg"))
