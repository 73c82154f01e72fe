from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.fusions import (
    NORMALISATIONS,
    Normalise,
    Scores,
    convex,
    min_max,
    reciprocal_rank_fusion,
    theoretical_min_max,
    z_score,
)

_scores = st.lists(st.integers(0, 1_000), min_size=1, max_size=8).map(
    lambda some: np.array(some, dtype=np.float64)
)


def test_min_max_puts_the_lowest_candidate_at_0_and_the_highest_at_1() -> None:
    assert min_max(np.array([2.0, 4.0, 3.0]), 0.0).tolist() == [0.0, 1.0, 0.5]


def test_theoretical_min_max_keeps_how_far_the_candidates_are_from_the_lowest_score() -> None:
    assert theoretical_min_max(np.array([2.0, 4.0, 3.0]), 0.0).tolist() == [0.5, 1.0, 0.75]
    assert theoretical_min_max(np.array([0.0, 1.0]), -1.0).tolist() == [0.5, 1.0]


def test_z_scores_have_mean_0_and_deviation_1() -> None:
    scores = z_score(np.array([1.0, 2.0, 6.0]), 0.0)
    assert scores.mean() == pytest.approx(0.0)
    assert scores.std() == pytest.approx(1.0)


@pytest.mark.parametrize("by", NORMALISATIONS.values(), ids=NORMALISATIONS)
@given(scores=_scores)
def test_no_normalisation_changes_the_order_of_one_engine(by: Normalise, scores: Scores) -> None:
    normal = by(scores, 0.0)
    assert (np.sign(np.subtract.outer(scores, scores))
            == np.sign(np.subtract.outer(normal, normal))).all()  # fmt: skip


def test_alpha_is_the_share_of_the_vectors() -> None:
    dense, lexical = {"dense": np.array([-1.0, 1.0])}, {"grams": np.array([8.0, 0.0])}
    assert convex(dense, lexical, 1.0, min_max).tolist() == [0.0, 1.0]
    assert convex(dense, lexical, 0.0, min_max).tolist() == [1.0, 0.0]
    assert convex(dense, lexical, 0.25, min_max).tolist() == [0.75, 0.25]


def test_without_words_the_vectors_decide() -> None:
    assert convex({"dense": np.array([-1.0, 1.0])}, {}, 0.0, min_max).tolist() == [0.0, 1.0]


def test_reciprocal_ranks_add_up_and_what_was_not_found_has_none() -> None:
    engines = {"dense": np.array([0.9, 0.1, 0.5]), "grams": np.array([0.0, 7.0, 0.0])}
    fused = reciprocal_rank_fusion(engines)
    assert fused.tolist() == pytest.approx([1 / 61, 1 / 63 + 1 / 61, 1 / 62])
