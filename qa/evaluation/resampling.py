"""The bootstrap: how far a figure of these questions could be off for questions like them.

Percentile intervals (Efron 1979, "Bootstrap Methods: Another Look at the Jackknife"). What belongs
together is drawn together: the runs of one question, and one question in several languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.metrics.means import Array

RESAMPLES = 1_000
#: Two-sided.
CONFIDENCE = 0.95

#: Weights that are made at once: 64 MB.
_AT_ONCE = 8_000_000


def clusters(names: Sequence[str]) -> NDArray[np.intp]:
    """Of each name its cluster's number, from 0."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.intp)


def draws(count: int, resamples: int, seed: int) -> Iterator[Array]:
    """How often each of `count` clusters is drawn, in pieces of (some resamples, count)."""
    rng = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(count, 1))
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        drawn = rng.integers(count, size=(size, count))
        drawn += np.arange(size)[:, None] * count
        flat = np.bincount(drawn.ravel(), minlength=size * count)
        yield flat.reshape(size, count).astype(np.float64)


def interval(pieces: Sequence[Array]) -> tuple[float | None, float | None]:
    """The middle 95 % of a figure's resamples; None where it was defined in none of them."""
    values = np.concatenate(pieces) if pieces else np.empty(0)
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None, None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)
