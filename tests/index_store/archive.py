"""Small articles to index."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from corpus import Article, Passage
from corpus.models import identified
from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.asked import Asked, ask_for
from index_store.fakes import HashingEmbedder
from index_store.glossary import Glossary
from index_store.models import EmbeddedPassage, Filters


def article(
    text: str = "The library must pay. The court said so.",
    *,
    source: str = "a.txt",
    title: str = "A title",
    publisher: str | None = "The Courier",
    published: str | None = "2025-01-14",
    language: str | None = "en",
    section: str | None = None,
) -> Article:
    stated = Article("", title, text, source, publisher, None, published, language=language)
    return identified(replace(stated, section=section))


def found(text: str, source: str = "a.txt", *, folder: str = "/archive") -> FoundArticle:
    return FoundArticle(article(text, source=source), f"{folder}/{source}")


def embedded(whole: Article, window: int = 5) -> list[EmbeddedPassage]:
    embedder = HashingEmbedder(window=window)
    return embedder.embed_passages(passages(whole, window))


def passages(whole: Article, window: int = 5) -> list[Passage]:
    return split_article(whole, HashingEmbedder().count_tokens, window)


days = st.sampled_from(
    ["2024-12-31", "2025-01-01", "2025-01-14", "2025-01-14T23:30:00-05:00", "2026-02-28", None]
)
publishers = st.sampled_from(["The Courier", "Le Courrier d’Évreux", "courier", None])
languages = st.sampled_from(["en", "fr", "it", None])
sections = st.sampled_from(["Business", "Économie", None])
bounds = st.sampled_from([None, "", "2024-12-31", "2025-01-14", "2025-06-01", "2026-02-28"])


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    """Different articles with every mixture of metadata, each about the library."""
    return [
        article(
            f"The library must pay {number}.",
            source=f"{number}.txt",
            publisher=draw(publishers),
            published=draw(days),
            language=draw(languages),
            section=draw(sections),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


filters = st.builds(
    Filters,
    publishers=st.lists(publishers.map(lambda name: name or ""), max_size=2).map(tuple),
    languages=st.lists(languages.map(lambda code: code or ""), max_size=2).map(tuple),
    published_from=bounds,
    published_to=bounds,
    sections=st.lists(sections.map(lambda name: name or ""), max_size=2).map(tuple),
)


def admitted(some: list[Article], wanted: Filters) -> set[str]:
    """Ids of the articles that a filter admits, by its definition."""
    return {
        one.id
        for one in some
        if wanted.admits(
            one.publisher, one.language, (one.published or "")[:10] or None, one.section
        )
    }


def asked(question: str, language: str | None = None) -> Asked:
    """A question's words, with nothing from a glossary."""
    return ask_for(question, language, Glossary(()), ())


def day(one: Article) -> str | None:
    return (one.published or "")[:10] or None
