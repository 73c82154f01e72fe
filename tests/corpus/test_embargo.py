"""An embargo holds until its end, wherever the newsroom is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus import Article
from corpus.embargo import is_withheld


@pytest.mark.parametrize(
    ("until", "now", "withheld"),
    [
        (None, "2025-01-15T00:00", False),
        ("2025-01-15T06:00:00+01:00", "2025-01-15T04:59:59", True),
        ("2025-01-15T06:00:00+01:00", "2025-01-15T05:00", False),
        # Without a zone it has come only when it has come everywhere.
        ("2025-01-15T06:00:00", "2025-01-15T17:59", True),
        ("2025-01-15T06:00:00", "2025-01-15T18:00", False),
        ("2025-01-15", "2025-01-15T11:59", True),
        ("2025-01-15", "2025-01-15T12:00", False),
    ],
)
def test_an_embargo_ends_at_its_moment(until: str | None, now: str, withheld: bool) -> None:
    article = Article("", "A title", "Some text.", "a.txt", embargo_until=until)
    assert is_withheld(article, datetime.fromisoformat(now).replace(tzinfo=UTC)) is withheld


def test_the_clock_decides_where_no_time_is_given() -> None:
    plain = Article("", "A title", "Some text.", "a.txt", embargo_until="2999-01-01")
    assert is_withheld(plain)
