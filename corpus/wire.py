"""Which articles print one text: agency copy that outlets trim, retitle and edit.

Each text is kept as a sketch (MinHash over runs of three words), half a kilobyte from which can be
told how much of one text is in another. Broder 1997, "On the resemblance and containment of
documents"; Li & König 2010, "b-Bit Minwise Hashing".
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datasketch import MinHash

#: Words of a shingle. Of a copy with every fifth word replaced, half of the shingles are left
#: (0.65 with two words, 0.4 with four); of two texts on different subjects, 1.8 per cent of the
#: shorter one's are in the longer at the 99th percentile (8 with two, which would make every
#: hundredth pair of articles a candidate).
SHINGLE_WORDS = 3

#: Minimum hashes of a sketch. The share of a text that is in a longer one is told to within 0.03
#: (0.06 where the longer has 2.5 times its length); with half as many, 0.04 and 0.08.
PERMUTATIONS = 256

#: A pair is compared where it agrees in one of the 128 pairs of neighbouring minimum hashes: that
#: finds 0.99 of copies that are 0.18 alike, as half of a text is with every tenth word replaced
#: and a paragraph added (bands of three: 0.39), and one pair in 1,700 of different texts.
BAND = 2

#: A text is a copy where this much of the shorter is in the longer. Of copies of texts of 200 to
#: 700 words, trimmed to 40-100 %, with 0-20 % of the words replaced, reordered or not, with a
#: paragraph of 60 words added or not, 0.94 are found (0.996 up to 10 % replaced). Of pairs of
#: different articles that share 65 words of a speech, 0.007 pass where the shorter has 150 words of
#: its own, and none from 200 words on (0.06 at 120). At 0.36 it is 0.97 and 0.033, at 0.42 0.92 and
#: 0.003.
SHARED = 0.40

#: … and the shorter has at least this share of the longer's length. A page of news in brief holds
#: many whole texts, and is a copy of none.
SHORTEST = 0.25

#: Every two texts of a group share this much, though both were edited: a page that holds two
#: whole texts does not make them one.
SHARED_IN_GROUP = 0.05

#: Articles that agree in one band and are all compared with each other; more are compared with
#: their neighbours only: a thousand copies are found by a chain, and boilerplate costs little.
CROWD = 200

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")
# Odd, so that no bit of a word's hash is lost; any will do, but none may ever change.
_PLACES = tuple(
    np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_COMPARED_AT_ONCE = 20_000

_Shingles = npt.NDArray[np.uint32]
_Hashes = npt.NDArray[np.uint16]
_Numbers = npt.NDArray[np.int64]
_Shares = npt.NDArray[np.float64]


def sketch(text: str) -> bytes:
    """What is kept of a text to know it again: 516 bytes, the same on every machine; b"" of none.

    The number of shingles in 4 bytes, then the low 16 bits of each minimum hash, which differ
    where the hashes do but once in 65,536 times. 0.3 ms for 500 words. Whoever changes it raises
    `corpus.reading.LAYOUT`.
    """
    shingles = _shingles(text)
    if not len(shingles):
        return b""
    minimum = _blank().copy()
    minimum.update_batch(shingles.tolist())
    low = (minimum.hashvalues & 0xFFFF).astype("<u2")
    return len(shingles).to_bytes(4, "little") + bytes(low.tobytes())


@cache
def _blank() -> MinHash:
    # 0.3 s to import, which only indexing needs.
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, seed=1, scheme="affine32", hashfunc=int)


def _shingles(text: str) -> _Shingles:
    """Different shingles as 32-bit numbers; a text that is shorter than one is one.

    Case, accents and punctuation make no difference.
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    words = " ".join(_WORD.findall(text.casefold())).encode().split()
    # hash() differs from one run to the next.
    hashes = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    runs = max(len(words) - SHINGLE_WORDS + 1, min(len(words), 1))
    mixed = np.zeros(runs, np.uint64)
    for place, factor in enumerate(_PLACES[: len(words)]):
        mixed += hashes[place : place + runs] * factor
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


