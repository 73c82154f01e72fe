"""Newer coverage: what came out on the story of an answer after all that it cites."""

from __future__ import annotations

from collections.abc import Sequence

from index_store.models import Hit
from index_store.terms import QueryTerms
from qa.answer import Citation
from qa.draft import Source
from qa.same_story import passage_names
from qa.weighing.evidence import Evidence

#: Articles that are pointed out, the newest first.
_MOST = 2

#: A newer passage is of the same story where it has so much of what the passage cited has of the
#: question, and so many names and figures of it that the question does not name.
_AS_MUCH = 0.75
_SHARED = 3


def newer_coverage(
    evidence: Sequence[Evidence], cited: Sequence[Citation], terms: QueryTerms
) -> list[Source]:
    """The best sentence of each article that goes on with the story of those cited.

    Args:
        evidence: sentences of what was found, best first.
        terms: what the question is about.
    """
    ids = {citation.article.id for citation in cited}
    days = [citation.article.published for citation in cited]
    if not cited or not all(days):
        return []
    latest = max(day[:10] for day in days if day)
    best = {found.hit.passage.id: found for found in reversed(evidence)}
    told = [found.hit for found in best.values() if found.hit.article.id in ids]
    if not told:
        return []
    enough = _AS_MUCH * max(terms.word_coverage(hit.passage.text) for hit in told)
    later = [
        found
        for found in best.values()
        if (found.hit.article.published or "")[:10] > latest
        and terms.word_coverage(found.hit.passage.text) >= enough
        and _goes_on(found.hit, told, terms)
    ]
    # The best of an article's passages is the last that was put in.
    sources = {found.hit.article.id: _source(found) for found in later}.values()
    ranked = sorted(sources, key=lambda source: source.article.published or "", reverse=True)
    return ranked[:_MOST]


def _source(found: Evidence) -> Source:
    return Source(found.hit.passage.id, found.hit.article, found.span)


def _goes_on(hit: Hit, told: Sequence[Hit], terms: QueryTerms) -> bool:
    names = passage_names(hit.article, hit.passage) - terms.words.keys()
    return any(
        len(names & passage_names(other.article, other.passage)) >= _SHARED for other in told
    )
