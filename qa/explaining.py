"""Why a passage is where it is among what a search found, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterator

from index_store.models import Hit

#: What each side of a search is called, and what its own score is.
_SIDES = {
    "reranker": ("question and passage read together", "logit"),
    "dense": ("meaning of the passage", "cosine"),
    "dense_sentence": ("meaning of the nearest sentence", "cosine"),
    "stems": ("word stems in and around the passage", "BM25"),
    "grams": ("letters and names in and around the passage", "BM25"),
    "gram_sentence": ("letters and names in the best sentence", "weight"),
}

_ROW = "   {:<46}{:>7}  {:>12}"


def explanation_lines(hit: Hit) -> Iterator[str]:
    """A table of the sides of a search: what each adds to the score, and its own score.

    What counts most stands first.
    """
    yield _ROW.format("why it is here", "adds", "measured as")
    for name in sorted(hit.sides, key=lambda side: -hit.shares.get(side, 0.0)):
        called, measure = _SIDES.get(name, (name, "score"))
        share = f"{hit.shares[name]:.2f}" if name in hit.shares else "-"
        yield _ROW.format(called, share, f"{measure} {hit.sides[name]:.2f}")
