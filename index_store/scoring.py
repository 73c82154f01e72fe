"""How much each candidate of a search scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED, min_max, of_highest
from index_store.lexical import LexicalScores
from index_store.models import EmbeddedPassage, Vector
from index_store.stemming import stem_set
from index_store.terms import marked_set

#: How much of a side is its best sentence, the rest its whole passage.
BEST_SENTENCE = 0.4
BEST_SENTENCE_DENSE = 0.5

#: How much the stems weigh against the 4-grams in the question's own language. In another one
#: there are only 4-grams.
STEMS = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is searched for.

    Attributes:
        vector: shape (dimensions,).
        language: ISO 639-1 code, where it is known.
        grams, stems: its terms with their inverse document frequencies.
        served: languages of passages that the embedder compares the question with well.
    """

    vector: Vector
    language: str | None
    grams: Mapping[str, float]
    stems: Mapping[str, float]
    served: frozenset[str | None]


def score(
    asked: Asked, lexical: LexicalScores, candidates: Mapping[str, EmbeddedPassage]
) -> dict[str, float]:
    """Whole-passage and best-sentence scores of words and of vectors, combined.

    Args:
        lexical: a candidate that it does not know scores 0 there.

    Returns:
        Score, 0 to 1, by passage id, best first.
    """
    dense = _blend(
        min_max({key: float(found.vector @ asked.vector) for key, found in candidates.items()}),
        min_max(
            {
                key: float((found.sentence_vectors @ asked.vector).max())
                for key, found in candidates.items()
            }
        ),
        BEST_SENTENCE_DENSE,
    )
    grams = _lexical_side(candidates, lexical.grams, _gram_coverage(asked, candidates))
    stems = _lexical_side(candidates, lexical.stems, _stem_coverage(asked, candidates))
    scores = {}
    for key, found in candidates.items():
        language = found.passage.language
        own = asked.language is not None and language == asked.language
        words = (1 - STEMS) * grams[key] + STEMS * stems[key] if own else grams[key]
        weight = DENSE_WEIGHT_SERVED if language in asked.served else DENSE_WEIGHT_UNSERVED
        scores[key] = weight * dense[key] + (1 - weight) * words
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _lexical_side(
    candidates: Mapping[str, EmbeddedPassage],
    passages: Mapping[str, float],
    sentences: Mapping[str, float],
) -> dict[str, float]:
    known = {key: passages.get(key, 0.0) for key in candidates}
    return _blend(of_highest(known), of_highest(sentences), BEST_SENTENCE)


def _blend(
    passages: Mapping[str, float], sentences: Mapping[str, float], share: float
) -> dict[str, float]:
    return {key: (1 - share) * passages[key] + share * sentences[key] for key in passages}


def _gram_coverage(asked: Asked, candidates: Mapping[str, EmbeddedPassage]) -> dict[str, float]:
    return {
        key: max(_weight(asked.grams, marked_set(text)) for text in found.passage.sentence_texts())
        for key, found in candidates.items()
    }


def _stem_coverage(asked: Asked, candidates: Mapping[str, EmbeddedPassage]) -> dict[str, float]:
    return {
        key: max(
            _weight(asked.stems, stem_set(text, found.passage.language))
            for text in found.passage.sentence_texts()
        )
        for key, found in candidates.items()
    }


def _weight(weights: Mapping[str, float], present: frozenset[str]) -> float:
    """Weight of the question's terms that occur: rare ones count most."""
    return sum(weights[term] for term in weights.keys() & present)
