"""A run on the terminal: its headline numbers, why questions failed, what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa.evaluation.comparing import Comparison, Delta
from qa.evaluation.metrics.table import METRICS, Metric, Unit


def figure_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Every metric that the questions tell of, with its interval; then the reasons of failure."""
    yield f"{report['questions']:,} answers to {report['set']}, from {report['desk']}"
    yield ""
    for metric in METRICS:
        found = report["figures"][metric.name]
        if found["value"] is not None:
            yield f"{metric.name:<22}{shown(metric, found['value']):>8}{_interval(metric, found)}"
    failed = {reason: count for reason, count in report["failures"].items() if count}
    if failed:
        yield ""
        yield "failed: " + ", ".join(f"{reason} {count:,}" for reason, count in failed.items())


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What has changed since the baseline: questions first, then metrics whose value did."""
    questions = comparison.questions
    yield ""
    yield (
        f"since the baseline: {len(questions.won):,} questions won, {len(questions.lost):,} lost, "
        f"{len(questions.tied):,} as before (p = {questions.p:.3f})"
    )
    missing = (
        ("no longer asked", comparison.only_before),
        ("new", comparison.only_after),
        ("worded otherwise, and not compared", comparison.reworded),
    )
    yield from (f"{len(ids):,} questions {what}" for what, ids in missing if ids)
    yield from (_changed(delta) for delta in comparison.deltas if delta.change)


def shown(metric: Metric, value: float) -> str:
    """A value in the digits that its unit has."""
    match metric.unit:
        case Unit.MILLISECONDS | Unit.TOKENS:
            return f"{value:,.0f}"
        case Unit.MONEY:
            return f"{value:.5f}"
        case Unit.SHARE:
            return f"{value:.3f}"


def _interval(metric: Metric, found: Mapping[str, Any]) -> str:
    told = f"   of {found['n']:,}"
    if found["low"] is None:
        return told
    return f"   {shown(metric, found['low'])} to {shown(metric, found['high'])}{told}"


def _changed(delta: Delta) -> str:
    metric = next(metric for metric in METRICS if metric.name == delta.name)
    sign = "+" if delta.change > 0 else "-"
    return (
        f"{delta.name:<22}{shown(metric, delta.before):>8} before, "
        f"{shown(metric, delta.after)} now, {sign}{shown(metric, abs(delta.change))}"
    )
