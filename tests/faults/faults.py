"""Each fault once: it comes over a process that stores things, and what was said to be stored is
counted afterwards."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from corpus.reading import FoundArticle
from index_store.changes import SyncReport
from index_store.errors import StoreUnavailable
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from tests.faults.chroma_server import ChromaServer
from tests.faults.disks import free, read_only, small_disk
from tests.index_store.crashing import WINDOW, Forks, all_made, state

_YEAR = 365 * 86_400.0
#: Megabytes; more than must be free for indexing.
_DISK = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one fault.

    Attributes:
        kept: things that were said to be stored.
        lost: those of them that are not there afterwards.
        lines: what was said of things that were not stored.
        goes_on: whether things are stored again once the fault is over.
    """

    kept: int
    lost: int
    lines: tuple[str, ...] = ()
    goes_on: bool = True

    @property
    def unclear(self) -> tuple[str, ...]:
        """Lines that are none."""
        return tuple(line for line in self.lines if "\n" in line or "Traceback" in line)


def killed(processes: Forks, home: Path, kind: str, chosen: random.Random) -> Trial:
    """A process is killed while it stores one thing after the other."""
    home.mkdir()
    running = processes.start("keep", home, kind=kind, numbers=list(range(9_000)))
    time.sleep(chosen.uniform(0.0, 0.3))
    running.kill()
    return _judged(processes, home, kind, running.end().said)


def full_disk(processes: Forks, home: Path, kind: str, chosen: random.Random) -> Trial:
    """The disk is filled up to some kilobytes while a process stores, and freed again."""
    with small_disk(home.parent, _DISK):
        spare = chosen.choice((0, 1, 3, 9, 30, 90)) * 4096
        home.mkdir()
        before, after = [0, 1], [8_000, 8_001]
        during = list(range(1_000, 1_030))
        numbers = {"before": before, "during": during, "after": after}
        ended = processes.start(
            "keep_on_a_full_disk", home, kind=kind, spare=spare, **numbers
        ).end()
        assert ended.status == 0, ended.errors
        return _judged(processes, home, kind, ended.said, after)


def disk_that_fills(processes: Forks, home: Path, chosen: random.Random) -> Trial:
    """Another program fills the disk in the middle of a batch of articles; the process ends."""
    with small_disk(home.parent, _DISK):
        home.mkdir()
        said = processes.run("keep", home, kind="article", numbers=[0, 1])
        spare = chosen.randrange(40) * 4096
        ended = processes.start("fill_and_keep", home, spare=spare, number=2).end()
        assert ended.status == 0, ended.errors
        free(home.parent)
        return _judged(processes, home, "article", said + ended.said)


def unwritable(processes: Forks, home: Path, kind: str, chosen: random.Random) -> Trial:
    """The disk can only be read while a process stores."""
    with small_disk(home.parent, _DISK):
        home.mkdir()
        before = list(range(chosen.randrange(1, 4)))
        said = processes.run("keep", home, kind=kind, numbers=before)
        with read_only(home.parent):
            ended = processes.start("keep", home, kind=kind, numbers=[7_000, 7_001]).end()
        assert ended.status == 0, ended.errors
        return _judged(processes, home, kind, said + ended.said)


def clock_jumps(processes: Forks, home: Path, kind: str, chosen: random.Random) -> Trial:
    """The clock is set forth and back by up to a year while a process stores, and between two."""
    home.mkdir()
    said: list[Any] = []
    numbers = count()
    for _ in range(2):
        jumps = [0.0, *(chosen.choice((-1, 1)) * chosen.uniform(1, _YEAR) for _ in range(4))]
        chosen.shuffle(jumps)
        several = [next(numbers) for _ in jumps]
        said += processes.run(
            "keep_while_the_clock_jumps", home, kind=kind, numbers=several, jumps=jumps
        )
    return _judged(processes, home, kind, said)


def server_goes(home: Path, server: ChromaServer, chosen: random.Random) -> Trial:
    """A Chroma server is killed while it is indexed into, and started again.

    Args:
        server: running; runs again afterwards.
    """
    index = open_index(home, embedder=HashingEmbedder(window=WINDOW), chroma_url=server.url)
    began = index.summary().articles
    stored, lines = Counter[str](), []
    with ThreadPoolExecutor(1) as pool:
        articles = all_made({f"{began + number}.txt": 0 for number in range(60)})
        running = pool.submit(index.sync, _slowly(articles), progress=_counting(stored))
        time.sleep(chosen.uniform(0.05, 1.0))
        server.kill()
        error = running.exception()
    lines += [str(error)] if error else []
    try:
        index.search("library court")
    except StoreUnavailable as silent:
        lines.append(str(silent))
    server.start()
    found = {article.source for article, _ in index._store.contents()}
    index.sync(articles)
    hits = index.search("library court").hits
    whole = {article.source for article, _ in index._store.contents()}
    kept = began + stored["added"]
    lost = max(0, kept - len(found)) + len({item.article.source for item in articles} - whole)
    return Trial(kept, lost, tuple(lines), goes_on=bool(hits) and not state(index)["broken"])


def damaged(processes: Forks, home: Path, whole: Mapping[str, str]) -> Trial:
    """A file of a home was damaged: it is used and mended. Where a line says that it is to be
    restored or indexed again, it is lost for this home, and not for the newsroom.

    Args:
        whole: text of each article by its id.
    """
    used = processes.start("use", home).end()
    mended = processes.start("mend", home).end()
    examined = processes.start("examine", home).end()
    read = processes.start("texts", home).end()
    there = read.said[0] if read.said else {}
    said = [*used.said, *mended.said, *examined.said]
    lines = [line for one in said for key, line in one.items() if key in ("refused", "wrong")]
    # An archive that cannot be opened any more is told to be restored or indexed again.
    told = ("restore", "another --home", "citedesk index")
    is_told = any(words in line for line in lines for words in told)
    lost = 0 if is_told else sum(there.get(key) != text for key, text in whole.items())
    traces = [one.errors for one in (used, mended, examined) if "Traceback" in one.errors]
    return Trial(len(whole), lost, (*lines, *traces), goes_on=is_told or there == whole)


def _slowly(articles: list[FoundArticle]) -> Iterator[FoundArticle]:
    for article in articles:
        time.sleep(0.01)
        yield article


def _counting(stored: Counter[str]) -> Callable[[SyncReport], None]:
    def on_stored(report: SyncReport) -> None:
        stored["added"] = report.added

    return on_stored


#: Faults that come over anything that is kept.
FAULTS = {
    "killed process": killed,
    "full disk": full_disk,
    "read-only disk": unwritable,
    "clock jumps": clock_jumps,
}


def _judged(
    processes: Forks, home: Path, kind: str, said: list[Any], after: list[int] | None = None
) -> Trial:
    """Counts what is there, and stores two things more."""
    kept = {one["kept"] for one in said if "kept" in one}
    lines = tuple(one["refused"] for one in said if "refused" in one)
    (there,) = processes.run("found", home, kind=kind)
    more = [9_500, 9_501]
    again = processes.run("keep", home, kind=kind, numbers=more)
    (finally_there,) = processes.run("found", home, kind=kind)
    lost = kept - (set(there) & set(finally_there))
    wanted = [*more, *(after or [])]
    goes_on = again == [{"kept": number} for number in more] and {*wanted} <= {*finally_there}
    return Trial(len(kept), len(lost), lines, goes_on)
