"""Processes that index and can be killed at any moment.

Importing Chroma takes 1.4 s. One process does it once, opens nothing, and forks a process in
milliseconds for each task.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from corpus import Passage
from corpus.reading import FoundArticle
from index_store import chroma, records, syncing
from index_store.chroma import ChromaStore
from index_store.fakes import HashingEmbedder
from index_store.glossary import load_glossary
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.lexical import index as lexical
from index_store.lexical.folder import LexicalFolder
from index_store.models import EmbeddedPassage
from index_store.terms import question_words
from index_store.vector_files import VectorFiles
from tests.index_store import archive
from tests.index_store.archive import asked, passages

ROOT = Path(__file__).parents[2]

#: Words of a passage.
WINDOW = 12

#: Version of each article by its source.
Versions = Mapping[str, int]

_SUBJECTS = (
    "library court harbour ferry council march island budget vote strike mayor bridge school "
    "tariff museum tram bakery lighthouse orchard committee"
)

_Say = Callable[[Any], None]


def made(source: str, version: int) -> FoundArticle:
    """A version of an article, in several passages."""
    chosen = random.Random(f"{source} {version}")
    sentences = [
        f"{' '.join(chosen.choices(_SUBJECTS.split(), k=8)).capitalize()} {source[:-4]} {version}."
        for _ in range(chosen.randrange(3, 7))
    ]
    return FoundArticle(archive.article(" ".join(sentences), source=source), f"/archive/{source}")


def all_made(versions: Versions) -> list[FoundArticle]:
    return [made(source, version) for source, version in versions.items()]


class Counting(HashingEmbedder):
    """Counts the passages that it embeds."""

    embedded = 0

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        self.embedded += len(passages)
        return super().embed_passages(passages)


def opened(home: Path) -> tuple[ArticleIndex, Counting]:
    embedder = Counting(window=WINDOW)
    return open_index(home, embedder=embedder), embedder


# What a process does


def sync(
    home: Path, say: _Say, versions: Versions, batch: int, die: str = "", threshold: int = 1000
) -> None:
    """Brings the home level with some versions.

    Args:
        batch: passages that are stored together.
        die: "WHAT N": kills itself instead of calling something for the (N+1)th time.
        threshold: changes after which Chroma writes its graph of vectors, in a new home.
    """
    syncing.BATCH_PASSAGES = batch
    chroma._HNSW = {"space": "cosine", "sync_threshold": threshold, "batch_size": threshold}
    _kill_at(die)
    index, _ = opened(home)
    say("open")
    index.sync(all_made(versions), prune=lambda origin: True)


def sync_until_listing(home: Path, say: _Say, versions: Versions) -> None:
    """Comes no further than where Chroma has written a graph of vectors, but not what is in it:
    opening a pipe for writing waits for somebody who reads it."""
    add = ChromaStore.add

    def add_and_wait(
        store: ChromaStore, /, found: Sequence[FoundArticle], passages: Sequence[EmbeddedPassage]
    ) -> None:
        store._passages.get(limit=1)  # reads the lists
        for listed in lists_of_vectors(home):
            if not listed.is_fifo():
                listed.rename(_kept(listed))
                os.mkfifo(listed)
        add(store, found, passages)

    ChromaStore.add = add_and_wait  # type: ignore[method-assign]
    sync(home, say, versions, batch=10)


def lists_of_vectors(home: Path) -> list[Path]:
    """Of each graph that Chroma has written, the file that says what is in it."""
    return list((home / "chroma").glob("*/index_metadata.pickle"))


def put_lists_back(home: Path) -> None:
    """What `sync_until_listing` took away: each list is again as it was before the graph."""
    for listed in lists_of_vectors(home):
        if listed.is_fifo():
            _kept(listed).replace(listed)


def _kept(listed: Path) -> Path:
    return listed.with_suffix(".kept")


def reopen(home: Path, say: _Say, die: str) -> None:
    """Opens a home; dies as `sync` does."""
    _kill_at(die)
    opened(home)


def sync_slowly(home: Path, say: _Say, versions: Versions, until: str) -> None:
    """Stops in the middle of a run, with a batch written, until there is a file."""
    syncing.BATCH_PASSAGES = 1
    index, _ = opened(home)

    def read() -> Iterator[FoundArticle]:
        for number, item in enumerate(all_made(versions)):
            if number == 2:
                say("writing")
                while not Path(until).exists():
                    time.sleep(0.01)
            yield item

    index.sync(read())


def _kill_at(die: str) -> None:
    if not die:
        return
    name, after = die.split()
    owners = (ChromaStore, VectorFiles, LexicalIndex, LexicalFolder, lexical)
    (owner,) = (one for one in owners if hasattr(one, name))
    wanted = getattr(owner, name)
    calls = itertools.count()

    def deadly(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == int(after):
            os.kill(os.getpid(), signal.SIGKILL)
        return wanted(*args, **kwargs)

    setattr(owner, name, deadly)


def check(home: Path, say: _Say, versions: Versions) -> None:
    """Says what a home holds when it is opened again, and after the next run."""
    index, embedder = opened(home)
    manifest = index._store.manifest()
    say(
        {
            "hits": len(index.search("library court harbour").hits),
            "unfinished": bool(manifest and (manifest.pending or manifest.removing)),
            **state(index),
        }
    )
    there = {article.id for article, _ in index._store.contents()}
    new = [item for item in all_made(versions) if item.article.id not in there]
    index.sync(all_made(versions), prune=lambda origin: True)
    needed = sum(len(passages(item.article, WINDOW)) for item in new)
    say({**state(index), "embedded": embedder.embedded, "needed": needed})


def state(index: ArticleIndex) -> dict[str, Any]:
    """What is stored, and in what it is not as it must be."""
    contents = list(index._store.contents())
    stored = [passage.id for _, some in contents for passage in some]
    broken = [
        article.source
        for article, some in contents
        if list(some) != passages(article, WINDOW)
        or any(article.text[one.start : one.end] != one.text for one in some)
        or set(index._store.vectors([one.id for one in some])) != {one.id for one in some}
    ]
    searcher = index._lexical._index.searcher()
    found = searcher.search(tantivy.Query.all_query(), limit=100_000).hits
    by_words = {searcher.doc(address)["passage_id"][0] for _, address in found}
    return {
        "texts": sorted(article.text for article, _ in contents),
        "broken": broken,
        "differing": sorted(by_words ^ set(stored)),
        "orphans": index._store._passages.count() - len(stored),  # type: ignore[attr-defined]
        "doubled": len(found) - len(by_words),
    }


# Starting and killing them


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Attributes:
        status: its exit code, negative for the signal that killed it.
        said: what it said.
        errors: what it wrote to stderr.
    """

    status: int
    said: list[Any]
    errors: str


