"""Spans of days on the calendar, counted from a day that is given."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None


def day(of: date) -> Days:
    """A single day."""
    return Days(of, of)


def week(of: date) -> Days:
    """Monday to Sunday."""
    monday = of - timedelta(of.weekday())
    return Days(monday, monday + timedelta(6))


def month(of: date) -> Days:
    """The month that a day is in."""
    return Days(of.replace(day=1), of.replace(day=monthrange(of.year, of.month)[1]))


def year(of: date) -> Days:
    """The year that a day is in."""
    return Days(date(of.year, 1, 1), date(of.year, 12, 31))


#: The span of a unit that holds a day.
AROUND: Mapping[str, Callable[[date], Days]] = {
    "day": day,
    "week": week,
    "month": month,
    "year": year,
}


def day_after(of: date) -> date | None:
    """The next day; None behind the last one that there is."""
    return None if of == date.max else of + timedelta(1)


def day_before(of: date) -> date | None:
    """The day before; None where there is none."""
    return None if of == date.min else of - timedelta(1)


def back(of: date, count: int, unit: str) -> date:
    """The same day so many units earlier, or the last of its month where that is shorter.

    Raises:
        ValueError, OverflowError: before the first year of the calendar.
    """
    if unit in ("day", "week"):
        return of - timedelta(count * (7 if unit == "week" else 1))
    months = of.year * 12 + of.month - 1 - count * (12 if unit == "year" else 1)
    start = date(months // 12, months % 12 + 1, 1)
    return start.replace(day=min(of.day, monthrange(start.year, start.month)[1]))


def latest_month(number: int, until: date) -> Days:
    """The latest month of that number that has begun by a day."""
    back_to = until.year if number <= until.month else until.year - 1
    return month(date(back_to, number, 1))


def latest_day(number: int, in_month: int, in_year: int | None, until: date) -> Days:
    """A day of a month; the latest that is not after another day where no year is given.

    Raises:
        ValueError: there is no such day.
    """
    if in_year is not None:
        return day(date(in_year, in_month, number))
    this_year = date(until.year, in_month, number)
    return day(this_year if this_year <= until else this_year.replace(year=until.year - 1))
