"""How much each candidate of a search scores: words and vectors, whole passages and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED, min_max, of_highest
from index_store.models import Vector
from index_store.read_passage import ReadPassage
from index_store.weights import AskedWeights

#: How much of a side is its best sentence, the rest its whole passage.
BEST_SENTENCE = 0.4
BEST_SENTENCE_DENSE = 0.5

#: How much the stems weigh against the 4-grams in the question's own language. In another one
#: there are only 4-grams.
STEMS = 0.5

_Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sides:
    """What each side says of the candidates, by passage id.

    Attributes:
        dense, dense_sentence: cosine of the question with the passage and its nearest sentence.
        grams, stems: BM25.
        gram_sentence, stem_sentence: weight of the question's terms in the sentence that has most
            of it.
    """

    dense: _Scores
    grams: _Scores
    stems: _Scores
    dense_sentence: _Scores | None = None
    gram_sentence: _Scores | None = None
    stem_sentence: _Scores | None = None

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
        gram_sentence={
            key: max(map(weights.of_grams, one.sentences)) for key, one in found.items()
        },
        stem_sentence={
            key: max(map(weights.of_stems, one.stems))
            for key, one in found.items()
            if one.passage.language == weights.language
        },
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
    dense = _side(("dense", "dense_sentence"), sides, BEST_SENTENCE_DENSE, min_max)
    grams = _side(("grams", "gram_sentence"), sides, BEST_SENTENCE, of_highest)
    stems = _side(("stems", "stem_sentence"), sides, BEST_SENTENCE, of_highest)
    served = serves(language)
    shares: dict[str, dict[str, float]] = {}
    for key in sides.dense if sides.dense_sentence is None else sides.dense_sentence:
        written = language_of(key)
        share = STEMS if written == language and language is not None else 0.0
        weight = DENSE_WEIGHT_SERVED if served and serves(written) else DENSE_WEIGHT_UNSERVED
        weights = (
            (dense, weight),
            (grams, (1 - weight) * (1 - share)),
            (stems, (1 - weight) * share),
        )
        shares[key] = {
            name: much * scores[key]
            for side, much in weights
            for name, scores in side.items()
            if key in scores
        }
    return dict(sorted(shares.items(), key=lambda item: (-sum(item[1].values()), item[0])))


def _side(
    names: tuple[str, str],
    sides: Sides,
    share: float,
    normalised: Callable[[_Scores], dict[str, float]],
) -> dict[str, dict[str, float]]:
    """Scores of the whole passages and of their sentences, by the name of each, as they count."""
    passages, sentences = (getattr(sides, name) for name in names)
    whole = normalised(passages)
    if sentences is None:
        return {names[0]: whole}
    best = normalised(sentences)
    return {
        names[0]: {key: (1 - share) * score for key, score in whole.items()},
        names[1]: {key: share * score for key, score in best.items()},
    }
