"""Embedders on a Ray cluster: what runs in a process of its own.

Ray prints on stdout, takes over signals, and ends its process where its cluster has been away for
a minute. In this process it may: `index_store.workers` asks it through a pipe, and sees it end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Passage
from index_store.embedder import Embedder
from index_store.errors import IndexStoreError, WorkersUnavailable
from index_store.models import Vector
from index_store.ray_cluster import join, last_line

#: Under the scratch folder: what Ray says.
LOG = "said"
#: What can be asked for.
BEGIN, FINISH = "begin", "finish"

#: Vectors of passages, shape (passages, dimensions), and of all their sentences in one row.
Vectors = tuple[Vector, Vector]

#: Times that a batch is begun again after its worker has died.
_RETRIES = 3
#: Seconds between two looks whether the vectors are still wanted.
_LOOK = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be started.

    Attributes:
        make: makes the embedder of a worker, on whatever machine it is.
        address: of a cluster that is there already, `HOST:PORT` or `ray://HOST:PORT`; None starts
            one on this machine.
        scratch: folder for what Ray keeps while it runs.
    """

    make: Callable[[], Embedder]
    workers: int
    address: str | None
    scratch: Path


def serve(pipe: Connection, plan: Plan) -> None:
    """Starts the workers, and does what it is asked for until nobody asks any more.

    Every request, and the start, is answered by what came of it or by an `IndexStoreError`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks
    _keep_what_is_said(plan.scratch / LOG)
    with suppress(EOFError, BrokenPipeError):
        try:
            crew = Crew(plan, lambda: not pipe.poll())
        except IndexStoreError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            what, *of = pipe.recv()
            pipe.send(_answer(crew.begin if what == BEGIN else crew.finish, of))


def _keep_what_is_said(log: Path) -> None:
    with log.open("w") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())


def _answer(do: Callable[..., Vectors | None], of: Sequence[Any]) -> Vectors | Exception | None:
    try:
        return do(*of)
    except IndexStoreError as error:
        return error


class Crew:
    """The workers, each with an embedder of its own.

    Args:
        is_wanted: whether somebody still waits.

    Raises:
        WorkersUnavailable: there is no cluster, or it has too few processors.
    """

    def __init__(self, plan: Plan, is_wanted: Callable[[], bool]) -> None:
        processors = join(plan.address, plan.workers, plan.scratch)
        self._is_wanted = is_wanted
        self._turns = cycle(_hire(plan, processors))
        self._begun: dict[int, Any] = {}

    def begin(self, number: int, passages: Sequence[Passage]) -> None:
        """Gives a batch to the worker whose turn it is."""
        self._begun[number] = next(self._turns).embed.remote(passages)

    def finish(self, number: int) -> Vectors:
        """Waits for the vectors of a batch.

        Raises:
            WorkersUnavailable: the cluster has gone, or a batch ends every worker that it is given.
            IndexStoreError: what the embedder raises.
            EOFError: nobody waits any more.
        """
        import ray
        from ray.exceptions import RayError, RayTaskError

        begun = self._begun.pop(number)
        while not ray.wait([begun], timeout=_LOOK)[0]:
            if not self._is_wanted():
                raise EOFError
        try:
            passages, sentences = ray.get(begun)
        except RayTaskError as error:
            if isinstance(error.cause, IndexStoreError):
                raise error.cause from None
            raise
        except RayError as error:
            raise WorkersUnavailable(
                f"the Ray workers are gone ({last_line(str(error))}); what is stored stays, run it "
                f"again to go on"
            ) from error
        return passages, sentences


class _Worker:
    """An embedder in a process of its own."""

    def __init__(self, make: Callable[[], Embedder]) -> None:
        self._embedder = make()

    def embed(self, passages: Sequence[Passage]) -> Vectors:
        embedded = self._embedder.embed_passages(passages)
        return (
            np.stack([one.vector for one in embedded]),
            np.concatenate([one.sentence_vectors for one in embedded]),
        )


def _hire(plan: Plan, processors: int) -> list[Any]:
    """Workers that compute with so many processors each: Ray sets their OMP_NUM_THREADS so."""
    import ray

    how = {"num_cpus": processors, "max_restarts": -1, "max_task_retries": _RETRIES}
    worker: Any = ray.remote(**how)(_Worker)  # type: ignore[call-overload]  # theirs
    return [worker.remote(plan.make) for _ in range(plan.workers)]
