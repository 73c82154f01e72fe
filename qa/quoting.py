"""Answering in the archive's own words: the sentences that answer, verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.characters import fold
from qa.alternatives import Alternatives
from qa.answer import Verdict
from qa.claims.attributions import attributions
from qa.draft import Draft, Source
from qa.quotable import is_quotable
from qa.restating import is_reprint, restates
from qa.same_story import stories
from qa.weighing.evidence import Evidence

#: Sentences of one answer, at most, and how much less than the best each may score; see
#: tests/bench/answering.py for how often the answer is among them. Where two things are to be
#: chosen from, one more.
_MOST = 3
_MOST_OF_A_CHOICE = 4
_NEAR = 3.0
#: Outlets cited for one statement, at most.
_OUTLETS = 5
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


def quote(
    evidence: Sequence[Evidence], language: str, choice: Alternatives | None = None
) -> Iterator[Draft]:
    """The best sentences story by story, each with every outlet that says the same.

    The story of the best sentence comes first; within a story what is in the question's own
    language, then articles by their best sentence, in reading order.

    Args:
        choice: two things that the question asks to choose from.
    """
    chosen = _choose(evidence)
    if choice is not None:
        untold = _untold(choice, chosen, evidence)
        chosen = [*chosen[: _MOST_OF_A_CHOICE - len(untold)], *untold]
    told = _ranks([found.hit.article.id for found in evidence])
    story_of = stories([found.hit for found in evidence if _is_of_any(found, chosen)])
    ranks = _ranks([story_of[found.hit.article.id] for found in chosen])
    in_order = sorted(
        chosen,
        key=lambda found: (
            ranks[story_of[found.hit.article.id]],
            found.hit.article.language != language,
            told[found.hit.article.id],
            found.span.start,
        ),
    )
    for found in in_order:
        same = [found, *(other for other in evidence if _is_told_again(found, other))]
        yield Draft(found.text, _sources(same), Verdict.VERBATIM)


def nearest(evidence: Sequence[Evidence]) -> list[Source]:
    """The best sentence of each of the best passages: what came close to an answer.

    Passages of nothing but headings and labels come last.
    """
    best: dict[str, Evidence] = {}
    for found in sorted(evidence, key=lambda found: not _can_be_quoted(found)):
        best.setdefault(found.hit.passage.id, found)
    return [_source(found) for found in list(best.values())[:_NEAREST]]


def _choose(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, and those nearly as good that say something else; each with the one that
    it leans on.

    Where the best has what was asked for, a sentence without it is none: of what somebody said,
    only what somebody said.
    """
    quotable = [found for found in evidence if _can_be_quoted(found)]
    if quotable and quotable[0].features.offered:
        quotable = [found for found in quotable if found.features.offered]
    chosen: list[Evidence] = []
    for found in quotable:
        if len(chosen) == _MOST or found.score < quotable[0].score - _NEAR:
            break
        if not _says_again(found, chosen):
            chosen.append(found)
            before = _leant_on(found, evidence)
            if before is not None and len(chosen) < _MOST and not _says_again(before, chosen):
                chosen.append(before)
    return chosen


def _untold(
    choice: Alternatives, chosen: Sequence[Evidence], evidence: Sequence[Evidence]
) -> list[Evidence]:
    """The best sentence on each of two things that those chosen do not tell apart."""
    told = {choice.told(found.text, _language(found)) for found in chosen}
    best = max((found.score for found in chosen), default=0.0)
    untold: dict[int, Evidence] = {}
    # A word of the question's own language tells more surely than a cognate.
    own_first = sorted(evidence, key=lambda found: _language(found) != choice.language)
    for found in filter(_can_be_quoted, own_first):
        side = choice.told(found.text, _language(found))
        if found.score >= best - _NEAR and side is not None and side not in told:
            untold.setdefault(side, found)
    return list(untold.values())


def _can_be_quoted(found: Evidence) -> bool:
    article = found.hit.article
    return is_quotable(found.text, _language(found), article.publisher)


def _says_again(found: Evidence, chosen: Sequence[Evidence]) -> bool:
    return any(
        is_reprint(found.text, other.text) or _is_told_again(other, found) for other in chosen
    )


def _is_told_again(found: Evidence, other: Evidence) -> bool:
    """Whether another article says the same in the same language."""
    return (
        found.hit.article.id != other.hit.article.id
        and _language(found) == _language(other)
        and restates(_source(found), _source(other), _language(found))
    )


def _leant_on(found: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence before one that opens with a pronoun, or is nothing but somebody's words."""
    if not (_LEANING.match(fold(found.text)) or _is_only_words(found)):
        return None
    before = [
        other
        for other in evidence
        if other.hit.passage.id == found.hit.passage.id and other.span.end <= found.span.start
    ]
    nearest_before = max(before, key=lambda other: other.span.end, default=None)
    if nearest_before is None or not _can_be_quoted(nearest_before):
        return None
    return nearest_before


def _is_only_words(found: Evidence) -> bool:
    """Whether a sentence is a quotation that nobody is said to speak, not even inside its marks as
    in « Oui, a dit Ada Reeve. »."""
    if not _QUOTED.fullmatch(found.text):
        return False
    return not any(one.printed for one in attributions(found.text, _language(found)))


def _is_of_any(found: Evidence, chosen: Sequence[Evidence]) -> bool:
    return any(found.hit.article.id == other.hit.article.id for other in chosen)


def _ranks(ids: Sequence[str]) -> dict[str, int]:
    """The place of each id, by where it first stands."""
    return {each: rank for rank, each in enumerate(dict.fromkeys(ids))}


def _language(found: Evidence) -> str | None:
    return found.hit.passage.language or found.hit.article.language


def _source(found: Evidence) -> Source:
    return Source(found.hit.passage.id, found.hit.article, found.span)


def _sources(same: Sequence[Evidence]) -> tuple[Source, ...]:
    """The first source of each article, for as many as are cited."""
    first: dict[str, Source] = {}
    for found in same:
        first.setdefault(found.hit.article.id, _source(found))
    return tuple(first.values())[:_OUTLETS]
