"""Whether an article may be shown yet, and what binds where several say so.

An embargo holds for the article that states it. The same words from another file that states none
are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from corpus.models import Article

#: Where a day begins last. A time without a zone has come when it has come everywhere.
_LAST_ZONE = timezone(timedelta(hours=-12))


def is_withheld(article: Article, now: datetime | None = None) -> bool:
    """Whether the article's embargo still holds; one that names a day ends when that day begins.

    Args:
        now: a time with a zone; the clock's, where it is not given.
    """
    return holds(article.embargo_until, now)


def holds(embargo: str | None, now: datetime | None = None) -> bool:
    """Whether an embargo, as an article states it, still holds; see `is_withheld`."""
    return embargo is not None and (now or datetime.now(UTC)) < _end(embargo)


def strictest(stated: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The latest embargo and the shortest quotation that any of these state."""
    embargoes = [each["embargo_until"] for each in stated if "embargo_until" in each]
    words = [each["max_quote_words"] for each in stated if "max_quote_words" in each]
    found = {}
    if embargoes:
        found["embargo_until"] = max(embargoes, key=_end)
    if words:
        found["max_quote_words"] = min(words, key=int)
    return found


def _end(embargo: str) -> datetime:
    end = datetime.fromisoformat(embargo)
    return end if end.tzinfo else end.replace(tzinfo=_LAST_ZONE)
