"""Every fault many times; the table of what was lost, which docs/faults.md shows."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus.reading import FoundArticle
from index_store import syncing
from index_store.fakes import memory_index
from qa.answer import Mode
from qa.answerer import Answerer
from qa.fakes import article
from qa.prose.language_model import open_model
from qa.settings import Settings
from tests.faults.chroma_server import ChromaServer
from tests.faults.damage import damaged_copies
from tests.faults.disks import can_mount
from tests.faults.endpoints import COURT, MISBEHAVIOUR, QUESTION
from tests.faults.faults import FAULTS, Trial, damaged, disk_that_fills, server_goes
from tests.faults.kept import KINDS
from tests.faults.working import workers
from tests.index_store.crashing import Forks
from tests.qa.model_server import Server

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
_BEGIN, _END = "<!-- table -->\n", "<!-- end of table -->\n"

_MEMORY = Path("/dev/shm")
_TRIALS = {"killed process": 40}
_USUAL = 12
_DAMAGES = 2
_SERVER = 12
_ENDPOINT = 3
#: Seconds that a question may take, and for which a thread may be late.
_PATIENCE, _LATE = 1.0, 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; see `tests.faults.faults.Trial`."""

    fault: str
    kind: str
    trials: int
    kept: int
    lost: int
    unclear: int
    stuck: int


def run() -> None:
    """Prints the table, and puts it into the page."""
    lines = [
        "| fault | what is kept | trials | said to be stored | lost | tracebacks | did not go on |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in _rows():
        lines.append(
            f"| {row.fault} | {row.kind} | {row.trials:,} | {row.kept:,} | {row.lost} "
            f"| {row.unclear} | {row.stuck} |"
        )
        print(lines[-1], flush=True)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    table = "\n".join(lines)
    PAGE.write_text(f"{before}{_BEGIN}\n{table}\n\n{_END}{after}", encoding="utf-8")


def _rows() -> Iterator[Row]:
    folder = _MEMORY if _MEMORY.is_dir() else None
    with TemporaryDirectory(dir=folder) as name, workers(Path(name)) as processes:
        place = Path(name)
        disks = can_mount(place / "disk")
        for fault in FAULTS:
            if disks or "disk" not in fault:
                for kind in KINDS:
                    yield _row(fault, kind, _come_over(processes, place, fault, kind))
        if disks:
            yield _row("disk that fills in a batch", "article", _filling(processes, place))
        yield _row("damaged file", "article", _damaged(processes, place))
        yield _row("Chroma server goes and returns", "article", _server(place))
    yield _row("language model's server", "answer in quotes", _endpoints())


def _row(fault: str, kind: str, trials: Iterable[Trial]) -> Row:
    seen = list(trials)
    return Row(
        fault,
        kind,
        len(seen),
        sum(one.kept for one in seen),
        sum(one.lost for one in seen),
        sum(bool(one.unclear) for one in seen),
        sum(not one.goes_on for one in seen),
    )


def _come_over(processes: Forks, place: Path, fault: str, kind: str) -> Iterator[Trial]:
    for seed in range(_TRIALS.get(fault, _USUAL)):
        with TemporaryDirectory(dir=place) as folder:
            home = Path(folder) / "disk" / "home"
            home.parent.mkdir()
            yield FAULTS[fault](processes, home, kind, random.Random(seed))


def _filling(processes: Forks, place: Path) -> Iterator[Trial]:
    for seed in range(_USUAL):
        with TemporaryDirectory(dir=place) as folder:
            home = Path(folder) / "disk" / "home"
            home.parent.mkdir()
            yield disk_that_fills(processes, home, random.Random(seed))


def _damaged(processes: Forks, place: Path) -> Iterator[Trial]:
    (texts,) = processes.run("make", place / "whole")
    for seed in range(_DAMAGES):
        copies = damaged_copies(place / "whole", place / "copies", random.Random(seed))
        for home, file, damage in copies:
            trial = damaged(processes, home, texts)
            if trial.lost or trial.unclear or not trial.goes_on:
                print(f"{file} {damage}: {trial}", flush=True)
            yield trial


def _server(place: Path) -> Iterator[Trial]:
    syncing.BATCH_PASSAGES, usual = 20, syncing.BATCH_PASSAGES
    server = ChromaServer(place / "data")
    server.start()
    try:
        for seed in range(_SERVER):
            yield server_goes(place / "home", server, random.Random(seed))
    finally:
        server.kill()
        syncing.BATCH_PASSAGES = usual


def _endpoints() -> Iterator[Trial]:
    """Lost is a question without its answer in quotes in time, or with prose that is not proven."""
    index = memory_index()
    articles = [article(COURT), article("The late ferry to Sandholm is gone.")]
    index.sync(FoundArticle(one, f"/{one.id}") for one in articles)
    for _ in range(_ENDPOINT):
        for _, misbehave in MISBEHAVIOUR:
            server = Server(misbehave)
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            model = open_model(Settings(llm_url=server.url, llm_model="m", llm_timeout=_PATIENCE))
            began = perf_counter()
            answer = Answerer(index, model, patience=_PATIENCE).ask(QUESTION)
            in_time = perf_counter() - began < _PATIENCE + _LATE
            is_quoted = answer.mode is Mode.QUOTES and answer.statements[0].text == COURT
            server.released.set()
            server.shutdown()
            server.server_close()
            yield Trial(1, int(not (in_time and is_quoted and answer.note)), (answer.note or "",))
