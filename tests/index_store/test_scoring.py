from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED
from index_store.models import EmbeddedPassage, Vector
from index_store.read_passage import ReadPassage
from index_store.scoring import BEST_SENTENCE_DENSE, STEMS, Sides, combine_sides, with_sentences
from index_store.weights import AskedWeights
from tests.index_store.archive import article, passages

LANGUAGES = {"a": "en", "b": "en", "c": "it"}


def combined(sides: Sides, language: str | None = "en", served: str = "en") -> dict[str, float]:
    shares = combine_sides(sides, language, LANGUAGES.get, lambda code: code in served.split())
    return {key: sum(share.values()) for key, share in shares.items()}


def test_vectors_weigh_less_where_the_embedder_knows_one_language_only() -> None:
    sides = Sides(dense={"a": 1.0, "b": 0.0, "c": 1.0}, grams={}, stems={})
    assert combined(sides) == {"a": DENSE_WEIGHT_SERVED, "c": DENSE_WEIGHT_UNSERVED, "b": 0.0}
    assert combined(sides, "it")["a"] == DENSE_WEIGHT_UNSERVED
    assert combined(sides, "en", "en it")["c"] == DENSE_WEIGHT_SERVED
    assert combined(sides, None)["a"] == DENSE_WEIGHT_UNSERVED


def test_stems_count_in_the_questions_own_language_alone() -> None:
    sides = Sides(dense={"a": 0.0, "b": 1.0, "c": 0.0}, grams={"c": 8.0}, stems={"a": 4.0})
    assert combined(sides)["a"] == pytest.approx((1 - DENSE_WEIGHT_SERVED) * STEMS)
    assert combined(sides)["c"] == pytest.approx(1 - DENSE_WEIGHT_UNSERVED)
    # Where nobody knows the question's language there is no language of its own.
    assert combined(sides, None)["a"] == 0.0


def test_what_each_side_adds_is_told_by_its_name() -> None:
    sides = Sides(dense={"a": 1.0, "b": 0.0}, grams={"a": 2.0}, stems={"b": 2.0})
    shares = combine_sides(sides, "en", LANGUAGES.get, lambda code: True)
    words = 1 - DENSE_WEIGHT_SERVED
    assert shares["a"] == {
        "dense": DENSE_WEIGHT_SERVED,
        "grams": pytest.approx(words * (1 - STEMS)),
    }
    assert shares["b"] == {"dense": 0.0, "stems": pytest.approx(words * STEMS)}


def test_a_passage_is_as_good_as_its_whole_and_its_best_sentence_say() -> None:
    whole = Sides(dense={"a": 1.0, "b": 0.0}, grams={}, stems={})
    told = replace(whole, dense_sentence={"a": 0.0, "b": 1.0}, gram_sentence={})
    found = combined(told)
    assert found["a"] == pytest.approx(DENSE_WEIGHT_SERVED * (1 - BEST_SENTENCE_DENSE))
    assert found["b"] == pytest.approx(DENSE_WEIGHT_SERVED * BEST_SENTENCE_DENSE)


scores = st.dictionaries(st.sampled_from("abc"), st.floats(0, 50), max_size=3)


@given(scores, scores, scores, scores)
def test_scores_lie_between_0_and_1_best_first(
    dense: dict[str, float],
    grams: dict[str, float],
    stems: dict[str, float],
    sentence: dict[str, float],
) -> None:
    known = {key: dense.get(key, 0.0) for key in {**dense, **grams, **stems, **sentence}}
    for sides in (Sides(known, grams, stems), Sides(known, grams, stems, sentence, {})):
        found = combined(sides)
        assert found.keys() == (known if sides.dense_sentence is None else sentence).keys()
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert all(0 <= score <= 1 + 1e-9 for score in found.values())


def unit(*values: float) -> Vector:
    vector = np.array(values, np.float32)
    return vector / np.linalg.norm(vector)


def test_the_best_sentence_of_each_side_is_looked_for() -> None:
    (passage,) = passages(article("The library must pay. Nobody came."), 50)
    vectors = np.stack([unit(1, 0), unit(0, 1)])
    found = ReadPassage.of(EmbeddedPassage(passage, unit(1, 1), vectors))
    weights = AskedWeights({"libr": 2.0, "nobo": 1.0})
    sides = Sides({passage.id: 0.7, "other": 0.2}, {passage.id: 5.0}, {})
    told = with_sentences(sides, unit(0, 1), weights, {passage.id: found})
    assert told.of(passage.id) == {
        "dense": 0.7,
        "grams": 5.0,
        "dense_sentence": pytest.approx(1.0),
        "gram_sentence": 2.0,
    }
    shares = combine_sides(told, "en", lambda key: "en", lambda code: True)
    assert shares.keys() == {passage.id}
    # Measured against all that was proposed: it is the nearest of two, not of one.
    whole = DENSE_WEIGHT_SERVED * (1 - BEST_SENTENCE_DENSE)
    assert shares[passage.id]["dense"] == pytest.approx(whole)
