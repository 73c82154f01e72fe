"""Two runs of a question set side by side, by their reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.errors import BadQuestionSet
from qa.evaluation.metrics.means import Array
from qa.evaluation.metrics.table import METRICS, Better, Columns, Metric, columns
from qa.evaluation.resampling import RESAMPLES, clusters, draws, interval
from qa.evaluation.significance import Paired, paired
from qa.evaluation.summary import cluster


@dataclass(frozen=True, slots=True)
class Delta:
    """How a metric changed, over the questions that both runs have.

    Attributes:
        change: after less before, whichever way is better.
        low, high: 95 % bootstrap interval of the change, each question drawn with both its runs;
            None where it is defined in no draw.
    """

    name: str
    before: float
    after: float
    change: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has changed from one run to another.

    Attributes:
        deltas: of every metric that both runs have a value of.
        questions: which were won, lost and tied, by the measure that was chosen.
        only_before, only_after: ids of the questions that one of the runs does not have.
        reworded: ids that stand for other questions now; they are not compared.
    """

    deltas: tuple[Delta, ...]
    questions: Paired
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    reworded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One outcome of a report."""

    id: str
    question: str
    cluster: str
    measures: Mapping[str, float]


def compare(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: str = "right",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Comparison:
    """The comparison of two reports, by question id.

    Args:
        before, after: what `report.json` holds: `outcomes`, each with `id`, `question`, `tags` and
            `measures`; a question that was asked several times has an outcome each time.
        by: the measure of a question that is won and lost by. Several runs count by their mean.

    Raises:
        BadQuestionSet: one of them is no such report.
    """
    old, new = _read(before, "the earlier run"), _read(after, "this run")
    was, now = ({one.id: one.question for one in run} for run in (old, new))
    reworded = tuple(name for name in now if name in was and was[name] != now[name])
    common = [name for name in now if name in was and was[name] == now[name]]
    old, new = (_restricted(run, set(common)) for run in (old, new))
    better = next((one.better for one in METRICS if one.columns == (by,)), Better.HIGHER)
    return Comparison(
        deltas=_deltas(old, new, resamples, seed),
        questions=paired(_by_question(old, by), _by_question(new, by), better, seed),
        only_before=tuple(name for name in was if name not in now),
        only_after=tuple(name for name in now if name not in was),
        reworded=reworded,
    )


def _read(report: Mapping[str, Any], which: str) -> list[_Asked]:
    try:
        return [
            _Asked(one["id"], one["question"], cluster(one["id"], one["tags"]), one["measures"])
            for one in report["outcomes"]
        ]
    except (KeyError, TypeError) as error:
        raise BadQuestionSet(
            f'{which}: is not a report; expected "outcomes", each with id, question, tags and '
            f"measures, as citedesk eval QUESTIONS --out DIR writes them"
        ) from error


def _restricted(run: Sequence[_Asked], names: set[str]) -> list[_Asked]:
    return [one for one in run if one.id in names]


def _by_question(run: Sequence[_Asked], measure: str) -> dict[str, float]:
    values: dict[str, list[float]] = defaultdict(list)
    for one in run:
        if measure in one.measures:
            values[one.id].append(one.measures[measure])
    return {name: sum(each) / len(each) for name, each in values.items()}


def _deltas(
    old: Sequence[_Asked], new: Sequence[_Asked], resamples: int, seed: int
) -> tuple[Delta, ...]:
    before, after = (columns([one.measures for one in run]) for run in (old, new))
    # Tags can have changed in between: what is drawn together is what is so in this run.
    together = {one.id: one.cluster for one in new}
    members = clusters([together[one.id] for one in (*old, *new)])
    split = len(old)
    changes: dict[str, list[Array]] = defaultdict(list)
    for weights in draws(int(members.max(initial=-1)) + 1, resamples, seed):
        was, now = weights[:, members[:split]], weights[:, members[split:]]
        for metric in METRICS:
            changes[metric.name].append(metric.under(now, after) - metric.under(was, before))
    deltas = (_delta(metric, before, after, changes[metric.name]) for metric in METRICS)
    return tuple(delta for delta in deltas if delta is not None)


def _delta(
    metric: Metric, before: Columns, after: Columns, changes: Sequence[Array]
) -> Delta | None:
    was, now = metric.value(before), metric.value(after)
    if was is None or now is None:
        return None
    low, high = interval(changes)
    return Delta(metric.name, was, now, now - was, low, high)
