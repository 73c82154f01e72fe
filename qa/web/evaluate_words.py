"""Shares, times and days of evaluations as a reader sees them, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent

from qa.evaluation.metrics.table import BY_NAME, Unit
from qa.evaluation.runs import Order
from qa.phrases import phrase
from qa.running_text import locale_of
from qa.web.wording import number

_POINT = 0.0005  # a change that is shown as 0


def share(value: float | None, language: str) -> str:
    """0.714 as "71%"; a dash where there is none."""
    return "–" if value is None else str(format_percent(value, locale=locale_of(language)))


def moment(when: datetime, language: str) -> str:
    """A day and a time of day, where the server stands."""
    here = when.astimezone()
    return str(format_datetime(here, "d MMM yyyy, HH:mm", locale=locale_of(language)))


def time_left(seconds: float, language: str) -> str:
    """As a whole number of the unit that fits: "12 seconds", "2 minutes"."""
    rounded = timedelta(seconds=max(1, round(seconds)))
    return str(format_timedelta(rounded, threshold=1.5, locale=locale_of(language)))


def amount(metric: str, value: float, language: str) -> str:
    """A value of a metric with its unit."""
    if BY_NAME[metric].unit is Unit.MILLISECONDS:
        return f"{number(round(value), language)} ms"
    return share(value, language)


def interval(metric: str, figure: Mapping[str, Any], language: str) -> str:
    """The interval of an estimate; empty where it has none, or one without width."""
    if figure["low"] is None:
        return ""
    low, high = (amount(metric, figure[end], language) for end in ("low", "high"))
    return phrase(language, "evaluate.interval", low=low, high=high) if low != high else ""


def change(metric: str, value: float, language: str) -> str:
    """A change with its sign, of shares in points; empty where it would be shown as 0."""
    is_time = BY_NAME[metric].unit is Unit.MILLISECONDS
    if abs(value) < (0.5 if is_time else _POINT):
        return ""
    shown = str(
        format_decimal(
            value if is_time else value * 100,
            format="+#,##0;−#,##0" if is_time else "+0.0;−0.0",
            locale=locale_of(language),
        )
    )
    return f"{shown} ms" if is_time else phrase(language, "evaluate.points", change=shown)


def which(order: Order, answers: int, language: str) -> str:
    """Which questions of its set a run has asked, and how many they were."""
    key = "asked_all"
    if order.sample is not None:
        key = "asked_sample"
    elif order.limit is not None:
        key = "asked_first"
    return phrase(language, f"evaluate.{key}", count=number(answers, language))
