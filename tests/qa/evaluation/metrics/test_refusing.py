"""Refusals: precision, recall and F1 of both classes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.refusing import f1, grounded_f1, precision, recall

# Refused 3, of which 2 unanswerable; 4 unanswerable in all; answerable and refused of each.
OUTCOMES = [(0, 1)] * 2 + [(1, 1)] + [(0, 0)] * 2 + [(1, 0)] * 5


def grounded(pairs: Sequence[tuple[float, float]]) -> float:
    answerable, refused = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    (found,) = grounded_f1(np.ones((1, len(pairs))), refused, 1 - refused, answerable)
    return float(found)


def test_both_classes_count_alike() -> None:
    # Refusing: precision 2/3, recall 1/2. Answered 7, of which 5 answerable; 6 answerable in all:
    # 2 · 5 / (2 · 5 + 2 + 1).
    assert grounded(OUTCOMES) == pytest.approx((4 / 7 + 10 / 13) / 2)


def test_precision_is_of_what_was_chosen_and_recall_of_what_was_to_be() -> None:
    chosen, right = np.array([1.0, 1, 1, 0, 0]), np.array([1.0, 1, 0, 1, 1])
    ones = np.ones((1, 5))
    assert precision(ones, chosen, right) == pytest.approx([2 / 3])
    assert recall(ones, chosen, right) == pytest.approx([2 / 4])
    assert f1(ones, chosen, right) == pytest.approx([4 / 7])
    # The first counts three times: chosen 5, right among them 4, to be chosen 6.
    weights = np.array([[3.0, 1, 1, 1, 1]])
    assert precision(weights, chosen, right) == pytest.approx([4 / 5])
    assert recall(weights, chosen, right) == pytest.approx([4 / 6])


def test_a_measure_of_nothing_is_undefined_rather_than_perfect() -> None:
    assert np.isnan(grounded([(1, 0)]))


PAIRS = st.lists(st.tuples(*[st.sampled_from([0.0, 1.0])] * 2), min_size=1)


@given(PAIRS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(pairs: list[tuple[float, float]]) -> None:
    chosen, right = np.array(pairs, dtype=np.float64).T
    ones = np.ones((1, len(pairs)))
    one, other = precision(ones, chosen, right)[0], recall(ones, chosen, right)[0]
    if one > 0 and other > 0:
        assert f1(ones, chosen, right)[0] == pytest.approx(2 / (1 / one + 1 / other))


@given(PAIRS)
def test_grounded_f1_treats_both_classes_alike(pairs: list[tuple[float, float]]) -> None:
    swapped = [(1 - answerable, 1 - refused) for answerable, refused in pairs]
    assert grounded(pairs) == pytest.approx(grounded(swapped), nan_ok=True)
