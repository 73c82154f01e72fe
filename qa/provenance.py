"""How many sources an answer rests on: outlets that print one agency's text are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from corpus import Article
from corpus.wire import is_copy
from qa.answer import Citation, Provenance
from qa.phrases import phrase


def provenance(
    citations: Sequence[Citation], sketches_of: Callable[[Iterable[str]], Mapping[str, bytes]]
) -> Provenance:
    """The outlets that are cited, and how many of them have a text of their own.

    Articles of one outlet are one source, and so are articles that print one text. Whose outlet is
    not stated is not counted: it may be any of the others.

    Args:
        sketches_of: looks up what tells articles' texts apart, by id; see `corpus.wire`.
    """
    articles = {each.article.id: each.article for each in citations if each.article.publisher}
    outlets = {article.publisher for article in articles.values()}
    sketches = sketches_of(articles) if len(outlets) > 1 else {}
    group = {article_id: article_id for article_id in articles}
    for one, other in combinations(articles.values(), 2):
        if one.publisher == other.publisher or _is_copy(one, other, sketches):
            joined, kept = group[other.id], group[one.id]
            group = {key: kept if root == joined else root for key, root in group.items()}
    return Provenance(len(outlets), len(set(group.values())))


def provenance_line(what: Provenance, language: str) -> str | None:
    """How many sources stand behind several outlets; None where no more than one is cited."""
    if what.outlets < 2:
        return None
    key = "answer.one_source" if what.independent == 1 else "answer.sources"
    return phrase(language, key, outlets=what.outlets, independent=what.independent)


def _is_copy(one: Article, other: Article, sketches: Mapping[str, bytes]) -> bool:
    return is_copy(sketches.get(one.id, b""), sketches.get(other.id, b""))
