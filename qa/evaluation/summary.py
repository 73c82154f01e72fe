"""A run summed up: every metric with its interval, of all, by language and by tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.measures import measure_all
from qa.evaluation.metrics.calibration import Bin, Point, reliability, risk_coverage
from qa.evaluation.metrics.languages import SAME, sibling_tag
from qa.evaluation.metrics.means import Array
from qa.evaluation.metrics.spending import Prices
from qa.evaluation.metrics.table import METRICS, Columns, Metric, columns
from qa.evaluation.outcome import Outcome
from qa.evaluation.resampling import RESAMPLES, clusters, draws, interval
from qa.evaluation.why import Why, why


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric's value.

    Attributes:
        value: None where it is not defined.
        n: outcomes that it is about.
        low, high: 95 % bootstrap interval; None where there is no value.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


#: Every metric of `metrics.table`, by name, in its order.
Figures = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to.

    Attributes:
        outcomes: questions, those that were asked several times counted each time.
        by_language: by the question's language, or the answer's where the set does not say.
        failures: how often each reason was the first.
        measures: of each outcome, in order; see `measures`.
        reliability, risk_coverage: curves of the gate; empty where no probability is known.
    """

    outcomes: int
    whole: Figures
    by_language: Mapping[str, Figures]
    by_tag: Mapping[str, Figures]
    failures: Mapping[Why, int]
    measures: tuple[Mapping[str, float], ...]
    reliability: tuple[Bin, ...]
    risk_coverage: tuple[Point, ...]


def summarise(
    outcomes: Sequence[Outcome],
    prices: Prices | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Summary:
    """The summary of a run; the same seed gives the same intervals.

    Args:
        prices: of the language model's tokens, where its answers are to be paid for.
    """
    measures = tuple(measure_all(outcomes, prices))
    table = columns(measures)
    names = clusters([cluster(one.gold.id, one.gold.tags) for one in outcomes])

    def figures(positions: Sequence[int]) -> Figures:
        chosen = np.array(positions, dtype=np.intp)
        part = {name: column[chosen] for name, column in table.items()}
        return _figures(part, names[chosen], resamples, seed)

    reasons = Counter(reason for one in outcomes if (reason := why(one)))
    return Summary(
        outcomes=len(outcomes),
        whole=figures(range(len(outcomes))),
        by_language={name: figures(part) for name, part in _by_language(outcomes).items()},
        by_tag={name: figures(part) for name, part in _by_tag(outcomes).items()},
        failures={reason: reasons[reason] for reason in Why},
        measures=measures,
        reliability=_reliability(table),
        risk_coverage=_risk_coverage(table),
    )


def cluster(question_id: str, tags: Sequence[str]) -> str:
    """What a question is drawn together with: its runs, and its other languages."""
    return sibling_tag(tags) or question_id


def _figures(part: Columns, names: NDArray[np.intp], resamples: int, seed: int) -> Figures:
    _, members = np.unique(names, return_inverse=True)
    drawn: dict[str, list[Array]] = defaultdict(list)
    for weights in draws(int(members.max(initial=-1)) + 1, resamples, seed):
        rows = weights[:, members]
        for metric in METRICS:
            drawn[metric.name].append(metric.under(rows, part))
    return {metric.name: _estimate(metric, part, drawn[metric.name]) for metric in METRICS}


def _estimate(metric: Metric, part: Columns, drawn: Sequence[Array]) -> Estimate:
    value, n = metric.value(part), int(metric.applies(part).sum())
    if value is None:
        return Estimate(None, n)
    return Estimate(value, n, *interval(drawn))


def _by_language(outcomes: Sequence[Outcome]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for position, one in enumerate(outcomes):
        language = one.gold.language or (one.answer and one.answer["language"])
        if language:
            groups[language].append(position)
    return dict(sorted(groups.items()))


def _by_tag(outcomes: Sequence[Outcome]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for position, one in enumerate(outcomes):
        for tag in dict.fromkeys(one.gold.tags):
            # These name single questions, of which there may be hundreds.
            if not tag.startswith(SAME):
                groups[tag].append(position)
    return dict(sorted(groups.items()))


def _reliability(table: Columns) -> tuple[Bin, ...]:
    scores, truths = _known(table, "probability", "answerable")
    return reliability(scores, truths) if len(scores) else ()


def _risk_coverage(table: Columns) -> tuple[Point, ...]:
    scores, right, answered = _known(table, "probability", "right", "answered")
    given = answered == 1
    return risk_coverage(scores[given], 1 - right[given], len(scores))


def _known(table: Columns, *names: str) -> list[Array]:
    """These columns, of the questions that have a value in each."""
    picked = [table[name] for name in names]
    known = ~np.isnan(np.stack(picked)).any(axis=0)
    return [column[known] for column in picked]
