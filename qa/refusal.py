"""Whether the evidence answers the question, decided before anything is answered.

A logistic regression over what speaks for the best sentences. Fitted on XQuAD in two languages:
each question once with its paragraph in the index and once without; see tests/bench/refusal.py,
which fits it again and prints how well it tells the two apart in a third language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index_store.terms import terms
from qa.evidence import Evidence

#: Sentences that are looked at.
_BEST = 3

#: Features in the order that `features` returns them.
FEATURES = (
    "cosine of the best sentence",
    "cosine of the best passage",
    "share of the question in a sentence",
    "share of the question in a passage",
    "weightiest term that the passage lacks",
)
#: Fitted by tests/bench/refusal.py.
COEFFICIENTS = (7.92, -2.25, 1.64, 5.6, -0.67)
INTERCEPT = -7.56
#: Below this probability the question is refused.
THRESHOLD = 0.5


def features(evidence: Sequence[Evidence], term_weights: Mapping[str, float]) -> tuple[float, ...]:
    """What is known of the best sentences, a number each; see `FEATURES`."""
    best = evidence[:_BEST]
    return (
        max(found.cosine for found in best),
        max(found.hit.dense or 0.0 for found in best),
        max(found.coverage for found in best),
        max(found.passage_coverage for found in best),
        min(weightiest_missing(term_weights, found.hit.passage.text) for found in best),
    )


def answers(evidence: Sequence[Evidence], term_weights: Mapping[str, float]) -> bool:
    """Whether the question is to be answered rather than refused.

    Only sentences count that hold the kind of thing that was asked for.
    """
    telling = [found for found in evidence if found.offered]
    return probability(telling, term_weights) >= THRESHOLD


def probability(evidence: Sequence[Evidence], term_weights: Mapping[str, float]) -> float:
    """Probability, 0 to 1, that these sentences hold the answer; 0 where there are none."""
    if not evidence:
        return 0.0
    values = features(evidence, term_weights)
    logit = INTERCEPT + sum(
        weight * value for weight, value in zip(COEFFICIENTS, values, strict=True)
    )
    return 1 / (1 + math.exp(-logit))


def weightiest_missing(term_weights: Mapping[str, float], text: str) -> float:
    """Share of the question's weight that the heaviest term missing in a text makes up.

    A question about somebody whom a passage never names is not answered by it, however much of
    the rest the passage shares.
    """
    present = set(terms(text))
    missing = [weight for term, weight in term_weights.items() if term not in present]
    total = sum(term_weights.values())
    return max(missing, default=0.0) / total if total else 0.0
