"""A question asked of a thousand passages, against raw query encoding and a plain LlamaIndex
VectorStoreIndex over Chroma: one model, one machine, question by question in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

import numpy as np

from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from tests.bench.archives import SETS
from tests.bench.baselines import LIMIT, plain_llama_index, raw_model
from tests.bench.data import load

_PASSAGES = 1_000
_QUESTIONS = 200
#: Questions asked of all sides before any is timed; none of them is asked again.
_WARMING = 20

_T = TypeVar("_T")


def run(folder: Path) -> None:
    """Prints the ratios of medians."""
    embedder, model = SentenceTransformerEmbedder(), raw_model()
    articles, asked = _archive(folder, embedder)
    with TemporaryDirectory() as ours, TemporaryDirectory() as theirs:
        index, cold = (open_index(Path(ours), embedder=embedder) for _ in range(2))
        index.sync(articles)
        index.warm_up()  # as the server does before it listens
        plain = plain_llama_index(model, articles, Path(theirs))
        retrieve = plain.as_retriever(similarity_top_k=LIMIT).retrieve
        encode = partial(model.encode, show_progress_bar=False)
        raw, citedesk, citedesk_cold, llama_index = _in_turns(
            (
                lambda question, language: encode(question),
                lambda question, language: index.search(question, language=language, limit=LIMIT),
                lambda question, language: cold.search(question, language=language, limit=LIMIT),
                lambda question, language: retrieve(question),
            ),
            asked,
        )
    print(f"{_PASSAGES:,} passages in {len(SETS)} languages, {len(citedesk)} questions")
    sides = (raw, citedesk, citedesk_cold, llama_index)
    encoding, warm_now, cold_now, theirs_now = np.median(sides, axis=1)
    print(f"query p50: {warm_now / encoding:.2f}× raw query encoding, "
          f"{warm_now / theirs_now:.2f}× plain LlamaIndex "
          f"({encoding * 1000:.1f} ms of encoding on this machine)")  # fmt: skip
    print(f"  without reading ahead, as passages are first met: {cold_now / encoding:.2f}× raw")


def _archive(
    folder: Path, embedder: SentenceTransformerEmbedder
) -> tuple[list[FoundArticle], list[tuple[str, str]]]:
    """A thousand passages in turns from every set there is, and questions with their languages."""
    read = [(load(folder, name, language), language) for name, language in SETS.items()]
    sets = [(found, language) for found, language in read if found is not None]
    articles: list[FoundArticle] = []
    passages = 0
    for item in _turns([found.articles for found, _ in sets]):
        passages += len(split_article(item.article, embedder.count_tokens, embedder.window))
        if passages > _PASSAGES:
            break
        articles.append(item)
    questions = [[(one.question, language) for one in found.questions] for found, language in sets]
    return articles, list(islice(_turns(questions), _WARMING + _QUESTIONS))


def _turns(lists: Sequence[Sequence[_T]]) -> Iterator[_T]:
    """One of each list after the other, as long as any has one."""
    return (one for some in zip_longest(*lists) for one in some if one is not None)


def _in_turns(
    works: Sequence[Callable[[str, str], object]], asked: Sequence[tuple[str, str]]
) -> list[list[float]]:
    """Of each work the seconds of every question after the first few; all see the same machine,
    and each comes first as often."""
    seconds: list[list[float]] = [[] for _ in works]
    for at, (question, language) in enumerate(asked):
        for turn in range(len(works)):
            which = (at + turn) % len(works)
            started = perf_counter()
            works[which](question, language)
            seconds[which].append(perf_counter() - started)
    return [took[_WARMING:] for took in seconds]
