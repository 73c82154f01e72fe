"""Dates in running text, whole or in part: "14 January 2025", "en octobre 2023", "martedì".

Each is read by itself, so that no date comes about from the day of one and the year of another.
Names of months and days are those of CLDR (Babel).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from corpus.characters import fold
from corpus.models import Span

_LANGUAGES = ("en", "fr", "it")

#: A month or day without its year is taken for the nearest one to the day of publication; further
#: away than this, either of two years is as likely.
_NEAREST_DAYS = 150

_DAY = r"(?<!\d)(?<!\d[.,])(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|[º°])?"
_TO = r"(?:\s?[-–]\s?|\s(?:and|to|or|et|au|ou|e|al|o)\s(?:le\s|il\s|the\s)?)"
_RANGE = rf"(?:{_TO}(?P<until>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|[º°])?)?"
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)(?!\d|[.,]\d)"
_OF = r"(?:of\s|de\s|del\s|dell['’]anno\s|d['’])?"

_ISO = re.compile(rf"(?<![\w-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?![\w-])")
_STROKES = re.compile(r"(?<![\w/])(\d{1,2})([/.])(\d{1,2})\2(20\d\d|1[6-9]\d\d)(?![\w/])")
_YEAR_ALONE = re.compile(
    rf"(?:(?<![\w.,'’/-])(?<!\d\s)|(?<=\d\d\d\d[-–])){_YEAR}(?!\w|\s?%|\s\d{{3}}(?!\d))"
)
_DAY_ALONE = re.compile(
    r"\b(?:the\s(\d{1,2})(?:st|nd|rd|th)|(?:le|il)\s(\d{1,2})(?:er|[º°])?)\b(?!\s?[%\d\w]|[.,]\d)",
    re.IGNORECASE,
)
# "May" and "March" are verbs too.
_BEFORE_MONTH = (
    r"\b(?:in|of|by|since|until|till|from|to|late|early|mid|last|next|this|and|before|after|during"
    r"|every)[\s-]"
)


_Names = Callable[[str], Mapping[str, int]]


class PartialDate(NamedTuple):
    """A date as far as it is stated; Monday is 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def covers(self, other: PartialDate) -> bool:
        """Whether all that the other states is stated here, or follows from a whole date."""
        known = self._replace(weekday=self._weekday())
        return all(theirs in (None, ours) for ours, theirs in zip(known, other, strict=True))

    def _weekday(self) -> int | None:
        whole = _calendar_day(self)
        return self.weekday if whole is None else whole.weekday()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date and where it stands in the text."""

    span: Span
    date: PartialDate


_Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[PartialDate]]]


def dates(text: str, language: str | None, published: str | None = None) -> set[PartialDate]:
    """The dates that a text names.

    Args:
        language: whose names of months and days are read where no figure stands beside them.
        published: ISO 8601; a day or month without a year is completed by it where that leaves
            one year that is nearest.
    """
    near = date.fromisoformat(published[:10]) if published else None
    return {_completed(mention.date, near) for mention in date_mentions(text, language)}


def date_mentions(text: str, language: str | None) -> list[DateMention]:
    """The dates that a text names, as they are stated, in order; both ends of a range."""
    found: list[DateMention] = []
    left = text
    for pattern, read in _readers(language):
        for match in pattern.finditer(left):
            read_dates = [each for each in read(match) if _exists(each)]
            found += [DateMention(Span(*match.span()), each) for each in read_dates]
            if read_dates:
                left = left[: match.start()] + "\0" * len(match[0]) + left[match.end() :]
    return sorted(found, key=lambda mention: mention.span)


def _completed(stated: PartialDate, published: date | None) -> PartialDate:
    """With the year of the nearest such day or month."""
    if published is None or stated.year is not None:
        return stated
    if stated.month is None:
        return _completed_day(stated, published) if stated.day else stated
    years = (published.year - 1, published.year, published.year + 1)
    candidates = [stated._replace(year=year) for year in years]
    return min(
        (each for each in candidates if _distance(each, published) <= _NEAREST_DAYS),
        key=lambda each: _distance(each, published),
        default=stated,
    )


def _completed_day(stated: PartialDate, published: date) -> PartialDate:
    """A day alone is of the month of publication, where it is not after it."""
    is_past = stated.day is not None and stated.day <= published.day
    if not is_past:
        return stated
    return stated._replace(year=published.year, month=published.month)


def _distance(each: PartialDate, published: date) -> int:
    middle = _calendar_day(each._replace(day=each.day or 15))
    return abs((middle - published).days) if middle else _NEAREST_DAYS + 1


def _calendar_day(each: PartialDate) -> date | None:
    if each.year is None or each.month is None or each.day is None:
        return None
    try:
        return date(each.year, each.month, each.day)
    except ValueError:
        return None


def _exists(each: PartialDate) -> bool:
    """Whether there can be such a day; 30 February is none, 29 February may be one."""
    if each.day is None:
        return each != PartialDate()
    if each.month is None:
        return each.day <= 31
    return _calendar_day(each._replace(year=each.year or 2024)) is not None


def _ends(match: re.Match[str]) -> Iterator[PartialDate]:
    """The dates of a match with its parts in named groups."""
    parts = match.groupdict()
    year, weekday = parts.get("year"), parts.get("weekday")
    month = parts.get("month")
    stated = PartialDate(
        year=int(year) if year else None,
        month=_number(month) if month else None,
        day=int(parts["day"]) if parts.get("day") else None,
        weekday=_weekdays()[fold(weekday)] if weekday else None,
    )
    yield stated
    if parts.get("until"):
        yield stated._replace(day=int(parts["until"]), weekday=None)


def _number(month: str) -> int:
    return int(month) if month.isdigit() else _months()[fold(month)]


def _by_strokes(match: re.Match[str], language: str | None) -> Iterator[PartialDate]:
    """14/01/2025; in English 03/04/2025 has two readings, and none is taken."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if second > 12 and first <= 12:
        first, second = second, first
    elif first <= 12 and first != second and language not in ("fr", "it"):
        return
    yield PartialDate(year, second, first)