@dataclass(frozen=True, slots=True)
class _Sketches:
    """Sketches side by side: `sizes` in shingles, shape (n,); `hashes`, shape (n, 256)."""

    sizes: _Shares
    hashes: _Hashes

    def shared(self, one: _Numbers, other: _Numbers) -> _Shares:
        """How much of the shorter is in the longer, 0 to 1, of each pair of rows."""
        alike = np.concatenate(
            [
                (self.hashes[one[at : at + _COMPARED_AT_ONCE]]
                 == self.hashes[other[at : at + _COMPARED_AT_ONCE]]).mean(axis=1)
                for at in range(0, len(one), _COMPARED_AT_ONCE)
            ]
            or [np.zeros(0)]
        )  # fmt: skip
        # |A ∩ B| from |A|, |B| and the Jaccard index that the minimum hashes estimate.
        common = alike / (1 + alike) * (self.sizes[one] + self.sizes[other])
        shares: _Shares = np.minimum(common / np.minimum(self.sizes[one], self.sizes[other]), 1.0)
        return shares


def is_copy(one: bytes, other: bytes) -> bool:
    """Whether the texts of two sketches are one text, trimmed or edited; False where either is
    none. 0.03 ms."""
    if not one or not other:
        return False
    known = _read(one + other)
    small, large = sorted(known.sizes)
    shared = known.shared(np.array([0]), np.array([1]))
    return bool(small >= SHORTEST * large and shared[0] >= SHARED)


def _read(sketches: bytes) -> _Sketches:
    """Sketches that stand one behind the other, none of them b""."""
    table = np.frombuffer(sketches, "<u2").reshape(-1, 2 + PERMUTATIONS)
    sizes = table[:, 0] + 65536.0 * table[:, 1]
    return _Sketches(sizes, np.ascontiguousarray(table[:, 2:]))


def wire_clusters(sketches: Mapping[str, bytes]) -> list[tuple[str, ...]]:
    """Groups of two or more articles that print the same text, by id, each in the order given.

    Args:
        sketches: by article id; an article without one (b"") is in no group.

    100,000 articles take 5 s and 0.2 GB beside their sketches. The bands are sorted here, since
    datasketch's MinHashLSH would take 35 s and 4 GB for them.
    """
    ids = [article_id for article_id, kept in sketches.items() if kept]
    known = _read(b"".join(sketches[article_id] for article_id in ids))
    groups: dict[int, list[int]] = {row: [row] for row in range(len(ids))}
    for one, other in _copies(known):
        mine, theirs = groups[one], groups[other]
        if mine is not theirs and _is_one_text(known, mine, theirs):
            mine += theirs
            groups.update(dict.fromkeys(theirs, mine))
    found = {id(group): sorted(group) for group in groups.values() if len(group) > 1}
    return [tuple(ids[row] for row in group) for group in sorted(found.values())]


def _copies(known: _Sketches) -> Iterator[tuple[int, int]]:
    """Pairs of rows where one is a copy of the other, the surest first."""
    one, other = _candidates(known.hashes)
    near = np.minimum(known.sizes[one], known.sizes[other]) >= SHORTEST * np.maximum(
        known.sizes[one], known.sizes[other]
    )
    one, other = one[near], other[near]
    shared = known.shared(one, other)
    order = np.argsort(-shared, kind="stable")[: np.count_nonzero(shared >= SHARED)]
    return zip(one[order].tolist(), other[order].tolist(), strict=True)


def _candidates(hashes: _Hashes) -> tuple[_Numbers, _Numbers]:
    """Different pairs of rows that agree in any band, the first below the second."""
    rows = len(hashes)
    found = [np.zeros(0, np.int64)]
    for start in range(0, PERMUTATIONS, BAND):
        band = np.ascontiguousarray(hashes[:, start : start + BAND]).view(np.uint32).ravel()
        order = np.argsort(band, kind="stable")
        borders = np.flatnonzero(np.diff(band[order])) + 1
        starts, ends = np.append(0, borders), np.append(borders, rows)
        for first, last in zip(*(each[ends - starts > 1] for each in (starts, ends)), strict=True):
            one, other = _pairs(order[first:last])
            found.append(one * rows + other)
    keys = np.unique(np.concatenate(found))
    return keys // max(rows, 1), keys % max(rows, 1)


def _pairs(rows: _Numbers) -> tuple[_Numbers, _Numbers]:
    """All pairs of a few rows in rising order; of a crowd, neighbours alone."""
    if len(rows) > CROWD:
        return rows[:-1], rows[1:]
    one, other = np.triu_indices(len(rows), 1)
    return rows[one], rows[other]


def _is_one_text(known: _Sketches, mine: list[int], theirs: list[int]) -> bool:
    one, other = np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))
    return bool(known.shared(one, other).min() >= SHARED_IN_GROUP)
