"""The figures of a report: how true the probabilities are, what refusing more would cost, time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from qa.evaluation.reports.drawing import (
    Axis,
    column,
    curve,
    dot,
    plot,
    round_ticks,
    round_up,
    text,
)

#: Points of a curve at most: more than there are pixels draw nothing more.
POINTS = 200

#: Times beyond so many times the 95th percentile are told and not drawn.
_FAR = 3

_SHARES = tuple((part / 4, f"{part / 4:g}") for part in range(5))


def figures(report: Mapping[str, Any]) -> str:
    """All figures that the run has something to show in."""
    drawn = (
        _reliability(report["reliability"]),
        _risk_coverage(report["risk_coverage"]),
        _latency([one["elapsed_ms"] for one in report["outcomes"] if one["error"] is None]),
    )
    told = "".join(drawn)
    if not told:
        return ""
    return f'<section class="figures" id="figures" aria-label="Figures">{told}</section>'


def _figure(title: str, caption: str, drawn: str, more: str = "") -> str:
    return (
        f"<figure><figcaption><h3>{escape(title)}</h3><p>{escape(caption)}</p></figcaption>"
        f"{drawn}{more}</figure>"
    )


def _reliability(bins: Sequence[Mapping[str, Any]]) -> str:
    filled = [one for one in bins if one["count"]]
    if not filled:
        return ""
    most = max(one["count"] for one in filled)
    heights = {one["low"]: 0.3 * one["count"] / most for one in filled}
    spots = [(one["mean"], one["right"]) for one in filled]
    marks = (
        *(column(one["low"] + 0.008, one["high"] - 0.008, heights[one["low"]]) for one in filled),
        curve([(0, 0), (1, 1)], "ideal"),
        curve(spots),
        *map(dot, spots),
        *(
            text((one["low"] + one["high"]) / 2, heights[one["low"]], f"{one['count']:,}", "count",
                 anchor="middle", down=-4)
            for one in filled
        ),
    )  # fmt: skip
    axes = Axis("probability stated", _SHARES), Axis("share that can be answered", _SHARES)
    return _figure(
        "Can the probabilities be trusted?",
        "Dots on the dashed line say what they mean: of the questions given 0.8, eight in ten can "
        "be answered. Bars count the questions.",
        plot(axes, "Reliability curve; its numbers are in the table below.", marks),
        _bins_table(filled),
    )


def _bins_table(bins: Sequence[Mapping[str, Any]]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{one["low"]:.1f} to {one["high"]:.1f}</th><td>{one["count"]:,}</td>'
        f"<td>{one['mean']:.3f}</td><td>{one['right']:.3f}</td></tr>"
        for one in bins
    )
    return (
        '<details><summary>The numbers</summary><table class="numbers"><thead><tr>'
        '<th scope="col">stated</th><th scope="col">questions</th><th scope="col">mean</th>'
        f'<th scope="col">can be answered</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _risk_coverage(points: Sequence[Mapping[str, float]]) -> str:
    if not points:
        return ""
    last = points[-1]
    top = round_up(max(0.1, *(one["risk"] for one in points if one["coverage"] >= 0.05)), 0.1)
    spots = [(one["coverage"], one["risk"] / top) for one in _thinned(points)]
    said = f"As it is, {last['coverage']:.3f} are answered and {last['risk']:.3f} of these wrong"
    ticks = tuple((part / 4, f"{top * part / 4:.3g}") for part in range(5))
    axes = Axis("share of the questions answered", _SHARES), Axis("share of answers wrong", ticks)
    return _figure(
        "What would refusing more questions buy?",
        f"{said}; further left, only the questions with the highest probabilities are answered.",
        plot(axes, f"Risk–coverage curve. {said}.", (curve(spots), dot(spots[-1]))),
    )


def _latency(times: Sequence[float]) -> str:
    if not times:
        return ""
    half, most_of_all = (float(each) for each in np.quantile(times, [0.5, 0.95]))
    edge = max(min(max(times), _FAR * most_of_all), 1.0)
    slower = sum(one > edge for one in times)
    parts = np.linspace(0, 1, min(len(times), POINTS) + 1)
    spots = [
        (float(x) / edge, float(y)) for x, y in zip(np.quantile(times, parts), parts, strict=True)
    ]
    ticks = tuple((each / edge, f"{each:,g}") for each in round_ticks(edge))
    axes = Axis("milliseconds", ticks), Axis("share of the answers", _SHARES)
    said = f"Half of the answers took at most {half:,.0f} ms, 95 of 100 at most {most_of_all:,.0f}."
    marks = (curve([(0, 0), *spots]), *_marked(half, 0.5, edge), *_marked(most_of_all, 0.95, edge))
    beyond = f" {slower:,} took longer than is drawn, up to {max(times):,.0f} ms." if slower else ""
    return _figure("How long does an answer take?", said + beyond, plot(axes, said, marks))


def _marked(time: float, part: float, edge: float) -> Iterator[str]:
    x = time / edge
    yield dot((x, part))
    is_left = x > 0.6
    yield text(
        x, part, f"{time:,.0f} ms", "note", anchor="end" if is_left else "start",
        right=-10 if is_left else 10, down=-6 if is_left else 12,
    )  # fmt: skip


def _thinned(points: Sequence[Mapping[str, float]]) -> Sequence[Mapping[str, float]]:
    """Evenly chosen points, the last among them."""
    if len(points) <= POINTS:
        return points
    return [points[place] for place in np.linspace(0, len(points) - 1, POINTS, dtype=np.intp)]
