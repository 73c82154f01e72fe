"""How far two articles tell the same story: by names, by subject and by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from index_store.embedder import Embedder
from index_store.models import Vector
from index_store.names import names_of
from index_store.shared_names import NameTable, Shared, shared_names
from index_store.store import Entry, Store

#: What the vectors weigh where the embedder knows both languages. The bundled one puts two
#: Italian articles on a fine and a strike at a cosine of 0.73, and one story told in English and
#: in Italian at 0.16.
DENSE_WEIGHT = 0.3

#: Cosine from which two texts are about the same, 0 being two that have nothing in common. On one
#: story it is 0.62 to 0.95, between different ones about a company 0.5 to 0.8.
SAME_SUBJECT = 0.4

#: Likeness is halved by each of these that lie between two days of publication …
HALF_LIFE_DAYS = 10.0

#: … and by this where one is not stated: what is undated must share more.
UNDATED = 0.45

#: Texts that have nothing in common; models differ in how far apart they put those.
_UNRELATED = (
    "The bakery on the corner sold out of rye bread before nine.",
    "A comet was seen above the southern mountains for three nights.",
    "Parliament adjourned the debate on pensions until the autumn.",
)

_ARTICLES_AT_ONCE = 500
_PAIRS_AT_ONCE = 50_000

_Rows = npt.NDArray[np.int64]
_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """What articles are compared by, each at its row.

    Attributes:
        published: when; None where it is not stated.
    """

    entries: list[Entry] = field(default_factory=list)
    published: list[datetime | None] = field(default_factory=list)
    passage_ids: list[tuple[str, ...]] = field(default_factory=list)
    names: NameTable = field(default_factory=NameTable)


def read_told(entries: Sequence[Entry], store: Store) -> Told:
    """Reads the texts of a store once; keeps 1 kB an article."""
    known = {entry.article_id: entry for entry in entries}
    told = Told()
    for article, passages in store.contents():
        # What another process has just added waits for the next catalogue; while it writes, an
        # article may come on two pages.
        if entry := known.pop(article.id, None):
            told.entries.append(entry)
            told.published.append(_moment(article.published) if article.published else None)
            told.passage_ids.append(tuple(passage.id for passage in passages))
            told.names.add(names_of(article, passages))
    return told


def _moment(published: str) -> datetime:
    moment = datetime.fromisoformat(published)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def likeness(told: Told, store: Store, embedder: Embedder) -> dict[tuple[int, int], float]:
    """How alike the pairs of rows are that share names, 0 to 1."""
    days = [moment.toordinal() if moment else None for moment in told.published]
    shared = shared_names(told.names, days)
    served = np.array([embedder.serves(entry.language) for entry in told.entries], bool)
    both = np.flatnonzero(served[shared.one] & served[shared.other])
    alike = shared.share.copy()
    if both.size:
        one, other = shared.one[both], shared.other[both]
        about = _same_subject(told, store, embedder, one, other)
        alike[both] += DENSE_WEIGHT * (about - alike[both])
    alike *= _nearness(days, shared)
    pairs = zip(shared.one.tolist(), shared.other.tolist(), strict=True)
    return dict(zip(pairs, alike.tolist(), strict=True))


def _nearness(days: Sequence[int | None], shared: Shared) -> _Numbers:
    stated = np.array([np.nan if day is None else day for day in days])
    apart = np.abs(stated[shared.one] - stated[shared.other])
    near: _Numbers = np.where(np.isnan(apart), UNDATED, 0.5 ** (apart / HALF_LIFE_DAYS))
    return near


def _same_subject(
    told: Told, store: Store, embedder: Embedder, one: _Rows, other: _Rows
) -> _Numbers:
    """How far each pair of rows is about the same by its vectors, 0 to 1."""
    unrelated = np.stack([embedder.embed_query(text) for text in _UNRELATED])
    nothing = float((unrelated @ unrelated.T)[np.triu_indices(len(unrelated), 1)].mean())
    floor = nothing + SAME_SUBJECT * (1 - nothing)
    rows, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    vectors = _mean_vectors([told.passage_ids[row] for row in rows], store, unrelated.shape[1])
    cosines = np.concatenate(
        [
            np.einsum("ij,ij->i", vectors[some[0]], vectors[some[1]])
            for some in np.array_split(places.reshape(2, -1), -(-len(one) // _PAIRS_AT_ONCE), 1)
        ]
    )
    about: _Numbers = np.maximum(cosines - floor, 0) / (1 - floor)
    return about


def _mean_vectors(passage_ids: Sequence[tuple[str, ...]], store: Store, dimensions: int) -> Vector:
    """The mean of each article's passages, of unit length; shape (articles, dimensions)."""
    vectors = np.zeros((len(passage_ids), dimensions), np.float32)
    for at in range(0, len(passage_ids), _ARTICLES_AT_ONCE):
        some = passage_ids[at : at + _ARTICLES_AT_ONCE]
        kept = store.passages([passage_id for ids in some for passage_id in ids])
        for row, ids in enumerate(some, start=at):
            # Another process may just have removed some; an article without any is like none.
            for passage_id in kept.keys() & ids:
                vectors[row] += kept[passage_id].vector
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vector = vectors / np.maximum(lengths, 1e-9)
    return unit
