"""Embedding in several processes at once, for `citedesk index --workers`.

Batches are given to workers on a Ray cluster while this process reads, splits and stores. Each is
embedded whole, as it would be here, so that its vectors are the same; who stores them, and in which
order, does not change. A worker that dies is started again, and its batch embedded again.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from corpus import Passage
from index_store.embedder import Embedder, Embedding
from index_store.errors import IndexStoreError, WorkersUnavailable
from index_store.models import EmbeddedPassage, Vector
from index_store.ray_cluster import last_line
from index_store.ray_workers import BEGIN, FINISH, LOG, Plan, Vectors, serve

#: Batches under way for each worker: one that it embeds, and the next.
_EACH = 2
#: Seconds in which a cluster is there; on 2 busy cores it takes 10.
_START = 120.0
#: Seconds in which it ends.
_END = 20.0


@contextmanager
def on_workers(
    own: Embedder, make: Callable[[], Embedder], workers: int, address: str | None = None
) -> Iterator[Embedder]:
    """An embedder whose passages are embedded by workers; they start with the first batch.

    Args:
        own: does everything else.
        make: makes the same embedder in a worker; has to be picklable.
        address: of a Ray cluster; None starts one on this machine, which ends with the context.

    Raises:
        WorkersUnavailable: Ray is not installed; later, there is no cluster, or it has gone.
    """
    if find_spec("ray") is None:
        raise WorkersUnavailable(
            "workers need Ray, which is not installed; run: pip install 'citedesk[ray]'"
        )
    with _scratch() as scratch:
        (scratch / LOG).touch()
        driver = _Driver(Plan(make, workers, address, scratch))
        try:
            yield WorkersEmbedder(own, driver.embed, workers)
        finally:
            driver.end()


@contextmanager
def _scratch() -> Iterator[Path]:
    # Ray's sockets lie in there, whose paths may have no more than 107 characters.
    short = "/tmp" if Path("/tmp").is_dir() else None
    with TemporaryDirectory(prefix="citedesk-", dir=short, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class WorkersEmbedder(Embedder):
    """An `Embedder` that leaves passages to others, and does the rest by its own.

    Args:
        embed: begins to embed passages; what it returns waits for the vectors.
    """

    def __init__(
        self,
        own: Embedder,
        embed: Callable[[Sequence[Passage]], Callable[[], Vectors]],
        workers: int,
    ) -> None:
        self._own = own
        self._embed = embed
        self._workers = workers

    @property
    def name(self) -> str:
        return self._own.name

    @property
    def window(self) -> int:
        return self._own.window

    @property
    def ahead(self) -> int:
        return _EACH * self._workers

    def serves(self, language: str | None) -> bool:
        return self._own.serves(language)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._own.count_tokens(texts)

    def embed_query(self, text: str) -> Vector:
        return self._own.embed_query(text)

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        return self.begin(passages)()

    def begin(self, passages: Sequence[Passage]) -> Embedding:
        if not passages:
            return list
        vectors = self._embed(passages)
        return lambda: _embedded(passages, *vectors())


def _embedded(
    passages: Sequence[Passage], vectors: Vector, sentences: Vector
) -> list[EmbeddedPassage]:
    """Passages with their vectors; `sentences` holds those of all passages in one row."""
    ends = np.cumsum([len(passage.sentences) for passage in passages])
    parts = np.split(sentences, ends[:-1])
    return list(map(EmbeddedPassage, passages, vectors, parts))


class _Driver:
    """The process that speaks with Ray, started when it is first asked for something."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._numbers = count()
        self._process: Any = None
        self._pipe: Connection | None = None

    def embed(self, passages: Sequence[Passage]) -> Callable[[], Vectors]:
        number = next(self._numbers)
        self._ask(BEGIN, number, passages)
        return partial(self._ask, FINISH, number)

    def end(self) -> None:
        """Ends the process, and the cluster where it is its own."""
        if self._process is None or self._pipe is None:
            return
        self._pipe.close()
        self._process.join(_END)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _ask(self, *request: Any) -> Any:
        pipe = self._pipe or self._start()
        try:
            pipe.send(request)
        except OSError as error:
            raise self._gone() from error
        return self._answer(pipe)

    def _start(self) -> Connection:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, other = spawn.Pipe()
        self._process = spawn.Process(target=serve, args=(other, self._plan), daemon=True)
        self._process.start()
        other.close()
        if not self._pipe.poll(_START):
            raise WorkersUnavailable(
                f"Ray has started no workers within {_START:g} s; run it without --workers"
            )
        self._answer(self._pipe)
        return self._pipe

    def _answer(self, pipe: Connection) -> Any:
        try:
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            raise self._gone() from error
        if isinstance(answer, IndexStoreError):
            raise answer
        return answer

    def _gone(self) -> WorkersUnavailable:
        said = last_line((self._plan.scratch / LOG).read_text(errors="replace"))
        return WorkersUnavailable(
            f"Ray has ended ({said}); what is stored stays, run it again to go on"
        )
