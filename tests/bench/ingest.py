"""Indexing against raw `SentenceTransformer.encode` of the same passages and against a plain
LlamaIndex VectorStoreIndex over Chroma: one model, one machine, one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from corpus import Passage
from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from tests.bench.baselines import plain_llama_index, raw_model
from tests.bench.data import load

_ROUNDS = 3


def run(folder: Path) -> None:
    """Prints ratios of medians; rounds alternate, so that all sides see the same machine."""
    found = load(folder, "xquad.en", "en")
    if found is None:
        return
    embedder, model = SentenceTransformerEmbedder(), raw_model()
    passages = _passages(found.articles, embedder)
    texts = [passage.text for passage in passages]
    with TemporaryDirectory() as scratch:
        sides = _sides(embedder, model, found.articles, texts, Path(scratch))
        for side in sides.values():  # libraries are imported before any clock is started
            side(found.articles[:5], texts[:5])
        seconds: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(_ROUNDS):
            for name, side in sides.items():
                seconds[name].append(_seconds(partial(side, found.articles, texts)))
    took = {name: statistics.median(some) for name, some in seconds.items()}
    print(f"{len(found.articles)} articles, {len(passages)} passages")
    print(
        f"ingest: {took['raw'] / took['ours']:.2f}× raw encode, "
        f"{took['plain'] / took['ours']:.2f}× plain LlamaIndex"
    )
    print(f"a deleted home indexed again, from the cache: {took['raw'] / took['cached']:.1f}× "
          f"raw encode")  # fmt: skip
    print(f"unchanged, indexed again: {took['ours'] / took['unchanged']:.0f}× as fast as at first")


_Side = Callable[[Sequence[FoundArticle], Sequence[str]], Any]


def _sides(
    embedder: SentenceTransformerEmbedder,
    model: Any,
    articles: Sequence[FoundArticle],
    texts: Sequence[str],
    scratch: Path,
) -> dict[str, _Side]:
    cache, unchanged = scratch / "cache", scratch / "unchanged"
    open_index(unchanged, embedder=embedder, cache=cache).sync(articles)
    homes = (scratch / str(number) for number in range(10_000))
    return {
        "raw": lambda articles, texts: model.encode(list(texts), show_progress_bar=False),
        "ours": lambda articles, texts: open_index(next(homes), embedder=embedder).sync(articles),
        "plain": lambda articles, texts: plain_llama_index(model, articles, next(homes)),
        "cached": lambda articles, texts: open_index(
            next(homes), embedder=embedder, cache=cache
        ).sync(articles),
        "unchanged": lambda articles, texts: open_index(unchanged, embedder=embedder).sync(
            articles
        ),
    }


def _passages(
    articles: Sequence[FoundArticle], embedder: SentenceTransformerEmbedder
) -> list[Passage]:
    return [
        passage
        for found in articles
        for passage in split_article(found.article, embedder.count_tokens, embedder.window)
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
