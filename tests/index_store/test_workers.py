"""Embedding on workers: what is stored is what one process stores, whoever dies meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Passage
from corpus.reading import FoundArticle
from index_store import syncing, workers
from index_store.changes import SyncReport
from index_store.embedder import Embedder
from index_store.embedding_cache import CachedEmbedder, EmbeddingCache
from index_store.errors import EmbedderUnavailable, WorkersUnavailable
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.models import EmbeddedPassage
from index_store.ray_cluster import last_line, share
from index_store.ray_workers import Vectors
from index_store.records import pack_vectors
from index_store.workers import WorkersEmbedder, on_workers
from tests.index_store.archive import found
from tests.index_store.crashing import ROOT, WINDOW, all_made, state
from tests.index_store.lasting import BATCH, FailingEmbedder, LastingEmbedder

#: Starts an embedder of two workers on the cluster of these tests.
Start = Callable[..., AbstractContextManager[Embedder]]


def numbered(count: int) -> list[FoundArticle]:
    return all_made({f"{number}.txt": 0 for number in range(count)})


def stored(
    embedder: Embedder,
    archive: Sequence[FoundArticle],
    progress: Callable[[SyncReport], None] = lambda report: None,
) -> dict[str, EmbeddedPassage]:
    """What an index in memory holds of an archive, in the order in which it was stored."""
    store = MemoryStore()
    ArticleIndex(store, LexicalIndex(), embedder).sync(archive, progress=progress)
    return store._passages


def is_same(some: dict[str, EmbeddedPassage], others: dict[str, EmbeddedPassage]) -> bool:
    """Whether ids, order and every bit of every vector are equal, as a store on disk keeps them."""
    return list(some) == list(others) and all(
        one.passage == other.passage
        and np.array_equal(one.vector, other.vector)
        and pack_vectors(one.sentence_vectors) == pack_vectors(other.sentence_vectors)
        for one, other in zip(some.values(), others.values(), strict=True)
    )


def until(what: Callable[[], bool], seconds: float = 30.0) -> None:
    patience = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < patience
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "BATCH_PASSAGES", BATCH)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Ray cluster on this machine's loopback that others have started."""
    with pytest.MonkeyPatch.context() as environment, TemporaryDirectory(dir="/tmp") as folder:
        for name, value in {
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": "0123456789abcdef" * 4,
            "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
            "PYTHONPATH": str(ROOT),
        }.items():
            environment.setenv(name, value)
        port = free_port()
        with (Path(folder) / "log").open("wb") as log:
            head = subprocess.Popen(
                [Path(sys.executable).with_name("ray"), "start", "--head", "--block",
                 "--node-ip-address=127.0.0.1", f"--port={port}", "--num-cpus=2",
                 "--include-dashboard=false", f"--temp-dir={folder}/ray",
                 "--object-store-memory=80000000", "--disable-usage-stats"],
                stdout=log, stderr=log, cwd=ROOT,
            )  # fmt: skip
        try:
            until(lambda: b"Ray runtime started" in (Path(folder) / "log").read_bytes(), 60)
            yield f"127.0.0.1:{port}"
        finally:
            head.terminate()
            head.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def start(cluster: str) -> Start:
    own = HashingEmbedder(window=WINDOW)
    return lambda make=partial(HashingEmbedder, WINDOW), count=2: on_workers(
        own, make, count, cluster
    )


# On a cluster


def test_two_workers_make_what_one_process_makes_id_by_id_and_vector_by_vector(
    start: Start, tmp_path: Path
) -> None:
    archive = numbered(20)
    with start(partial(LastingEmbedder, tmp_path)) as embedder:
        there = stored(embedder, archive)
    assert is_same(there, stored(HashingEmbedder(window=WINDOW), archive))
    seen = {int(path.name) for path in tmp_path.iterdir()}
    assert len(seen) == 2
    assert os.getpid() not in seen


def test_a_worker_that_is_killed_loses_nothing_and_nothing_comes_twice(
    start: Start, tmp_path: Path
) -> None:
    archive = numbered(30)
    killed: list[int] = []

    def kill_one(report: SyncReport) -> None:
        if not killed:
            killed.append(int(next(tmp_path.iterdir()).name))
            os.kill(killed[0], signal.SIGKILL)

    with start(partial(LastingEmbedder, tmp_path)) as embedder:
        there = stored(embedder, archive, kill_one)
    assert is_same(there, stored(HashingEmbedder(window=WINDOW), archive))
    assert len(list(tmp_path.iterdir())) == 3, "another one took its place"


