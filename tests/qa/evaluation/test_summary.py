"""A run summed up: values, how many each is of, and how far they could be off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.evaluation.metrics.table import BY_NAME, METRICS, Metric, columns
from qa.evaluation.outcome import Outcome
from qa.evaluation.resampling import clusters, draws, interval
from qa.evaluation.summary import Estimate, summarise
from qa.evaluation.why import Why
from tests.qa.evaluation.outcomes import answer, outcome, quoting

SAID = "Ada Quill resigned as mayor."
GOLD: dict[str, Any] = {"answerable": True, "answer_groups": (("Ada Quill",),), "sources": ("a",)}


def _run() -> list[Outcome]:
    return [
        outcome(quoting(SAID, "a", probability=0.9), "a", id="1", language="en", **GOLD),
        outcome(quoting("It rained.", "x", probability=0.8), "xa", id="2", language="fr", **GOLD),
        outcome(answer(probability=0.3), "x", id="3", tags=("who", "same:x"), **GOLD),
        outcome(answer(probability=0.1), id="4", answerable=False, tags=("who",)),
        outcome(None, id="5", answerable=False, tags=("who",)),
    ]


def test_values_are_over_the_questions_that_a_metric_is_about() -> None:
    found = summarise(_run()).whole
    # Right: 1 and 4.
    assert (found["right"].value, found["right"].n) == (2 / 5, 5)
    assert (found["hit_at_1"].value, found["hit_at_1"].n) == (1 / 3, 3)
    assert (found["right_source"].value, found["right_source"].n) == (1 / 2, 2)
    # Refused 3 and 4, of which 4 rightly; to be refused were 4 and 5.
    assert (found["refusal_precision"].value, found["refusal_recall"].value) == (1 / 2, 1 / 2)
    # Answered 1 and 2, both answerable, as 3 was: F1 2 · 2 / (2 + 3).
    assert found["answering_f1"].value == pytest.approx(4 / 5)
    assert found["grounded_refusal_f1"].value == pytest.approx((1 / 2 + 4 / 5) / 2)
    # 0.9, 0.8 and 0.3 can be answered, 0.1 not: every pair is in order.
    assert (found["gate_auroc"].value, found["gate_auroc"].n) == (1, 4)
    # Of the answers 0.9 is right and 0.8 wrong: (0 + 1/2) / 2.
    assert found["risk_coverage_area"].value == pytest.approx(1 / 4)
    assert found["valid_citations"] == Estimate(None, 0)


def test_a_summary_has_the_same_by_language_and_by_tag() -> None:
    found = summarise(_run())
    # Where the set does not say, the answer does; 5 has neither.
    assert {name: part["right"].n for name, part in found.by_language.items()} == {"en": 3, "fr": 1}
    # What only ties languages together is no group.
    assert list(found.by_tag) == ["who"]
    assert found.by_tag["who"]["right"].value == pytest.approx(1 / 3)


def test_failures_are_counted_by_their_reason() -> None:
    found = summarise(_run()).failures
    assert found == {
        Why.ERROR: 1, Why.NOT_RETRIEVED: 1, Why.REFUSED_WRONGLY: 0, Why.NOT_QUOTED: 1,
        Why.ANSWERED_WRONGLY: 0, Why.CITED_WRONGLY: 0,
    }  # fmt: skip


def test_the_curves_are_those_of_the_gate() -> None:
    found = summarise(_run())
    assert [each.count for each in found.reliability] == [0, 1, 0, 1, 0, 0, 0, 0, 1, 1]
    assert [(each.coverage, each.risk) for each in found.risk_coverage] == [
        (1 / 4, 0),
        (1 / 2, 1 / 2),
    ]
    without = summarise([outcome(quoting(SAID, "a"), "a", **GOLD)])
    assert (without.reliability, without.risk_coverage) == ((), ())
    assert without.whole["gate_brier"] == Estimate(None, 0)


def test_nothing_to_sum_up_has_no_value_anywhere() -> None:
    found = summarise([])
    assert {each.value for each in found.whole.values()} == {None}
    assert (found.by_language, found.by_tag) == ({}, {})


def test_the_same_seed_gives_the_same_intervals() -> None:
    assert summarise(_run(), seed=3) == summarise(_run(), seed=3)
    assert summarise(_run(), seed=3) != summarise(_run(), seed=4)


def test_runs_of_one_question_are_drawn_together() -> None:
    once = [
        outcome(quoting(SAID, "a" if i % 3 else "x"), "a", id=str(i), **GOLD) for i in range(30)
    ]
    twice = [
        outcome(one.answer, "a", id=one.gold.id, repeat=run, **GOLD)
        for one in once
        for run in (0, 1)
    ]
    # Twice the same is no more evidence: the interval is as wide.
    assert summarise(twice).whole["right"] == Estimate(
        *_parts(summarise(once).whole["right"], n=60)
    )


def _parts(estimate: Estimate, n: int) -> tuple[float | None, int, float | None, float | None]:
    return estimate.value, n, estimate.low, estimate.high


def test_the_interval_of_a_share_is_as_wide_as_its_standard_error_says() -> None:
    weights = np.concatenate(list(draws(400, 2_000, seed=0)))
    values = np.repeat([0.0, 1.0], 200)
    low, high = interval([weights @ values / 400])
    # 0.5 ± 1.96 · √(0.5 · 0.5 / 400) = 0.5 ± 0.049.
    assert low == pytest.approx(0.451, abs=0.005)
    assert high == pytest.approx(0.549, abs=0.005)


def test_every_draw_has_as_many_as_there_are_and_small_pieces_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = np.concatenate(list(draws(7, 20, seed=1)))
    assert set(whole.sum(axis=1)) == {7}
    monkeypatch.setattr("qa.evaluation.resampling._AT_ONCE", 30)
    pieces = list(draws(7, 20, seed=1))
    assert len(pieces) == 5
    assert np.concatenate(pieces).tolist() == whole.tolist()


def test_clusters_are_numbered_as_they_come() -> None:
    assert clusters(["b", "a", "b"]).tolist() == [0, 1, 0]


MARK = st.sampled_from([0.0, 0.25, 0.5, 1.0])
BOOLEAN = st.sampled_from([0.0, 1.0])
BINARY = {"refused", "answered", "answerable", "right"}
MEASURED = st.fixed_dictionaries(
    {},
    optional={
        name: BOOLEAN if name in BINARY else MARK for metric in METRICS for name in metric.columns
    },
)


@pytest.mark.parametrize("metric", METRICS, ids=BY_NAME)
@settings(max_examples=30)
@given(
    measured=st.lists(st.tuples(MEASURED, st.integers(0, 3)), max_size=8), seed=st.integers(0, 9)
)
def test_a_weight_is_worth_as_many_questions_in_any_order(
    metric: Metric, measured: list[tuple[dict[str, float], int]], seed: int
) -> None:
    table = columns([one for one, _ in measured])
    weights = np.array([[times for _, times in measured]], dtype=np.float64)
    (found,) = metric.under(weights, table)
    repeated = [one for one, times in measured for _ in range(times)]
    np.random.default_rng(seed).shuffle(repeated)
    value = metric.value(columns(repeated))
    assert (None if np.isnan(found) else found) == (
        value if value is None else pytest.approx(value)
    )
    assert value is None or 0 <= value <= 1


def test_every_metric_is_declared_once_with_a_label_of_its_own() -> None:
    assert len(BY_NAME) == len(METRICS) == len({metric.label for metric in METRICS})
