"""The gate: how well it tells, and how true its probabilities are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.calibration import (
    Bin,
    Point,
    auroc,
    brier,
    expected_calibration_error,
    reliability,
    risk_coverage,
    risk_coverage_area,
)

SCORES = np.array([0.9, 0.4, 0.4, 0.1])
TRUTHS = np.array([1.0, 1, 0, 0])
ONES = np.ones((1, 4))


def test_auroc_is_the_share_of_pairs_in_order_and_ties_count_half() -> None:
    # 0.9 beats 0.4 and 0.1; 0.4 beats 0.1 and ties with 0.4: 3.5 of 4.
    assert auroc(ONES, SCORES, TRUTHS) == pytest.approx([3.5 / 4])
    assert np.isnan(auroc(ONES, SCORES, np.ones(4)))


def test_brier_is_the_mean_square_of_what_is_off() -> None:
    # (0.01 + 0.36 + 0.16 + 0.01) / 4.
    assert brier(ONES, SCORES, TRUTHS) == pytest.approx([0.135])


def test_calibration_error_lets_what_is_off_in_one_bin_cancel_out() -> None:
    # 1 · |0.9 − 1| + 2 · |0.4 − 0.5| + 1 · |0.1 − 0|, by 4.
    assert expected_calibration_error(ONES, SCORES, TRUTHS) == pytest.approx([0.1])


def test_the_reliability_curve_has_a_bin_for_every_tenth() -> None:
    bins = reliability(np.array([0.0, 0.42, 0.48, 1.0]), np.array([0.0, 1, 0, 1]))
    assert [each.count for each in bins] == [1, 0, 0, 0, 2, 0, 0, 0, 0, 1]
    assert bins[1] == Bin(0.1, 0.2, 0, None, None)
    assert (bins[4].mean, bins[4].right) == pytest.approx((0.45, 0.5))
    assert (bins[9].high, bins[9].mean) == (1.0, 1.0)


def test_the_risk_coverage_curve_begins_with_the_surest() -> None:
    curve = risk_coverage(np.array([0.7, 0.9, 0.8]), np.array([0.0, 0, 1]), asked=4)
    assert curve == (
        Point(0.9, 0.25, 0),
        Point(0.8, 0.5, 1 / 2),
        Point(0.7, 0.75, 1 / 3),
    )
    assert risk_coverage(np.array([]), np.array([]), asked=4) == ()


def test_the_area_is_the_mean_risk_and_refusals_are_not_in_it() -> None:
    scores, wrong = np.array([0.7, 0.9, 0.8, 0.95]), np.array([0.0, 0, 1, 1])
    answered = np.array([1.0, 1, 1, 0])
    # (0 + 1/2 + 1/3) / 3.
    assert risk_coverage_area(ONES, scores, wrong, answered) == pytest.approx([5 / 18])
    assert np.isnan(risk_coverage_area(ONES, scores, wrong, np.zeros(4)))


SCORED = st.lists(
    st.tuples(st.integers(0, 8).map(lambda eighths: eighths / 8), st.booleans()), min_size=1
)


@given(SCORED)
def test_auroc_is_what_counting_pairs_gives_and_turns_over_with_the_scores(
    scored: list[tuple[float, bool]],
) -> None:
    scores, truths = (np.array(each, dtype=np.float64) for each in zip(*scored, strict=True))
    ones = np.ones((1, len(scored)))
    high, low = scores[truths == 1], scores[truths == 0]
    (found,) = auroc(ones, scores, truths)
    if not len(high) or not len(low):
        assert np.isnan(found)
        return
    pairs = [(one > other) + (one == other) / 2 for one in high for other in low]
    assert found == pytest.approx(np.mean(pairs))
    assert auroc(ones, 1 - scores, truths)[0] == pytest.approx(1 - found)


@given(SCORED)
def test_errors_are_between_0_and_1(scored: list[tuple[float, bool]]) -> None:
    scores, truths = (np.array(each, dtype=np.float64) for each in zip(*scored, strict=True))
    ones = np.ones((1, len(scored)))
    (squared,) = brier(ones, scores, truths)
    (binned,) = expected_calibration_error(ones, scores, truths)
    assert 0 <= squared <= 1
    # By Jensen, binning can only bring the mean distance nearer to 0 than its root mean square.
    assert 0 <= binned <= squared**0.5 + 1e-9
    assert sum(each.count for each in reliability(scores, truths)) == len(scored)
