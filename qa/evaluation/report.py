"""A run as JSON: what the pages, the tables and later comparisons are all made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from qa.evaluation.outcome import Outcome, outcome_json
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.summary import Figures, Summary
from qa.evaluation.why import why

#: Of the form below; a report of another one is not compared.
VERSION = 1


def report_json(
    summary: Summary, outcomes: Sequence[Outcome], *, questions: str, desk: str
) -> dict[str, Any]:
    """The report of a run.

    Args:
        questions: name of the set.
        desk: what was asked.
    """
    return {
        "version": VERSION,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "set": questions,
        "desk": desk,
        "questions": summary.outcomes,
        "summary": {name: one.value for name, one in summary.whole.items()},
        "figures": _figures(summary.whole),
        "by_language": {name: _figures(part) for name, part in summary.by_language.items()},
        "by_tag": {name: _figures(part) for name, part in summary.by_tag.items()},
        "failures": {str(reason): count for reason, count in summary.failures.items()},
        "reliability": [asdict(one) for one in summary.reliability],
        "risk_coverage": [asdict(one) for one in summary.risk_coverage],
        "outcomes": [
            _outcome(one, measured)
            for one, measured in zip(outcomes, summary.measures, strict=True)
        ],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {name: asdict(one) for name, one in figures.items()}


def _outcome(outcome: Outcome, measures: Mapping[str, float]) -> dict[str, Any]:
    reason = why(outcome)
    return {
        **_gold(outcome.gold),
        **outcome_json(outcome),
        "why": None if reason is None else str(reason),
        "measures": dict(measures),
    }


def _gold(gold: GoldQuestion) -> dict[str, Any]:
    return {
        "question": gold.question,
        "language": gold.language,
        "answerable": gold.answerable,
        "answer_groups": [list(group) for group in gold.answer_groups],
        "sources": list(gold.sources),
        "relevance": dict(gold.relevance),
        "min_sources": gold.min_sources,
        "history": [{"role": turn.role, "content": turn.content} for turn in gold.history],
        "tags": list(gold.tags),
    }
