"""Why a question failed, in the words that the report says it in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from qa.answer import Mode
from qa.evaluation.metrics.answers import cited_sources, shown
from qa.evaluation.metrics.correctness import string_exact_match
from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import GoldQuestion


class Why(StrEnum):
    """The first thing that went wrong on the way from question to answer."""

    ERROR = "error"  # there is no answer
    NOT_RETRIEVED = "not retrieved"  # too few of the gold sources were found
    REFUSED_WRONGLY = "refused wrongly"  # they were found, or there are none to be looked for
    NOT_QUOTED = "retrieved but not quoted"  # they were found, but not what answers in them
    ANSWERED_WRONGLY = "answered wrongly"  # in other words, or though it cannot be answered
    CITED_WRONGLY = "cited wrongly"  # it is said, but by others, or a citation is broken


def is_judged(gold: GoldQuestion) -> bool:
    """Whether a question says anything of what a right answer is."""
    return gold.answerable is not None or bool(gold.answer_groups or gold.sources)


def why(outcome: Outcome) -> Why | None:
    """Why a question failed; None where it is right, or where nothing says what is.

    Right is a refusal of what cannot be answered; of anything else, an answer that holds a string
    of every group, cites enough of the gold sources, and has no broken citation.
    """
    gold, answer = outcome.gold, outcome.answer
    if answer is None:
        return Why.ERROR
    if not is_judged(gold):
        return None
    if gold.answerable is False:
        return None if answer["refused"] else Why.ANSWERED_WRONGLY
    if answer["refused"]:
        return Why.REFUSED_WRONGLY if _is_retrieved(outcome) else Why.NOT_RETRIEVED
    return _fault_of_answer(outcome, answer)


def _fault_of_answer(outcome: Outcome, answer: Mapping[str, Any]) -> Why | None:
    gold = outcome.gold
    is_cited = _is_enough(gold, cited_sources(answer))
    is_said = not gold.answer_groups or string_exact_match(shown(answer), gold.answer_groups) == 1
    if is_cited and is_said:
        return Why.CITED_WRONGLY if _has_broken_citation(outcome, answer) else None
    if is_said and gold.answer_groups:
        return Why.CITED_WRONGLY
    # A quotation of the right article is never wrong, only the wrong one.
    if not gold.sources or (is_cited and answer["mode"] != Mode.QUOTES):
        return Why.ANSWERED_WRONGLY
    if is_cited:
        return Why.NOT_QUOTED
    return Why.NOT_QUOTED if _is_retrieved(outcome) else Why.NOT_RETRIEVED


def _is_retrieved(outcome: Outcome) -> bool:
    return _is_enough(outcome.gold, {found.source for found in outcome.retrieved})


def _is_enough(gold: GoldQuestion, sources: frozenset[str] | set[str]) -> bool:
    """Whether as many of the gold sources are among these as are needed; if any are known."""
    return not gold.sources or len(sources & set(gold.sources)) >= gold.min_sources


def _has_broken_citation(outcome: Outcome, answer: Mapping[str, Any]) -> bool:
    known = {citation["number"] for citation in answer["citations"]}
    said = {number for statement in answer["statements"] for number in statement["citations"]}
    return not all(outcome.valid) or not said <= known
