"""Progress bars on a terminal's stderr; nothing where stderr is a file or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.indexing import OnProgress, Progress


#: Seconds of a rebuild before anything is said of it: most take less.
REBUILD_UNSAID = 1.0


@contextmanager
def rebuilding_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much of a damaged index is there again."""
    counts = "{task.completed:,.0f} of {task.total:,.0f}"
    with _bar("mending the index", counts, REBUILD_UNSAID) as update:
        yield lambda done, total: update(completed=done, total=total)


@contextmanager
def asking_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many of how many questions were asked."""
    with _bar("asking", "{task.completed:.0f} of {task.total:.0f}") as update:
        yield lambda done, total: update(completed=done, total=total)


@contextmanager
def reading_bar() -> Iterator[OnProgress]:
    """A bar over the bytes of the files, with articles, their rate, and the time left."""
    with _bar("reading", "{task.fields[articles]:,} articles, {task.fields[rate]}") as update:

        def on_progress(progress: Progress) -> None:
            update(
                completed=progress.done,
                total=progress.total,
                articles=progress.articles,
                rate=f"{progress.articles / max(progress.seconds, 0.001):,.0f} a second",
            )

        yield on_progress


@contextmanager
def _bar(what: str, counts: str, unsaid: float = 0.0) -> Iterator[Callable[..., Any]]:
    """A bar that appears when it is first told something, at least some seconds after it began."""
    if not sys.stderr.isatty():
        yield lambda **changed: None
        return
    began = monotonic()
    with ExitStack() as shown:
        draw: Callable[..., Any] | None = None

        def update(**changed: Any) -> None:
            nonlocal draw
            if draw is None and monotonic() - began >= unsaid:
                draw = shown.enter_context(_drawn(what, counts))
            if draw is not None:
                draw(**changed)

        yield update


@contextmanager
def _drawn(what: str, counts: str) -> Iterator[Callable[..., Any]]:
    # A quarter of a second to import, and only for people who watch.
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn(counts),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=1, articles=0, rate="")
        yield lambda **changed: bars.update(task, **changed)
