"""The types of single values: ids, colours, links, dates and texts, each with its own finding.

A message is «what is wrong|what to do»; `shape.py` parts the two.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from formgen.codes import Code
from formgen.findings import brief
from formgen.model.everyday_dates import likely_date, likely_time

MAX_ID = 64
# Templates find the base pack under this name.
BASE = "base"
# Names that Windows keeps for devices; no file may be called so.
RESERVED_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _id(text: str) -> str:
    if text.startswith("-"):
        raise PydanticCustomError(
            Code.BAD_ID,
            '"{value}" must start with a letter or a digit.|write `{bare}`.',
            {"value": brief(text), "bare": brief(text.lstrip("-")) or "local-1245"},
        )
    if not re.fullmatch(rf"[a-z0-9-]{{1,{MAX_ID}}}", text):
        raise PydanticCustomError(
            Code.BAD_ID,
            '"{value}" must be 1 to {most} of the characters a-z, 0-9 and -.|e.g. "local-1245".',
            {"value": brief(text), "most": MAX_ID},
        )
    if text == BASE:
        raise PydanticCustomError(
            Code.RESERVED_NAME,
            '"{value}" is the name of the base pack.|choose another id.',
            {"value": text},
        )
    if text in RESERVED_NAMES:
        raise PydanticCustomError(
            Code.RESERVED_NAME,
            '"{value}" cannot be a file name on Windows.|choose another id.',
            {"value": brief(text)},
        )
    return text


def pack_name(text: str) -> str:
    """Return the id of a pack to build on; nothing and the base pack's are fine, too."""
    return text if text in {"", BASE} else _id(text)


def _colour(text: str) -> str:
    typed = text.replace(" ", "").lower()
    bare = typed.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}", bare):
        return "#" + "".join(2 * digit for digit in bare)
    if re.fullmatch(r"[0-9a-f]{6}", bare):
        return f"#{bare}"
    named = _named_colour(typed)
    if not named:
        raise PydanticCustomError(
            Code.BAD_COLOUR,
            '"{value}" is not a color.|write it as #RRGGBB, or as a name such as navy.',
            {"value": brief(text)},
        )
    return named


def _named_colour(name: str) -> str:
    """Return a color by its name in CSS, as #rrggbb, or nothing."""
    if not name.isalpha():
        return ""
    # Read here alone, since few need it.
    from tinycss2.color3 import RGBA, parse_color  # type: ignore[import-untyped]

    found = parse_color(name)
    if not isinstance(found, RGBA) or found.alpha != 1:
        return ""
    return "#" + "".join(f"{round(255 * part):02x}" for part in found[:3])


def _link(text: str) -> str:
    scheme = text.partition(":")[0].lower()
    if text and scheme not in {"https", "http"}:
        typed = brief(scheme if ":" in text else text)
        what = f'scheme "{typed}" not allowed' if ":" in text else f'"{typed}" is not a web address'
        raise PydanticCustomError(Code.BAD_LINK, "{what}.|start it with https://", {"what": what})
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if text and (not host or re.search(r"[\s\"'<>\\^`{|}]", text)):
        raise PydanticCustomError(
            Code.BAD_LINK,
            '"{value}" is not a web address.|e.g. https://example.org',
            {"value": brief(text)},
        )
    return text


def _email(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s<>\"'()]+@[^@\s<>\"'()]+\.[^@\s<>\"'().]+", text):
        raise PydanticCustomError(
            Code.BAD_EMAIL,
            '"{value}" is not an e-mail address.|e.g. name@example.org',
            {"value": brief(text)},
        )
    return text


def _phone(text: str) -> str:
    if text and not re.search(r"\d{3}", text):
        raise PydanticCustomError(
            Code.BAD_PHONE,
            '"{value}" is not a phone number.|e.g. 555-0142.',
            {"value": brief(text)},
        )
    return text


def _date(text: str) -> str:
    try:
        if text:
            dt.date.fromisoformat(text)
    except ValueError:
        meant = likely_date(text)
        fix = f"write it as {meant}." if meant else "YYYY-MM-DD, month 01-12."
        day = None if meant else likely_date(f"{text} 2000")
        if day:
            fix = f"write it with its year, as YYYY-{day:%m-%d}."
        raise PydanticCustomError(
            Code.BAD_DATE, '"{value}" is not a date.|{fix}', {"value": brief(text), "fix": fix}
        ) from None
    return text


def _time(text: str) -> str:
    if text and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
        meant = likely_time(text)
        fix = f"write it as {meant}." if meant else "e.g. 8:30 or 20:00."
        raise PydanticCustomError(
            Code.BAD_TIME, '"{value}" is not a time.|{fix}', {"value": brief(text), "fix": fix}
        )
    return text


def _school_year(text: str) -> str:
    years = re.fullmatch(r"(\d{4})\s*[-–/]\s*(\d{2}|\d{4})", text)
    following = str(int(years[1]) + 1) if years else ""
    if text and not (years and years[2] in {following, following[2:]}):
        raise PydanticCustomError(
            Code.BAD_SCHOOL_YEAR,
            '"{value}" is not a school year.|two years in a row, e.g. 2026-2027.',
            {"value": brief(text)},
        )
    return f"{years[1]}-{following}" if years else ""


def _file_name(text: str) -> str:
    if text and (text.startswith(("/", "\\", "~")) or ".." in text or ":" in text or "\\" in text):
        raise PydanticCustomError(
            Code.BAD_PATH,
            '"{value}" is not in the folder of local.yaml.|copy it there; write only its name.',
            {"value": brief(text)},
        )
    return text


def _plain_digits(value: Any) -> Any:
    """Take digits alone: Python reads `0_3` as 3, and the digits of every script."""
    if isinstance(value, str) and not re.fullmatch(r"[-+]?[0-9]+", value.strip()):
        raise PydanticKnownError("int_parsing")
    return value


def kind(name: str) -> Any:
    """Return what tells readers of a type's shape which kind of value it is."""
    return Field(json_schema_extra={"kind": name})


# Beside `int` and its limits.
PLAIN_DIGITS = BeforeValidator(_plain_digits)
Text = Annotated[str, AfterValidator(_one_line), StringConstraints(max_length=600)]
Needed = Annotated[str, AfterValidator(_one_line), StringConstraints(min_length=1, max_length=200)]
Texts = Annotated[tuple[Needed, ...], Field(max_length=60)]
Sentence = Annotated[
    str, AfterValidator(_one_line), StringConstraints(min_length=1, max_length=600)
]
Sentences = Annotated[tuple[Sentence, ...], Field(max_length=60)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$"), kind("language")]
Slug = Annotated[str, AfterValidator(_id), kind("id")]
Colour = Annotated[str, AfterValidator(_colour), kind("color")]
Link = Annotated[str, AfterValidator(_link), StringConstraints(max_length=500), kind("link")]
Email = Annotated[str, AfterValidator(_email), StringConstraints(max_length=254), kind("email")]
Phone = Annotated[str, AfterValidator(_phone), StringConstraints(max_length=60), kind("phone")]
Date = Annotated[str, AfterValidator(_date), kind("date")]
Time = Annotated[str, AfterValidator(_time), kind("time")]
FileName = Annotated[str, AfterValidator(_file_name), kind("file")]
SchoolYear = Annotated[str, AfterValidator(_school_year), kind("school_year")]
