"""Means, quantiles and other figures of many runs of chance at once.

A bootstrap draws questions with replacement, which is the same as giving each question a whole
number as its weight. So every figure of a run is written once, as a function of weights: arrays of
(resamples, questions), a row of ones being the run itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def share(parts: Array, wholes: Array) -> Array:
    """One array divided by another, element by element; NaN where there is nothing to divide by."""
    parts, wholes = np.broadcast_arrays(parts, wholes)
    undefined = np.full(parts.shape, np.nan)
    shares: Array = np.divide(parts, wholes, out=undefined, where=wholes != 0)
    return shares


def weighted_mean(weights: Array, values: Array) -> Array:
    """Mean of the values under each row of weights."""
    return share(weights @ values, weights.sum(axis=1))


def weighted_sum(weights: Array, values: Array) -> Array:
    """Sum of the values under each row of weights."""
    total: Array = weights @ values
    return total


def quantile(weights: Array, values: Array, part: float) -> Array:
    """The smallest value that at least this part of the values does not exceed (nearest rank).

    Args:
        part: above 0, up to 1; 0.95 for the 95th percentile.
    """
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[:, order], axis=1)
    totals = sums[:, -1:]
    # 0.95 of 20 is 19, and not a hair above it.
    reached = sums >= part * totals - 1e-9
    found: Array = values[order][np.argmax(reached, axis=1)]
    return np.where(totals[:, 0] > 0, found, np.nan)
