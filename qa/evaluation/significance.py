"""Whether two runs of the same questions differ by more than chance, and what is a step back.

The paired randomisation test of Smucker, Allan & Carterette 2007, "A Comparison of Statistical
Significance Tests for Information Retrieval Evaluation"; of measures that are only 1 or 0, the
exact test of McNemar 1947, which is the same test with every exchange counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qa.evaluation.metrics.table import Better

ALPHA = 0.05

#: Exchanges that are drawn where all of them are too many: p is exact to about 0.005 at 0.05.
_EXCHANGES = 9_999
#: Of those at once: their signs are an array of this many rows.
_BATCH = 500


class Regression(StrEnum):
    """What counts as a step back."""

    SIGNIFICANT = "significant"  # worse on the whole, by more than chance (p below 0.05)
    ANY = "any"  # a single question is worse than it was


@dataclass(frozen=True, slots=True)
class Paired:
    """One measure of the questions that two runs have in common.

    Attributes:
        won, lost, tied: ids of the questions that are better, worse, the same.
        change: mean difference, above 0 where it is for the better.
        p: how likely a change as large or larger is by chance alone, either way.
    """

    won: tuple[str, ...]
    lost: tuple[str, ...]
    tied: tuple[str, ...]
    change: float
    p: float


def paired(
    before: Mapping[str, float],
    after: Mapping[str, float],
    better: Better = Better.HIGHER,
    seed: int = 0,
) -> Paired:
    """The comparison of one measure, by question id; ids that only one run has do not count."""
    common = [name for name in after if name in before]
    sign = 1 if better is Better.HIGHER else -1
    gains = {name: sign * (after[name] - before[name]) for name in common}
    won = tuple(name for name, gain in gains.items() if gain > 0)
    lost = tuple(name for name, gain in gains.items() if gain < 0)
    tied = tuple(name for name, gain in gains.items() if gain == 0)
    is_binary = all(run[name] in (0, 1) for run in (before, after) for name in common)
    return Paired(
        won=won,
        lost=lost,
        tied=tied,
        change=sum(gains.values()) / len(gains) if gains else 0.0,
        p=(
            sign_test(len(won), len(lost))
            if is_binary
            else randomisation_test(list(gains.values()), seed)
        ),
    )


def sign_test(won: int, lost: int) -> float:
    """McNemar's exact test: p of so uneven a split of what changed, if either way is as likely."""
    from scipy.stats import binomtest  # 0.5 s

    return float(binomtest(won, won + lost).pvalue) if won + lost else 1.0


def randomisation_test(differences: list[float], seed: int = 0) -> float:
    """p of so large a mean difference, if each pair could as well be the other way round.

    Every exchange is counted where there are at most 9,999; else as many are drawn.
    """
    from scipy.stats import permutation_test

    # Pairs that tie add nothing to any sum.
    uneven = np.array([one for one in differences if one != 0])
    if len(uneven) < 2:
        return 1.0
    found = permutation_test(
        (uneven,), np.sum, permutation_type="samples", vectorized=True,
        n_resamples=_EXCHANGES, batch=_BATCH, rng=np.random.default_rng(seed),
    )  # fmt: skip
    return float(found.pvalue)


def is_regression(found: Paired, kind: Regression) -> bool:
    """Whether a comparison is a step back."""
    if kind is Regression.ANY:
        return bool(found.lost)
    return found.change < 0 and found.p < ALPHA
