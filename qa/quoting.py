"""Answering in the archive's own words: the sentences that answer, verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.characters import fold
from index_store.terms import words
from qa.answer import Verdict
from qa.draft import Draft, Source
from qa.weighing.evidence import Evidence, is_headline

#: Sentences of one answer, at most, and how much less than the best each may score; see
#: tests/bench/answering.py for how often the answer is among them.
_MOST = 3
_NEAR = 3.0
#: Outlets cited for one and the same sentence, at most.
_OUTLETS = 5
#: Characters by which two settings of the same words can differ.
_MARKS = 12
#: Passages that a refusal shows.
_NEAREST = 3

# A sentence that opens with one of these speaks of what the one before it names. In English,
# French and Italian; "it" and "il" are left out, which open as many sentences that stand alone.
_LEANING = re.compile(
    r"\W*(?:he|she|they|his|her|their|this|these|those"
    r"|elle|elles|ils|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette derniere|ses|leurs?"
    r"|lui|lei|loro|egli|ella|essi|costui|costei|quest[oaie]|suoi?|sua|sue)\b"
)
_QUOTED = re.compile(r"\s*[“«„\"].*[”»\"][.,!?…\s]*", re.DOTALL)


def quote(evidence: Sequence[Evidence], language: str) -> Iterator[Draft]:
    """The best sentences in reading order, each with every outlet that printed it.

    Sentences in the question's own language come first, then articles by their best sentence.
    """
    ranks = _ranks(evidence)
    chosen = sorted(
        _choose(evidence),
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
    """The best sentence, and those nearly as good that say something else; each with the one that
    it leans on."""
    chosen: list[Evidence] = []
    for found in evidence:
        if len(chosen) == _MOST or found.score < evidence[0].score - _NEAR:
            break
        if not _says_again(found, chosen):
            chosen.append(found)
            before = _leant_on(found, evidence)
            if before is not None and len(chosen) < _MOST and not _says_again(before, chosen):
                chosen.append(before)
    return chosen


def _says_again(found: Evidence, chosen: Sequence[Evidence]) -> bool:
    return any(_is_same(found.text, other.text) for other in chosen)


def _is_same(text: str, other: str) -> bool:
    """Whether two sentences are the same words; houses set them with other marks."""
    return abs(len(text) - len(other)) <= _MARKS and words(text) == words(other)


def _leant_on(found: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence before one that opens with a pronoun, or is nothing but somebody's words."""
    if not (_LEANING.match(fold(found.text)) or _QUOTED.fullmatch(found.text)):
        return None
    before = [
        other
        for other in evidence
        if other.hit.passage.id == found.hit.passage.id and other.span.end <= found.span.start
    ]
    nearest_before = max(before, key=lambda other: other.span.end, default=None)
    if nearest_before is None or is_headline(nearest_before.text):
        return None
    return nearest_before


def _ranks(evidence: Sequence[Evidence]) -> dict[str, int]:
    articles = dict.fromkeys(found.hit.article.id for found in evidence)
    return {article_id: rank for rank, article_id in enumerate(articles)}


def _source(found: Evidence) -> Source:
    return Source(found.hit.passage.id, found.hit.article, found.span)


def _reprints(found: Evidence, other: Evidence) -> bool:
    return found.hit.article.id != other.hit.article.id and _is_same(found.text, other.text)
