"""The public JSON of passages and hits; that of answers and articles is in `qa.answer`."""

from __future__ import annotations

from typing import Any

from corpus import Article, Passage
from index_store.models import Hit
from qa.answer import article_json


def passage_json(passage: Passage, article: Article) -> dict[str, Any]:
    """A passage with its article, without the article's text."""
    return {
        "passage_id": passage.id,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "article": article_json(article),
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A passage that a search found, with its score."""
    return {**passage_json(hit.passage, hit.article), "score": hit.score}
