"""What is measured of each question; what does not apply to one is absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluation.metrics.answers import cited_sources, said
from qa.evaluation.metrics.citing import citation_scores
from qa.evaluation.metrics.correctness import string_exact_match, token_f1
from qa.evaluation.metrics.disagreeing import shows_disagreement
from qa.evaluation.metrics.languages import language_invariance, sibling_tag
from qa.evaluation.metrics.retrieval import ranking
from qa.evaluation.metrics.spending import Prices, cost
from qa.evaluation.outcome import Outcome
from qa.evaluation.why import is_judged, why

_NOTHING: Mapping[str, Any] = {
    "statements": [], "citations": [], "disagreements": [], "refused": False, "language": "",
}  # fmt: skip


def measure(outcome: Outcome, prices: Prices | None = None) -> dict[str, float]:
    """The measures of one question, by the names of `metrics.table`, and the marks that those are
    made of: `answerable`, `refused`, `answered`, `probability`, `elapsed_ms`.

    An error is neither refused nor answered, finds and says nothing, and so counts as wrong.

    Args:
        prices: of the language model's tokens, where its answers are to be paid for.
    """
    answer = _NOTHING if outcome.answer is None else outcome.answer
    return {
        **_marks(outcome, answer),
        **_retrieval(outcome),
        **_correctness(outcome, answer),
        **_citing(outcome, answer),
        **_spending(answer, prices),
        **outcome.judged,
    }


def measure_all(
    outcomes: Sequence[Outcome], prices: Prices | None = None
) -> list[dict[str, float]]:
    """The measures of each question in order, with those that take several questions together."""
    measured = [measure(outcome, prices) for outcome in outcomes]
    for position, likeness in enumerate(language_invariance([_asked(one) for one in outcomes])):
        if likeness is not None:
            measured[position]["language_invariance"] = likeness
    return measured


def _asked(outcome: Outcome) -> tuple[str | None, frozenset[str]]:
    if outcome.answer is None:
        return None, frozenset()
    tag = sibling_tag(outcome.gold.tags)
    # Runs of one question are no languages of it.
    return tag and f"{tag} {outcome.repeat}", cited_sources(outcome.answer)


def _marks(outcome: Outcome, answer: Mapping[str, Any]) -> dict[str, float]:
    is_answered = outcome.answer is not None and not answer["refused"]
    marks = {
        "elapsed_ms": outcome.elapsed_ms,
        "refused": float(answer["refused"]),
        "answered": float(is_answered),
    }
    if outcome.gold.answerable is not None:
        marks["answerable"] = float(outcome.gold.answerable)
    if is_judged(outcome.gold):
        marks["right"] = float(why(outcome) is None)
    if answer.get("probability") is not None:
        marks["probability"] = float(answer["probability"])
    return marks


def _retrieval(outcome: Outcome) -> dict[str, float]:
    if not outcome.gold.sources or outcome.gold.answerable is False:
        return {}
    return ranking([found.source for found in outcome.retrieved], outcome.gold.sources)


def _correctness(outcome: Outcome, answer: Mapping[str, Any]) -> dict[str, float]:
    gold, text = outcome.gold, said(answer)
    if not gold.answer_groups:
        return {}
    return {
        "str_em": string_exact_match(text, gold.answer_groups),
        "token_f1": token_f1(text, gold.answer_groups, gold.language),
    }


def _citing(outcome: Outcome, answer: Mapping[str, Any]) -> dict[str, float]:
    gold, scores = outcome.gold, citation_scores(answer)
    found = {"citation_recall": scores.recall, "citation_precision": scores.precision}
    measured = {name: value for name, value in found.items() if value is not None}
    if outcome.valid:
        measured["valid_citations"] = sum(outcome.valid) / len(outcome.valid)
    if not gold.sources or gold.answerable is False:
        return measured
    if answer["statements"]:
        enough = len(cited_sources(answer) & set(gold.sources)) >= gold.min_sources
        measured["right_source"] = float(enough)
    if gold.min_sources > 1:
        measured["disagreement_recall"] = float(shows_disagreement(gold, answer))
    return measured


def _spending(answer: Mapping[str, Any], prices: Prices | None) -> dict[str, float]:
    usage = answer.get("usage")
    if not usage:
        return {}
    prompt, reply = float(usage["prompt_tokens"]), float(usage["reply_tokens"])
    spent = {"prompt_tokens": prompt, "reply_tokens": reply}
    return spent if prices is None else {**spent, "cost": cost(prompt, reply, prices)}
