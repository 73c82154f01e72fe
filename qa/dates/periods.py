"""Periods in a question: "in October 2023", "la semaine dernière", "dall'inizio dell'anno".

A period is read only where the words before it say that it is one: "the November 2023 ruling" and
"by the end of 2024" name an event and an aim, not a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from corpus.characters import fold
from qa.dates import period_words as said
from qa.dates.calendar_days import (
    AROUND,
    Days,
    back,
    day,
    day_after,
    day_before,
    latest_month,
)
from qa.dates.period_dates import dated_days, is_dated, span_days, stated_year
from qa.dates.period_patterns import (
    frame_of,
    framed_date,
    publication,
    relative,
    since_start,
    spans,
)
from qa.dates.period_words import Frame

_ANY_DAY = date(2000, 6, 15)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that a question names.

    Attributes:
        words: as the question has them.
        start, end: characters of them in the question.
        days: on the calendar; open at an end that is not named.
        published: it is of when articles came out, rather than of what they tell.
        dropped: characters that a filter stands for: the words, and "the articles of" before them.
        guessed: its year is not said, and taken to be the latest.
    """

    words: str
    start: int
    end: int
    days: Days
    published: bool
    dropped: tuple[int, int]
    guessed: bool = False

    @property
    def of_articles(self) -> bool:
        """Whether the question itself calls it a time of articles."""
        return self.dropped != (self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read some characters of a question."""

    start: int
    end: int
    days: Days
    relative: bool = False
    guessed: bool = False


def find_period(question: str, today: date, guess: bool = False) -> Period | None:
    """The first period of a question, or None.

    Args:
        today: what relative words are counted from.
        guess: a month without its year will do, whatever it is of.
    """
    flat = flat_text(question)
    for reading in sorted(_readings(flat, today), key=lambda one: (one.start, -one.end)):
        start, end = reading.start, reading.end
        dropped = _with_publication(flat, start, end)
        published = reading.relative or dropped != (start, end)
        if published or guess or not reading.guessed:
            words = question[start:end]
            return Period(words, start, end, reading.days, published, dropped, reading.guessed)
    return None


def period_words(question: str) -> Period | None:
    """The words of a question that are a period; when they are is of no matter here."""
    return find_period(question, _ANY_DAY, guess=True)


def without_period(question: str, period: Period) -> str:
    """The question as it is searched where a filter stands for its period."""
    start, end = period.dropped
    rest = f"{question[:start].rstrip()} {question[end:].lstrip()}"
    rest = re.sub(r"\s+([?!.,;])", r"\1", rest).strip(" ,;")
    return rest if any(map(str.isalnum, rest)) else question


def flat_text(text: str) -> str:
    """Folded letter for letter, so that places in it are places in the text."""
    folded = "".join(fold(char)[:1] or char for char in text)
    return folded.translate({0x2019: "'", 0xA0: " ", 0x202F: " "})


def _readings(flat: str, today: date) -> Iterator[_Reading]:
    for found in spans().finditer(flat):
        if days := span_days(found, today):
            yield _Reading(*found.span(), days, guessed=not is_dated(found))
    for pattern, read in _relative():
        for found in pattern.finditer(flat):
            frame = frame_of(found)
            if days := _framed(_calendar(read, found, today), frame):
                yield _Reading(*found.span(), days, relative=frame is not Frame.BEFORE)
    for found in framed_date().finditer(flat):
        frame = frame_of(found)
        if found["y"] and frame is Frame.OF:  # an act of 1990
            continue
        if days := _framed(dated_days(found, "", today), frame):
            guessed = stated_year(found, "") is None and frame is not Frame.SINCE
            yield _Reading(*found.span(), days, guessed=guessed)


def _framed(days: Days | None, frame: Frame) -> Days | None:
    """What a frame makes of a span that is closed at both ends."""
    if days is None or days.first is None or days.last is None:
        return None
    match frame:
        case Frame.SINCE:
            return Days(days.first, None)
        case Frame.AFTER:
            after = day_after(days.last)
            return Days(after, None) if after else None
        case Frame.BEFORE:
            before = day_before(days.first)
            return Days(None, before) if before else None
        case Frame.UNTIL:
            return Days(None, days.last)
        case Frame.WITHIN | Frame.OF:
            return days


# ---- relative words

_Read = Callable[[re.Match[str], date], Days]


def _calendar(read: _Read, found: re.Match[str], today: date) -> Days | None:
    try:
        return read(found, today)
    except (ValueError, OverflowError):  # five thousand years ago
        return None


def _unit(text: str) -> str:
    return next(unit for unit, words in said.UNITS.items() if re.fullmatch(words, text))


def _last(found: re.Match[str], today: date) -> Days:
    unit = _unit(found["unit"])
    return AROUND[unit](back(today, 1, unit))


def _last_few(found: re.Match[str], today: date) -> Days:
    return Days(back(today, said.count(found["count"]), _unit(found["unit"])), today)


def _ago(found: re.Match[str], today: date) -> Days:
    unit = _unit(found["unit"])
    return AROUND[unit](back(today, said.count(found["count"]), unit))


def _last_named(found: re.Match[str], today: date) -> Days:
    name = found["name"]
    if name in said.weekdays():
        behind = (today.weekday() - said.weekdays()[name] - 1) % 7 + 1
        return day(today - timedelta(behind))
    return latest_month(said.months()[name], back(today, 1, "month"))


def _since_start(found: re.Match[str], today: date) -> Days:
    start = AROUND[_unit(found["unit"])](today).first
    return Days(start, today)


_READERS: Mapping[tuple[str, ...], _Read] = {
    (said.TODAY,): lambda found, today: day(today),
    (said.YESTERDAY,): lambda found, today: day(today - timedelta(1)),
    said.THIS: lambda found, today: AROUND[_unit(found["unit"])](today),
    said.LAST: _last,
    said.LAST_FEW: _last_few,
    said.AGO: _ago,
    said.LAST_NAMED: _last_named,
}


@cache
def _relative() -> tuple[tuple[re.Pattern[str], _Read], ...]:
    readers = [
        (relative(pattern), read) for patterns, read in _READERS.items() for pattern in patterns
    ]
    return (*readers, *((since_start(pattern), _since_start) for pattern in said.START))


def _with_publication(flat: str, start: int, end: int) -> tuple[int, int]:
    before, behind = publication()
    if found := before.search(flat[:start].rstrip() + " "):
        return min(found.start(), start), end
    if found := behind.match(flat, end):
        return start, found.end()
    return start, end