class Running:
    """A process under way."""

    def __init__(self, pid: int, server: subprocess.Popen[str], log: Path) -> None:
        assert server.stdin is not None
        assert server.stdout is not None
        self._pid, self._log = pid, log
        self._lines, self._requests = server.stdout, server.stdin

    def kill(self) -> None:
        """Kills it; nothing where it is over, since its id is its own until `end`."""
        os.kill(self._pid, signal.SIGKILL)

    def end(self) -> Ended:
        """Waits until it is over."""
        print(file=self._requests, flush=True)
        said: list[Any] = []
        for line in self._lines:
            heard = json.loads(line)
            if "status" in heard:
                return Ended(heard["status"], said, self._log.read_text())
            said.append(heard["said"])
        raise AssertionError("the process that forks is gone")

    def until(self, said: Any) -> None:
        """Waits until it says something."""
        heard = json.loads(self._lines.readline())
        assert heard == {"said": said}, self._log.read_text()


class Forks:
    """Starts tasks, one at a time."""

    def __init__(self, server: subprocess.Popen[str], log: Path) -> None:
        self._server, self._log = server, log

    def start(self, task: str, home: Path, **how: Any) -> Running:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        print(json.dumps([task, str(home), how]), file=self._server.stdin, flush=True)
        heard = json.loads(self._server.stdout.readline())
        return Running(heard["pid"], self._server, self._log)

    def run(self, task: str, home: Path, **how: Any) -> list[Any]:
        """What a task says that is not killed."""
        ended = self.start(task, home, **how).end()
        assert ended.status == 0, ended.errors
        return ended.said


@contextmanager
def forks(folder: Path, module: str = "tests.index_store.crashing") -> Iterator[Forks]:
    """Keeps what the processes write to stderr in a folder.

    Args:
        module: the program that calls `serve`.
    """
    log = folder / "stderr"
    with subprocess.Popen(
        [sys.executable, "-m", module, str(log)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as server:  # fmt: skip
        yield Forks(server, log)
        assert server.stdin is not None
        server.stdin.close()


def serve(log: str, tasks: Mapping[str, Callable[..., None]]) -> None:
    """Does what it is told on stdin, each task in a process of its own."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _tell({"pid": os.getpid()})  # before anything that it says
            _work(line, log, tasks)
        sys.stdin.readline()
        _, status = os.waitpid(pid, 0)
        _tell({"status": os.waitstatus_to_exitcode(status)})


def warm_up() -> None:
    """Loads what takes time, and starts no thread, which a fork would not have."""
    import chromadb.api.rust
    from chromadb.config import Settings

    assert chromadb.api.rust
    Settings(anonymized_telemetry=False)
    load_glossary()
    asked(_SUBJECTS, "en")
    question_words(_SUBJECTS, "en")
    item = made("0.txt", 0)
    (first, *_) = HashingEmbedder().embed_passages(passages(item.article, WINDOW))
    records.passage_metadata(first, item.article)
    records.article_metadata(item, 1)


def _work(line: str, log: str, tasks: Mapping[str, Callable[..., None]]) -> None:
    with open(log, "w") as errors:
        os.dup2(errors.fileno(), 2)
    try:
        task, home, how = json.loads(line)
        tasks[task](Path(home), lambda said: _tell({"said": said}), **how)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _tell(heard: dict[str, Any]) -> None:
    # In one piece, as long as no one listens to two processes.
    os.write(1, (json.dumps(heard) + "\n").encode())


if __name__ == "__main__":
    warm_up()
    serve(
        sys.argv[1],
        {task.__name__: task for task in (sync, sync_until_listing, reopen, sync_slowly, check)},
    )
