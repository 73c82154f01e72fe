"""Outcomes and changes in words: what was expected, what came back, why it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa.evaluation.comparing import Comparison
from qa.evaluation.metrics.table import BY_NAME
from qa.evaluation.printing import shown
from qa.evaluation.why import Why

#: What each reason means, for a reader who does not know how answers are made.
MEANINGS: Mapping[Why, str] = {
    Why.ERROR: "There is no answer, since asking failed.",
    Why.NOT_RETRIEVED: "The search did not find enough of the articles that answer.",
    Why.REFUSED_WRONGLY: "Articles that answer were found, and the question was refused.",
    Why.NOT_QUOTED: "Articles that answer were found, and what answers in them was not quoted.",
    Why.ANSWERED_WRONGLY: "The answer says something else, or should have been refused.",
    Why.CITED_WRONGLY: "The answer is right, and its citations are not those that prove it.",
}


def failed(failures: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Each reason that there was: its name, how often it was, what it means."""
    return [(str(why), failures[why], what) for why, what in MEANINGS.items() if failures[why]]


def not_compared(comparison: Comparison) -> Iterator[str]:
    """A sentence for each kind of questions that only one of the runs has."""
    for ids, what in (
        (comparison.only_before, "are no longer asked"),
        (comparison.only_after, "are new"),
        (comparison.reworded, "are worded otherwise, and not compared"),
    ):
        if ids:
            yield f"{len(ids):,} {what}."


def run_name(outcome: Mapping[str, Any]) -> str:
    """A question's id, with the number of its run from the second on."""
    return f"{outcome['id']} (run {outcome['repeat'] + 1})" if outcome["repeat"] else outcome["id"]


def expected(outcome: Mapping[str, Any]) -> str:
    """What a right answer holds and cites, in one line."""
    if outcome["answerable"] is False:
        return "a refusal"
    parts = [" or ".join(group) for group in outcome["answer_groups"]]
    if outcome["sources"]:
        parts.append(f"citing {_few(outcome['min_sources'])}{', '.join(outcome['sources'])}")
    return "; ".join(parts) or "an answer"


def given(outcome: Mapping[str, Any]) -> str:
    """What came back, in one line."""
    answer = outcome["answer"]
    if answer is None:
        return "no answer"
    if answer["refused"]:
        return "a refusal"
    said = " ".join(statement["text"] for statement in answer["statements"])
    sources = dict.fromkeys(one["article"]["source"] for one in answer["citations"])
    return f"{said} [{', '.join(sources)}]"


def signed(name: str, value: float) -> str:
    """A difference of a metric's values."""
    metric = BY_NAME[name]
    size = shown(metric, abs(value))
    if size == shown(metric, 0):
        return size
    return f"{'+' if value > 0 else '−'}{size}"


def _few(least: int) -> str:
    return f"at least {least} of " if least > 1 else ""
