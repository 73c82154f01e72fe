"""Embedders for workers to make, and a run that can be killed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from corpus import Passage
from index_store import syncing
from index_store.changes import SyncReport
from index_store.errors import EmbedderUnavailable
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.models import EmbeddedPassage
from index_store.workers import on_workers
from tests.index_store.crashing import WINDOW, all_made

#: Passages of a batch, so that there are many of them.
BATCH = 10


class LastingEmbedder(HashingEmbedder):
    """Leaves in a folder the id of each process that it works in."""

    def __init__(self, seen: Path, seconds: float = 0.05) -> None:
        super().__init__(window=WINDOW)
        self._seen, self._seconds = seen, seconds

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        (self._seen / str(os.getpid())).touch()
        time.sleep(self._seconds)
        return super().embed_passages(passages)


class FailingEmbedder(HashingEmbedder):
    """Fails at some passages, as it is told by them."""

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        if "unavailable" in passages[0].text:
            raise EmbedderUnavailable("the model is not on this machine")
        if "broken" in passages[0].text:
            raise ZeroDivisionError("a fault of ours")
        return super().embed_passages(passages)


def index_on_workers(home: str, seen: str, articles: str) -> None:
    """Indexes on two workers, and says after each batch how many articles are stored."""
    syncing.BATCH_PASSAGES = BATCH
    own = HashingEmbedder(window=WINDOW)
    made = all_made({f"{number}.txt": 0 for number in range(int(articles))})
    with on_workers(own, partial(LastingEmbedder, Path(seen), 0.2), 2) as embedder:
        open_index(Path(home), embedder=embedder).sync(made, progress=_say)


def _say(report: SyncReport) -> None:
    sys.stdout.write(f"{report.added}\n")
    sys.stdout.flush()
