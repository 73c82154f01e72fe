"""How much each candidate of a search scores: words and vectors, whole passages and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED, min_max, of_highest
from index_store.models import Vector
from index_store.read_passage import ReadPassage
from index_store.weights import AskedWeights

#: How much of the words and of the vectors is the best sentence, the rest the whole passage.
BEST_SENTENCE = 0.45
BEST_SENTENCE_DENSE = 0.4

#: How much the stems weigh against the 4-grams of a passage in the question's own language. In
#: another one there are only 4-grams.
STEMS = 0.6

_Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sides:
    """What each side says of the candidates, by passage id.

    Attributes:
        dense, dense_sentence: cosine of the question with the passage and its nearest sentence.
        grams, stems: BM25.
        gram_sentence: weight of the question's 4-grams in the sentence that has most of it. Stems
            of sentences add nothing to that, and take as long again to look at.
    """

    dense: _Scores
    grams: _Scores
    stems: _Scores
    dense_sentence: _Scores | None = None
    gram_sentence: _Scores | None = None

    def of(self, passage_id: str) -> dict[str, float]:
        """What is known of one passage, by the names above."""
        sides = {field.name: getattr(self, field.name) or {} for field in fields(self)}
        return {name: side[passage_id] for name, side in sides.items() if passage_id in side}


def with_sentences(
    sides: Sides, vector: Vector, weights: AskedWeights, found: Mapping[str, ReadPassage]
) -> Sides:
    """The same sides, and some of the candidates looked at sentence by sentence.

    Args:
        vector: of the question.
    """
    return replace(
        sides,
        dense_sentence={
            key: float((one.sentence_vectors @ vector).max()) for key, one in found.items()
        },
        gram_sentence={key: max(map(weights.of, one.sentences)) for key, one in found.items()},
    )


def combine_sides(
    sides: Sides,
    language: str | None,
    language_of: Callable[[str], str | None],
    serves: Callable[[str | None], bool],
) -> dict[str, dict[str, float]]:
    """What each side adds to a score, by passage id, best first; together it is 0 to 1.

    Where sentences were looked at, of the passages that they are of; what they are measured
    against is all that was proposed.

    Args:
        language: of the question.
        language_of: of a passage.
        serves: whether the embedder knows a language; vectors weigh less where it does not know
            that of the question and that of the passage.
    """
    normalised = {
        "dense": min_max(sides.dense),
        "grams": of_highest(sides.grams),
        "stems": of_highest(sides.stems),
        "dense_sentence": min_max(sides.dense_sentence or {}),
        "gram_sentence": of_highest(sides.gram_sentence or {}),
    }
    whole = sides.dense_sentence is None
    served = serves(language)
    shares: dict[str, dict[str, float]] = {}
    for key in sides.dense if sides.dense_sentence is None else sides.dense_sentence:
        written = language_of(key)
        is_own = language is not None and written == language
        weights = _weights(served and serves(written), is_own, whole)
        shares[key] = {
            name: weight * normalised[name][key]
            for name, weight in weights.items()
            if key in normalised[name]
        }
    return dict(sorted(shares.items(), key=lambda item: (-sum(item[1].values()), item[0])))


def _weights(is_served: bool, is_own: bool, is_whole: bool) -> Mapping[str, float]:
    """What each side weighs; together 1.

    Args:
        is_served: whether the embedder knows both languages.
        is_own: whether the passage is in the question's language.
        is_whole: whether sentences have not been looked at.
    """
    vectors = DENSE_WEIGHT_SERVED if is_served else DENSE_WEIGHT_UNSERVED
    nearest = 0.0 if is_whole else vectors * BEST_SENTENCE_DENSE
    best = 0.0 if is_whole else (1 - vectors) * BEST_SENTENCE
    words = 1 - vectors - best
    stems = STEMS if is_own else 0.0
    return {
        "dense": vectors - nearest,
        "dense_sentence": nearest,
        "grams": words * (1 - stems),
        "stems": words * stems,
        "gram_sentence": best,
    }
