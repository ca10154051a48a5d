"""What the YAML parser says, in plain words with a remedy."""

from __future__ import annotations

# libyaml's words, and ours. The first that is contained in its message counts.
SYNTAX = (
    (
        "mapping values are not allowed",
        '":" inside unquoted text',
        "put the value in double quotes.",
    ),
    (
        "cannot start any token",
        "a value cannot start with this character",
        "put the value in double quotes.",
    ),
    ("could not find expected ':'", "a key without a colon", "write it as `key: value`."),
    ("found unexpected end of stream", "a quote or bracket opened here never closes", "close it."),
    (
        "did not find expected ',' or ']'",
        "a list in [ ] is not closed, or lacks a comma",
        "separate the items with commas and close it with ].",
    ),
    (
        "did not find expected ',' or '}'",
        "a group in { } is not closed, or lacks a comma",
        "separate the entries with commas and close it with }.",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not belong to the list above it",
        "start it with `- `, or indent it less.",
    ),
    (
        "did not find expected key",
        "this line is indented differently from its neighbours",
        "line it up with the keys beside it; a value that starts with a quote must end with one.",
    ),
    (
        "did not find expected <document start>",
        "text after the end of the file's content",
        "indent it, or delete it.",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes means something else here",
        "use single quotes, or write \\\\ for a backslash.",
    ),
    (
        "invalid Unicode character escape code",
        "this escape in double quotes is no character",
        "type the character itself.",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot start on the line of its key",
        "start it on the next line, or put a text that starts with - in double quotes.",
    ),
    (
        "did not find expected node content",
        "a value is missing here, or starts with a character that it cannot start with",
        "put the value in double quotes, and close what is open.",
    ),
    (
        "did not find expected comment or line break",
        "a text after | or > starts on the same line",
        "start it on the next line, or put the value in double quotes.",
    ),
    (
        "directive",
        "a line cannot start with %",
        "put the value in double quotes.",
    ),
    (
        "control characters are not allowed",
        "a control character",
        "delete it and type the text again.",
    ),
    (
        "alphabetic or numeric character",
        "a value cannot start with * or &",
        "put the value in double quotes.",
    ),
    ("undefined alias", '"*" starts a reference', "put the value in double quotes."),
)
