"""Pairs of articles that share rare names, found by an inverted index of names.

No two articles are compared that share nothing rare and near in time, so that the work grows with
the archive and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index_store.names import Names

#: Articles that were published further apart are not compared.
WINDOW_DAYS = 30

#: An article finds nobody by a name that more of those that follow within the window, or have no
#: date, hold: every pair of them would be counted. An affair has rarer names than its first one.
CROWD = 200

#: Names that are added to each article's own, so that two short articles with a single name in
#: common are not alike.
FEW = 3.0

#: Pairs below share so little that they count as sharing nothing.
LEAST_SHARE = 0.05

_ARTICLES_AT_ONCE = 1_000

_Numbers = npt.NDArray[np.int64]
_Weights = npt.NDArray[np.float64]


class NameTable:
    """The names of many articles, as numbers: 0.5 kB an article."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._sure: list[npt.NDArray[np.int32]] = []
        self._possible: list[npt.NDArray[np.int32]] = []

    def add(self, names: Names) -> None:
        """The names of the next article."""
        self._sure.append(self._row(names.sure))
        self._possible.append(self._row(names.possible))

    def _row(self, names: frozenset[str]) -> npt.NDArray[np.int32]:
        ids = self._ids
        return np.array([ids.setdefault(name, len(ids)) for name in sorted(names)], np.int32)

    def entries(self) -> tuple[_Numbers, _Numbers]:
        """Names and the articles that they are in, side by side, each pair once.

        A word that may be a name is one if any article holds it as a sure one.
        """
        names = np.concatenate([np.zeros(0, np.int64), *self._sure, *self._possible])
        lengths = [len(row) for row in (*self._sure, *self._possible)]
        articles = np.tile(np.arange(len(self._sure)), 2).repeat(lengths)
        is_sure = np.arange(len(names)) < sum(lengths[: len(self._sure)])
        is_name = np.zeros(len(self._ids), bool)
        is_name[names[is_sure]] = True
        kept = is_name[names]
        return names[kept], articles[kept]


@dataclass(frozen=True, slots=True)
class Shared:
    """How much pairs of articles share, 0 to 1; `one`, `other` and `share` have shape (pairs,)."""

    one: _Numbers
    other: _Numbers
    share: _Weights


def shared_names(table: NameTable, days: Sequence[int | None]) -> Shared:
    """Pairs that share at least `LEAST_SHARE` of the names of the one that has fewer.

    A name weighs log(1 + n/d) / log(1 + n) where d of n articles hold it: 1 where hardly another
    does, whatever the size of the archive. 10,000 articles of 45 names take 0.4 s and 40 MB,
    100,000 take 3 s and 0.4 GB.

    Args:
        days: of publication, as ordinals, in the order in which articles were added; None where
            it is not stated, which may be near any.
    """
    size = len(days)
    names, articles = table.entries()
    holders = np.bincount(names, minlength=1)
    weights = np.log1p(size / np.maximum(holders, 1)) / np.log1p(max(size, 1))
    totals: _Weights = np.bincount(articles, weights[names], minlength=size).astype(np.float64)
    index = _Index.of(names, articles, days)
    found = [_shares(index, weights, totals, some) for some in _chunks(index)]
    if not found:
        return Shared(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Shared(
        *(np.concatenate([getattr(each, part) for each in found])
          for part in ("one", "other", "share"))
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Index:
    """Postings: who holds each name, in the order of publication, the undated last.

    The holders of one name that a posting may be paired with are the two ranges of postings
    `near` (within the window) and `undated`. All arrays have shape (postings,); `order` sorts
    them by article.
    """

    names: _Numbers
    articles: _Numbers
    near: tuple[_Numbers, _Numbers]
    undated: tuple[_Numbers, _Numbers]
    order: _Numbers

    @classmethod
    def of(cls, names: _Numbers, articles: _Numbers, days: Sequence[int | None]) -> _Index:
        size = len(days)
        by_day = sorted(range(size), key=lambda article: (days[article] is None, days[article]))
        place = np.empty(size, np.int64)
        place[by_day] = np.arange(size)
        dated = np.array([days[article] for article in by_day if days[article] is not None])
        until = np.full(size, len(dated))
        until[: len(dated)] = np.searchsorted(dated, dated + WINDOW_DAYS, side="right")

        keys = np.sort(names * size + place[articles])
        names, places = keys // max(size, 1), keys % max(size, 1)
        after = np.arange(len(keys)) + 1
        near = np.searchsorted(keys, names * size + until[places])
        last_dated = np.maximum(np.searchsorted(keys, names * size + len(dated)), after)
        end = np.searchsorted(keys, (names + 1) * size)
        is_rare = np.maximum(near - after, 0) + end - last_dated <= CROWD
        articles = np.array(by_day, np.int64)[places]
        return cls(
            names,
            articles,
            (after, np.where(is_rare, near, 0)),
            (last_dated, np.where(is_rare, end, 0)),
            np.argsort(articles, kind="stable"),
        )


def _chunks(index: _Index) -> Iterator[_Numbers]:
    """Postings of a thousand articles at a time: what is paired at once fits into memory."""
    last = int(index.articles.max(initial=-1)) + 1
    borders = np.arange(0, last + _ARTICLES_AT_ONCE, _ARTICLES_AT_ONCE)
    starts = np.searchsorted(index.articles[index.order], borders)
    return (index.order[start:end] for start, end in pairwise(starts))


def _shares(index: _Index, weights: _Weights, totals: _Weights, postings: _Numbers) -> Shared:
    size = len(totals)
    mine, theirs = (
        np.concatenate(sides)
        for sides in zip(
            *(_spread(postings, starts[postings], ends[postings])
              for starts, ends in (index.near, index.undated)),
            strict=True,
        )
    )  # fmt: skip
    pairs = index.articles[mine] * size + index.articles[theirs]
    keys, which = np.unique(pairs, return_inverse=True)
    common = np.bincount(which, weights[index.names[mine]], minlength=len(keys))
    one, other = keys // max(size, 1), keys % max(size, 1)
    share = common / (np.minimum(totals[one], totals[other]) + FEW)
    kept = share >= LEAST_SHARE
    return Shared(one[kept], other[kept], share[kept])


def _spread(items: _Numbers, starts: _Numbers, ends: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Each item beside every number of its range."""
    lengths = np.maximum(ends - starts, 0)
    offsets = np.cumsum(lengths) - lengths
    numbers = np.arange(int(lengths.sum())) + np.repeat(starts - offsets, lengths)
    return np.repeat(items, lengths), numbers
