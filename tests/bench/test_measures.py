from __future__ import annotations

import pytest

from tests.bench.measures import interval, reciprocal_rank


def test_the_reciprocal_rank_is_that_of_the_first_right_one() -> None:
    assert reciprocal_rank(["a", "b", "c", "d"], {"b", "c"}) == 0.5
    assert reciprocal_rank(["a", "b"], {"x"}) == 0.0


def test_the_interval_of_a_share_is_as_wide_as_its_normal_approximation() -> None:
    low, high = interval([1.0] * 300 + [0.0] * 100)
    expected = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert low == pytest.approx(0.75 - expected, abs=0.006)
    assert high == pytest.approx(0.75 + expected, abs=0.006)


def test_the_same_values_always_have_the_same_interval() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 0.0]
    assert interval(values) == interval(values)


def test_values_that_do_not_differ_have_no_width() -> None:
    assert interval([1.0] * 20) == (1.0, 1.0)


def test_there_is_no_interval_of_nothing() -> None:
    with pytest.raises(ValueError, match="one value a question"):
        interval([])
