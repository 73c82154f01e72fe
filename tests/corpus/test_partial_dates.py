"""Dates in running text: as far as they are stated, across languages, never made of two."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from corpus.partial_dates import PartialDate, date_mentions, dates
from tests.corpus.strategies import any_text

JANUARY = PartialDate(2025, 1, 14)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "14 January 2025"), ("en", "January 14, 2025"), ("en", "Jan. 14, 2025"),
        ("en", "the 14th of January 2025"), ("fr", "14 janvier 2025"), ("fr", "14 janv. 2025"),
        ("it", "14 gennaio 2025"), ("it", "14 gen 2025"), ("it", "il 14 gennaio del 2025"),
        ("fr", "14/01/2025"), ("it", "14.01.2025"), ("en", "14/01/2025"), ("en", "1/14/2025"),
        (None, "2025-01-14"), ("en", "14 gennaio 2025"),
    ],
)  # fmt: skip
def test_one_day_is_the_same_however_it_is_written(language: str | None, written: str) -> None:
    assert dates(f"On {written}, it rained.", language) == {JANUARY}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "in October 2023", {PartialDate(2023, 10)}),
        ("it", "nell’ottobre 2023", {PartialDate(2023, 10)}),
        ("en", "since 2023-10", {PartialDate(2023, 10)}),
        ("en", "on January 14", {PartialDate(None, 1, 14)}),
        ("fr", "le 1er août", {PartialDate(None, 8, 1)}),
        ("it", "dal 1° agosto 2024", {PartialDate(2024, 8, 1)}),
        ("fr", "il viendra le 14.", {PartialDate(None, None, 14)}),
        ("en", "on Tuesday", {PartialDate(weekday=1)}),
        ("it", "martedì 15 ottobre in prefettura", {PartialDate(None, 10, 15, 1)}),
        ("fr", "mercredi midi", {PartialDate(weekday=2)}),
        ("en", "on Sunday 2 February", {PartialDate(None, 2, 2, 6)}),
        ("en", "Sept 26", {PartialDate(None, 9, 26)}),
        ("en", "from 14 to 16 January", {PartialDate(None, 1, 14), PartialDate(None, 1, 16)}),
        ("en", "late March", {PartialDate(None, 3)}),
        ("en", "since about 2008, in 1998–2001",
         {PartialDate(2008), PartialDate(1998), PartialDate(2001)}),
        ("en", "Filed on 7 July 2023, dismissed in November 2024.",
         {PartialDate(2023, 7, 7), PartialDate(2024, 11)}),
    ],
)  # fmt: skip
def test_what_a_date_does_not_state_stays_open(
    language: str, text: str, expected: set[PartialDate]
) -> None:
    assert dates(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They may march on; marched in may."), ("en", "March on, said May."),
        ("fr", "1 150 titres, 2 300 euros"), ("it", "1.998 euro"), ("en", "on 03/04/2025"),
        ("en", "31 people, 14 minutes, version 20.10"), ("it", "non è mai venuto"),
        ("en", "the 14th century"), ("fr", "le 14 %"), ("en", ""),
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_none(language: str, text: str) -> None:
    found = {each for each in dates(text, language) if each.month or each.day or each.weekday}
    assert found == set()


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("on January 14", "2025-01-15", PartialDate(2025, 1, 14)),
        ("on December 27", "2025-01-15", PartialDate(2024, 12, 27)),
        ("in May", "2024-11-20T08:00:00+01:00", PartialDate(None, 5)),
        ("on 2 February", "2025-01-09", PartialDate(2025, 2, 2)),
        ("on January 14, 2024", "2025-01-15", PartialDate(2024, 1, 14)),
        ("on the 14th.", "2025-01-15", PartialDate(2025, 1, 14)),
        ("on the 24th.", "2025-01-15", PartialDate(None, None, 24)),
        ("on Tuesday", "2025-01-15", PartialDate(weekday=1)),
    ],
)
def test_a_date_without_its_year_takes_the_nearest_to_publication(
    text: str, published: str, expected: PartialDate
) -> None:
    assert dates(text, "en", published) == {expected}


def test_a_date_covers_what_states_less_of_it_and_nothing_else() -> None:
    for less in (PartialDate(2025), PartialDate(2025, 1), PartialDate(None, 1, 14), JANUARY):
        assert JANUARY.covers(less)
    assert JANUARY.covers(PartialDate(2025, 1, 14, 1))  # a Tuesday
    assert not JANUARY.covers(PartialDate(2025, 1, 14, 2))
    assert not JANUARY.covers(PartialDate(2024, 1, 14))
    assert not PartialDate(2025, 1).covers(JANUARY)
    assert not PartialDate(None, 1, 14).covers(JANUARY)


@given(st.dates(date(1700, 1, 1), date(2099, 12, 31)), st.sampled_from(["en", "en_GB", "fr", "it"]))
def test_the_dates_of_every_language_are_read(day: date, locale: str) -> None:
    for width in ("medium", "long", "full"):
        written = format_date(day, width, locale)
        (found,) = dates(f"x, {written}, y", locale[:2])
        assert found[:3] == (day.year, day.month, day.day), written


@given(any_text, st.sampled_from(["en", "fr", "it", None]))
def test_any_text_can_be_read(text: str, language: str | None) -> None:
    spans = [mention.span for mention in date_mentions(text, language)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
