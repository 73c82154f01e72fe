"""The top of a report's page: what was run, how much of it went right, and why the rest did not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from babel.dates import format_datetime

from qa.evaluation.comparing import Comparison
from qa.evaluation.metrics.table import BY_NAME
from qa.evaluation.printing import shown
from qa.evaluation.reports.drawing import bar, track
from qa.evaluation.reports.headline import figure_line
from qa.evaluation.reports.telling import failed, not_compared


def top(report: Mapping[str, Any]) -> str:
    """What was asked of whom, and when."""
    made = format_datetime(
        datetime.fromisoformat(report["made"]), "d MMMM y, HH:mm 'UTC'", locale="en_GB"
    )
    return (
        '<header class="top"><p class="wordmark"><span>cite</span>desk</p>'
        f'<div><h1 dir="auto">{escape(report["set"])}</h1>'
        f'<p class="facts"><span>{report["questions"]:,} questions</span>'
        f"<span>asked of <bdi>{escape(report['desk'])}</bdi></span><span>{escape(made)}</span></p>"
        '</div><nav aria-label="Parts of this page"><a href="#numbers">Numbers</a>'
        '<a href="#figures">Figures</a><a href="#questions-title">Questions</a></nav></header>'
    )


def lead(report: Mapping[str, Any], comparison: Comparison | None) -> str:
    """What went right, and why the rest did not."""
    return f'<div class="lead">{_right(report, comparison)}{_reasons(report)}</div>'


def _right(report: Mapping[str, Any], comparison: Comparison | None) -> str:
    found, metric = report["figures"]["right"], BY_NAME["right"]
    if found["value"] is None:
        told = '<p class="figure">–</p><p>The set does not say what is right.</p>'
    else:
        deltas = {delta.name: delta for delta in comparison.deltas} if comparison else {}
        line = figure_line("right", found, deltas.get("right"))
        told = (
            f'<p class="figure">{shown(metric, found["value"])}</p>'
            f'{track(found["value"], found["low"], found["high"])}<p class="range">{line}</p>'
        )
    standing = _standing(comparison) if comparison else ""
    return (
        f'<section class="right" aria-labelledby="right-title"><h2 id="right-title">'
        f"{escape(metric.label)}</h2>{told}{standing}</section>"
    )


def _standing(comparison: Comparison) -> str:
    questions = comparison.questions
    line = (
        f"Since the baseline <strong>{len(questions.won):,} won</strong>, "
        f"<strong>{len(questions.lost):,} lost</strong>, {len(questions.tied):,} as before "
        f"(p = {questions.p:.3f})."
    )
    return f'<p class="standing">{" ".join((line, *not_compared(comparison)))}</p>'


def _reasons(report: Mapping[str, Any]) -> str:
    """A bar for what is right and for each reason of failure, that filters the questions."""
    outcomes, failures = report["outcomes"], report["failures"]
    right = sum(one["measures"].get("right") == 1 for one in outcomes)
    rows = [("right", right, "Right in all."), *failed(failures)]
    buttons = "".join(
        f'<button type="button" aria-pressed="false" data-outcome="{escape(name)}" '
        f'title="{escape(meaning)}"><span class="name">{escape(name)}</span>'
        f'{bar(count / max(len(outcomes), 1))}<span class="count">{count:,}</span></button>'
        for name, count, meaning in rows
    )
    return (
        '<section class="reasons" aria-labelledby="reasons-title"><h2 id="reasons-title">'
        f"How the questions went</h2>{buttons}"
        '<p class="hint">Each of these shows its questions below.</p></section>'
    )
