"""What was said to be stored is there after every fault, and what was not is told in a line."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.chroma_server import COMMAND, ChromaServer
from tests.faults.damage import damaged_copies
from tests.faults.disks import can_mount, read_only, small_disk
from tests.faults.faults import FAULTS, Trial, damaged, disk_that_fills, server_goes
from tests.faults.kept import KINDS
from tests.faults.working import workers
from tests.index_store.crashing import Forks

TRIALS = 2
#: Of about seventy ways to damage a file.
DAMAGED = 8

_MEMORY = Path("/dev/shm")
_ON_DISKS = {"full disk", "read-only disk"}


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with workers(tmp_path_factory.mktemp("processes")) as started:
        yield started


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one: a busy disk is waited for most of the time."""
    if not os.access(_MEMORY, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(prefix="citedesk-test-", dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def mounting(tmp_path_factory: pytest.TempPathFactory) -> bool:
    return can_mount(tmp_path_factory.mktemp("disk"))


def check(trial: Trial) -> None:
    assert trial.lost == 0, trial
    assert not trial.unclear, trial
    assert trial.goes_on, trial


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_that_was_said_to_be_stored(
    processes: Forks, place: Path, mounting: bool, fault: str, kind: str
) -> None:
    if fault in _ON_DISKS and not mounting:
        pytest.skip("only root can mount a disk")
    for seed in range(TRIALS):
        (place / str(seed)).mkdir()
        trial = FAULTS[fault](processes, place / str(seed) / "home", kind, random.Random(seed))
        check(trial)
        assert trial.lines or fault != "read-only disk", "what is not stored is told"


def test_a_disk_that_fills_in_the_middle_of_a_batch_loses_no_article(
    processes: Forks, place: Path, mounting: bool
) -> None:
    if not mounting:
        pytest.skip("only root can mount a disk")
    for seed in range(3):
        (place / str(seed)).mkdir()
        check(disk_that_fills(processes, place / str(seed) / "home", random.Random(seed)))


def test_what_is_on_a_read_only_disk_is_still_searched_and_listed(
    processes: Forks, place: Path, mounting: bool
) -> None:
    if not mounting:
        pytest.skip("only root can mount a disk")
    with small_disk(place / "disk", 100) as disk:
        home = disk / "home"
        home.mkdir()
        for kind in ("article", "log entry"):
            processes.run("keep", home, kind=kind, numbers=[0, 1, 2])
        with read_only(disk):
            assert processes.run("read", home) == [{"hits": 3, "answers": 3}]
        assert processes.run("read", home) == [{"hits": 3, "answers": 3}]


def test_a_damaged_file_loses_no_article_once_it_is_mended_as_the_line_says(
    processes: Forks, place: Path
) -> None:
    (texts,) = processes.run("make", place / "whole")
    copies = damaged_copies(place / "whole", place / "copies", random.Random(0))
    for number, (home, file, damage) in enumerate(copies):
        if number % DAMAGED == 0:
            trial = damaged(processes, home, texts)
            assert (trial.lost, trial.unclear, trial.goes_on) == (0, (), True), (file, damage)


@pytest.mark.skipif(not COMMAND.exists(), reason="the program chroma is not installed")
def test_a_chroma_server_that_goes_and_returns_loses_no_article(place: Path) -> None:
    server = ChromaServer(place / "data")
    server.start()
    try:
        for seed in range(2):
            trial = server_goes(place / "home", server, random.Random(seed))
            check(trial)
            assert all("start the Chroma server there" in line for line in trial.lines)
            assert trial.lines, "a question meanwhile is told why"
    finally:
        server.kill()
