"""Whether articles, passages and vectors in Chroma are whole and belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from corpus import Article, Passage
from corpus.reading import LAYOUT
from index_store.chroma import open_chroma
from index_store.chroma_client import ServerAccess
from index_store.models import Filters
from index_store.store import Entry, Manifest, Store

#: Articles that are looked at where not all are, some seconds.
SAMPLE = 100

#: Articles that are read at a time.
_PAGE = 100

#: By how much the length of a vector may differ from 1, which they are all brought to.
_UNIT = 1e-3


@dataclass(frozen=True, slots=True)
class Stored:
    """What Chroma holds.

    Attributes:
        passages: that are kept.
        stated: passages that the articles are said to have.
        checked: articles that were looked at.
        broken: ids of those whose passages are not the ones that they are said to have, or are not
            what the article's text says between their offsets.
        vectorless: passages of those that have no vector, or one that no model made.
        outdated: articles that an earlier version of reading made.
        ids: of all passages, where all articles were looked at.
    """

    manifest: Manifest | None
    articles: int
    passages: int
    stated: int
    checked: int
    broken: tuple[str, ...]
    vectorless: int
    outdated: int
    ids: frozenset[str] | None


def read_stored(
    folder: Path, url: str | None, full: bool, access: ServerAccess = ServerAccess()
) -> Stored:
    """Looks at a store; at all of its articles where the counts disagree.

    Args:
        full: look at all of them anyway.

    Raises:
        IndexStoreError: Chroma cannot be opened, or does not answer.
    """
    store = open_chroma(folder, url, access)
    entries = store.catalogue()
    passages, stated = store.count(), sum(entry.passages for entry in entries)
    everything = full or passages != stated
    chosen = entries if everything else entries[:: max(1, len(entries) // SAMPLE)]
    pages = [_look(store, chosen[at : at + _PAGE]) for at in range(0, len(chosen), _PAGE)]
    return Stored(
        manifest=store.manifest(),
        articles=len(entries),
        passages=passages,
        stated=stated,
        checked=len(chosen),
        broken=tuple(article_id for page in pages for article_id in page.broken),
        vectorless=sum(page.vectorless for page in pages),
        outdated=sum(entry.layout != LAYOUT for entry in entries),
        ids=frozenset().union(*(page.ids for page in pages)) if everything else None,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    broken: tuple[str, ...]
    ids: frozenset[str]
    vectorless: int


def _look(store: Store, entries: Sequence[Entry]) -> _Page:
    wanted = [entry.article_id for entry in entries]
    articles, passages = store.articles(wanted), store.passages_of(wanted)
    broken = tuple(
        entry.article_id
        for entry in entries
        if not _is_whole(entry, articles[entry.article_id], passages[entry.article_id])
    )
    ids = frozenset(passage.id for some in passages.values() for passage in some)
    vectors = store.vectors(sorted(ids))
    for vector in islice(vectors.values(), 1):
        # Walks through the graph, which reading vectors does not.
        store.nearest(vector, 1, Filters())
    whole = sum(bool(abs(np.linalg.norm(one) - 1) < _UNIT) for one in vectors.values())
    return _Page(broken, ids, len(ids) - whole)


def _is_whole(entry: Entry, article: Article, passages: Sequence[Passage]) -> bool:
    return len(passages) == entry.passages and all(
        article.text[passage.start : passage.end] == passage.text for passage in passages
    )