@cache
def _readers(language: str | None) -> tuple[_Reader, ...]:
    """Patterns in the order in which they are tried, whole dates first."""
    month, english = _month(language), _month("en", only=True)
    days = _alternatives(_weekday_names, _LANGUAGES)
    weekday = rf"(?:(?P<weekday>{days})[.,]{{0,2}}\s(?:le\s|the\s)?)?"
    day_first = rf"{weekday}{_DAY}{_RANGE}[\s-]{_OF}{month}(?:,?[\s-]{_OF}{_YEAR})?"
    month_first = rf"{weekday}{english}\s{_DAY}(?!\d|[.,]\d){_RANGE}(?:,?\s{_YEAR})?"
    alone = _alternatives(_month_names, (language or "",))
    weekday_alone = _alternatives(_weekday_names, (language or "",))
    return (
        (_ISO, _ends),
        (_STROKES, lambda match: _by_strokes(match, language)),
        (re.compile(day_first), _ends),
        (re.compile(month_first), _ends),
        (re.compile(rf"{month},?\s{_OF}{_YEAR}"), _ends),
        (re.compile(rf"{_BEFORE_MONTH}(?P<month>May|March)\b"), _ends),
        (re.compile(rf"\b(?!May\b|March\b)(?P<month>{alone})\b"), _ends),
        (re.compile(rf"\b(?P<weekday>{weekday_alone})\b"), _ends),
        (_DAY_ALONE, lambda match: iter([PartialDate(day=int(match[1] or match[2]))])),
        (_YEAR_ALONE, _ends),
    )


def _month(language: str | None, *, only: bool = False) -> str:
    """Names of months beside a figure: in full those of any language, short ones of the text's."""
    full = _alternatives(_month_names, ("en",) if only else _LANGUAGES)
    short = _alternatives(_short_month_names, (language or "",))
    return rf"(?P<month>{full}|{short})\b\.?"


def _alternatives(names: _Names, languages: tuple[str, ...]) -> str:
    """A pattern of names; English ones have a capital, which tells "May" from "may"."""
    parts = []
    for language in languages:
        if language in _LANGUAGES:
            spelt = {form for name in names(language) for form in (name, fold(name))}
            either = "|".join(sorted(map(re.escape, spelt), key=lambda form: (-len(form), form)))
            parts.append(f"(?i:{either})" if language != "en" else either.title())
    return "|".join(parts) or r"(?!)"


@cache
def _month_names(language: str) -> dict[str, int]:
    from babel.dates import get_month_names  # late: most texts are quoted, not compared

    return {name: number for number, name in get_month_names("wide", locale=language).items()}


@cache
def _short_month_names(language: str) -> dict[str, int]:
    from babel.dates import get_month_names

    locales = ("en", "en_GB") if language == "en" else (language,)
    return {
        name.rstrip("."): number
        for locale in locales
        for number, name in get_month_names("abbreviated", locale=locale).items()
    }


@cache
def _weekday_names(language: str) -> dict[str, int]:
    from babel.dates import get_day_names

    return {name: number for number, name in get_day_names("wide", locale=language).items()}


@cache
def _months() -> dict[str, int]:
    return _folded(_month_names) | _folded(_short_month_names)


@cache
def _weekdays() -> dict[str, int]:
    return _folded(_weekday_names)


def _folded(names: _Names) -> dict[str, int]:
    return {
        fold(name): number for language in _LANGUAGES for name, number in names(language).items()
    }
