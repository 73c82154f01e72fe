"""Dates: every usual spelling is read, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import iso_date
from tests.corpus.strategies import any_text

days = st.dates(date(1000, 1, 1), date(9998, 12, 31))
moments = st.builds(
    lambda moment, minutes: moment.replace(tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.integers(-12 * 60, 14 * 60),
)  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("2025-01-14", "2025-01-14"),
        ("20250114", "2025-01-14"),
        ("2025/01/14", "2025-01-14"),
        ("2025.01.14", "2025-01-14"),
        ("2025-01-14+01:00", "2025-01-14"),
        ("2025-01-14Z", "2025-01-14"),
        ("2025-01-14T10:30:00+01:00", "2025-01-14T10:30:00+01:00"),
        ("2025-01-14 10:30:00 +01:00", "2025-01-14T10:30:00+01:00"),
        ("2025-01-14T10:30:00+0100", "2025-01-14T10:30:00+01:00"),
        ("2025-01-14T10:30+01", "2025-01-14T10:30:00+01:00"),
        ("20250114T103000+0100", "2025-01-14T10:30:00+01:00"),
        ("20250114T103000Z", "2025-01-14T10:30:00+00:00"),
        ("2025-01-14T23:30Z", "2025-01-14T23:30:00+00:00"),
        ("2025-01-14 10:30:00 UTC", "2025-01-14T10:30:00+00:00"),
        ("2025-01-14t10:30:00.5z", "2025-01-14T10:30:00.500000+00:00"),
        ("2025-01-14T10:30:00+01:00[Europe/Paris]", "2025-01-14T10:30:00+01:00"),
    ],
)
def test_iso_8601_is_read_in_every_usual_spelling(stated: str, read_as: str) -> None:
    assert iso_date(stated) == read_as


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("Tue, 14 Jan 2025 10:30:00 +0100", "2025-01-14T10:30:00+01:00"),
        ("Tue, 14 Jan 2025 10:30:00 +0000", "2025-01-14T10:30:00+00:00"),
        ("Tue, 14 Jan 2025 10:30:00 GMT", "2025-01-14T10:30:00+00:00"),
        ("14 Jan 2025 10:30 EST", "2025-01-14T10:30:00-05:00"),
        ("Tuesday, 14-Jan-2025 10:30:00 GMT", "2025-01-14T10:30:00+00:00"),
        ("Tue Jan 14 10:30:00 2025", "2025-01-14T10:30:00"),
        ("Tue Jan 14 10:30:00 UTC 2025", "2025-01-14T10:30:00+00:00"),
        ("Tue Jan 14 2025 10:30:00 GMT+0100 (Central European Standard Time)",
         "2025-01-14T10:30:00+01:00"),
    ],
)  # fmt: skip
def test_dates_that_programs_print_are_read(stated: str, read_as: str) -> None:
    assert iso_date(stated) == read_as


@pytest.mark.parametrize(
    "stated",
    [
        "14 January 2025", "January 14, 2025", "Jan. 14, 2025", "14th January 2025",
        "Tuesday, 14 January 2025", "Tuesday the 14th of January, 2025", "14-Jan-2025",
        "14 janvier 2025", "14 janv. 2025", "mardi 14 janvier 2025", "le 14 JANVIER 2025",
        "mar. 14 janv. 2025", "14 gennaio 2025", "14 gen. 2025", "14 gen 2025",
        "martedì 14 gennaio 2025", "14 de enero de 2025", "14. Januar 2025", "14 januari 2025",
        "14 de janeiro de 2025", " 14\u00a0janvier\n2025 ",
    ],
)  # fmt: skip
def test_a_date_in_words_is_read(stated: str) -> None:
    assert iso_date(stated) == "2025-01-14"


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("1er mars 2024", "2024-03-01"),
        ("1º marzo 2024", "2024-03-01"),
        ("29 fevrier 2024", "2024-02-29"),
        ("3 août 2024", "2024-08-03"),
        ("Sept. 4, 2024", "2024-09-04"),
        ("mardi 14 janvier 2025 à 10h30", "2025-01-14T10:30:00"),
        ("14 gennaio 2025, ore 10.30", "2025-01-14T10:30:00"),
        ("martedì 14 gennaio 2025 alle ore 10:30 CET", "2025-01-14T10:30:00+01:00"),
        ("January 14, 2025 at 10:30 p.m. EST", "2025-01-14T22:30:00-05:00"),
        ("January 14, 2025 12:05 AM", "2025-01-14T00:05:00"),
    ],
)
def test_times_and_firsts_of_the_month_are_read(stated: str, read_as: str) -> None:
    assert iso_date(stated) == read_as


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param("", id="nothing"),
        pytest.param("yesterday", id="relative"),
        pytest.param("2 days ago", id="relative-number"),
        pytest.param("03/04/2025", id="day-or-month-first"),
        pytest.param("25/12/2025", id="an-export-has-both-orders"),
        pytest.param("January 2025", id="no-day"),
        pytest.param("2025-01", id="no-day-in-figures"),
        pytest.param("14 January", id="no-year"),
        pytest.param("14 January 25", id="year-of-two-digits"),
        pytest.param("Tuesday, 14-Jan-25 10:30:00 GMT", id="RFC-850"),
        pytest.param("1736812800", id="perhaps-seconds"),
        pytest.param("1704011512345", id="perhaps-milliseconds"),
        pytest.param("2025-02-30", id="no-such-day"),
        pytest.param("31 février 2025", id="no-such-day-in-words"),
        pytest.param("2025-01-14T25:00", id="no-such-hour"),
        pytest.param("January 14, 2025 13:05 PM", id="no-such-half"),
        pytest.param("2025-01-14 10:30 IST", id="three-countries-zone"),
        pytest.param("2025-01/14", id="two-strokes"),
        pytest.param("Before 14 January 2025", id="a-word-that-is-no-weekday"),
        pytest.param("14 January 2025 by Ann Author", id="more-than-a-date"),
        pytest.param("14 Foo 2025", id="no-month"),
    ],
)
def test_what_would_have_to_be_guessed_is_no_date(stated: str) -> None:
    assert iso_date(stated) is None


@given(days, st.sampled_from(["en", "en_GB", "fr", "it", "es", "de", "pt", "nl"]))
def test_a_day_written_out_is_that_day_in_every_language(day: date, locale: str) -> None:
    for width in ("long", "full"):
        assert iso_date(format_date(day, width, locale)) == day.isoformat()


@given(moments)
def test_a_moment_keeps_its_zone_however_it_is_spelt(moment: datetime) -> None:
    stated = [moment.isoformat(), format_datetime(moment), moment.strftime("%Y%m%dT%H%M%S%z")]
    assert {iso_date(value) for value in stated} == {moment.isoformat()}


@given(any_text)
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = iso_date(text)
    assert found is None or iso_date(found) == found
