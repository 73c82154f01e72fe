"""What has changed since a state of the store that was followed, without looking at all of it.

The manifest names the articles that the last batches touched. Whoever has followed the store up to
one of them looks at those articles again; whoever has fallen behind further looks at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from itertools import chain

from index_store.store import Manifest, Touched
from index_store.version import Version, current

#: Articles that a manifest names, 24 bytes each: about twenty batches. Every question reads it.
MOST = 500


def next_manifest(
    before: Manifest | None, embedding_model: str, touched: Collection[str]
) -> Manifest:
    """The manifest of the state after the next batch.

    Args:
        touched: ids of articles that are added, changed or removed on the way there.
    """
    recent: list[Touched] = []
    if before is not None and len(touched) <= MOST:
        recent = [*before.recent, Touched(before.revision, tuple(touched))]
    while sum(len(one.article_ids) for one in recent) > MOST:
        del recent[0]
    return Manifest(
        embedding_model, uuid.uuid4().hex, written=_written(before), recent=tuple(recent)
    )


def _written(before: Manifest | None) -> Version:
    """This version; the number of an earlier one as long as nothing was migrated."""
    now = current()
    return now if before is None else replace(now, number=min(now.number, before.written.number))


def touched_since(revision: str, is_settled: bool, now: Manifest) -> frozenset[str] | None:
    """Articles that may differ between a state that was seen and a later one; None for all.

    Args:
        revision: that was seen.
        is_settled: whether nothing was under way then that goes on to the same revision.
    """
    revisions = [*(one.since for one in now.recent), now.revision]
    if revision not in revisions:
        return None
    first = revisions.index(revision)
    if not is_settled or revision == now.revision:
        first -= 1  # what led to it may have gone on since
    if first < 0:
        return None
    return frozenset(chain.from_iterable(one.article_ids for one in now.recent[first:]))
