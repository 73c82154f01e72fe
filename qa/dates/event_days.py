"""When an event of a question was: the day of the first article that tells of it.

Which event is meant, nobody but the reader knows. Where what was found tells of one alone, that
one is it; where it tells of several, none is chosen. Articles are of one event where they share
names and came out within two weeks: a later ruling on the same parties is another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from corpus import Article
from index_store.models import Hit
from index_store.names import names_of
from index_store.terms import question_words, words
from qa.dates.events import Event
from qa.dates.period_words import RULINGS

#: Names and numbers that articles on one event have in common, at least.
_SHARED = 2
#: How far apart they come out, at most.
_APART = timedelta(days=14)

_RULING = re.compile(RULINGS)


def tellings(hits: Sequence[Hit], event: Event, language: str | None) -> list[Article]:
    """The first article of each event that an event of a question can be, the earliest first.

    Args:
        hits: what was found for it; undated articles do not tell when it was.
        language: of the question.
    """
    named = question_words(event.event, language)
    told = [
        one
        for hit in hits
        for one in (hit, *hit.copies)
        if one.article.published and _tells_of(one, named)
    ]
    groups: list[list[Hit]] = []
    for hit in sorted(told, key=lambda hit: day_of(hit.article)):
        own = next((group for group in groups if any(_is_same(hit, one) for one in group)), None)
        if own is None:
            groups.append([hit])
        else:
            own.append(hit)
    return [group[0].article for group in groups]


def day_of(article: Article) -> date:
    """The day that a dated article came out.

    Raises:
        ValueError: it is undated.
    """
    return date.fromisoformat((article.published or "")[:10])


def _tells_of(hit: Hit, named: Sequence[str]) -> bool:
    """Whether a passage or its headline has every word of an event, by what they begin with; any
    language's word for a court's ruling is any other's."""
    said = words(f"{hit.article.title} {hit.passage.text}")
    return all(
        any(map(_RULING.fullmatch, said))
        if _RULING.fullmatch(name)
        else any(word.startswith(name[: max(4, len(name) - 2)]) for word in said)
        for name in named
    )


def _is_same(hit: Hit, other: Hit) -> bool:
    if hit.article.id == other.article.id:
        return True
    is_near = day_of(hit.article) - day_of(other.article) <= _APART
    return is_near and len(_names(hit) & _names(other)) >= _SHARED


def _names(hit: Hit) -> frozenset[str]:
    found = names_of(hit.article, [hit.passage])
    return found.sure | found.possible
