"""markdown.py: what Markdown becomes, and that values in it stay what was typed."""

import string

import pytest
from markupsafe import Markup, escape

from formgen.compose.text.markdown import (
    TOKEN,
    Chapter,
    Html,
    Section,
    to_chapter,
    to_html,
    to_inline_html,
)
from formgen.compose.text.problems import BadReferenceError

HERE = TOKEN.format(0)
METACHARACTERS = sorted({*string.punctuation, "\\", "  ", "\n", "\t"})
# Each would become something in Markdown, HTML or a link.
NASTY = [
    "**bold** _so_ `code` ~~gone~~",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "<https://example.org>",
    "# A heading",
    "- an item",
    "1. an item",
    "> a quotation",
    "| a | b |",
    "    code",
    "::: box\nwords\n:::",
    "[x]: https://example.org",
    "&amp; &lt; &#42;",
    "\\*",
    "***\n---\n===",
    "{{ 7 * 7 }} {% if %} {# #}",
]

# Where a value can stand, and what is made of it there.
PLACES = [
    (f"{HERE}", "<p>{}</p>\n"),
    (f"one{HERE}two", "<p>one{}two</p>\n"),
    (f"*{HERE}*", "<p><em>{}</em></p>\n"),
    (f"**{HERE}**", "<p><strong>{}</strong></p>\n"),
    (f"`{HERE}`", "<p><code>{}</code></p>\n"),
    (f"    {HERE}", "<pre><code>{}\n</code></pre>\n"),
    (f"## {HERE}", "<h2>{}</h2>\n"),
    (f"- {HERE}", "<ul>\n<li>{}</li>\n</ul>\n"),
    (f"> {HERE}", "<blockquote>\n<p>{}</p>\n</blockquote>\n"),
    (
        f"[{HERE}](https://example.org)",
        '<p><a href="https://example.org">{}</a></p>\n',
    ),
    (
        f"| a |\n|---|\n| {HERE} |",
        (
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>{}</td>\n</tr>\n</tbody>\n</table>\n"
        ),
    ),
    (
        f"::: box {HERE}\nwords\n:::",
        (
            '<aside class="box box-box" role="note">\n'
            '<p class="box-title">{}</p>\n<p>words</p>\n</aside>\n'
        ),
    ),
    (
        f"::: legal\n{HERE}\n:::",
        '<aside class="box box-legal" role="note">\n<p>{}</p>\n</aside>\n',
    ),
    (f"``` {HERE}\nx\n```", '<pre><code class="language-{}">x\n</code></pre>\n'),
]


def shown(value):
    """Return a value as it stands in HTML."""
    return str(escape(value))


def test_a_value_comes_out_as_typed_wherever_it_stands():
    wrong = {
        (source, value): made
        for source, html in PLACES
        for value in (*METACHARACTERS, *NASTY)
        if (made := to_html(source, [value])) != html.replace("{}", shown(value))
    }

    assert wrong == {}


@pytest.mark.parametrize("value", NASTY)
def test_a_value_in_one_paragraph_comes_out_as_typed(value):
    assert to_inline_html(f"a *{HERE}* b", [value]) == f"a <em>{shown(value)}</em> b"


def test_each_token_stands_for_its_own_value():
    many = [f"value{number}" for number in range(12)]
    source = " ".join(TOKEN.format(number) for number in reversed(range(12)))

    assert to_html(source, many) == f"<p>{' '.join(reversed(many))}</p>\n"


def test_a_value_made_of_earlier_ones_shows_them_escaped_once():
    assert to_html(TOKEN.format(1), ["<a&b>", f"x {TOKEN.format(0)} & y"]) == (
        "<p>x &lt;a&amp;b&gt; &amp; y</p>\n"
    )


def test_html_of_our_own_is_set_in_as_it_is():
    link = Html('<a href="https://example.org">*here*</a>')

    assert to_html(f"Go {HERE}.", [link]) == f"<p>Go {link}.</p>\n"


@pytest.mark.parametrize(
    ("source", "held"),
    [
        (TOKEN.format(3), ["a"]),
        (TOKEN.format(0), [TOKEN.format(0)]),
        (TOKEN.format(0), [TOKEN.format(1), TOKEN.format(0)]),
        (TOKEN.format("9" * 9), ["a"]),
    ],
)
def test_a_token_that_stands_for_nothing_is_nothing(source, held):
    assert to_html(source, held) == "<p></p>\n"


@pytest.mark.parametrize("forged", ["\ue000-1\ue001", "\ue000٣\ue001", f"\ue000{'9' * 5000}\ue001"])
def test_what_only_looks_like_a_token_is_text(forged):
    assert to_html(forged, ["a", "b", "c", "d"]) == f"<p>{forged}</p>\n"