def test_a_process_that_speaks_with_ray_and_is_gone_is_told_in_a_line_and_the_next_run_goes_on(
    start: Start, tmp_path: Path
) -> None:
    archive = numbered(30)
    before = multiprocessing.active_children()

    def kill_it(report: SyncReport) -> None:
        (speaks,) = set(multiprocessing.active_children()) - set(before)
        speaks.kill()

    with start(partial(LastingEmbedder, tmp_path)) as embedder:
        index = open_index(tmp_path / "home", embedder=embedder)
        with pytest.raises(WorkersUnavailable, match="run it again to go on") as caught:
            index.sync(archive, progress=kill_it)
    assert "\n" not in str(caught.value)
    own = open_index(tmp_path / "home", embedder=HashingEmbedder(window=WINDOW))
    kept = own.summary().articles
    assert 0 < kept < len(archive)
    assert own.sync(archive).added == len(archive) - kept
    assert state(own)["texts"] == sorted(item.article.text for item in archive)


def test_what_goes_wrong_in_a_worker_is_said_here(start: Start) -> None:
    with start(FailingEmbedder) as embedder:
        with pytest.raises(EmbedderUnavailable, match=r"^the model is not on this machine$"):
            stored(embedder, [found("It is unavailable.")])
        assert len(stored(embedder, [found("It is there.")])) == 1
        with pytest.raises(WorkersUnavailable, match="a fault of ours") as caught:
            stored(embedder, [found("It is broken.")])
        assert "\n" not in str(caught.value)


def test_a_cluster_with_too_few_processors_says_how_many_it_has(start: Start) -> None:
    with (
        start(count=3) as embedder,
        pytest.raises(WorkersUnavailable, match="has 2 processors, expected one for each of 3"),
    ):
        stored(embedder, numbered(1))


# On a cluster of one's own


def test_a_killed_run_ends_its_own_cluster_and_the_next_one_goes_on(tmp_path: Path) -> None:
    """The next one is given its vectors by this process: whoever makes them, they are the same."""
    home, seen = tmp_path / "home", tmp_path / "seen"
    seen.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; from tests.index_store.lasting import index_on_workers;"
         "index_on_workers(*sys.argv[1:])", home, seen, "60"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stderr is not None
        said = [run.stdout.readline() for _ in range(3)]
        workers = [int(path.name) for path in seen.iterdir()]
        run.kill()
        assert said[-1], run.stderr.read()
        assert run.stderr.read() == ""
    assert len(workers) == 2
    until(lambda: not any(map(is_running, workers)))
    archive = numbered(60)
    index = open_index(home, embedder=HashingEmbedder(window=WINDOW))
    kept = index.summary().articles
    assert int(said[-1]) <= kept < len(archive)
    assert index.sync(archive).added == len(archive) - kept
    there = state(index)
    assert there["texts"] == sorted(item.article.text for item in archive)
    assert not there["broken"]
    assert not there["differing"]
    assert there["doubled"] == there["orphans"] == 0


def test_a_cluster_of_ones_own_listens_on_this_machine_alone() -> None:
    """Whoever reaches a Ray cluster can run programs on it."""
    before = multiprocessing.active_children()
    with on_workers(HashingEmbedder(), HashingEmbedder, 1) as embedder:
        assert len(stored(embedder, [found("It is there.")])) == 1
        (speaks,) = set(multiprocessing.active_children()) - set(before)
        heard = {address for pid in family(speaks.pid or 0) for address in listening(pid)}
    assert len(heard) > 5
    assert {host for host, _ in heard} == {"127.0.0.1"}


def family(pid: int) -> set[int]:
    """A process and all that it has started."""
    parents = {
        int(stat.parent.name): int(stat.read_text().rpartition(")")[2].split()[1])
        for stat in Path("/proc").glob("[0-9]*/stat")
        if is_running(int(stat.parent.name))
    }
    there = {pid}
    while more := {child for child, parent in parents.items() if parent in there} - there:
        there |= more
    return there


def listening(pid: int) -> Iterator[tuple[str, int]]:
    """The addresses at which a process takes calls by TCP."""
    own = {os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()}
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = row.split()
            if state == "0A" and f"socket:[{rest[5]}]" in own:
                host, port = local.split(":")
                # Each four bytes are a number of this machine; IPv4 stands in IPv6's last four.
                yield str(IPv4Address(bytes.fromhex(host[-8:])[::-1])), int(port, 16)


