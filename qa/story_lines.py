"""Stories that several articles tell, as they are printed and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus import Article
from index_store.index import ArticleIndex
from index_store.stories import Story
from qa.answer import article_json


def several(index: ArticleIndex) -> tuple[list[Story], dict[str, Article]]:
    """The stories of two or more articles, the largest first, with these articles."""
    stories = [story for story in index.stories() if len(story.articles) > 1]
    return stories, index.articles([each for story in stories for each in story.articles])


def story_lines(stories: Sequence[Story], articles: Mapping[str, Article]) -> Iterator[str]:
    """Each story with its articles; what prints the text of another is marked so."""
    if not stories:
        yield "no two articles tell the same story"
    for story in stories:
        yield f"{_count(story.sources, 'independent source')}, {len(story.articles)} articles"
        copied = _copied_from(story)
        for article in _articles(story, articles):
            yield f"  {_line(article)}"
            if original := articles.get(copied.get(article.id, "")):
                yield f"    same text as {original.source}"
        yield ""


def stories_json(stories: Sequence[Story], articles: Mapping[str, Article]) -> list[dict[str, Any]]:
    """The public form of stories; `same_text` lists the other articles with an article's text."""
    return [
        {
            "sources": story.sources,
            "articles": [
                {**article_json(article), "same_text": _same_text(story, article.id)}
                for article in _articles(story, articles)
            ],
        }
        for story in stories
    ]


def _articles(story: Story, articles: Mapping[str, Article]) -> list[Article]:
    # One that has been removed since the stories were read is passed over.
    return [articles[each] for each in story.articles if each in articles]


def _copied_from(story: Story) -> dict[str, str]:
    """The first article with its text, for each of the others."""
    return {copy: wire[0] for wire in story.wires for copy in wire[1:]}


def _same_text(story: Story, article_id: str) -> list[str]:
    return [
        other for wire in story.wires if article_id in wire for other in wire if other != article_id
    ]


def _line(article: Article) -> str:
    outlet = article.publisher or "outlet not stated"
    day = (article.published or "undated")[:10]
    language = article.language or "language not stated"
    return f"{outlet}, {day}, {language}: {article.title} ({article.source})"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
