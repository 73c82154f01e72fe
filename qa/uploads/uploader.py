"""The indexing of what was added: one run at a time, in a thread of its own.

Questions are answered meanwhile, from each batch of articles as soon as it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Event, Lock, Thread

from corpus.errors import CorpusError, NothingToRead, UnreadableFile
from index_store.errors import IndexStoreError
from index_store.index import ArticleIndex
from qa.indexing import Progress as Read
from qa.indexing import index_paths
from qa.uploads.inbox import Inbox
from qa.uploads.outcomes import FileOutcome, outcomes


class Phase(StrEnum):
    """Where a run is."""

    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"  # the server ends; what is left waits for the next one
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        files: that the run has taken so far.
        done, total: bytes of those that are being read.
        articles: read of these.
        outcomes: of the files that are finished.
        error: why it failed; None where nobody foresaw it.
    """

    phase: Phase = Phase.READING
    files: int = 0
    done: int = 0
    total: int = 0
    articles: int = 0
    outcomes: tuple[FileOutcome, ...] = ()
    error: str | None = None

    @property
    def part(self) -> float:
        """How much of it is read, from 0 to 1."""
        return self.done / self.total if self.total else float(self.phase is not Phase.READING)


class Uploader:
    """Indexes what waits in an inbox."""

    def __init__(self, inbox: Inbox, index: ArticleIndex) -> None:
        self.inbox = inbox
        self._index = index
        self._lock = Lock()
        self._progress: Progress | None = None
        self._thread: Thread | None = None
        self._stopping = Event()

    @property
    def progress(self) -> Progress | None:
        """Of the run that is under way, or of the last one; None where there was none yet."""
        return self._progress

    @property
    def is_reading(self) -> bool:
        return self._progress is not None and self._progress.phase is Phase.READING

    def start(self) -> None:
        """Indexes what waits, and does not wait for it.

        A run that is under way goes on with what has come since it began.
        """
        with self._lock:
            if self.is_reading or not self.inbox.waiting():
                return
            self._progress = Progress()
            # A server that ends does not wait for it; what is not indexed still waits then.
            self._thread = Thread(target=self._run, name="uploads", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Ends the run after the article that it reads."""
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        phase, error = Phase.FAILED, None
        try:
            while names := self._next():
                self._index_files(names)
            return
        except _Stopped:
            phase = Phase.STOPPED
        except (IndexStoreError, CorpusError) as found:
            error = str(found)
        finally:
            # Also where nobody foresaw it: the thread's own message is on stderr.
            self._tell(
                lambda now: (
                    now if now.phase is Phase.DONE else replace(now, phase=phase, error=error)
                )
            )

    def _next(self) -> tuple[str, ...]:
        """The files to be read next; none where the run is done."""
        with self._lock:
            assert self._progress is not None
            names = self.inbox.take()
            if names:
                files = self._progress.files + len(names)
                self._progress = replace(self._progress, files=files, done=0, total=0, articles=0)
            else:
                self._progress = replace(self._progress, phase=Phase.DONE)
            return names

    def _index_files(self, names: Sequence[str]) -> None:
        paths = self.inbox.paths(names)
        skipped: list[UnreadableFile] = []
        before = self._index.catalogue()
        if paths:
            with suppress(NothingToRead):  # each file's own reason is told
                index_paths(
                    self._index, paths, on_skip=skipped.append, on_progress=self._on_progress
                )
        after, folder = self._index.catalogue(), self.inbox.folder
        found = outcomes([path.name for path in paths], before, after, folder, skipped)
        titled = self._titled(found)
        self.inbox.settle(names)
        self._tell(lambda now: replace(now, outcomes=now.outcomes + titled))

    def _titled(self, found: Sequence[FileOutcome]) -> tuple[FileOutcome, ...]:
        articles = self._index.articles([one.article_id for one in found if one.article_id])
        titles = {article_id: article.title for article_id, article in articles.items()}
        return tuple(replace(one, title=titles.get(one.article_id or "")) for one in found)

    def _on_progress(self, read: Read) -> None:
        if self._stopping.is_set():
            raise _Stopped
        self._tell(
            lambda now: replace(now, done=read.done, total=read.total, articles=read.articles)
        )

    def _tell(self, change: Callable[[Progress], Progress]) -> None:
        with self._lock:
            assert self._progress is not None
            self._progress = change(self._progress)


class _Stopped(Exception):
    """The server ends."""
