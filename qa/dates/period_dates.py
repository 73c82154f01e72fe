"""The days that a date or a span of dates stands for, as `qa.dates.period_patterns` finds them."""

from __future__ import annotations

import re
from datetime import date

from qa.dates import period_words as said
from qa.dates.calendar_days import Days, day, latest_day, latest_month, month, year


def dated_days(
    found: re.Match[str], key: str, today: date, of_year: int | None = None
) -> Days | None:
    """The day, month or year that a match of a date holds, its groups behind a key.

    Args:
        of_year: taken where none is said; without it the latest such day or month is.
    """
    part = {name.removeprefix(key): value for name, value in found.groupdict().items()
            if name.startswith(key) and value}  # fmt: skip
    in_year = stated_year(found, key) or of_year
    in_month = said.months().get(
        part.get("dm") or part.get("em") or part.get("m") or part.get("mm") or ""
    )
    on_day = part.get("d") or part.get("e")
    try:
        if "iso" in part:
            return day(date.fromisoformat(part["iso"]))
        if in_month is None:
            return year(date(in_year or 0, 1, 1))
        if on_day:
            return latest_day(said.day_number(on_day), in_month, in_year, today)
        return month(date(in_year, in_month, 1)) if in_year else latest_month(in_month, today)
    except ValueError:
        return None


def stated_year(found: re.Match[str], key: str) -> int | None:
    """The year of a date, where it is said."""
    held = found.groupdict()
    years = (held.get(f"{key}{part}") for part in ("iso", "y", "dy", "ey", "my"))
    return next((int(text[:4]) for text in years if text), None)


def span_days(found: re.Match[str], today: date) -> Days | None:
    """The days of a span: a year or month that one end leaves out is that of the other, or the one
    before or behind it, as "between December and February 2024" wants it."""
    of_year = stated_year(found, "a_")
    last = _last_day(found, today, of_year)
    first = _first_day(found, today, last, of_year or last.year) if last else None
    if first is None or last is None:
        return None
    if first > last and of_year is None:
        first = _first_day(found, today, last, last.year - 1)
    elif first > last and not _is_now(found) and stated_year(found, "b_") is None:
        last = _last_day(found, today, first.year + 1)
    if first is None or last is None or first > last:
        return None
    return Days(first, last)


def _first_day(found: re.Match[str], today: date, last: date, of_year: int) -> date | None:
    if not found["a_o"]:
        days = dated_days(found, "a_", today, of_year)
        return days.first if days else None
    try:
        return last.replace(day=said.day_number(found["a_o"]))
    except ValueError:
        return None


def _last_day(found: re.Match[str], today: date, of_year: int | None) -> date | None:
    days = day(today) if _is_now(found) else dated_days(found, "b_", today, of_year)
    return days.last if days else None


def _is_now(found: re.Match[str]) -> bool:
    return found["b_now"] is not None


def is_dated(found: re.Match[str]) -> bool:
    """Whether one end of a span says which year it is of."""
    return _is_now(found) or any(stated_year(found, key) for key in ("a_", "b_"))
