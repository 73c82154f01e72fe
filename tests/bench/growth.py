"""Time and memory of a search as the archive grows, against raw encoding of the same questions.

Each size is built in one process and searched in another one, so that memory is that of searching.
No question is asked twice, so that no cache can answer it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np

from index_store.chroma import open_chroma
from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.models import Filters
from index_store.store import Manifest
from tests.bench.archives import SETS
from tests.bench.baselines import raw_model
from tests.bench.data import load
from tests.bench.growth_plot import plot
from tests.bench.made import PUBLISHERS, Made, embed_sentences, make_articles

SIZES = "CITEDESK_BENCH_SIZES"
PICTURE = Path("build") / "bench" / "growth.png"

_SIZES = "1000,10000,100000"
_QUESTIONS = 200
#: Passages that are stored together; Chroma takes 5,461 at once.
_BATCH = 5_000
RAW = "raw query encoding"
_ALL = Filters()
FILTERS: Mapping[str, Filters] = {
    "all": _ALL,
    "a half of it": Filters(publishers=tuple(PUBLISHERS)[:4]),
    "1 % of it": Filters(publishers=("Harbour Post",)),
    "a year of ten": Filters(published_from="2019-01-01", published_to="2019-12-31"),
}


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured of one size.

    Attributes:
        built: seconds, with the vectors given.
        storing: processor seconds of the last 1,000 passages that were stored.
        opened: seconds, with the model loaded.
        first: milliseconds of the first question of each filter, in their order.
        times: milliseconds of each question by filter, and of the same encoded by the model alone.
        memory: peak in MiB.
        model_memory: the same before the index was opened.
    """

    passages: int
    built: float
    storing: float
    opened: float
    first: Mapping[str, float]
    times: Mapping[str, Sequence[float]]
    memory: float
    model_memory: float


def run(folder: Path) -> None:
    """Prints what each size takes and draws it; `CITEDESK_BENCH_SIZES=1000,10000` are fewer."""
    sizes = [int(size) for size in os.environ.get(SIZES, _SIZES).split(",")]
    grown = []
    with TemporaryDirectory(prefix="citedesk-bench-") as scratch:
        kept = Path(scratch) / "sentences"
        apart("embed", str(folder), str(kept))
        for size in sizes:
            with TemporaryDirectory(prefix="citedesk-bench-") as home:
                built = apart("build", home, str(kept), str(size))
                measured = apart("measure", home, str(folder))
            grown.append(Growth(passages=size, **built, **measured))
            _print(grown[-1])
    plot(grown, RAW, PICTURE)
    print(f"drawn in {PICTURE}")


def apart(step: str, *arguments: str, module: str = "growth") -> Any:
    """Runs a step in a process of its own; what it printed."""
    code = f"from tests.bench import {module}; {module}.{step}(*{arguments!r})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def embed(folder: str, kept: str) -> None:
    """Embeds the real sentences that archives are made of."""
    embed_sentences(Path(folder), SentenceTransformerEmbedder(), Path(kept))
    print("{}")


def build(home: str, kept: str, passages: str) -> None:
    """Stores a made archive in a home, and indexes its words."""
    began = perf_counter()
    embedder = SentenceTransformerEmbedder()
    store = open_chroma(Path(home) / "chroma")
    batch: list[Made] = []
    storing = 0.0
    for made in make_articles(Path(kept), int(passages)):
        batch.append(made)
        if sum(len(embedded) for _, embedded in batch) >= _BATCH:
            storing = _store(store.add, batch)
            batch = []
    if batch:
        storing = _store(store.add, batch)
    store.set_manifest(Manifest(embedder.name, "made"))
    # Opened, it sees that its words are behind the store, and indexes them anew.
    open_index(Path(home), embedder=embedder)
    print(json.dumps({"built": perf_counter() - began, "storing": storing}))


def _store(add: Callable[..., None], batch: Sequence[Made]) -> float:
    """Processor seconds a thousand passages."""
    passages = [one for _, embedded in batch for one in embedded]
    began = process_time()
    add([found for found, _ in batch], passages)
    return (process_time() - began) / len(passages) * 1_000


def measure(home: str, folder: str) -> None:
    """Searches a home: each question with one of the filters, and by the model alone."""
    embedder, model = SentenceTransformerEmbedder(), raw_model()
    embedder.embed_query("the model is loaded before any clock is started")
    model_memory = peak()
    began = perf_counter()
    index = open_index(Path(home), embedder=embedder)
    opened = perf_counter() - began
    times = _times(index, model, Path(folder))
    first = {name: times[name].pop(0) for name in FILTERS}
    told = {"opened": opened, "first": first, "times": times}
    print(json.dumps({**told, "memory": peak(), "model_memory": model_memory}))


def _times(index: ArticleIndex, model: Any, folder: Path) -> dict[str, list[float]]:
    """Milliseconds by filter and of raw encoding, question by question in turns."""
    names = list(FILTERS)
    encode = partial(model.encode, normalize_embeddings=True, show_progress_bar=False)
    times: dict[str, list[float]] = {name: [] for name in (RAW, *names)}
    for at, (question, language) in enumerate(questions(folder, (_QUESTIONS + 1) * len(names))):
        name = names[at % len(names)]
        search = partial(index.search, language=language, filters=FILTERS[name])
        # Either goes first as often, since what comes second finds the machine warm.
        turns = ((RAW, encode), (name, search))[:: 1 if at // len(names) % 2 else -1]
        for which, work in turns:
            started = perf_counter()
            work(question)
            times[which].append((perf_counter() - started) * 1000)
    return times


def questions(folder: Path, wanted: int) -> list[tuple[str, str]]:
    """Different questions with their languages, in turns; those of sets that are translations of
    each other are taken from their different ends."""
    lists = []
    for at, (name, language) in enumerate(SETS.items()):
        if (found := load(folder, name, language)) is not None:
            texts = dict.fromkeys(one.question for one in found.questions)
            lists.append([(text, language) for text in list(texts)[:: 1 if at % 2 else -1]])
    turns = [asked for some in zip(*lists, strict=False) for asked in some]
    assert len(turns) >= wanted, f"expected {wanted} different questions, found {len(turns)}"
    return turns[:wanted]


def peak(process: int | str = "self") -> float:
    """The peak of a process's memory in MiB; of others than this one, where there is /proc."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        # What `resource` tells a process on Linux is never less than its parent had.
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _print(grown: Growth) -> None:
    raw = float(np.median(grown.times[RAW]))
    first = ", ".join(f"{took:.0f}" for took in grown.first.values())
    print(f"{grown.passages:,} passages: built in {grown.built:.0f} s "
          f"({grown.passages / grown.built:,.0f} a second, their vectors given), opened in "
          f"{grown.opened:.2f} s, first questions {first} ms")  # fmt: skip
    print(f"  peak memory {grown.memory:,.0f} MiB, of which {grown.model_memory:,.0f} the model's")
    for name, times in grown.times.items():
        low, high = np.percentile(times, (50, 95))
        print(f"  {name:<20} p50 {low:6.1f} ms (raw {low - raw:+6.1f})   "
              f"p95 {high:6.1f} ms (raw p50 {high - raw:+6.1f})", flush=True)  # fmt: skip
