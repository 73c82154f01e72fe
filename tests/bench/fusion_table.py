"""Our way of combining scores beside others, over the same candidates and their same scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
import numpy.typing as npt

from index_store.fusion import DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED
from index_store.index import ArticleIndex
from tests.bench.archives import Query
from tests.bench.fusions import (
    LOWEST,
    NORMALISATIONS,
    Normalise,
    Scores,
    convex,
    reciprocal_rank_fusion,
)

_LIMIT = 100
_GRID = tuple(step / 20 for step in range(21))
#: Which scores are combined: those of vectors, and those of words.
_ENGINES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "passage + grams": (("dense",), ("grams",)),
    "passage + stems": (("dense",), ("stems",)),
    "all scores": (
        ("dense", "dense_sentence"),
        ("grams", "stems", "gram_sentence"),
    ),
}


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one search found.

    Attributes:
        sides: scores by the name of each side, each of shape (candidates,).
        right: of each candidate whether it is of a right article, shape (candidates,).
        ours: whether the one that our search puts first is.
        served: whether the embedder knows the question's language.
    """

    sides: Mapping[str, Scores]
    right: npt.NDArray[np.bool_]
    ours: bool
    served: bool


def candidates(index: ArticleIndex, query: Query) -> Candidates:
    """The first hundred of a search, in an order that says nothing of how they scored."""
    found = index.search(query.text, language=query.language, limit=_LIMIT)
    hits = sorted(found.hits, key=lambda hit: hit.passage.id)
    names = dict.fromkeys(name for hit in hits for name in hit.sides)
    if any(hit.passage.language != query.language for hit in hits):
        # Stems are looked for in the question's language alone: they cannot compare all of these.
        names = dict.fromkeys(name for name in names if not name.startswith("stem"))
    return Candidates(
        {name: _side(name, [hit.sides for hit in hits]) for name in names},
        np.array([hit.article.id in query.gold for hit in hits]),
        found.hits[0].article.id in query.gold,
        query.language in found.served,
    )


def _side(name: str, sides: Sequence[Mapping[str, float]]) -> Scores:
    """Where vectors were not compared, a candidate is as far off as the farthest; where words were
    not found, BM25 is 0."""
    least = min(each[name] for each in sides if name in each) if name in LOWEST else 0.0
    return np.array([each.get(name, least) for each in sides])


def print_fusions(found: Mapping[str, Sequence[Candidates]]) -> None:
    """A line a way of combining, a column a set of questions: hit@1."""
    print(
        "\nhit@1 by ways of combining the same scores: the vectors' weight is "
        f"{DENSE_WEIGHT_SERVED} in the model's language and {DENSE_WEIGHT_UNSERVED} in others\n"
        "(in brackets the best of all weights, chosen by these very questions)"
    )
    _print_row("", found)
    _print_row("ours", [f"{mean(one.ours for one in some):.3f}" for some in found.values()])
    for engines, (dense, lexical) in _ENGINES.items():
        print(engines)
        for name, by in NORMALISATIONS.items():
            _print_row(f"  {name}", [_convex(some, dense, lexical, by) for some in found.values()])
        ranked = [_ranks(some, dense, lexical) for some in found.values()]
        _print_row("  reciprocal ranks", ranked)


def _print_row(name: str, cells: Sequence[str] | Mapping[str, object]) -> None:
    print(f"{name:<24}" + "".join(f"{cell:>24}" for cell in cells))


def _convex(
    some: Sequence[Candidates], dense: Sequence[str], lexical: Sequence[str], by: Normalise
) -> str:
    scored = [(one, _of(one, dense), _of(one, lexical)) for one in some]
    if not any(words for _, _, words in scored):
        return "–"

    def hits(served: float, unserved: float) -> float:
        return mean(
            _is_right(one, convex(vectors, words, served if one.served else unserved, by))
            for one, vectors, words in scored
        )

    by_alpha = {alpha: hits(alpha, alpha) for alpha in _GRID}
    best = max(by_alpha, key=lambda alpha: by_alpha[alpha])
    shipped = hits(DENSE_WEIGHT_SERVED, DENSE_WEIGHT_UNSERVED)
    return f"{shipped:.3f} ({by_alpha[best]:.3f} at {best:.2f})"


def _ranks(some: Sequence[Candidates], dense: Sequence[str], lexical: Sequence[str]) -> str:
    if not any(_of(one, lexical) for one in some):
        return "–"
    fused = [(one, reciprocal_rank_fusion(_of(one, (*dense, *lexical)))) for one in some]
    return f"{mean(_is_right(one, scores) for one, scores in fused):.3f}"


def _of(one: Candidates, engines: Sequence[str]) -> dict[str, Scores]:
    """Those of the engines that had anything to say about a question."""
    return {name: one.sides[name] for name in engines if name in one.sides}


def _is_right(one: Candidates, fused: Scores) -> bool:
    return bool(one.right[fused.argmax()])
