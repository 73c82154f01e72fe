"""Whether the search found the articles that answer, and how far up.

The figures are those of trec_eval, by way of ir_measures (MacAvaney, Macdonald & Ounis 2022,
"Streamlining Evaluation with ir-measures"). Articles are relevant or not; any of the gold sources
answers, so the hit rate is the first to look at, and recall says how many of them were found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ir_measures import Measure

#: As deep as MAP and nDCG look.
DEPTH = 10


def hit_at(retrieved: Sequence[str], gold: Iterable[str], k: int) -> float:
    """1 where one of the gold sources is among the first k retrieved, else 0."""
    return float(bool(set(retrieved[:k]) & set(gold)))


def ranking(retrieved: Sequence[str], gold: Collection[str]) -> dict[str, float]:
    """The measures of one question's ranking, by name; each 0 to 1.

    Args:
        retrieved: sources, best first, each once.
        gold: the relevant ones, at least one.
    """
    # 25 ms, which nobody who only reads a report should wait for.
    from ir_measures import Qrel, ScoredDoc, iter_calc

    # Numbers instead of names: trec_eval is C, and half a surrogate pair in a name crashes it.
    numbers = {source: str(place) for place, source in enumerate((*retrieved, *gold))}
    relevant = [Qrel("", numbers[source], 1) for source in dict.fromkeys(gold)]
    # trec_eval sorts by score and breaks ties by name: the rank alone is to count.
    ranked = [ScoredDoc("", numbers[source], -float(rank)) for rank, source in enumerate(retrieved)]
    names = _measures()
    found = iter_calc(list(names), relevant, ranked)
    return {names[each.measure]: float(each.value) for each in found}


@cache
def _measures() -> Mapping[Measure, str]:
    from ir_measures import AP, RR, R, Success, nDCG

    return {
        Success @ 1: "hit_at_1",
        Success @ 5: "hit_at_5",
        R @ 5: "recall_at_5",
        RR: "mrr",
        nDCG @ DEPTH: "ndcg_at_10",
        AP @ DEPTH: "map",
    }
