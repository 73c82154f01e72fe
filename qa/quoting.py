"""Answering in the archive's own words: the sentences that answer, verbatim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index_store.terms import words
from qa.answer import Verdict
from qa.draft import Draft, Source
from qa.evidence import Evidence

#: Sentences of one answer, at most, and how near to the best each must score.
_MOST = 3
_NEAR = 0.7
#: Outlets cited for one and the same sentence, at most.
_OUTLETS = 5
#: Passages that a refusal shows.
_NEAREST = 3


def quote(evidence: Sequence[Evidence], language: str) -> Iterator[Draft]:
    """The best sentences in reading order, each with every outlet that printed it.

    Sentences in the question's own language come first, then articles by their best sentence.
    """
    ranks = _ranks(evidence)
    chosen = sorted(
        _choose([found for found in evidence if found.offered]),
        key=lambda found: (
            found.hit.article.language != language,
            ranks[found.hit.article.id],
            found.span.start,
        ),
    )
    for found in chosen:
        same = [found, *(other for other in evidence if _reprints(found, other))]
        yield Draft(found.text, tuple(map(_source, same[:_OUTLETS])), Verdict.VERBATIM)


def nearest(evidence: Sequence[Evidence]) -> list[Source]:
    """The best sentence of each of the best passages: what came close to an answer."""
    best: dict[str, Evidence] = {}
    for found in evidence:
        best.setdefault(found.hit.passage.id, found)
    return [_source(found) for found in list(best.values())[:_NEAREST]]


def _choose(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, and those nearly as good that say something else."""
    chosen: list[Evidence] = []
    for found in evidence:
        if len(chosen) == _MOST or found.score < _NEAR * evidence[0].score:
            break
        if not any(words(found.text) == words(other.text) for other in chosen):
            chosen.append(found)
    return chosen


def _ranks(evidence: Sequence[Evidence]) -> dict[str, int]:
    articles = dict.fromkeys(found.hit.article.id for found in evidence)
    return {article_id: rank for rank, article_id in enumerate(articles)}


def _source(found: Evidence) -> Source:
    return Source(found.hit.passage.id, found.hit.article, found.span)


def _reprints(found: Evidence, other: Evidence) -> bool:
    return found.hit.article.id != other.hit.article.id and words(found.text) == words(other.text)
