"""The public JSON of passages and hits; that of answers and articles is in `qa.answer`."""

from __future__ import annotations

from typing import Any

from corpus import Article, Passage
from index_store.models import Hit
from qa.answer import article_json
from qa.rights import shown_passage


def passage_json(passage: Passage, article: Article) -> dict[str, Any]:
    """A passage as far as its owner allows, with its article, without the article's text."""
    shown = shown_passage(passage, article)
    return {
        "passage_id": passage.id,
        "text": shown.text,
        "start": shown.start,
        "end": shown.end,
        "article": article_json(article),
    }


def hit_json(hit: Hit, explain: bool = False) -> dict[str, Any]:
    """A passage that a search found, with its score and where else it was printed.

    Args:
        explain: also what each side of the search says of it, and how much of the score that is.
    """
    found = {
        **passage_json(hit.passage, hit.article),
        "score": hit.score,
        "copies": [passage_json(copy.passage, copy.article) for copy in hit.copies],
    }
    return {**found, "sides": sides_json(hit)} if explain else found


def sides_json(hit: Hit) -> dict[str, dict[str, float]]:
    """Each side by name: its own score, on its own scale, and its share of the hit's score."""
    return {
        name: {"score": score, "share": hit.shares.get(name, 0.0)}
        for name, score in hit.sides.items()
    }
