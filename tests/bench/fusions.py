"""Other ways of putting the scores of two engines together, to compare ours with.

Scores of one question's candidates are arrays of shape (candidates,), one an engine, in one order.
Bruch, Gai & Ingber 2022, "An Analysis of Fusion Functions for Hybrid Retrieval", sections 3 and 4;
reciprocal rank fusion is of Cormack, Clarke & Büttcher 2009.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]

#: The lowest score that an engine can give: a cosine's is -1, that of BM25 and of a share is 0.
LOWEST: Mapping[str, float] = {"dense": -1.0, "dense_sentence": -1.0}

#: Normalises the scores of an engine, given the lowest that it can give.
Normalise = Callable[[Scores, float], Scores]

_RANK_CONSTANT = 60


def min_max(scores: Scores, lowest: float) -> Scores:
    """Moved and stretched to 0…1 between the lowest and the highest of the candidates."""
    return _stretched(scores, float(scores.min()))


def theoretical_min_max(scores: Scores, lowest: float) -> Scores:
    """The same, but from the lowest score that there can be: how far the candidates lie apart
    is kept."""
    return _stretched(scores, lowest)


def z_score(scores: Scores, lowest: float) -> Scores:
    """Standard deviations from the candidates' mean; equal scores are all 0."""
    deviation = float(scores.std())
    return (scores - scores.mean()) / deviation if deviation else np.zeros_like(scores)


NORMALISATIONS: Mapping[str, Normalise] = {
    "min-max": min_max,
    "theoretical min-max": theoretical_min_max,
    "z-score": z_score,
}


def convex(
    dense: Mapping[str, Scores], lexical: Mapping[str, Scores], alpha: float, by: Normalise
) -> Scores:
    """alpha · dense + (1 - alpha) · lexical, normalised; several engines of a kind are averaged.

    Args:
        lexical: may be none at all.
    """
    if not lexical:
        return _mean(dense, by)
    return alpha * _mean(dense, by) + (1 - alpha) * _mean(lexical, by)


def reciprocal_rank_fusion(engines: Mapping[str, Scores]) -> Scores:
    """Sum of 1 / (60 + rank); what an engine did not find (BM25 of 0) has no rank there."""
    ranked = [_by_rank(scores, LOWEST.get(name, 0.0)) for name, scores in engines.items()]
    total: Scores = np.sum(ranked, axis=0)
    return total


def _mean(engines: Mapping[str, Scores], by: Normalise) -> Scores:
    normalised = [by(scores, LOWEST.get(name, 0.0)) for name, scores in engines.items()]
    mean: Scores = np.mean(normalised, axis=0)
    return mean


def _stretched(scores: Scores, low: float) -> Scores:
    high = float(scores.max())
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)


def _by_rank(scores: Scores, lowest: float) -> Scores:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.where(scores > lowest, 1 / (_RANK_CONSTANT + ranks), 0.0)
