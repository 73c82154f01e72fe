"""What others index is followed while nobody asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from index_store.errors import StoreUnavailable
from index_store.fakes import HashingEmbedder
from index_store.follower import following
from index_store.home import open_index
from tests.index_store.archive import found


def within(seconds: float, holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_what_another_process_has_indexed_is_seen_though_nobody_asks(tmp_path: Path) -> None:
    writer, reader = (open_index(tmp_path, embedder=HashingEmbedder()) for _ in range(2))
    with following(reader.catalogue, every=0.01):
        for text in ("The ferry is late.", "The court sits."):
            writer.sync([found(text)])
            within(10, lambda: reader.revision == writer.revision is not None)


def test_an_archive_that_is_away_is_looked_for_until_it_is_back() -> None:
    looks: list[None] = []

    def look() -> None:
        looks.append(None)
        if len(looks) < 3:
            raise StoreUnavailable("away")

    with following(look, every=0.01):
        within(10, lambda: len(looks) > 3)
    seen = len(looks)
    time.sleep(0.05)
    assert len(looks) == seen
