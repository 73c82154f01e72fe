"""Which passages are shown and in which order, so that no story crowds out another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index_store.models import Hit
from index_store.terms import marked

#: Scores that are no further apart than this are as good as equal.
CLOSE = 0.03

#: Share of a passage's letters in sentences that stand in another one just so, from which it is
#: the same passage of the same agency text.
SAME = 0.5


def spread(hits: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """The best hits, copies with what they are copies of, outlets taking turns in close calls.

    Args:
        hits: best first. The first one stays the first.
    """
    left = list(_with_copies(hits))
    shown: list[Hit] = []
    seen: Counter[str | None] = Counter()
    while left and len(shown) < limit:
        close = [hit for hit in left if hit.score >= left[0].score - CLOSE] if shown else left[:1]
        chosen = min(close, key=lambda hit: seen[hit.article.publisher])
        left.remove(chosen)
        shown.append(chosen)
        seen[chosen.article.publisher] += 1
    return tuple(shown)


def _with_copies(hits: Sequence[Hit]) -> list[Hit]:
    """Hits without those that are copies of an earlier one, which holds them."""
    first: dict[str, int] = {}
    copies: dict[int, list[Hit]] = {}
    for at, hit in enumerate(hits):
        sentences = [marked(text) for text in hit.passage.sentence_texts()]
        shared: Counter[int] = Counter()
        for sentence in sentences:
            if sentence in first:
                shared[first[sentence]] += len(sentence)
        original, letters = next(iter(shared.most_common(1)), (at, 0))
        is_copy = letters >= SAME * sum(map(len, sentences)) and _other(hits[original], hit)
        if is_copy:
            copies.setdefault(original, []).append(hit)
            continue
        copies[at] = []
        for sentence in sentences:
            first.setdefault(sentence, at)
    return [replace(hits[at], copies=tuple(same)) for at, same in copies.items()]


def _other(one: Hit, hit: Hit) -> bool:
    return one.article.id != hit.article.id
