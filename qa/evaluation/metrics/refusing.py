"""Whether it is refused what cannot be answered, and nothing else.

Precision, recall and F1 of both classes, refusing the unanswerable and answering the answerable,
and the mean of the two F1: the grounded-refusal F1 of Trust-Eval (Song et al. 2024, "Measuring and
Enhancing Trustworthiness of LLMs in RAG through Grounded Attributions and Learning to Refuse").

Of arrays, `chosen` and `right` are 1 or 0 a question: what was done, and what was to be done. A
question that ended in an error is neither refused nor answered, and so is missed by both.
"""

from __future__ import annotations

from qa.evaluation.metrics.means import Array, share, weighted_sum


def precision(weights: Array, chosen: Array, right: Array) -> Array:
    """Of what was chosen, the share that was right to choose; see `means` for weights."""
    return share(weighted_sum(weights, chosen * right), weighted_sum(weights, chosen))


def recall(weights: Array, chosen: Array, right: Array) -> Array:
    """Of what was right to choose, the share that was chosen."""
    return share(weighted_sum(weights, chosen * right), weighted_sum(weights, right))


def f1(weights: Array, chosen: Array, right: Array) -> Array:
    """Harmonic mean of precision and recall; NaN where nothing was chosen or to be chosen."""
    both = weighted_sum(weights, chosen * right)
    return share(2 * both, weighted_sum(weights, chosen) + weighted_sum(weights, right))


def grounded_f1(weights: Array, refused: Array, answered: Array, answerable: Array) -> Array:
    """Mean of the F1 of refusing the unanswerable and of answering the answerable."""
    refusing = f1(weights, refused, 1 - answerable)
    return (refusing + f1(weights, answered, answerable)) / 2
