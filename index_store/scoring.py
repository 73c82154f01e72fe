"""How much each candidate of a search scores."""

from __future__ import annotations

from collections.abc import Mapping

from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED, combine
from index_store.models import EmbeddedPassage, Vector
from index_store.terms import QueryTerms


def score(
    vector: Vector,
    terms: QueryTerms,
    lexical: Mapping[str, float],
    candidates: Mapping[str, EmbeddedPassage],
    served: bool,
) -> dict[str, float]:
    """Passage and best-sentence scores of both sides, combined; by passage id, best first.

    Args:
        vector: of the question.
        lexical: BM25 by passage id; a candidate that it does not know scores 0 there.
        served: whether the embedder knows the question's language.
    """
    share = (DENSE_WEIGHT_SERVED if served else DENSE_WEIGHT_UNSERVED) / 2
    dense = {key: float(found.vector @ vector) for key, found in candidates.items()}
    dense_sentence = {
        key: float((found.sentence_vectors @ vector).max()) for key, found in candidates.items()
    }
    lexical_sentence = {
        key: max(map(terms.coverage, found.passage.sentence_texts()))
        for key, found in candidates.items()
    }
    return combine(
        [
            (share, dense),
            (share, dense_sentence),
            (0.5 - share, {key: lexical.get(key, 0.0) for key in candidates}),
            (0.5 - share, lexical_sentence),
        ]
    )
