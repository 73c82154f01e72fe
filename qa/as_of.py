"""What was known on a day: only what was published by then, and read as it was known then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus import Article
from index_store.models import Filters, Hit, SearchResult
from index_store.store import Entry
from qa.answer import Citation
from qa.errors import BadQuestion
from qa.period_words import TODAY, YESTERDAY
from qa.periods import flat_text
from qa.phrases import phrase

#: Characters that are repeated of what is no day.
_SHOWN = 40


def known_day(as_of: str, today: date) -> date:
    """The day that an answer is to know no more than.

    Args:
        as_of: written as ISO 8601 does, or as today or yesterday in English, French or Italian.

    Raises:
        BadQuestion: it is no day of the calendar.
    """
    said = flat_text(as_of).strip()
    if re.fullmatch(TODAY, said):
        return today
    if re.fullmatch(YESTERDAY, said):
        return today - timedelta(1)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is None or day.isoformat() != said:
        raise BadQuestion(
            f"as_of {as_of[:_SHOWN]!r}: expected a day such as 2024-01-31, today or yesterday"
        )
    return day


def known_by(filters: Filters, day: date) -> Filters:
    """A filter that admits nothing published after a day, and nothing undated."""
    return replace(filters, published_to=min(filters.published_to or "9999", day.isoformat()))


def as_read(found: SearchResult, day: date) -> SearchResult:
    """What was found, its articles saying nothing of corrections that were made after a day."""
    return replace(found, hits=tuple(_as_read(hit, day) for hit in found.hits))


def as_of_note(
    day: date, filters: Filters, entries: Iterable[Entry], cited: Sequence[Citation], language: str
) -> str:
    """What the reader should know of an answer as of a day.

    Args:
        filters: of the question; undated articles that they admit but for their date are counted.
        entries: the catalogue.
    """
    undated = replace(filters, published_from=None, published_to=None)
    left_out = sum(entry.day is None and entry.passes(undated) for entry in entries)
    lines = [phrase(language, "answer.as_of", day=day.isoformat())]
    if left_out:
        lines.append(phrase(language, "answer.as_of_undated", count=left_out))
    changed = {citation.article.id: citation.article for citation in cited}
    lines += [
        phrase(language, "answer.as_of_changed", title=article.title, day=article.modified[:10])
        for article in changed.values()
        if article.modified and article.modified[:10] > day.isoformat()
    ]
    return " ".join(lines)


def _as_read(hit: Hit, day: date) -> Hit:
    return replace(
        hit,
        article=_without_later_correction(hit.article, day),
        copies=tuple(_as_read(copy, day) for copy in hit.copies),
    )


def _without_later_correction(article: Article, day: date) -> Article:
    """The article without its correction, unless that is known to be of that day or before."""
    if article.modified and article.modified[:10] <= day.isoformat():
        return article
    return replace(article, corrected_by=None)
