from __future__ import annotations

import pickle
from collections import Counter
from itertools import islice

import numpy as np
import pytest

from tests.bench.made import PUBLISHERS, Made, Sentences, make_articles

_TEXTS = tuple(
    f"The mayor of Nordhavn told reporters on day {number} that the bridge would cost {number}00."
    for number in range(40)
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    kept = tmp_path_factory.mktemp("made") / "sentences"
    vectors = np.random.default_rng(1).normal(size=(len(_TEXTS), 16)).astype(np.float32)
    kept.write_bytes(pickle.dumps({"en": Sentences(_TEXTS, vectors)}))
    return list(make_articles(kept, 1_000))


def test_as_many_passages_are_made_as_were_asked_for(made: list[Made]) -> None:
    assert sum(len(embedded) for _, embedded in made) == 1_000


def test_no_two_made_passages_are_alike(made: list[Made]) -> None:
    texts = [one.passage.text for _, embedded in made for one in embedded]
    assert len(set(texts)) == len(texts)


def test_a_made_passage_and_its_sentences_stand_where_they_say(made: list[Made]) -> None:
    for found, embedded in islice(made, 50):
        for one in embedded:
            passage = one.passage
            assert found.article.text[passage.start : passage.end] == passage.text
            assert " ".join(passage.sentence_texts()) == passage.text
            assert one.sentence_vectors.shape == (len(passage.sentences), 16)


def test_made_vectors_have_length_1(made: list[Made]) -> None:
    _, embedded = made[0]
    lengths = [
        np.linalg.norm(each) for one in embedded for each in (one.vector, *one.sentence_vectors)
    ]
    assert lengths == pytest.approx([1.0] * len(lengths), abs=1e-5)


def test_the_first_four_outlets_have_half_of_all_articles(made: list[Made]) -> None:
    counted = Counter(found.article.publisher for found, _ in made[:200])
    assert set(counted) == set(PUBLISHERS)
    assert sum(counted[name] for name in tuple(PUBLISHERS)[:4]) == pytest.approx(100, abs=5)
