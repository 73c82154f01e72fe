"""The figures of a report."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evaluation.reports.plots import POINTS, figures
from tests.qa.evaluation.outcomes import outcome
from tests.qa.evaluation.reports.runs import made_up, report_of


def test_a_bin_of_the_reliability_curve_shows_how_many_questions_it_is_of() -> None:
    report = report_of(made_up())
    counts = [one["count"] for one in report["reliability"] if one["count"]]
    drawn = figures(report).split("<figure>")[1]
    assert [int(found) for found in re.findall(r'class="count"[^>]*>(\d+)<', drawn)] == counts
    assert drawn.count('class="dot"') == len(counts)


def test_time_is_marked_where_half_and_95_of_100_were_there() -> None:
    timed = [replace(one, elapsed_ms=place + 1.0) for place, one in enumerate(made_up([], 101))]
    drawn = figures(report_of(timed))
    assert "Half of the answers took at most 51 ms, 95 of 100 at most 96." in drawn
    assert re.findall(r">(\d+) ms</text>", drawn) == ["51", "96"]


def test_a_time_far_beyond_the_others_is_told_and_leaves_them_room() -> None:
    slow = [replace(one, elapsed_ms=10.0) for one in made_up(questions=99)]
    drawn = figures(report_of([*slow, replace(slow[0], elapsed_ms=90_000.0)]))
    assert "1 took longer than is drawn, up to 90,000 ms." in drawn


def test_curves_of_many_questions_have_no_more_points_than_can_be_seen() -> None:
    spread = [
        replace(one, elapsed_ms=place, answer={**(one.answer or {}), "probability": place / 1_000})
        for place, one in enumerate(made_up(questions=1_000))
    ]
    drawn = figures(report_of(spread))
    assert all(path.count(",") <= POINTS + 2 for path in re.findall(r'points="([^"]*)"', drawn))


def test_a_run_that_tells_nothing_of_the_gate_has_no_such_figures() -> None:
    assert figures(report_of([outcome(None)])) == ""
