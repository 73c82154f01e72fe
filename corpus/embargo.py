"""Whether an article may be shown yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from corpus.models import Article

#: Where a day begins last. A time without a zone has come when it has come everywhere.
_LAST_ZONE = timezone(timedelta(hours=-12))


def is_withheld(article: Article, now: datetime | None = None) -> bool:
    """Whether the article's embargo still holds; one that names a day ends when that day begins.

    Args:
        now: a time with a zone; the clock's, where it is not given.
    """
    if article.embargo_until is None:
        return False
    end = datetime.fromisoformat(article.embargo_until)
    return (now or datetime.now(UTC)) < (end if end.tzinfo else end.replace(tzinfo=_LAST_ZONE))
