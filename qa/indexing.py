"""Reading paths into an index, with progress and with a word about what was skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from corpus.errors import NothingToRead, UnreadableFile
from corpus.reading import FoundArticle, UnchangedArticle, find_files, read_articles
from index_store.changes import SyncReport
from index_store.index import ArticleIndex

#: Told how many of how many files have been read.
Progress = Callable[[int, int], None]


def index_paths(
    index: ArticleIndex,
    paths: Sequence[Path],
    *,
    prune: bool = False,
    on_skip: Callable[[UnreadableFile], None] = lambda skipped: None,
    on_progress: Progress = lambda done, total: None,
) -> SyncReport:
    """Adds or updates the articles below some paths.

    Args:
        prune: also removes articles that were indexed from these paths and are gone; a path may
            then be gone altogether, or an empty folder.

    Raises:
        NothingToRead: a path does not exist, a folder is empty, or no file could be read.
    """
    files = find_files(paths, missing_ok=prune)
    readable = 0
    unread: set[Path] = set()

    def articles() -> Iterator[FoundArticle | UnchangedArticle]:
        nonlocal readable
        for found in read_articles(_counted(files, on_progress), is_current=index.is_current):
            if isinstance(found, UnreadableFile):
                unread.add(found.path.resolve())
                on_skip(found)
            else:
                readable += 1
                yield found

    roots = [path.resolve() for path in paths]

    def is_gone(origin: str) -> bool:
        path = Path(origin.partition("#")[0])
        # A file that is there but cannot be read today is not gone.
        return path not in unread and any(path.is_relative_to(root) for root in roots)

    report = index.sync(articles(), prune=is_gone if prune else None)
    if not readable and not report.removed:
        find_files(paths)  # says which path is missing or empty, if that is why
        raise NothingToRead(
            f"{', '.join(map(str, paths))}: none of the {len(files)} files could be read as an "
            f"article; the reasons are above"
        )
    return report


def _counted(
    files: Sequence[tuple[Path, str]], on_progress: Progress
) -> Iterable[tuple[Path, str]]:
    for done, file in enumerate(files):
        on_progress(done, len(files))
        yield file
    on_progress(len(files), len(files))
