"""Means and quantiles under weights."""

from __future__ import annotations

import numpy as np
import pytest

from qa.evaluation.metrics.means import quantile, weighted_mean


def test_a_weighted_mean_counts_each_value_as_often_as_its_weight() -> None:
    weights = np.array([[1.0, 1, 1], [3, 0, 1], [0, 0, 0]])
    found = weighted_mean(weights, np.array([1.0, 2, 6]))
    # (1 + 2 + 6) / 3; (3 · 1 + 6) / 4; nothing.
    assert found[:2] == pytest.approx([3, 9 / 4])
    assert np.isnan(found[2])


def test_a_quantile_is_one_of_the_values() -> None:
    values = np.arange(20, 0, -1, dtype=np.float64)
    ones = np.ones((1, 20))
    assert quantile(ones, values, 0.95) == [19]
    assert quantile(ones, values, 0.5) == [10]
    assert quantile(ones, values, 1) == [20]
    # 20 weighs as much as all others together and one more.
    assert quantile(np.array([[20.0, *[1] * 19]]), values, 0.5) == [20]
