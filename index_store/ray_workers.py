"""Embedders on a Ray cluster: what runs in a process of its own.

Ray prints on stdout, takes over signals, and ends its process where its cluster has been away for
a minute. In this process it may: `index_store.workers` asks it through a pipe, and sees it end.

A cluster that is started here listens on this machine's loopback alone and lets in whoever knows
its token, which is made anew: whoever reaches a Ray cluster can run programs on it.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path
from textwrap import shorten
from typing import Any

import numpy as np

from corpus import Passage
from index_store.embedder import Embedder
from index_store.errors import IndexStoreError, WorkersUnavailable
from index_store.models import Vector
from index_store.ray_address import host_and_port

#: Under the scratch folder: what Ray says.
LOG = "said"
#: What can be asked for.
BEGIN, FINISH = "begin", "finish"

#: Vectors of passages, shape (passages, dimensions), and of all their sentences in one row.
Vectors = tuple[Vector, Vector]

#: Times that a batch is begun again after its worker has died.
_RETRIES = 3
#: Bytes of shared memory; vectors of a batch take 1.5 MB, and Ray wants 75 MB at least.
_OBJECT_STORE = 128 * 1024**2
#: Seconds in which a cluster takes a connection.
_PATIENCE = 5.0
#: Seconds between two looks whether the vectors are still wanted.
_LOOK = 1.0

_ALWAYS = {"RAY_USAGE_STATS_ENABLED": "0"}
#: Ray's switch for systems whose firewalls ask about every port: it listens on loopback alone, and
#: finds a cluster there.
_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
#: Whatever its settings, a cluster that starts asks the metadata services of three clouds, over
#: plain HTTP, which of them it is in. Nothing takes calls at this proxy.
_NO_CLOUD = {"http_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1,localhost"}

#: Colours, and the time and place that a line of a log begins with.
_FURNITURE = re.compile(r"\x1b\[[0-9;]*m|^\[[^\]]*\] \S+:\d+: ", re.MULTILINE)


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
        crew = _tell(pipe, partial(Crew, plan, lambda: not pipe.poll()))
        while crew is not None:
            what, *of = pipe.recv()
            _tell(pipe, partial(crew.begin if what == BEGIN else crew.finish, *of))


def _keep_what_is_said(log: Path) -> None:
    with log.open("w") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())


def _tell(pipe: Connection, work: Callable[[], Any]) -> Any:
    """What comes of some work, after whoever asked for it was told."""
    try:
        done = work()
    except IndexStoreError as error:
        pipe.send(error)
        return None
    pipe.send(None if isinstance(done, Crew) else done)
    return done


class Crew:
    """The workers, each with an embedder of its own.

    Args:
        is_wanted: whether somebody still waits.

    Raises:
        WorkersUnavailable: there is no cluster, or it has too few processors.
    """

    def __init__(self, plan: Plan, is_wanted: Callable[[], bool]) -> None:
        processors = _connect(plan)
        if processors < plan.workers:
            raise WorkersUnavailable(
                f"the Ray cluster at {plan.address} has {processors} processors, expected one for "
                f"each of {plan.workers} workers; run it with --workers {max(processors, 1)}, or "
                f"add machines to the cluster"
            )
        self._is_wanted = is_wanted
        self._turns = cycle(_hire(plan, processors // plan.workers))
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


def _connect(plan: Plan) -> int:
    """Joins the cluster, or starts one; its processors."""
    os.environ.update(_environment(plan.address))
    how: dict[str, Any] = {"address": plan.address}
    if plan.address is None:
        how = {
            "address": "local",
            "num_cpus": max(plan.workers, os.cpu_count() or 1),
            "object_store_memory": _OBJECT_STORE,
            "include_dashboard": False,
            "_temp_dir": str(plan.scratch),
        }
    # What Ray takes from the environment, it takes when it is imported.
    import ray
    from ray.exceptions import RayError

    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **how)
        found = ray.cluster_resources()  # type: ignore[no-untyped-call]  # theirs
        return int(found.get("CPU", 0))
    except (RayError, OSError, RuntimeError, ValueError) as error:
        raise _no_cluster(plan.address, last_line(str(error))) from error


def _environment(address: str | None) -> Mapping[str, str]:
    """What Ray is told through the environment.

    Raises:
        WorkersUnavailable: nothing listens at the address; Ray itself would try for two minutes.
    """
    if address is None:
        return {
            **_ALWAYS,
            **_LOOPBACK,
            **_NO_CLOUD,
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),  # workers find this, too
        }
    try:
        with socket.create_connection(host_and_port(address), _PATIENCE) as connection:
            is_here = ip_address(connection.getpeername()[0]).is_loopback
    except OSError as error:
        raise _no_cluster(address, error.strerror or str(error)) from error
    return {**_ALWAYS, **_LOOPBACK} if is_here else _ALWAYS


def _no_cluster(address: str | None, reason: str) -> WorkersUnavailable:
    if address is None:
        return WorkersUnavailable(
            f"Ray cannot be started on this machine ({reason}); run it without --workers"
        )
    return WorkersUnavailable(
        f"no Ray cluster can be used at {address} ({reason}); start it, or unset "
        f"CITEDESK_RAY_ADDRESS to use this machine"
    )


def last_line(text: str) -> str:
    """The end of what is often a page, and says there why."""
    lines = _FURNITURE.sub("", text).strip().splitlines()
    return shorten(lines[-1], 160, placeholder="…") if lines else "it did not say why"
