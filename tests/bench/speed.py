"""Ingest and query against a plain LlamaIndex VectorStoreIndex over Chroma, and against raw
`SentenceTransformer.encode`: one model, one machine, one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from tests.bench.data import load

_QUERIES = 200


def run(folder: Path) -> None:
    """Prints both ratios, and how often each puts the right paragraph first."""
    found = load(folder, "xquad.en", "en")
    if found is None:
        return
    embedder = SentenceTransformerEmbedder()
    embedder.embed_query("the model is loaded before any clock is started")
    questions = found.questions[:: len(found.questions) // _QUERIES][:_QUERIES]
    gold = {item.article.source: item.article.id for item in found.articles}
    wanted = [gold[question.sources[0]] for question in questions]
    asked = [question.question for question in questions]
    with TemporaryDirectory() as warm, TemporaryDirectory() as warm_too:
        # Libraries are imported and sentence models read before any clock is started.
        open_index(Path(warm), embedder=embedder).sync(found.articles[:5])
        _plain_llama_index(embedder, found.articles[:5], Path(warm_too))
    with TemporaryDirectory() as ours, TemporaryDirectory() as theirs:
        index = open_index(Path(ours), embedder=embedder)
        ingest = _seconds(lambda: index.sync(found.articles))
        plain_index, plain_ingest = _plain_llama_index(embedder, found.articles, Path(theirs))
        raw_ingest = _raw_ingest(embedder, found.articles)
        retriever = plain_index.as_retriever(similarity_top_k=10)

        def ours_first(question: str) -> str:
            return index.search(question, language="en").hits[0].article.id

        def plain_first(question: str) -> str:
            return str(retriever.retrieve(question)[0].node.ref_doc_id)

        for question in asked[:10]:  # caches warm on all sides
            ours_first(question), plain_first(question)
        (ours_found, query), (plain_found, plain_query), (_, raw_query) = _in_turns(
            (ours_first, plain_first, embedder.embed_query), asked
        )
    passages = index_size(found.articles, embedder)
    print(f"{len(found.articles)} articles, {passages} passages, {len(asked)} questions")
    print(f"ingest: {plain_ingest / ingest:.2f}× as fast as plain LlamaIndex, "
          f"{raw_ingest / ingest:.2f}× raw encode")  # fmt: skip
    print(f"query p50: {query / plain_query:.2f}× the time of plain LlamaIndex, "
          f"{query / raw_query:.2f}× raw query encoding")  # fmt: skip
    print(f"right paragraph first: {_share(ours_found, wanted):.3f}, "
          f"plain LlamaIndex {_share(plain_found, wanted):.3f}")  # fmt: skip


def index_size(articles: Sequence[FoundArticle], embedder: SentenceTransformerEmbedder) -> int:
    """How many passages the articles are split into."""
    return sum(
        len(split_article(found.article, embedder.count_tokens, embedder.window))
        for found in articles
    )


def _plain_llama_index(
    embedder: SentenceTransformerEmbedder, articles: Sequence[FoundArticle], folder: Path
) -> tuple[Any, float]:
    """What LlamaIndex's own documentation builds: defaults throughout, the same model."""
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    model = embedder._model

    class PlainEmbedding(BaseEmbedding):
        """The same SentenceTransformer behind LlamaIndex's interface."""

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
            rows: list[list[float]] = vectors.tolist()
            return rows

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    collection = chromadb.PersistentClient(str(folder)).create_collection(
        "plain", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
    documents = [Document(doc_id=item.article.id, text=item.article.text) for item in articles]
    started = perf_counter()
    built = VectorStoreIndex.from_documents(
        documents, storage_context=storage, embed_model=PlainEmbedding()
    )
    return built, perf_counter() - started


def _raw_ingest(embedder: SentenceTransformerEmbedder, articles: Sequence[FoundArticle]) -> float:
    texts = [
        passage.text
        for found in articles
        for passage in split_article(found.article, embedder.count_tokens, embedder.window)
    ]
    return _seconds(lambda: embedder._model.encode(texts, show_progress_bar=False))


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _in_turns(
    works: Sequence[Callable[[str], Any]], questions: Sequence[str]
) -> list[tuple[list[Any], float]]:
    """Of each work its results and the median seconds of one; question by question in turns, so
    that all of them see the same machine."""
    results: list[list[Any]] = [[] for _ in works]
    seconds: list[list[float]] = [[] for _ in works]
    for question in questions:
        for which, work in enumerate(works):
            started = perf_counter()
            results[which].append(work(question))
            seconds[which].append(perf_counter() - started)
    return [(found, statistics.median(took)) for found, took in zip(results, seconds, strict=True)]


def _share(found: Sequence[str], wanted: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(found, wanted, strict=True)) / len(wanted)
