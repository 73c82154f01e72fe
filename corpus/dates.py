"""Dates as sources write them, as ISO 8601. What leaves anything to be guessed is no date.

03/04/2025 has its day and month in an order that depends on who wrote it, "January 2025" has no
day, 1736812800 may be seconds or a number of anything. Names of months are those of CLDR (Babel).
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from corpus.characters import fold

#: Locales whose names of months are read; en_GB adds "Sept". No name means two months among them.
_LOCALES = ("en", "en_GB", "fr", "it", "es", "de", "pt", "nl")

#: Zones that have one meaning: those of RFC 5322 and of Europe. "IST" and "BST" have several.
_ZONES = {
    "UT": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "Z": "+00:00",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
    "WET": "+00:00", "WEST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "EET": "+02:00", "EEST": "+03:00",
}  # fmt: skip

_ZONE = rf"(?P<zone>(?:(?:GMT|UTC)?[+-]\d\d:?(?:\d\d)?)|{'|'.join(_ZONES)})?"
# What Java ("[Europe/Paris]") and JavaScript ("(Central European Time)") repeat the zone with.
_ZONE_NAME = re.compile(r"\s*(?:\[[\w/+-]+\]|\([^()]*\))$")

# XML Schema lets a day carry a zone, which says nothing of the time.
_DAY = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:Z|[+-]\d\d:\d\d)?")
_DAY_AND_TIME = re.compile(
    rf"(\d{{4}})([-/.]?)(\d\d)\2(\d\d)[T ](?P<time>\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?)\s?{_ZONE}",
    re.IGNORECASE,
)

_WORD = r"[^\W\d_]+"
_THE = r"(?:(?:le|the|il|den)\s)?"
_WEEKDAY = rf"{_THE}(?:(?P<weekday>{_WORD}(?:-feira)?)[.,]{{0,2}}\s)?{_THE}"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.º°])?"
_OF = r"(?:of\s|de\s|di\s|d['’])?"
_MONTH = rf"(?P<month>{_WORD})\.?"
_YEAR = rf"{_OF}(?P<year>\d{{4}})"
_HOUR = (
    r"(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"\s?(?P<half>[ap]\.?m\.?)?\s?{_ZONE}"
)
_AT = rf"(?:(?:,|\s[-–|])?\s(?:(?:at|à|alle|a\slas|um|às|om)\s|(?:alle\s)?ore\s)?{_HOUR})?"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_NUMBER}[\s-]{_OF}{_MONTH}[\s,-]\s?{_YEAR}{_AT}",  # 14 January 2025, RFC 5322
        rf"{_WEEKDAY}{_MONTH}\s{_NUMBER},?\s{_YEAR}{_AT}",  # January 14, 2025
        rf"{_WEEKDAY}{_MONTH}\s{_NUMBER}\s{_HOUR}\s{_YEAR}",  # Tue Jan 14 10:30:00 2025 (asctime)
    )
)
_LONGEST = 80


def iso_date(value: str) -> str | None:
    """A date or date-time in ISO 8601, or None where the value is neither or could be several.

    Read are the spellings of ISO 8601 with a day, year-first ones with strokes, RFC 5322 (mail
    and RSS), asctime, and dates with a month's name in one of `_LOCALES`. A zone is kept as it
    is stated, and a time without one stays without; years have four digits.
    """
    line = _ZONE_NAME.sub("", " ".join(value.split()))
    if len(line) > _LONGEST:
        return None
    if day := _DAY.fullmatch(line):
        moment = _iso("-".join(day.group(1, 3, 4)))
        return moment and moment[: len("2025-01-14")]
    if found := _DAY_AND_TIME.fullmatch(line):
        date = "-".join(found.group(1, 3, 4))
        return _iso(f"{date}T{_basic(found['time'])}{_offset(found['zone'])}")
    return _written(line)


def _written(line: str) -> str | None:
    """A date with its month in words."""
    for found in filter(None, (pattern.fullmatch(line) for pattern in _WRITTEN)):
        month = _months().get(fold(found["month"]))
        if month is None or fold(found["weekday"] or "") not in _weekdays():
            continue
        date = f"{found['year']}-{month:02}-{int(found['day']):02}"
        if found["hour"] is None:
            moment = _iso(date)
            return moment and moment[: len(date)]
        hour = _hour(int(found["hour"]), found["half"])
        time = f"{hour:02}{found['minute']}{found['second'] or '00'}"
        return _iso(f"{date}T{time}{_offset(found['zone'])}")
    return None


def _iso(spelt: str) -> str | None:
    """The date-time, unless there is no such day or hour."""
    try:
        return datetime.fromisoformat(spelt).isoformat()
    except ValueError:
        return None


def _basic(time: str) -> str:
    return time.replace(":", "").replace(",", ".")


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    name = zone.upper()
    if name in _ZONES:
        return _ZONES[name]
    digits = name.removeprefix("GMT").removeprefix("UTC").replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}"


def _hour(hour: int, half: str | None) -> int:
    """On a clock of 24 hours; 99, which no clock has, for 13 p.m."""
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower().startswith("p") else 0) if 1 <= hour <= 12 else 99


@cache
def _months() -> dict[str, int]:
    """Number of a month by its folded name, written out or short."""
    # Late, since most archives write their dates in figures.
    from babel.dates import get_month_names

    return {
        fold(name).rstrip("."): number
        for locale in _LOCALES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
    }


@cache
def _weekdays() -> frozenset[str]:
    """Folded names of the days of the week, written out or short; "" where none is given."""
    from babel.dates import get_day_names

    return frozenset(
        {""}
        | {
            fold(name).rstrip(".")
            for locale in _LOCALES
            for width in ("wide", "abbreviated")
            for name in get_day_names(width, "format", locale).values()
        }
    )