def test_without_anything_to_embed_no_cluster_is_started() -> None:
    before = multiprocessing.active_children()
    with on_workers(HashingEmbedder(), HashingEmbedder, 2) as embedder:
        assert embedder.embed_passages([]) == []
        assert stored(embedder, []) == {}
        assert multiprocessing.active_children() == before


# Where there is none


def test_without_ray_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "find_spec", lambda name: None)
    with (
        pytest.raises(WorkersUnavailable, match=r"pip install 'citedesk\[ray\]'") as caught,
        on_workers(HashingEmbedder(), HashingEmbedder, 2),
    ):
        pass
    assert "\n" not in str(caught.value)


def test_an_address_where_nothing_listens_is_told_at_once() -> None:
    address = f"127.0.0.1:{free_port()}"
    began = time.monotonic()
    with (
        on_workers(HashingEmbedder(), HashingEmbedder, 2, address) as embedder,
        pytest.raises(WorkersUnavailable, match=f"no Ray cluster can be used at {address}"),
    ):
        stored(embedder, numbered(1))
    assert time.monotonic() - began < 20


# Without Ray


class Shuffled:
    """Embeds what is begun in any order, when one of them is waited for."""

    def __init__(self, chosen: random.Random) -> None:
        self._own, self._chosen = HashingEmbedder(window=WINDOW), chosen
        self._begun: list[tuple[int, Sequence[Passage]]] = []
        self._done: dict[int, Vectors] = {}
        self._count = 0

    def embed(self, passages: Sequence[Passage]) -> Callable[[], Vectors]:
        number, self._count = self._count, self._count + 1
        self._begun.append((number, passages))

        def vectors() -> Vectors:
            while number not in self._done:
                which, some = self._begun.pop(self._chosen.randrange(len(self._begun)))
                made = self._own.embed_passages(some)
                self._done[which] = (
                    np.stack([one.vector for one in made]),
                    np.concatenate([one.sentence_vectors for one in made]),
                )
            return self._done.pop(number)

        return vectors


@settings(max_examples=25)
@given(st.integers(0, 12), st.integers(1, 4), st.booleans(), st.randoms(use_true_random=False))
def test_whatever_is_ready_first_what_is_stored_is_the_same(
    count: int, hired: int, is_cached: bool, chosen: random.Random
) -> None:
    archive = numbered(count)
    # What prints the same words is embedded once where there is a cache.
    archive += [found(item.article.text, f"copy-{item.article.source}") for item in archive[::2]]
    own = HashingEmbedder(window=WINDOW)
    embedder: Any = WorkersEmbedder(own, Shuffled(chosen).embed, hired)
    with TemporaryDirectory() as folder:
        if is_cached:
            embedder = CachedEmbedder(embedder, EmbeddingCache(Path(folder) / "workers"))
            own_or_cached: Embedder = CachedEmbedder(own, EmbeddingCache(Path(folder) / "own"))
        else:
            own_or_cached = own
        assert is_same(stored(embedder, archive), stored(own_or_cached, archive))


def test_progress_counts_what_is_stored_and_not_what_is_read_ahead() -> None:
    counts: list[tuple[int, int]] = []
    store = MemoryStore()
    embedder = WorkersEmbedder(HashingEmbedder(window=WINDOW), Shuffled(random.Random(0)).embed, 2)
    ArticleIndex(store, LexicalIndex(), embedder).sync(
        numbered(20), progress=lambda report: counts.append((report.added, len(store._articles)))
    )
    assert len(counts) > 5
    assert all(added == there for added, there in counts)


@pytest.mark.parametrize(
    ("processors", "count", "each"),
    [([2], 2, 1), ([8], 3, 2), ([8], 1, 8), ([2, 2, 2, 2], 2, 2), ([8, 2], 3, 2), ([0, 4], 2, 2)],
)
def test_a_worker_has_as_many_processors_as_there_are_on_one_machine(
    processors: list[int], count: int, each: int
) -> None:
    assert share(processors, count) == each


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The actor died.\n\x1b[36mTypeError: why\x1b[39m\n\n", "TypeError: why"),
        (" \n", "it did not say why"),
        ("[2026-01-02 E 1 2] rpc_client.h:204: It is gone.", "It is gone."),
        ("why " * 500, f"{'why ' * 39}why…"),
    ],
)
def test_of_a_page_that_ray_says_the_end_is_told(text: str, line: str) -> None:
    assert last_line(text) == line
