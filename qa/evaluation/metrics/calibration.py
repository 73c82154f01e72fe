"""How well the gate tells what can be answered, and how true its probabilities are.

Everywhere, `scores` are the gate's probabilities and `truths` whether the question can be answered,
1 or 0; see `means` for weights. Undefined figures are NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qa.evaluation.metrics.means import Array, share, weighted_mean

#: Bins of equal width that probabilities are sorted into.
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose probability is from `low` up to `high`.

    Attributes:
        mean, right: mean probability, and share that can be answered; None of no question.
    """

    low: float
    high: float
    count: int
    mean: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """What it would be to answer only from this probability on.

    Attributes:
        coverage: share of all questions that are answered then.
        risk: share of these answers that are wrong.
    """

    probability: float
    coverage: float
    risk: float


def auroc(weights: Array, scores: Array, truths: Array) -> Array:
    """Area under the ROC curve: how likely a question that can be answered scores higher than one
    that cannot, a tie counting half; the U of Mann & Whitney 1947 by the number of pairs.

    NaN where all or none can be answered.
    """
    order, starts = _levels(scores)
    positive = np.add.reduceat((weights * truths)[:, order], starts, axis=1)
    negative = np.add.reduceat((weights * (1 - truths))[:, order], starts, axis=1)
    below = np.cumsum(negative, axis=1) - negative
    beaten = (positive * (below + negative / 2)).sum(axis=1)
    return share(beaten, positive.sum(axis=1) * negative.sum(axis=1))


def brier(weights: Array, scores: Array, truths: Array) -> Array:
    """Mean squared distance of probability and truth (Brier 1950); 0 is best."""
    return weighted_mean(weights, (scores - truths) ** 2)


def expected_calibration_error(weights: Array, scores: Array, truths: Array) -> Array:
    """Mean distance of probability and truth over bins (Naeini, Cooper & Hauskrecht 2015)."""
    members = np.eye(BINS)[_bins(scores)]
    off = np.abs((weights * (scores - truths)) @ members).sum(axis=1)
    return share(off, weights.sum(axis=1))


def reliability(scores: Array, truths: Array) -> tuple[Bin, ...]:
    """The reliability curve: `BINS` bins from 0 to 1; 1 itself is in the last."""
    places = _bins(scores)
    bins = []
    for place in range(BINS):
        inside = places == place
        count = int(inside.sum())
        mean, right = (float(each[inside].mean()) if count else None for each in (scores, truths))
        bins.append(Bin(place / BINS, (place + 1) / BINS, count, mean, right))
    return tuple(bins)


def risk_coverage(scores: Array, wrong: Array, asked: int) -> tuple[Point, ...]:
    """The risk–coverage curve of what was answered, surest first (El-Yaniv & Wiener 2010, "On the
    Foundations of Noise-free Selective Classification"): a point a probability.

    Args:
        scores, wrong: of the questions that were answered.
        asked: how many there were in all.
    """
    order, starts = _levels(-scores)
    if not len(order):
        return ()
    answered = np.cumsum(np.add.reduceat(np.ones(len(order)), starts))
    mistaken = np.cumsum(np.add.reduceat(wrong[order], starts))
    return tuple(
        Point(float(score), float(count / asked), float(errors / count))
        for score, count, errors in zip(scores[order][starts], answered, mistaken, strict=True)
    )


def risk_coverage_area(weights: Array, scores: Array, wrong: Array, answered: Array) -> Array:
    """Mean risk along the risk–coverage curve, up to what was answered; 0 is best."""
    order, starts = _levels(-scores)
    counts = np.add.reduceat((weights * answered)[:, order], starts, axis=1)
    errors = np.add.reduceat((weights * answered * wrong)[:, order], starts, axis=1)
    risks = share(np.cumsum(errors, axis=1), np.cumsum(counts, axis=1))
    return share(np.nansum(counts * risks, axis=1), counts.sum(axis=1))


def _bins(scores: Array) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.minimum((scores * BINS).astype(np.intp), BINS - 1)


def _levels(
    scores: Array,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Positions in rising order of score, and where in it each new score begins."""
    order = np.argsort(scores, kind="stable")
    _, starts = np.unique(scores[order], return_index=True)
    return order, starts
