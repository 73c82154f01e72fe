"""Reading paths into an index, with progress and with a word about what was skipped."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from corpus.errors import NothingToRead, UnreadableFile
from corpus.files import find_files, storable
from corpus.reading import (
    ArticleRead,
    IsCurrent,
    ReadingOptions,
    WithdrawnArticle,
    read_articles,
)
from index_store.changes import Changes, SyncReport
from index_store.index import ArticleIndex
from index_store.store import Entry

#: Told of every file or record that is skipped, with the reason.
OnSkip = Callable[[UnreadableFile], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    Attributes:
        done, total: bytes of the files.
        articles: read so far, whether they had changed or not.
        seconds: since the run began.
    """

    done: int
    total: int
    articles: int
    seconds: float


OnProgress = Callable[[Progress], None]


def index_paths(
    index: ArticleIndex,
    paths: Sequence[Path],
    *,
    options: ReadingOptions = ReadingOptions(),
    prune: bool = False,
    on_skip: OnSkip = lambda skipped: None,
    on_progress: OnProgress = lambda progress: None,
    on_stored: Callable[[SyncReport], None] = lambda report: None,
) -> SyncReport:
    """Adds or updates the articles below some paths.

    Args:
        options: what holds for all files of the run.
        prune: also removes articles that were indexed from these paths and are gone; a path may
            then be gone altogether, or an empty folder.
        on_stored: told what is safely stored, after each batch.

    Raises:
        NothingToRead: a path does not exist, a folder is empty, or no file could be read.
    """
    reading = _Reading(paths, options, prune, on_skip, on_progress)
    report = index.sync_from(
        reading.articles,
        prune=reading.is_gone if prune else None,
        progress=on_stored,
    )
    reading.check(report)
    return report


def preview_paths(
    catalogue: Sequence[Entry],
    paths: Sequence[Path],
    *,
    options: ReadingOptions = ReadingOptions(),
    prune: bool = False,
    on_skip: OnSkip = lambda skipped: None,
    on_progress: OnProgress = lambda progress: None,
    on_change: Callable[[str, str], None] = lambda kind, origin: None,
) -> SyncReport:
    """What `index_paths` would do; reads the files and writes nothing.

    Args:
        catalogue: of the index; empty where there is none yet.
        on_change: told "added", "updated" or "removed", and where the article is or was.

    Raises:
        NothingToRead: as `index_paths`.
    """
    reading = _Reading(paths, options, prune, on_skip, on_progress)
    origins = {entry.article_id: entry.origin for entry in catalogue}
    changes = Changes(catalogue)
    for change in changes.new(reading.articles(changes.is_current)):
        on_change("added" if change.is_new else "updated", change.found.origin)
    for article_id in changes.gone(reading.is_gone if prune else lambda origin: False):
        on_change("removed", origins[article_id])
    reading.check(changes.report)
    return changes.report


class _Reading:
    """One pass over the files, which remembers what could not be read."""

    def __init__(
        self,
        paths: Sequence[Path],
        options: ReadingOptions,
        prune: bool,
        on_skip: OnSkip,
        on_progress: OnProgress,
    ) -> None:
        self._paths = paths
        # As origins are spelt, which have to be storable.
        self._roots = [storable(os.path.realpath(path)) for path in paths]
        self._files = find_files(paths, missing_ok=prune)
        self._sizes = [_size(file) for file, _ in self._files]
        self._total = sum(self._sizes)
        self._options = options
        self._on_skip = on_skip
        self._on_progress = on_progress
        self._unread: set[str] = set()
        #: Bytes read, and where the file under way ends.
        self._done = self._end = 0
        self._articles = 0
        self._began = monotonic()

    def articles(self, is_current: IsCurrent) -> Iterator[ArticleRead]:
        """What could be read; the rest is told to `on_skip`."""
        for found in read_articles(
            self._counted_files(), self._options, is_current, on_bytes=self._advance
        ):
            if isinstance(found, UnreadableFile):
                self._unread.add(storable(os.path.realpath(found.path)))
                self._on_skip(found)
                continue
            if isinstance(found, WithdrawnArticle):
                self._on_skip(found.reason)
            else:
                self._articles += 1
            yield found

    def is_gone(self, origin: str) -> bool:
        """Whether an article that was not found again is to go."""
        # A key follows a "#", which a file's own name can hold, too.
        files = [origin, *(origin[: mark.start()] for mark in re.finditer("#", origin))]
        # A file that is there but cannot be read today is not gone.
        return self._unread.isdisjoint(files) and any(
            origin.startswith(f"{root.rstrip(os.sep)}{os.sep}")
            or (root in files and not os.path.isdir(root))
            for root in self._roots
        )

    def check(self, report: SyncReport) -> None:
        """Raises `NothingToRead` where nothing was read, and nothing was to be removed."""
        if self._articles or report.removed or report.withheld:
            return
        find_files(self._paths)  # says which path is missing or empty, if that is why
        raise NothingToRead(
            f"{', '.join(map(str, self._paths))}: none of the {len(self._files)} files could be "
            f"read as an article; the reasons are above"
        )

    def _counted_files(self) -> Iterator[tuple[Path, str]]:
        for file, size in zip(self._files, self._sizes, strict=True):
            self._end += size
            yield file
            self._advance(size)

    def _advance(self, read: int) -> None:
        # What a table makes of a row can be longer than the row.
        self._done = min(self._done + read, self._end)
        self._on_progress(
            Progress(self._done, self._total, self._articles, monotonic() - self._began)
        )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong
