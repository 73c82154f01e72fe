"""The numbers at the head of a report's page: by group, with intervals; by language and by tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from qa.evaluation.comparing import Comparison, Delta
from qa.evaluation.metrics.table import BY_NAME, METRICS, Better, Metric, Unit
from qa.evaluation.printing import shown
from qa.evaluation.reports.drawing import track
from qa.evaluation.reports.groups import GROUPS, Group
from qa.evaluation.reports.telling import signed
from qa.web.wording import language_name

#: Tags that are shown, those with the most questions.
TAGS = 40

#: Rows of a table that are shown at first.
FIRST = 12

#: What a metric of a part of the questions is: `summary.Estimate` as JSON.
Figure = Mapping[str, Any]


def groups(report: Mapping[str, Any], comparison: Comparison | None) -> str:
    """Every group with a value, but the first metric of all, which stands at the top."""
    deltas = {delta.name: delta for delta in comparison.deltas} if comparison else {}
    told = "".join(_group(group, report["figures"], deltas) for group in GROUPS[1:])
    return f'<section class="groups" id="numbers" aria-label="All numbers">{told}</section>'


def figure_line(name: str, found: Figure, delta: Delta | None) -> str:
    """A value's interval, what it is of, and its change."""
    metric, parts = BY_NAME[name], []
    if found["low"] is not None:
        parts.append(f"{shown(metric, found['low'])} to {shown(metric, found['high'])}")
    parts.append(f"of {found['n']:,}")
    line = f"<span>{', '.join(parts)}</span>"
    return line if delta is None else f"{line} {_change(metric, delta)}"


def parts(report: Mapping[str, Any]) -> str:
    """A table by language and one by tag for each metric, of which the script shows one."""
    chosen = [metric for metric in METRICS if _is_split(metric, report)]
    if not chosen:
        return ""
    options = "".join(
        f'<option value="{metric.name}">{escape(metric.label)}</option>' for metric in chosen
    )
    tables = "".join(
        f'<div class="split" data-metric="{metric.name}"{" hidden" if place else ""}>'
        f"{_table('By language', metric, _languages(report))}"
        f"{_table('By tag, worst first', metric, _tags(report, metric))}</div>"
        for place, metric in enumerate(chosen)
    )
    return (
        '<section class="parts" aria-labelledby="parts-title"><div class="heading">'
        '<h2 id="parts-title">By language and tag</h2><label>Number shown '
        f'<select id="metric" autocomplete="off">{options}</select></label></div>'
        f"{tables}</section>"
    )


def _group(group: Group, figures: Mapping[str, Figure], deltas: Mapping[str, Delta]) -> str:
    told = {
        name: what for name, what in group.metrics.items() if figures[name]["value"] is not None
    }
    if not told:
        return ""
    rows = "".join(_metric(name, figures[name], deltas.get(name)) for name in told)
    meant = "".join(
        f"<dt>{escape(BY_NAME[name].label)} <code>{name}</code></dt><dd>{escape(what)}</dd>"
        for name, what in told.items()
    )
    return (
        f'<section class="group"><h3>{escape(group.title)}</h3><dl class="metrics">{rows}</dl>'
        f"<details><summary>What these count</summary><dl>{meant}</dl></details></section>"
    )


def _metric(name: str, found: Figure, delta: Delta | None) -> str:
    metric = BY_NAME[name]
    drawn = track(found["value"], found["low"], found["high"]) if _is_share(metric) else ""
    return (
        f'<div><dt>{escape(metric.label)}</dt><dd class="value">{_value(metric, found)}</dd>'
        f'<dd class="range">{drawn}<span>{figure_line(name, found, delta)}</span></dd></div>'
    )


def _value(metric: Metric, found: Figure) -> str:
    unit = " ms" if metric.unit is Unit.MILLISECONDS else ""
    return f"{shown(metric, found['value'])}{unit}"


def _change(metric: Metric, delta: Delta) -> str:
    """The change, in bold where its whole interval is on one side of none."""
    if delta.change == 0:
        return '<span class="change">as before</span>'
    told = f"was {shown(metric, delta.before)}, {signed(metric.name, delta.change)}"
    if delta.low is None or delta.high is None:
        return f'<span class="change">{told}</span>'
    told += f" ({signed(metric.name, delta.low)} to {signed(metric.name, delta.high)})"
    if delta.low <= 0 <= delta.high:
        return f'<span class="change">{told}</span>'
    is_better = (delta.change > 0) is (metric.better is Better.HIGHER)
    return f'<strong class="change">{told}: {"better" if is_better else "worse"}</strong>'


def _is_share(metric: Metric) -> bool:
    return metric.unit is Unit.SHARE


def _is_split(metric: Metric, report: Mapping[str, Any]) -> bool:
    parts = (*report["by_language"].values(), *report["by_tag"].values())
    return _is_share(metric) and any(part[metric.name]["value"] is not None for part in parts)


def _languages(report: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Figure]]]:
    for code, part in report["by_language"].items():
        yield language_name(code, "en"), part


def _tags(report: Mapping[str, Any], metric: Metric) -> Iterator[tuple[str, Mapping[str, Figure]]]:
    def value(item: tuple[str, Mapping[str, Figure]]) -> float:
        found: float | None = item[1][metric.name]["value"]
        sign = 1 if metric.better is Better.HIGHER else -1
        return sign * (found or 0.0)

    frequent = sorted(report["by_tag"].items(), key=lambda item: -item[1]["p50_ms"]["n"])[:TAGS]
    yield from sorted(frequent, key=value)


def _table(title: str, metric: Metric, parts: Iterator[tuple[str, Mapping[str, Figure]]]) -> str:
    rows = [
        _row(metric, name, part[metric.name])
        for name, part in parts
        if part[metric.name]["value"] is not None
    ]
    if not rows:
        return ""
    more = ""
    if len(rows) > FIRST:
        others = _rows(f"{title}, the others", rows[FIRST:])
        more = f"<details><summary>{len(rows) - FIRST:,} more</summary>{others}</details>"
    return f"<div>{_rows(title, rows[:FIRST])}{more}</div>"


def _rows(title: str, rows: Sequence[str]) -> str:
    return (
        f'<table class="dots"><caption>{title}</caption><thead><tr>'
        '<th scope="col"><span class="unseen">part</span></th>'
        '<th scope="col"><span class="unseen">from 0 to 1</span></th>'
        '<th scope="col"><span class="unseen">value</span></th>'
        '<th scope="col" class="interval">95 % interval</th><th scope="col">n</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _row(metric: Metric, name: str, found: Figure) -> str:
    interval = ""
    if found["low"] is not None:
        interval = f"{shown(metric, found['low'])} to {shown(metric, found['high'])}"
    return (
        f'<tr><th scope="row" dir="auto">{escape(name)}</th>'
        f"<td>{track(found['value'], found['low'], found['high'])}</td>"
        f'<td class="value">{shown(metric, found["value"])}</td>'
        f'<td class="interval">{interval}</td><td class="count">{found["n"]:,}</td></tr>'
    )
