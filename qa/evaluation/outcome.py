"""One question of a set as it went: what was asked, what came back, what was retrieved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qa.evaluation.questions import GoldQuestion


@dataclass(frozen=True, slots=True)
class Retrieved:
    """An article that the search found.

    Attributes:
        source: `Article.source`, by which a question set names its articles.
        score: of its best passage; comparable within one question only.
    """

    source: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and its answer, from the index on this machine or from a server: both look alike.

    Attributes:
        answer: its public JSON (`qa.answer.as_json`); None where asking failed.
        retrieved: articles in the order of the search, best first, each once.
        valid: of each citation, whether the article that is stored now holds its quote at its
            offsets.
        elapsed_ms: from question to whole answer, as whoever asked it waited.
        repeat: from 0; which of several runs of the same question this is.
        judged: what a language model thinks of the answer, where one was asked.
        error: one line that says why there is no answer; None where there is one.
    """

    gold: GoldQuestion
    answer: Mapping[str, Any] | None
    retrieved: tuple[Retrieved, ...] = ()
    valid: tuple[bool, ...] = ()
    elapsed_ms: float = 0.0
    repeat: int = 0
    judged: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome without its question, which stands in the set."""
    return {
        "id": outcome.gold.id,
        "repeat": outcome.repeat,
        "error": outcome.error,
        "elapsed_ms": round(outcome.elapsed_ms, 1),
        "retrieved": [[found.source, found.score] for found in outcome.retrieved],
        "valid": list(outcome.valid),
        "judged": dict(outcome.judged),
        "answer": outcome.answer,
    }


def outcome_from_json(record: Mapping[str, Any], gold: GoldQuestion) -> Outcome:
    """The outcome that `outcome_json` made, of its question."""
    return Outcome(
        gold=gold,
        answer=record["answer"],
        retrieved=tuple(Retrieved(source, score) for source, score in record["retrieved"]),
        valid=tuple(record["valid"]),
        elapsed_ms=record["elapsed_ms"],
        repeat=record["repeat"],
        judged=record["judged"],
        error=record["error"],
    )
