"""Which passages are shown and in which order, so that no story crowds out another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    originals: list[Hit] = []
    copies: list[list[Hit]] = []
    printed_in: dict[str, int] = {}
    for hit in hits:
        sentences = [marked(text) for text in hit.passage.sentence_texts()]
        original = _original(sentences, printed_in)
        if original is not None and originals[original].article.id != hit.article.id:
            copies[original].append(hit)
            continue
        for sentence in sentences:
            printed_in.setdefault(sentence, len(originals))
        originals.append(hit)
        copies.append([])
    return [replace(hit, copies=tuple(same)) for hit, same in zip(originals, copies, strict=True)]


def _original(sentences: Sequence[str], printed_in: Mapping[str, int]) -> int | None:
    """Which earlier passage holds enough of these sentences."""
    letters: Counter[int] = Counter()
    for sentence in sentences:
        if sentence in printed_in:
            letters[printed_in[sentence]] += len(sentence)
    for original, same in letters.most_common(1):
        if same >= SAME * sum(map(len, sentences)):
            return original
    return None
