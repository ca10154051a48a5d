"""The look of a Word copy: its colours and fonts, and the styles that paragraphs have."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from formgen.word.facts import WordFacts
from formgen.word.ooxml import NAMESPACES, Element, parse

GREY = "595959"
# What Word itself calls styles; others are said to be ours.
_KNOWN = re.compile(
    r"heading \d|List (Bullet|Number|Continue)|Quote|Closing|header|footer|"
    "Placeholder Text|Hyperlink"
)
_BASE = (
    (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
    ),
    (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    ),
    (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    ),
)


def brand_of(facts: WordFacts) -> str:
    """Return the colour of headings, as Word writes it."""
    return _written(facts.palette.brand)


def tint_of(facts: WordFacts) -> str:
    """Return the ground of boxes and places to fill in."""
    return _written(facts.palette.tint)


def accent_of(facts: WordFacts) -> str:
    """Return the colour of bars, which carry no words."""
    return _written(facts.palette.accent)


def _written(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _ground(facts: WordFacts) -> str:
    """Return the ground of places to fill in, which the plain look has not."""
    if facts.look == "plain":
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{tint_of(facts)}"/>'


def bar_of(facts: WordFacts) -> int:
    """Return the width of the bar at the side of a box, in eighths of a point."""
    return 4 if facts.look == "plain" else 24


def body_font(facts: WordFacts) -> str:
    """Return a font that comes with every Word."""
    return "Georgia" if facts.serif else "Calibri"


def body_size(facts: WordFacts) -> int:
    """Return the size of text in half points; Calibri is small for its size."""
    large = facts.kind in {"letter", "manual"}
    return (21 if facts.serif else 22) + (0 if large and not facts.is_close else -1)


def _named(kind: str, name: str, title: str) -> str:
    ours = "" if _KNOWN.fullmatch(title) else ' w:customStyle="1"'
    return f'<w:style w:type="{kind}"{ours} w:styleId="{name}"><w:name w:val="{title}"/>'


def _style(
    name: str,
    paragraph: str = "",
    words: str = "",
    *,
    following: str = "",
    title: str = "",
) -> str:
    after = f"<w:next w:val={quoteattr(following)}/>" if following else ""
    return (
        _named("paragraph", name, title or name) + f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{words}</w:rPr></w:style>"
    )


def _space(before: int, after: int, *, line: int = 0) -> str:
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _headings(facts: WordFacts, size: int) -> list[str]:
    colour = f'<w:color w:val="{brand_of(facts)}"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    centred = '<w:jc w:val="center"/>' if facts.kind == "certificate" else ""
    # What a letter is about stands above its greeting, as large as its words.
    largest = size if facts.is_sent else 64 if facts.kind == "certificate" else 36
    colours = ["" if facts.is_sent else colour, *[colour] * 5]
    looks = [
        (keep + _space(0, 160 if facts.is_sent else 100) + centred, largest),
        (keep + _space(240, 60), 27),
        (keep + _space(220, 60), 24),
        (keep + _space(180, 40), size + 1),
        (keep + _space(160, 40), size),
        (keep + _space(160, 40), size),
    ]
    return [
        _style(
            f"Heading{level}",
            f'{spaced}<w:outlineLvl w:val="{level - 1}"/>',
            f"<w:b/><w:bCs/>{colours[level - 1]}{_size(half_points)}",
            following="Normal",
            title=f"heading {level}",
        )
        for level, (spaced, half_points) in enumerate(looks, 1)
    ]


def _paragraphs(facts: WordFacts, size: int) -> list[str]:
    primary = f'<w:color w:val="{brand_of(facts)}"/>'
    grey = f'<w:color w:val="{GREY}"/>'
    keep = "<w:keepNext/>"
    centred = '<w:jc w:val="center"/>'
    line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="A6A6A6"/></w:pBdr>'
    ground = _ground(facts)
    signing = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="2" w:color="595959"/></w:pBdr>'
    over = 'w:val="single" w:sz="6" w:space="2" w:color="595959"/>'
    signed = f"<w:keepLines/><w:pBdr><w:top {over}<w:between {over}</w:pBdr>"
    short = '<w:ind w:right="4700"/>'
    inset = '<w:ind w:left="2600" w:right="2600"/>'
    above = '<w:pBdr><w:top w:val="single" w:sz="8" w:space="1" w:color="A6A6A6"/></w:pBdr>'
    return [
        _style("Lead", _space(0, 160), grey + _size(size + 1)),
        _style("FieldLabel", keep + _space(60, 20), f"<w:b/><w:bCs/>{_size(size - 1)}"),
        _style("Hint", keep + _space(0, 20), grey + _size(size - 3)),
        _style("CellLabel", _space(60, 20), f"<w:b/><w:bCs/>{_size(size - 1)}"),
        _style("CellHint", _space(0, 20), grey + _size(size - 3)),
        _style("Entry", f"{ground or line}{_space(20, 0, line=288)}", ""),
        _style("Signing", _space(380, 0), ""),
        _style("Choices", _space(10, 30) + '<w:ind w:left="0"/>', _size(size - 1)),
        _style("OtherAnswer", f"{line}{ground}{_space(20, 30)}", _size(size - 1)),
        _style("ListBullet", _space(0, 50), title="List Bullet"),
        _style("ListNumber", _space(0, 50), title="List Number"),
        _style("ListContinue", _space(0, 50) + '<w:ind w:left="400"/>', title="List Continue"),
        _style("Quote", _space(80, 120) + '<w:ind w:left="500" w:right="500"/>', "<w:i/><w:iCs/>"),
        _style("BoxTitle", keep + _space(0, 40), f"<w:b/><w:bCs/>{primary}"),
        _style("Code", _space(0, 0), '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>'),
        _style("TableText", _space(30, 30), _size(size - 1)),
        _style("TableHead", _space(30, 30), f"<w:b/><w:bCs/>{_size(size - 1)}"),
        _style("Gap", _space(0, 0), _size(2)),
        _style("OfficeRule", keep + above + _space(240, 0), _size(2)),
        _style("ChapterNumber", f"{keep}<w:pageBreakBefore/>{_space(0, 0)}", grey + _size(28)),
        _style("ContentsTitle", keep + _space(240, 80), f"<w:b/><w:bCs/>{primary}{_size(27)}"),
        _style("Contents", _space(0, 60)),
        _style("Sender", _space(0, 160), grey + _size(size - 2)),
        _style("Addressee", _space(0, 0)),
        _style("Greeting", _space(200, 120)),
        _style("Closing", keep + _space(240, 480)),
        _style("Signer", f"{signed}{_space(240, 480)}{short}"),
        _style("Organization", _space(0, 200) + centred, f"<w:b/><w:bCs/>{_size(28)}"),
        _style("Presented", _space(200, 100) + centred, grey + _size(24)),
        _style("Seal", _space(0, 160) + centred),
        _style("SignedName", f"{keep}{signing}{_space(240, 60)}{inset}{centred}", _size(36)),
        _style("NameBelow", _space(0, 240) + centred, grey + _size(18)),
        _style("Certified", _space(0, 120, line=320) + centred, _size(26)),
        _style("Signatory", _space(30, 0) + centred, _size(21)),
        _style("Header", _space(0, 0), grey + _size(18), title="header"),
        _style("Footer", _space(0, 0), grey + _size(16), title="footer"),
    ]


def _characters(facts: WordFacts) -> list[str]:
    grey = f'<w:color w:val="{GREY}"/>'
    link = f'<w:color w:val="{brand_of(facts)}"/><w:u w:val="single"/>'
    looks = {
        "PlaceholderText": ("Placeholder Text", grey + _ground(facts)),
        "HintText": ("Hint Text", grey),
        "Hyperlink": ("Hyperlink", link),
    }
    return [
        _named("character", name, title)
        + f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{words}</w:rPr></w:style>'
        for name, (title, words) in looks.items()
    ]


def styles(facts: WordFacts, language: str) -> Element:
    """Return all styles of the file."""
    font = body_font(facts)
    size = body_size(facts)
    line = 245 if facts.is_close else 264 if facts.kind in {"letter", "manual"} else 259
    after = 80 if facts.is_close else 120
    fonts = "".join(f' w:{each}="{font}"' for each in ("ascii", "hAnsi", "cs", "eastAsia"))
    named = quoteattr(language)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>{_size(size)}"
        f'<w:lang w:val={named} w:eastAsia={named} w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, after, line=line)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    parts = [defaults, *_BASE, *_headings(facts, size), *_paragraphs(facts, size)]
    parts += _characters(facts)
    return parse(f"<w:styles {NAMESPACES}>{''.join(parts)}</w:styles>")


def numbering() -> Element:
    """Return the two kinds of lists; each list of the page gets a number of its own."""
    bullets = ("•", "–", "•")
    kinds = ("decimal", "lowerLetter", "lowerRoman")
    levels = {1: "", 2: ""}
    for level in range(9):
        place = (
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{400 * (level + 1)}" w:hanging="400"/>'
            "</w:pPr></w:lvl>"
        )
        head = f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        levels[1] += (
            f'{head}<w:numFmt w:val="bullet"/><w:lvlText w:val="{bullets[level % 3]}"/>{place}'
        )
        levels[2] += (
            f'{head}<w:numFmt w:val="{kinds[level % 3]}"/><w:lvlText w:val="%{level + 1}."/>{place}'
        )
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{text}</w:abstractNum>"
        for number, text in levels.items()
    )
    return parse(f"<w:numbering {NAMESPACES}>{made}</w:numbering>")
