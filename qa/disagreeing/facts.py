"""Outlets that give different figures for one thing.

Two sentences are about one thing where they count the same, share enough other words, and nothing
says that they speak of two: no name and no year is only in the one while another is only in the
other, and neither article has the other's figure, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.characters import fold
from index_store.terms import QueryTerms
from qa.answer import Kind
from qa.disagreeing.drafts import (
    DisagreementDraft,
    VersionDraft,
    distinct,
    language_of,
    of_another_outlet,
    source_of,
)
from qa.disagreeing.figures import (
    Figure,
    as_printed,
    comparable,
    compatible,
    figures,
    without_dates,
)
from qa.disagreeing.likeness import content, shared, values
from qa.same_story import days_apart
from qa.understanding.question import Question
from qa.weighing.evidence import Evidence
from qa.weighing.wanted import Wanted

#: Share of the words of the shorter sentence that the other must have, too: where the question
#: asks for a number and both count the same; where it does not say what is counted ("of the 31,
#: 19 had bet on it"); where the question does not ask for a number.
_ALIKE = 0.25
_ALIKE_UNNAMED = 0.4
_ALIKE_UNASKED = 0.5

#: Share of the question's words that the other's passage must have, of those that this one's has.
_ON_SUBJECT = 0.6

#: Between articles that are further apart in time a figure may have changed.
_DAYS = 45

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME = re.compile(r"(?<![.!?…“\"«»:—]\s)(?<!^)(?<!^[“\"])\b[A-ZÀ-ÖØ-Þ][^\W_]+")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A figure in its sentence."""

    told: Evidence
    figure: Figure


def differing_figures(
    question: Question,
    terms: QueryTerms,
    answering: Sequence[Evidence],
    evidence: Sequence[Evidence],
) -> Iterator[DisagreementDraft]:
    """Figures of sentences that answer, against those of other outlets' sentences."""
    if question.wanted is Wanted.DATE:
        return
    asked = content(question.standalone, question.written_in)
    counts = question.wanted in (Wanted.NUMBER, Wanted.MONEY)
    for told in answering:
        language = language_of(told)
        own = figures(told.text, language)
        is_told_alone = counts and told is answering[0] and len(own) == 1
        mine = [
            _Mention(told, figure)
            for figure in own
            if is_told_alone or shared(figure.counted, language, asked, question.written_in)
        ]
        others = [other for other in evidence if mine and _is_same_matter(told, other, terms)]
        for mention in mine if others else ():
            given = list(_given_by_others(mention, others, evidence, counts))
            if any(not compatible(mention.figure, each.figure) for each in given):
                yield _draft(mention, given)


def _draft(mine: _Mention, others: Sequence[_Mention]) -> DisagreementDraft:
    """One version a figure, each with every outlet that gives it."""
    versions: list[tuple[_Mention, list[_Mention]]] = []
    for mention in (mine, *others):
        for first, same in versions:
            if compatible(first.figure, mention.figure):
                same.append(mention)
                break
        else:
            versions.append((mention, [mention]))
    return DisagreementDraft(
        Kind.FIGURES,
        _about(mine, others[0]),
        tuple(
            VersionDraft(distinct([source_of(each.told) for each in same]), (first.figure.span,))
            for first, same in versions
        ),
    )


def _about(mine: _Mention, theirs: _Mention) -> str:
    """What both figures count, as the first sentence prints it; "" where that is not said twice."""
    here, there = language_of(mine.told), language_of(theirs.told)
    both = shared(mine.figure.counted, here, theirs.figure.counted, there)
    return as_printed(mine.told.text, both)


def _is_same_matter(told: Evidence, other: Evidence, terms: QueryTerms) -> bool:
    """Whether another outlet's sentence, with a number in it, can speak of the same event."""
    mine, theirs = told.hit.article, other.hit.article
    return (
        of_another_outlet(mine, theirs)
        and _common(told, other) > 1
        and bool(values(other.text, language_of(other)))
        and (days_apart(mine, theirs) or 0) <= _DAYS
        and _may_be_of_one_time(_years(told.text), _years(other.text))
        and _may_share_names(_names(told), _names(other))
        and _coverage(other, terms) >= _ON_SUBJECT * _coverage(told, terms)
    )


def _common(told: Evidence, other: Evidence) -> int:
    """How many words two sentences share."""
    here, there = language_of(told), language_of(other)
    return len(shared(content(told.text, here), here, content(other.text, there), there))


def _may_be_of_one_time(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one names no year that the other lacks: "1991 to 2000" is not "2000 to 2005"."""
    return mine <= theirs or theirs <= mine


def _may_share_names(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one names nobody, or both name somebody in common."""
    return not mine or not theirs or bool(mine & theirs)


@lru_cache(maxsize=8192)
def _years(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


def _names(told: Evidence) -> frozenset[str]:
    """Words with a capital that does not open a sentence, folded; days and months are none."""
    undated = without_dates(told.text, language_of(told))
    return frozenset(map(fold, _NAME.findall(undated)))


def _coverage(told: Evidence, terms: QueryTerms) -> float:
    """Share of the question's words in the passage or the headline over it."""
    return terms.word_coverage(f"{told.hit.article.title} {told.hit.passage.text}")


def _given_by_others(
    mine: _Mention, others: Sequence[Evidence], evidence: Sequence[Evidence], counts: bool
) -> Iterator[_Mention]:
    """Figures that others give where this one stands, or the same one; of a sentence with two
    other ones, neither."""
    for other in others:
        rivals = [
            theirs
            for figure in figures(other.text, language_of(other))
            if (theirs := _Mention(other, figure)) and _count_same(mine, theirs, counts)
        ]
        found = [rival for rival in rivals if compatible(mine.figure, rival.figure)]
        if not found:
            found = [
                rival
                for rival in rivals
                if not _states(mine.told, rival.figure, evidence)
                and not _states(other, mine.figure, evidence)
            ]
        if len({rival.figure.value for rival in found}) == 1:
            yield found[0]


def _count_same(mine: _Mention, theirs: _Mention, counts: bool) -> bool:
    """Whether two figures, of whatever value, count one thing in like sentences."""
    one, other = mine.figure, theirs.figure
    if one.unit != other.unit or not comparable(one, other):
        return False
    here, there = language_of(mine.told), language_of(theirs.told)
    shorter = min(len(content(mine.told.text, here)), len(content(theirs.told.text, there)))
    alike = _common(mine.told, theirs.told) / max(shorter, 1)
    if shared(one.counted, here, other.counted, there) or (one.unit and not one.counted):
        return alike >= (_ALIKE if counts else _ALIKE_UNASKED)
    # "Of the 31 in her class, 19 …" and "21 of the 31 students …": the other figure tells.
    return (
        counts
        and not one.unit
        and bool(_further(mine) & _further(theirs))
        and alike >= _ALIKE_UNNAMED
    )


def _further(mention: _Mention) -> set[str]:
    """The other figures of its sentence."""
    told = mention.told
    own = mention.figure.value
    return {str(each.value) for each in figures(told.text, language_of(told)) if each.value != own}


def _states(told: Evidence, figure: Figure, evidence: Sequence[Evidence]) -> bool:
    """Whether the sentence's article has a figure anywhere in what was found of it."""
    return any(
        figure.written in values(each.text, language_of(each))
        for each in evidence
        if each.hit.article.id == told.hit.article.id
    )
