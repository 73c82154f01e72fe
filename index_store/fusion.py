"""Putting scores of different engines together.

Scores are min–max normalised per query, then combined by a convex combination, which beats
reciprocal rank fusion (Bruch, Gai & Ingber 2022, "An Analysis of Fusion Functions for Hybrid
Retrieval"): rank fusion lets an engine that does not know the language drag the other down.
"""

from __future__ import annotations

from collections.abc import Mapping

#: How much the vectors weigh against the words, by whether the embedder knows the languages of
#: question and passage.
DENSE_WEIGHT_SERVED = 0.5
DENSE_WEIGHT_UNSERVED = 0.2


def min_max(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores moved and stretched to 0…1; equal scores all become 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def of_highest(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as shares of the highest: BM25 and weights of terms have 0 as their own minimum."""
    high = max(scores.values(), default=0.0)
    return {key: score / high if high else 0.0 for key, score in scores.items()}
