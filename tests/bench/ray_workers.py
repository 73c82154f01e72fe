"""Indexing by workers on Ray against indexing by one process: one archive, one model, one run."""

from __future__ import annotations

import os
import signal
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from corpus import Passage
from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.changes import SyncReport
from index_store.chroma import open_chroma
from index_store.embedder import Embedder, SentenceTransformerEmbedder
from index_store.home import CHROMA, open_index
from index_store.models import EmbeddedPassage
from index_store.workers import on_workers
from tests.bench.data import load

_ROUNDS = 2
_SETS = {"xquad.en": "en", "xquad.es": "es"}
_OWN, _ONE, _TWO = "one process", "1 worker", "2 workers"
_ALONE = "1 worker on 1 processor"
#: How many workers each side has.
_SIDES = {_OWN: 0, _ALONE: 1, _ONE: 1, _TWO: 2}


class SeenEmbedder(SentenceTransformerEmbedder):
    """Leaves in a folder the id of each process that it works in."""

    def __init__(self, seen: Path) -> None:
        super().__init__()
        self._seen = seen

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        (self._seen / str(os.getpid())).touch()
        return super().embed_passages(passages)


def run(folder: Path) -> None:
    """Prints ratios of medians against one process, and what differs in what is stored."""
    sets = [load(folder, name, language) for name, language in _SETS.items()]
    articles = [item for one in sets if one for item in one.articles]
    if not articles:
        return
    own = SentenceTransformerEmbedder()
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        seconds: dict[str, list[float]] = {}
        for round_ in range(_ROUNDS):
            for name, workers in _SIDES.items():
                with _threads(name), _embedder(own, workers, place / "seen") as embedder:
                    _warm(embedder, articles[:40])
                    took = _indexed(embedder, articles, place / name / str(round_))
                    seconds.setdefault(name, []).append(took)
                    if workers:
                        print(f"  a worker holds {_most_memory(place / 'seen'):,.0f} MB at most")
                print(f"  {name}: {took:.1f} s", flush=True)
        medians = {name: statistics.median(some) for name, some in seconds.items()}
        print(f"{os.cpu_count()} processors, {len(articles)} articles")
        for name in (_ALONE, _ONE, _TWO):
            same = _differing(place / _OWN / "0", place / name / "0")
            print(f"{name}: {medians[_OWN] / medians[name]:.2f}× one process; {same}")
        for name in (_ALONE, _ONE):
            print(f"{_TWO}: {medians[name] / medians[_TWO]:.2f}× {name}")
        print(f"a worker killed in mid-run: {_killed(own, articles, place)}")


@contextmanager
def _threads(name: str) -> Iterator[None]:
    """Where a side is to have one processor, Ray leaves alone what is stated."""
    if name != _ALONE:
        yield
        return
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        del os.environ["OMP_NUM_THREADS"]


@contextmanager
def _embedder(own: Embedder, workers: int, seen: Path) -> Iterator[Embedder]:
    if not workers:
        yield own
        return
    seen.mkdir(exist_ok=True)
    for file in seen.iterdir():
        file.unlink()
    with on_workers(own, partial(SeenEmbedder, seen), workers) as embedder:
        yield embedder


def _warm(embedder: Embedder, articles: Sequence[FoundArticle]) -> None:
    """Every worker has its model before a clock is started: that is paid once, not by passage."""
    passages = [
        passage
        for item in articles
        for passage in split_article(item.article, embedder.count_tokens, embedder.window)
    ]
    for waited_for in [embedder.begin(passages) for _ in range(embedder.ahead or 1)]:
        waited_for()


def _indexed(
    embedder: Embedder,
    articles: Sequence[FoundArticle],
    home: Path,
    progress: Callable[[SyncReport], None] = lambda report: None,
) -> float:
    """Seconds that it takes to index into a new home."""
    index = open_index(home, embedder=embedder)
    began = perf_counter()
    index.sync(articles, progress=progress)
    return perf_counter() - began


def _killed(own: Embedder, articles: Sequence[FoundArticle], place: Path) -> str:
    killed: list[int] = []

    def kill_one(report: SyncReport) -> None:
        if not killed:
            killed.append(int(next((place / "seen").iterdir()).name))
            os.kill(killed[0], signal.SIGKILL)

    with _embedder(own, 2, place / "seen") as embedder:
        _warm(embedder, articles[:40])
        _indexed(embedder, articles, place / "killed", kill_one)
    return _differing(place / _OWN / "0", place / "killed")


def _differing(home: Path, other: Path) -> str:
    """What two homes hold, id by id and vector by vector."""
    stores = [open_chroma(one / CHROMA) for one in (home, other)]
    ids, others = (store.passage_ids() for store in stores)
    kept, again = (store.passages(sorted(ids & others)) for store in stores)
    equal = sum(
        np.array_equal(one.vector, again[key].vector)
        and np.array_equal(one.sentence_vectors, again[key].sentence_vectors)
        for key, one in kept.items()
    )
    furthest = max(float(abs(one.vector - again[key].vector).max()) for key, one in kept.items())
    return (
        f"{len(ids)} passages, {len(ids - others)} missing, {len(others - ids)} too many, "
        f"{equal} equal in every bit (furthest number {furthest:.0e} apart)"
    )


def _most_memory(seen: Path) -> float:
    """Megabytes that the largest worker held at its peak."""
    held = [
        int(line.split()[1]) / 1024
        for file in seen.iterdir()
        if (status := Path(f"/proc/{file.name}/status")).exists()
        for line in status.read_text().splitlines()
        if line.startswith("VmHWM:")
    ]
    return max(held)
