"""What is measured of a ranking, and how far a mean of it can be trusted."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

_RESAMPLES = 2_000
_SEED = 1


def reciprocal_rank(retrieved: Sequence[str], gold: Collection[str]) -> float:
    """1 / the rank of the first right one, 0 where there is none."""
    ranks = (1 / rank for rank, found in enumerate(retrieved, start=1) if found in gold)
    return next(ranks, 0.0)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean over questions, by percentiles.

    The same values always have the same interval. Of differences question by question it is a
    paired comparison: two systems differ where 0 lies outside.
    Efron & Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no interval of no values; expected one value a question")
    chance = np.random.default_rng(_SEED)
    drawn = chance.integers(len(values), size=(_RESAMPLES, len(values)))
    low, high = np.quantile(np.asarray(values)[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)
