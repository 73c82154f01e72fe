"""What an earlier version kept, brought to what this one keeps: a step a version.

Vectors, the index of words and what is read of articles' files need no step: the first two are made
again when they are of another layout, and `corpus.reading.LAYOUT` makes the next run read a file
again. A step is for what can be made of what is stored, and would be missed until that run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from corpus.wire import sketch
from index_store.errors import HomeNotWritable, IndexBusy
from index_store.store import Store
from index_store.version import NUMBER, current

#: Articles that are changed together; texts of long ones take a megabyte.
_PAGE = 100

#: Told how many of how many articles are done.
Progress = Callable[[int, int], None]
#: Held while some of them are written.
Settled = Callable[[], AbstractContextManager[None]]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """Leads to a version from the one before.

    Attributes:
        run: changes the store; begun anew where it did not come to its end, and nothing in a store
            that has what it makes.
    """

    to: int
    run: Callable[[Store, Settled, Progress], None]


def sketch_articles(store: Store, settled: Settled, on_progress: Progress) -> None:
    """Sketches texts of before these were kept: without one, three outlets that print an agency's
    text count as three sources. 2 ms an article of 450 words."""
    without = [entry.article_id for entry in store.catalogue() if not entry.sketch]
    for at in range(0, len(without), _PAGE):
        texts = store.articles(without[at : at + _PAGE])
        with settled():
            store.set_sketches({key: sketch(article.text) for key, article in texts.items()})
        on_progress(min(at + _PAGE, len(without)), len(without))


STEPS = (Step(2, sketch_articles),)


def migrate(
    store: Store, turn: AbstractContextManager[None], settled: Settled, on_progress: Progress
) -> None:
    """Brings a store to this version where it is of an earlier one.

    Where another process is writing, or there is no room, it stays as it is until it is next
    opened, and a warning says so: it can be searched all the same.

    Args:
        turn: held by whoever writes the store.

    Raises:
        StoreUnavailable, UnfitHome: as the store does.
    """
    if not _is_earlier(store):
        return
    try:
        with turn:
            store.refresh()
            # Who had the turn before may have done it.
            if _is_earlier(store):
                _take_steps(store, settled, on_progress)
    except (IndexBusy, HomeNotWritable) as error:
        logger.warning("articles stay as an earlier version left them for now: %s", error)


def _is_earlier(store: Store) -> bool:
    manifest = store.manifest()
    return manifest is not None and manifest.written.number < NUMBER


def _take_steps(store: Store, settled: Settled, on_progress: Progress) -> None:
    for step in STEPS:
        manifest = store.manifest()
        if manifest is not None and manifest.written.number < step.to:
            step.run(store, settled, on_progress)
            with settled():
                store.set_manifest(replace(manifest, written=replace(current(), number=step.to)))
