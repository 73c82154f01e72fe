"""What searches read of the store, remembered as long as the archive stays the same."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Generic, TypeVar

from corpus import Article
from corpus.embargo import is_withheld
from index_store.models import Filters, Vector
from index_store.read_passage import ReadPassage
from index_store.store import Entry, Store

#: Chroma returns this many passages of 100,000 in 15 ms; a `where` takes it 35 to 190 ms. A filter
#: that keeps enough of the archive is applied to what it returns.
_NEAREST_AT_MOST = 2_000
#: How many more of the nearest are asked for than a filter would admit of any passages.
_SPARE = 1.25

#: Passages, articles and vectors that are remembered, about 12, 6 and 2 kB each.
_PASSAGES = 4_096
_ARTICLES = 2_048
_VECTORS = 16_384

_T = TypeVar("_T")


class Archive:
    """One state of what is stored, to be read by searches.

    Args:
        entries: the catalogue.
    """

    def __init__(self, store: Store, entries: Sequence[Entry]) -> None:
        self._store = store
        self._entries = {entry.article_id: entry for entry in entries}
        self._count = sum(entry.passages for entry in self._entries.values())
        self._passages = _Remembered(self._read_passages, _PASSAGES)
        self._articles = _Remembered(store.articles, _ARTICLES)
        self._vectors = _Remembered(self._read_vectors, _VECTORS)
        #: Of all articles.
        self.languages = frozenset(filter(None, (entry.language for entry in entries)))
        self._admitted = lru_cache(maxsize=64)(self._admitted_by)

    def read_ahead(self) -> None:
        """Reads all that there is now, where all of it can be remembered."""
        if self._count <= _PASSAGES:
            contents = list(self._store.contents())
            self._passages.get([passage.id for _, some in contents for passage in some])
            self._articles.get([article.id for article, _ in contents])

    def knows(self, passage_ids: Iterable[str]) -> bool:
        """Whether all of these are passages of articles that there were in this state."""
        return all(article_of(key) in self._entries for key in passage_ids)

    def article_language(self, passage_id: str) -> str | None:
        """The language of a passage's article; the passage itself can be in another one."""
        entry = self._entries.get(article_of(passage_id))
        return entry.language if entry else None

    def sketches(self, article_ids: Iterable[str]) -> dict[str, bytes]:
        """Sketches of articles by id, as `corpus.wire` compares them; unknown ids are absent."""
        return {key: self._entries[key].sketch for key in article_ids if key in self._entries}

    def nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        """Cosines of the nearest passages that a filter admits, best first.

        A filter that keeps much is applied to more of the nearest than are wanted.
        """
        if filters == Filters():
            return self._store.nearest(vector, limit, filters)
        admitted, kept = self._admitted(filters)
        enough = math.ceil(_SPARE * limit * self._count / max(kept, 1))
        if enough <= _NEAREST_AT_MOST:
            near = self._store.nearest(vector, enough, Filters())
            found = [key for key in near if article_of(key) in admitted][:limit]
            # Fewer where a question is about what the filter leaves out.
            if len(found) >= min(limit, kept) / 2:
                return {key: near[key] for key in found}
        return self._store.nearest(vector, limit, filters)

    def cosines(self, vector: Vector, passage_ids: Iterable[str]) -> dict[str, float]:
        """Cosines of passages by id, whether they are near or not; unknown ids are absent."""
        known = self._passages.known(passage_ids)
        others = [key for key in passage_ids if key not in known]
        found = {key: float(one.vector @ vector) for key, one in known.items()}
        return found | {key: float(one @ vector) for key, one in self._vectors.get(others).items()}

    def passages(self, passage_ids: Sequence[str]) -> dict[str, ReadPassage]:
        """Passages by id in the order given; unknown ids are absent."""
        return self._passages.get(passage_ids)

    def articles_of(self, passage_ids: Iterable[str]) -> dict[str, Article]:
        """The articles of passages, by passage id; those that may not be shown, and those that
        came after this state, are absent."""
        owners = {key: article_of(key) for key in passage_ids}
        found = self._articles.get(list(dict.fromkeys(owners.values())))
        return {
            key: found[owner]
            for key, owner in owners.items()
            if owner in self._entries and owner in found and not is_withheld(found[owner])
        }

    def _read_passages(self, passage_ids: Sequence[str]) -> dict[str, ReadPassage]:
        found = self._store.passages(passage_ids)
        return {key: ReadPassage.of(embedded) for key, embedded in found.items()}

    def _read_vectors(self, passage_ids: Sequence[str]) -> dict[str, Vector]:
        # Copied, since one that is kept would keep all that were read with it.
        return {key: one.copy() for key, one in self._store.vectors(passage_ids).items()}

    def _admitted_by(self, filters: Filters) -> tuple[frozenset[str], int]:
        """Articles that a filter admits, and how many passages they have."""
        admitted = [entry for entry in self._entries.values() if entry.passes(filters)]
        return (
            frozenset(entry.article_id for entry in admitted),
            sum(entry.passages for entry in admitted),
        )


def article_of(passage_id: str) -> str:
    """The id of a passage's article."""
    return passage_id.partition(".")[0]


class _Remembered(Generic[_T]):
    """What was read last, by id; safe for threads.

    Args:
        read: reads some ids; unknown ones are absent.
        most: how many are kept.
    """

    def __init__(self, read: Callable[[Sequence[str]], Mapping[str, _T]], most: int) -> None:
        self._read = read
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[str, _T] = OrderedDict()

    def known(self, keys: Iterable[str]) -> dict[str, _T]:
        """Those of some that need not be read, in the order given."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def get(self, keys: Sequence[str]) -> dict[str, _T]:
        """All of them that there are, in the order given."""
        known = self.known(keys)
        missing = [key for key in keys if key not in known]
        if not missing:
            return known
        read = self._read(missing)
        with self._lock:
            self._kept.update(read)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        found = {**read, **known}
        return {key: found[key] for key in keys if key in found}
