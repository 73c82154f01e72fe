"""What of a run is not good enough: below a floor, or worse than in an earlier run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa.evaluation.comparing import Comparison, Delta
from qa.evaluation.metrics.table import BY_NAME, Better, Unit

#: Questions that are named, of those that are wrong now.
NAMED = 20


def worse_lines(
    report: Mapping[str, Any],
    comparison: Comparison | None,
    floors: Mapping[str, float],
    *,
    no_regression: bool,
) -> list[str]:
    """A line for each thing that is not good enough; none where all is.

    Args:
        floors: least values by metric; the most, where less is better.
        no_regression: whether it counts that a question was right in the earlier run and is wrong
            now, or that a metric is worse by more than chance. Times depend on the machine, and do
            not count.
    """
    lines = list(_missed(report["summary"], floors))
    if no_regression and comparison:
        lines += [*_lost(comparison, report), *map(_told, filter(_is_worse, comparison.deltas))]
    return lines


def _missed(summary: Mapping[str, float | None], floors: Mapping[str, float]) -> Iterator[str]:
    for name, floor in floors.items():
        found = summary[name]
        is_most = BY_NAME[name].better is Better.LOWER
        if found is None:
            yield f"{name} cannot be told of these questions; expected {floor:g}"
        elif found > floor if is_most else found < floor:
            yield f"{name} is {found:.3f}, {'above' if is_most else 'below'} {floor:g}"


def _lost(comparison: Comparison, report: Mapping[str, Any]) -> Iterator[str]:
    lost = comparison.questions.lost
    asked = {one["id"]: one for one in report["outcomes"]}
    for name in lost[:NAMED]:
        reason = asked[name]["why"] or "not in every run"
        yield f"{name} was right and is not any more ({reason}): {asked[name]['question']}"
    if len(lost) > NAMED:
        yield f"and {len(lost) - NAMED} questions more that were right and are not any more"


def _is_worse(delta: Delta) -> bool:
    """Whether all of the change's interval is for the worse."""
    metric = BY_NAME[delta.name]
    if metric.unit is not Unit.SHARE or delta.low is None or delta.high is None:
        return False
    return delta.low > 0 if metric.better is Better.LOWER else delta.high < 0


def _told(delta: Delta) -> str:
    return (
        f"{delta.name} is {delta.after:.3f} and was {delta.before:.3f}; the change is "
        f"{delta.low:+.3f} to {delta.high:+.3f}"
    )
