"""Whether the evidence answers the question, decided before anything is answered.

The best sentence's odds of holding the answer decide; see `qa.weighing.telling`.
tests/bench/answering.py prints how well they tell questions that can be answered from others, and
how true they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.weighing.evidence import Evidence

#: Below this probability the question is refused.
THRESHOLD = 0.35

# Taken from the log-odds of a sentence that does not offer what was asked for. This is chosen, not
# fitted: in the sets hardly a question is on a paragraph's subject without being answered there,
# and in an archive many are that ask for a price, a name or a date which nobody printed.
_NOT_OFFERED = 3.0


def probability(evidence: Sequence[Evidence]) -> float:
    """Probability, 0 to 1, that the evidence holds the answer; 0 where there is none."""
    if not evidence:
        return 0.0
    best = max(one.odds - _NOT_OFFERED * (1 - one.features.offered) for one in evidence)
    return 1 / (1 + math.exp(-best))
