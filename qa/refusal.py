"""Whether the evidence answers the question, decided before anything is answered.

A logistic regression over the best sentence, fitted on XQuAD and SQuAD-it with half of the
paragraphs in the index: the questions about the others cannot be answered. tests/bench/answering.py
fits it again, and prints how well it tells the two apart and how true its probabilities are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.evidence import Evidence
from qa.telling import Kinship

#: Below this probability the question is refused.
THRESHOLD = 0.35

#: Sentences that are so little less telling than the best are as good as it.
_AS_GOOD = 1.0

# Weights of `features`, and the intercept. That of the third is not fitted, but chosen: in these
# sets hardly a question is on a paragraph's subject without being answered there, and in an archive
# many are that ask for a price, a name or a date which nobody printed.
_WEIGHTS = {
    Kinship.MEANING: ((1.02, 1.78, 3.0), -21.2),
    Kinship.WORDS: ((1.05, 2.1, 3.0), -17.8),
    Kinship.COGNATES: ((0.47, 1.4, 3.0), -9.1),
}


def answers(evidence: Sequence[Evidence]) -> bool:
    """Whether the question is to be answered rather than refused."""
    return probability(evidence) >= THRESHOLD


def probability(evidence: Sequence[Evidence]) -> float:
    """Probability, 0 to 1, that the evidence holds the answer; 0 where there is none.

    Args:
        evidence: the most telling first.
    """
    if not evidence:
        return 0.0
    weights, intercept = _WEIGHTS[evidence[0].kinship]
    values = features(evidence)
    logit = intercept + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-logit))


def features(evidence: Sequence[Evidence]) -> tuple[float, float, float]:
    """Of evidence: how telling the best sentence is, how many of the question's names are known
    there, and whether a sentence as good offers what was asked for."""
    best = evidence[0]
    as_good = (one for one in evidence if one.score >= best.score - _AS_GOOD)
    return best.score, best.named, max(one.features.offered for one in as_good)
