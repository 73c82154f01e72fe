"""Refusals: precision, recall and F1 of both classes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics.refusing import (
    f1,
    grounded_refusal_f1,
    precision,
    recall,
    refusal_f1,
)

# Refused 3, of which 2 unanswerable; 4 unanswerable in all.
OUTCOMES = [(False, True)] * 2 + [(True, True)] + [(False, False)] * 2 + [(True, False)] * 5


def test_refusal_f1_counts_only_refusals_of_what_has_no_answer_as_right() -> None:
    # Precision 2/3, recall 1/2.
    assert refusal_f1(OUTCOMES) == pytest.approx(4 / 7)
    # Answered 7, of which 5 answerable; 6 answerable in all: 2 · 5 / (2 · 5 + 2 + 1).
    assert grounded_refusal_f1(OUTCOMES) == pytest.approx((4 / 7 + 10 / 13) / 2)


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


def test_measures_of_nothing_are_undefined_rather_than_perfect() -> None:
    assert refusal_f1([]) is None
    assert grounded_refusal_f1([(True, False)]) is None


PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1)


@given(PAIRS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(pairs: list[tuple[bool, bool]]) -> None:
    chosen, right = np.array(pairs, dtype=np.float64).T
    ones = np.ones((1, len(pairs)))
    one, other = precision(ones, chosen, right)[0], recall(ones, chosen, right)[0]
    if one > 0 and other > 0:
        assert f1(ones, chosen, right)[0] == pytest.approx(2 / (1 / one + 1 / other))


@given(PAIRS)
def test_grounded_f1_treats_both_classes_alike(pairs: list[tuple[bool, bool]]) -> None:
    swapped = [(not answerable, not refused) for answerable, refused in pairs]
    assert grounded_refusal_f1(pairs) == pytest.approx(grounded_refusal_f1(swapped))
