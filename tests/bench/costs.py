"""Measures what `tests.bench.capacity` computes with: what each step of indexing costs, and what an
archive costs on disk, in memory and in a search as it grows.

Each archive stands on a Chroma server of its own, so that what is kept there and what is kept by
a web server are told apart.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from corpus import Passage
from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from corpus.splitting import split_article
from index_store.chroma import open_chroma
from index_store.embedder import SentenceTransformerEmbedder
from index_store.embedding_cache import CachedEmbedder, EmbeddingCache, cache_file
from index_store.home import CHROMA, WORDS, open_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import EmbeddedPassage
from index_store.snapshot import DATABASE
from index_store.store import Manifest
from index_store.syncing import BATCH_PASSAGES
from tests.bench import growth
from tests.bench.baselines import raw_model
from tests.bench.capacity import (
    PAGE,
    Figures,
    Size,
    Steps,
    with_parts,
    write_figures,
)
from tests.bench.corpus import WORDS as WORDS_OF_AN_ARTICLE
from tests.bench.corpus import write_articles
from tests.faults.chroma_server import ChromaServer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SAMPLE = 200
_QUESTIONS = 60
_SIZES = "10000,100000"

#: An article and its passages.
_Split = tuple[FoundArticle, list[Passage]]


def run(folder: Path) -> None:
    """Measures, and writes figures and page; `CITEDESK_BENCH_SIZES` are other sizes than 10,000 and
    100,000 passages."""
    sizes = [int(size) for size in os.environ.get(growth.SIZES, _SIZES).split(",")]
    steps = measure_steps()
    grown = []
    with TemporaryDirectory(prefix="citedesk-bench-") as scratch:
        kept = Path(scratch) / "sentences"
        growth.apart("embed", str(folder), str(kept))
        for size in sizes:
            with TemporaryDirectory(prefix="citedesk-bench-") as home:
                built = growth.apart("build", home, str(kept), str(size))
                grown.append(measure_size(Path(home), folder, built["storing"]))
    show(Figures(machine(), steps, tuple(grown)))


def show(figures: Figures) -> None:
    """Keeps figures, brings the page level with them, and prints its tables."""
    write_figures(figures)
    page = with_parts(PAGE.read_text(encoding="utf-8"), figures)
    PAGE.write_text(page, encoding="utf-8")
    print(page)


def machine() -> str:
    """What the figures are of, in a few words."""
    return f"{os.cpu_count()} cores, {platform.machine()}, CPU only"


def measure_steps() -> Steps:
    """What indexing costs step by step, each done with what the one before made.

    Stored and indexed in batches, as `index_store.syncing` does it.
    """
    embedder, model = SentenceTransformerEmbedder(), raw_model()
    seconds: dict[str, float] = {}
    with TemporaryDirectory(prefix="citedesk-bench-") as name:
        folder = Path(name)
        write_articles(folder / "articles.jsonl", _SAMPLE)
        _warm_up(folder, embedder)
        began = process_time()
        found = list(_read(folder / "articles.jsonl"))
        seconds["reading"] = process_time() - began
        began = process_time()
        split = [(one, _split(one, embedder)) for one in found]
        seconds["splitting"] = process_time() - began
        batches = list(_batches(split))
        cached = CachedEmbedder(embedder, EmbeddingCache(folder / "cache"))
        began, clock = process_time(), perf_counter()
        embedded = [cached.embed_passages([one for _, some in batch for one in some])
                    for batch in batches]  # fmt: skip
        seconds["embedding"] = process_time() - began
        ours = perf_counter() - clock
        seconds["storing"] = _store(folder, batches, embedded)
        seconds["indexing words"] = _index_words(folder, batches)
        clock = perf_counter()
        model.encode([one.text for _, some in split for one in some], show_progress_bar=False)
        raw = perf_counter() - clock
        passages = sum(len(some) for _, some in split)
        cache = cache_file(folder / "cache").stat().st_size / passages
    per_thousand = {step: took * 1_000 / _SAMPLE for step, took in seconds.items()}
    return Steps(_SAMPLE, passages, WORDS_OF_AN_ARTICLE, per_thousand, raw / ours, cache)


def _warm_up(folder: Path, embedder: SentenceTransformerEmbedder) -> None:
    """Loads every model and library before a clock is started."""
    write_articles(folder / "few.jsonl", 20)
    split = [(one, _split(one, embedder)) for one in _read(folder / "few.jsonl")]
    embedded = [embedder.embed_passages([one for _, some in split for one in some])]
    _store(folder / "few", [split], embedded)
    _index_words(folder / "few", [split])


def _read(file: Path) -> Iterator[FoundArticle]:
    for one in read_articles(find_files([file])):
        assert isinstance(one, FoundArticle), one
        yield one


def _split(found: FoundArticle, embedder: SentenceTransformerEmbedder) -> list[Passage]:
    return split_article(found.article, embedder.count_tokens, embedder.window)


def _batches(split: list[_Split]) -> Iterator[list[_Split]]:
    batch: list[_Split] = []
    for one in split:
        batch.append(one)
        if sum(len(some) for _, some in batch) >= BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _store(
    folder: Path, batches: list[list[_Split]], embedded: list[list[EmbeddedPassage]]
) -> float:
    store = open_chroma(folder / CHROMA)
    began = process_time()
    for at, (batch, passages) in enumerate(zip(batches, embedded, strict=True)):
        store.add([found for found, _ in batch], passages)
        store.set_manifest(Manifest("all-MiniLM-L6-v2", str(at)))
    return process_time() - began


def _index_words(folder: Path, batches: list[list[_Split]]) -> float:
    lexical = LexicalIndex(folder / WORDS)
    began = process_time()
    for at, batch in enumerate(batches):
        lexical.update([(found.article, some) for found, some in batch], [], str(at))
    return process_time() - began


def measure_size(home: Path, folder: Path, storing: float) -> Size:
    """What a built home costs that is served by a Chroma server of its own.

    Args:
        storing: see `tests.bench.capacity.Size`.
    """
    server = ChromaServer(home / CHROMA)
    server.start()
    try:
        assert server.pid is not None
        asked = growth.apart(
            "ask", str(home), str(folder), server.url, str(server.pid), module="costs"
        )
        chroma = growth.peak(server.pid)
    finally:
        server.kill()
    database = (home / CHROMA / DATABASE).stat().st_size
    return Size(
        database=database,
        vectors=_bytes(home / CHROMA) - database,
        lexical=_bytes(home / WORDS),
        storing=storing,
        chroma=chroma,
        **asked,
    )


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def ask(home: str, folder: str, url: str, server: str) -> None:
    """Searches a home as a web server does, and prints what it takes.

    Args:
        server: the process of the Chroma server.
    """
    import torch

    torch.set_num_threads(1)  # of several, those that wait for the others count as work
    embedder, model = SentenceTransformerEmbedder(), raw_model()
    embedder.embed_query("the model is loaded before any clock is started")
    before, mapped = _memory("RssAnon"), _memory("RssFile")
    index = open_index(Path(home), embedder=embedder, chroma_url=url)
    articles, catalogue = _catalogue(index, server)
    means = _searches(index, model, Path(folder), server)
    told = {
        "passages": index.summary().passages,
        "articles": articles,
        "web": _memory("RssAnon"),
        "mapped": _memory("RssFile") - mapped,
        "model": before,
        "catalogue": catalogue,
        "raw": means.pop(growth.RAW),
        "searches": means,
    }
    print(json.dumps(told))


def _catalogue(index: ArticleIndex, server: str) -> tuple[int, float]:
    """Articles, and the processor seconds of reading the list of them on both sides."""
    began = process_time() + _processor(server)
    articles = len(index.catalogue())
    return articles, process_time() + _processor(server) - began


def _searches(
    index: ArticleIndex, model: SentenceTransformer, folder: Path, server: str
) -> dict[str, float]:
    """Processor milliseconds of a search by its filter, on both sides, and of raw encoding.

    No question is asked twice. What other work there is on the machine makes times of the clock
    longer, and these hardly.
    """
    names = (growth.RAW, *growth.FILTERS)
    asked = growth.questions(folder, (_QUESTIONS + 1) * len(names))
    means: dict[str, float] = {}
    for at, name in enumerate(names):
        first, *others = asked[at :: len(names)]
        search = partial(_search, index, model, name)
        search(*first)
        began = process_time() + _processor(server)
        for question, language in others:
            search(question, language)
        took = process_time() + _processor(server) - began
        means[name] = took * 1_000 / len(others)
    return means


def _search(
    index: ArticleIndex, model: SentenceTransformer, name: str, question: str, language: str
) -> None:
    if name == growth.RAW:
        model.encode(question, normalize_embeddings=True, show_progress_bar=False)
    else:
        index.search(question, language=language, filters=growth.FILTERS[name])


def _processor(process: str) -> float:
    """Processor seconds of another process, in its own mode and in the system's."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(kind: str) -> float:
    """MiB of this process that are of one kind, as Linux tells it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024