@pytest.mark.parametrize("source", [f"[x]({HERE})", f"![x]({HERE})", f"[x][1]\n\n[1]: {HERE}"])
def test_the_address_of_a_link_cannot_be_a_value(source):
    with pytest.raises(BadReferenceError) as problem:
        to_html(source, ["https://example.org"])

    assert problem.value.code == "bad-link"
    assert str(problem.value) == "the address of a Markdown link comes from a value."


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<script>\nx\n</script>", "<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](vbscript:x)", "<p>[x](vbscript:x)</p>\n"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>\n"),
        ("[x](<JaVaScRiPt:alert(1)>)", "<p>[x](&lt;JaVaScRiPt:alert(1)&gt;)</p>\n"),
        ("&copy; \\* AT&T", "<p>© * AT&amp;T</p>\n"),
    ],
)
def test_markdown_of_packs_holds_no_html_and_no_script(source, html):
    assert to_html(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "::: box Its title\nWords.\n\n- item\n:::",
            (
                '<aside class="box box-box" role="note">\n'
                '<p class="box-title">Its title</p>\n<p>Words.</p>\n'
                "<ul>\n<li>item</li>\n</ul>\n</aside>\n"
            ),
        ),
        (
            "::: legal A <b> & *c*\nWords.\n:::",
            (
                '<aside class="box box-legal" role="note">\n'
                '<p class="box-title">A &lt;b&gt; &amp;\u00a0*c*</p>\n'
                "<p>Words.</p>\n</aside>\n"
            ),
        ),
        (
            "::: box\nWords.\n:::",
            '<aside class="box box-box" role="note">\n<p>Words.</p>\n</aside>\n',
        ),
        ("::: box\nWords.", '<aside class="box box-box" role="note">\n<p>Words.</p>\n</aside>\n'),
        ("::: other Words\nx\n:::", "<p>::: other Words\nx\n:::</p>\n"),
    ],
)
def test_boxes(source, html):
    assert to_html(source) == html


def test_a_box_in_a_box_needs_more_colons():
    assert to_html(":::: box\n::: legal\nWords.\n:::\n::::") == (
        '<aside class="box box-box" role="note">\n'
        '<aside class="box box-legal" role="note">\n<p>Words.</p>\n'
        "</aside>\n</aside>\n"
    )


def test_no_word_stands_alone_at_the_end_of_an_opening_or_a_long_title():
    chapter = to_chapter("# From the first to the last\n\nTake it and leave *the* rest.", (), "c")

    assert chapter.title == "From the first to the\u00a0last"
    assert chapter.html == '<p class="opening">Take it and leave <em>the</em> rest.</p>\n'
    assert to_chapter("# One two three\n\nGo now, all of you.", (), "c").title == "One two three"
    assert "Go now, all\u00a0of\u00a0you." in to_chapter("Go now, all of you.", (), "c").html


def test_a_chapter_is_its_title_its_opening_and_its_sections():
    source = "# Why *we*\n\nFirst.\n\nSecond.\n\n## One\n\n### Below\n\n## Two\n\nEnd."

    assert to_chapter(source, [], "chapter-3") == Chapter(
        title=Markup("Why <em>we</em>"),
        html=Markup(
            '<p class="opening">First.</p>\n<p>Second.</p>\n'
            '<h3 id="chapter-3-1">One</h3>\n<h4>Below</h4>\n'
            '<h3 id="chapter-3-2">Two</h3>\n<p>End.</p>\n'
        ),
        sections=(Section("chapter-3-1", "One"), Section("chapter-3-2", "Two")),
    )


@pytest.mark.parametrize(
    ("source", "title", "html"),
    [
        ("", "", ""),
        ("# Title", "Title", ""),
        ("Title\n=====", "Title", ""),
        ("Words.", "", '<p class="opening">Words.</p>\n'),
        ("Words.\n\n# Late", "", '<p class="opening">Words.</p>\n<h2>Late</h2>\n'),
        ("# A\n\n# B", "A", "<h2>B</h2>\n"),
        ("# A\n\n- x\n\nWords.", "A", "<ul>\n<li>x</li>\n</ul>\n<p>Words.</p>\n"),
    ],
)
def test_chapters_that_lack_a_part(source, title, html):
    chapter = to_chapter(source, [], "c")

    assert (chapter.title, chapter.html, chapter.sections) == (title, html, ())


@pytest.mark.parametrize(("level", "tag"), [(3, "h4"), (4, "h5"), (5, "h6"), (6, "h6")])
def test_headings_of_a_chapter_stand_one_level_lower(level, tag):
    assert to_chapter(f"# A\n\n{'#' * level} B", [], "c").html == f"<{tag}>B</{tag}>\n"


def test_headings_of_a_table_say_that_they_head_a_column():
    chapter = to_chapter("| a | b |\n|---|:-:|\n| 1 | 2 |", [], "c")

    assert chapter.html == (
        '<table>\n<thead>\n<tr>\n<th scope="col">a</th>\n'
        '<th style="text-align:center" scope="col">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>1</td>\n<td style="text-align:center">2</td>\n</tr>\n'
        "</tbody>\n</table>\n"
    )


@pytest.mark.parametrize("value", ["A <b> & *c*", "<script>", "x"])
def test_values_in_titles_of_chapters_and_sections_come_out_as_typed(value):
    chapter = to_chapter(f"# On {HERE}\n\n## For *{HERE}*", [value], "c")

    assert chapter.title == f"On {shown(value)}"
    assert chapter.html == f'<h3 id="c-1">For <em>{shown(value)}</em></h3>\n'
    assert chapter.sections == (Section("c-1", f"For {value}"),)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("- a\n\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "1. a\n\n   more\n\n   - c",
            "<ol>\n<li>a<br />\n<br />\nmore\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n",
        ),
        ("- a\n\nb", "<ul>\n<li>a</li>\n</ul>\n<p>b</p>\n"),
    ],
)
def test_an_item_of_a_list_holds_no_paragraphs(source, html):
    """PDF/UA allows an item nothing but its label and its body."""
    assert to_html(source) == html
