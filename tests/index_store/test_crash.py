"""Processes are killed at any moment: what they leave is whole, and the next goes on with it."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from index_store import lock
from index_store.errors import IndexBusy
from index_store.vector_files import VectorFiles
from tests.index_store.crashing import (
    Ended,
    Forks,
    Versions,
    all_made,
    forks,
    lists_of_vectors,
    made,
    opened,
    put_lists_back,
)

KILLS = 30


#: A folder in memory, where there is one: what a killed process has written is kept on any file
#: system, and on a busy disk Chroma and Tantivy wait for most of the time.
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with forks(tmp_path_factory.mktemp("processes")) as started:
        yield started


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(prefix="citedesk-test-", dir=MEMORY) as folder:
        yield Path(folder)


def numbered(count: int) -> Versions:
    return {f"{number}.txt": 0 for number in range(count)}


def texts(versions: Versions) -> list[str]:
    return sorted(item.article.text for item in all_made(versions))


def changed(versions: Versions, chosen: random.Random) -> dict[str, int]:
    """The archive some days later: articles were added, changed and removed."""
    later = dict(versions)
    for source in chosen.sample(sorted(later), 2):
        del later[source]
    for source in chosen.sample(sorted(later), 4):
        later[source] += 1
    newest = max(int(source[:-4]) for source in versions)
    return later | {f"{newest + number}.txt": 0 for number in (1, 2)}


def check(
    processes: Forks, home: Path, before: Versions, after: Versions, whole: bool = True
) -> dict[str, Any]:
    """Opens a home after a process has died between two archives; what was found.

    Args:
        whole: whether no vector had to be made again.
    """
    found, finished = processes.run("check", home, versions=after)
    assert found["hits"] > 0
    for state in (found, finished):
        assert not state["broken"], "every article that is there is whole"
        assert not state["differing"], "both indexes hold the same passages"
        assert state["doubled"] == 0
    assert set(found["texts"]) <= {*texts(before), *texts(after)}
    for source in before.keys() & after.keys():
        versions = {made(source, archive[source]).article.text for archive in (before, after)}
        assert versions & set(found["texts"]), f"a version of {source} is there"
    assert finished["texts"] == texts(after)
    assert finished["orphans"] == 0, "no passage is left of an article that is not there"
    again = finished["embedded"] - finished["needed"]
    assert again == 0 if whole else again > 0, "only what was lost is embedded again"
    assert isinstance(found, dict)
    return found


def killed_after(
    seconds: float, processes: Forks, home: Path, archive: Versions, batch: int = 10
) -> Ended:
    running = processes.start("sync", home, versions=archive, batch=batch)
    time.sleep(seconds)
    running.kill()
    return running.end()


def test_a_process_killed_at_any_moment_leaves_what_the_next_one_goes_on_with(
    processes: Forks, home: Path
) -> None:
    """Thirty times, at moments that are spread over a whole run; more often where the machine let
    too few of them fall into the writing."""
    chosen = random.Random(20250114)
    archive = numbered(14)
    processes.run("sync", home, versions=archive, batch=10)
    began = time.monotonic()
    archive = changed(archive, chosen)
    processes.run("sync", home, versions=archive, batch=10)
    whole = time.monotonic() - began
    seen: Counter[str] = Counter()
    while seen["killed"] < KILLS or (not_yet(seen) and seen["killed"] < 3 * KILLS):
        before, archive = archive, changed(archive, chosen)
        moment = whole * (seen["killed"] % KILLS + chosen.random()) / KILLS
        ended = killed_after(moment, processes, home, archive)
        # Now and then Chroma is just writing its graph, whose vectors are then made again.
        found = check(
            processes, home, before, archive, whole=VectorFiles(home / "chroma").are_whole()
        )
        if ended.status != -signal.SIGKILL:
            assert ended.status == 0, ended.errors
            # The machine was faster this time.
            whole = min(whole, moment)
            continue
        seen["killed"] += 1
        seen["unfinished"] += found["unfinished"]
        seen["between"] += found["texts"] not in (texts(before), texts(archive))
    assert not not_yet(seen), seen


def not_yet(seen: Counter[str]) -> bool:
    """Whether too few were killed in the middle of a batch, or between two."""
    return seen["unfinished"] < 2 or seen["between"] < 5


@pytest.mark.parametrize(
    "moment",
    [
        # Between passages and the articles that they are of.
        "_drop_others 0",
        "_drop_others 1",
        *(f"set_manifest {after}" for after in range(5)),
        *(f"{step} {after}" for step in ("add", "remove", "update", "note") for after in (0, 1)),
    ],
)
def test_a_process_killed_between_two_steps_leaves_the_indexes_consistent(
    processes: Forks, home: Path, moment: str
) -> None:
    before = numbered(8)
    after = changed(before, random.Random(moment))
    processes.run("sync", home, versions=before, batch=10)
    ended = processes.start("sync", home, versions=after, batch=10, die=moment).end()
    assert ended.status == -signal.SIGKILL, ended.errors
    check(processes, home, before, after)


def behind(processes: Forks, home: Path, after: Versions) -> None:
    ended = processes.start("sync", home, versions=after, batch=500, die="update 0").end()
    assert ended.status == -signal.SIGKILL, ended.errors


def damaged(processes: Forks, home: Path, after: Versions) -> None:
    for file in (home / "lexical").glob("*.term"):
        file.write_bytes(file.read_bytes()[:-9])


@pytest.mark.parametrize("spoil", [behind, damaged])
@pytest.mark.parametrize("moment", ["documents 0", "documents 3", "_note 0", "note 0"])
def test_a_rebuild_that_is_killed_starts_again(
    processes: Forks, home: Path, spoil: Callable[..., None], moment: str
) -> None:
    before = numbered(6)
    after = changed(before, random.Random(0))
    processes.run("sync", home, versions=before, batch=500)
    spoil(processes, home, after)
    for _ in range(2):
        ended = processes.start("reopen", home, die=moment).end()
        assert ended.status == -signal.SIGKILL, ended.errors
    check(processes, home, before, after)


def test_a_process_killed_while_much_is_written_leaves_it_whole(
    processes: Forks, home: Path
) -> None:
    """Above 1,000 vectors Chroma writes its graph of them to a file of its own."""
    before, after = numbered(10), {f"{number}.txt": 1 for number in range(280)}
    chosen = random.Random(0)
    began = time.monotonic()
    processes.run("sync", home / "whole", versions=after, batch=600)
    whole = time.monotonic() - began
    for share in (0.3, 0.6, 0.9):
        running_home = home / str(share)
        processes.run("sync", running_home, versions=before, batch=600)
        moment = whole * (share + chosen.uniform(-0.1, 0.1))
        killed_after(moment, processes, running_home, after, batch=600)
        check(processes, running_home, before, after)


@pytest.mark.parametrize("seed", range(3))
def test_a_process_killed_while_chroma_writes_its_graph_of_vectors_leaves_nothing_lost(
    processes: Forks, home: Path, seed: int
) -> None:
    before = numbered(20)
    after = changed(before, random.Random(seed))
    processes.run("sync", home, versions=before, batch=10, threshold=10)
    graphs = [listed.with_name("data_level0.bin") for listed in lists_of_vectors(home)]
    written = [graph.stat().st_mtime_ns for graph in graphs]
    running = processes.start("sync_until_listing", home, versions=after)
    patience = time.monotonic() + 20
    while [graph.stat().st_mtime_ns for graph in graphs] == written:
        assert time.monotonic() < patience, "no graph was written"
        time.sleep(0.01)
    running.kill()
    assert running.end().status == -signal.SIGKILL
    put_lists_back(home)
    check(processes, home, before, after, whole=False)


@pytest.mark.parametrize("moment", ["refresh 0", "_all_ids 0", "_all_ids 1", "made_again 0"])
def test_making_vectors_again_may_be_killed_too(processes: Forks, home: Path, moment: str) -> None:
    before = numbered(12)
    processes.run("sync", home, versions=before, batch=10, threshold=10)
    (home / "chroma" / "citedesk-writing").touch()
    for listed in lists_of_vectors(home):
        os.utime(listed, ns=(0, 0))
    for _ in range(2):
        ended = processes.start("reopen", home, die=moment).end()
        assert ended.status == -signal.SIGKILL, ended.errors
        assert not VectorFiles(home / "chroma").are_whole()
    check(processes, home, before, before, whole=False)


# Several processes


def test_a_second_process_that_indexes_waits_for_the_first(
    processes: Forks, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = processes.start("sync_slowly", home, versions=numbered(4), until=str(home / "go"))
    first.until("writing")
    with ThreadPoolExecutor() as pool:
        index, _ = opened(home)
        second = pool.submit(index.sync, all_made({"4.txt": 0}))
        while not caplog.messages:
            assert not second.done()
            time.sleep(0.01)
        (home / "go").touch()
        ended = first.end()
        assert ended.status == 0, ended.errors
        assert second.result(timeout=30).added == 1
    (waited,) = caplog.messages
    assert waited.startswith(f"another process is indexing into {home}; waiting up to ")
    assert "\n" not in waited
    check(processes, home, numbered(5), numbered(5))


def test_a_second_process_that_indexes_gives_up_in_one_line(
    processes: Forks, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = processes.start("sync_slowly", home, versions=numbered(4), until=str(home / "go"))
    first.until("writing")
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    index, _ = opened(home)
    with pytest.raises(IndexBusy, match="another process is indexing") as caught:
        index.sync(all_made({"4.txt": 0}))
    assert "\n" not in str(caught.value)
    assert index.search("library court").hits, "what is written is found meanwhile"
    (home / "go").touch()
    assert first.end().status == 0
    check(processes, home, numbered(4), numbered(4))


def test_a_search_works_all_the_while_another_process_writes(processes: Forks, home: Path) -> None:
    before, after = numbered(10), {f"{number}.txt": number // 8 for number in range(200)}
    processes.run("sync", home, versions=before, batch=30)
    index, _ = opened(home)
    possible = {*texts(before), *texts(after)}
    searches = 0
    with ThreadPoolExecutor() as pool:
        running = processes.start("sync", home, versions=after, batch=30)
        over = pool.submit(running.end)
        while not over.done():
            hits = index.search("library court harbour ferry").hits
            assert hits
            assert {hit.article.text for hit in hits} <= possible
            searches += 1
        assert over.result().status == 0, over.result().errors
    assert searches >= 3
    for source in ("9.txt", "120.txt", "199.txt"):
        item = made(source, after[source])
        (best, *_) = index.search(item.article.text[:60]).hits
        assert best.article.text == item.article.text
        assert "grams" in best.sides
    assert {hit.article.text for hit in index.search("library", limit=500).hits} <= {*texts(after)}
