"""Running a question set: every question to its answer, its measures, and all of it summed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.answer import Answer, as_json
from qa.answerer import Answerer
from qa.evaluation import metrics
from qa.evaluation.questions import GoldQuestion

#: How deep retrieval is looked at.
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question as it went.

    Attributes:
        measures: by name; what does not apply to a question is absent.
    """

    gold: GoldQuestion
    answer: Answer
    measures: Mapping[str, float]


def run(answerer: Answerer, questions: Sequence[GoldQuestion]) -> Iterator[Outcome]:
    """Asks every question in order. Nothing but question and history reaches the answerer."""
    for gold in questions:
        answer = answerer.ask(gold.question, gold.history)
        yield Outcome(gold, answer, _measure(answerer, gold, answer))


def _measure(answerer: Answerer, gold: GoldQuestion, answer: Answer) -> dict[str, float]:
    measured: dict[str, float] = {}
    cited = [citation.article.source for citation in answer.citations]
    if gold.sources and gold.answerable is not False:
        found = answerer.index.search(
            answer.standalone_question, language=answer.language, limit=_DEPTH
        )
        retrieved = [hit.article.source for hit in found.hits]
        measured["hit_at_1"] = metrics.hit_at(retrieved, gold.sources, 1)
        measured["hit_at_5"] = metrics.hit_at(retrieved, gold.sources, _DEPTH)
        if not answer.refused:
            enough = len(set(cited) & set(gold.sources)) >= gold.min_sources
            measured["right_source"] = float(enough)
    if gold.answer_groups:
        quoted = " ".join(statement.text for statement in answer.statements)
        measured["str_em"] = metrics.string_exact_match(quoted, gold.answer_groups)
    if answer.citations:
        stored = answerer.index.articles([citation.article.id for citation in answer.citations])
        valid = metrics.valid_citations(answer.citations, stored)
        measured["valid_citations"] = sum(valid) / len(valid)
    return measured


def summarise(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """The headline numbers: means over the questions that each applies to."""
    judged = [
        (outcome.gold.answerable, outcome.answer.refused)
        for outcome in outcomes
        if outcome.gold.answerable is not None
    ]
    names = ("hit_at_1", "hit_at_5", "str_em", "right_source", "valid_citations")
    return {
        **{
            name: metrics.mean(
                outcome.measures[name] for outcome in outcomes if name in outcome.measures
            )
            for name in names
        },
        "refusal_f1": metrics.refusal_f1(judged),
        "grounded_refusal_f1": metrics.grounded_refusal_f1(judged),
        "mean_ms": metrics.mean(outcome.answer.timings_ms["total"] for outcome in outcomes),
    }


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The whole run as JSON: summary, the same by language and by tag, and every question."""
    languages = sorted({_language(outcome) for outcome in outcomes})
    tags = sorted({tag for outcome in outcomes for tag in outcome.gold.tags})
    return {
        "questions": len(outcomes),
        "summary": summarise(outcomes),
        "by_language": {
            language: summarise([one for one in outcomes if _language(one) == language])
            for language in languages
        },
        "by_tag": {
            tag: summarise([one for one in outcomes if tag in one.gold.tags]) for tag in tags
        },
        "outcomes": [
            {
                "id": outcome.gold.id,
                "question": outcome.gold.question,
                "tags": list(outcome.gold.tags),
                "answerable": outcome.gold.answerable,
                "measures": dict(outcome.measures),
                "answer": as_json(outcome.answer),
            }
            for outcome in outcomes
        ],
    }


def _language(outcome: Outcome) -> str:
    return outcome.gold.language or outcome.answer.language
