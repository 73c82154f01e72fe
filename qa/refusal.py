"""Whether the evidence answers the question, decided before anything is answered.

A logistic regression over what speaks for the best sentences, fitted on XQuAD: each question once
with its paragraph in the index and once without. tests/bench/refusal.py fits it again, and prints
how well it tells the two apart in languages that it was not fitted on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from index_store.models import SearchResult
from index_store.terms import QueryTerms
from qa.evidence import Evidence

#: Sentences that are looked at.
BEST = 3

#: Below this probability the question is refused.
THRESHOLD = 0.45

# Weights of `features`, and the intercept. Where the embedder does not know the question's
# language its cosine says next to nothing (AUROC 0.61 to 0.71, against 0.87 in English).
_SERVED = ((6.25, 2.04, 5.55), -7.82)
_UNSERVED = ((0.0, 2.80, 7.18), -5.64)


def answers(evidence: Sequence[Evidence], found: SearchResult) -> bool:
    """Whether the question is to be answered rather than refused.

    Only sentences count that hold the kind of thing that was asked for.
    """
    telling = [sentence for sentence in evidence if sentence.offered]
    return probability(telling, found) >= THRESHOLD


def probability(evidence: Sequence[Evidence], found: SearchResult) -> float:
    """Probability, 0 to 1, that these sentences hold the answer; 0 where there are none."""
    if not evidence:
        return 0.0
    weights, intercept = _SERVED if found.served else _UNSERVED
    values = features(evidence, found.terms)
    logit = intercept + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-logit))


def features(evidence: Sequence[Evidence], terms: QueryTerms) -> tuple[float, float, float]:
    """Of the best sentences: the highest cosine with the question, the highest share of the
    question's words in a sentence, and the same in a passage."""
    best = evidence[:BEST]
    return (
        max(sentence.cosine for sentence in best),
        max(terms.word_coverage(sentence.text) for sentence in best),
        max(terms.word_coverage(sentence.hit.passage.text) for sentence in best),
    )
