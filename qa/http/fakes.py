"""An answerer in memory, for trying the API and the widget without an index or a model.

It quotes, from each article, the first sentence that shares a long word with the question. That is
no good answer, but every citation holds: `article.text[start:end] == quote`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus import Article, Passage, Span
from corpus.models import identified
from index_store.models import Filters, Hit, SearchResult, Summary
from index_store.store import Entry
from index_store.terms import QueryTerms
from qa.answer import Answer, Citation, Mode, Searched, Statement, Verdict
from qa.dates.as_of import known_day
from qa.errors import BadQuestion, EmptyIndex
from qa.history import Turn
from qa.known_filters import known_filters
from qa.understanding.small_talk import reply_to, small_talk

_LONGEST_QUESTION = 2000
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s|$)|$)")

#: Text that does harm wherever it is taken for markup, and turns the line around it.
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e\u200b'

LIBRARY = identified(
    Article(
        id="",
        title="Valmorin closes its library",
        text="The council closed the Valmorin library in March. 📚 Readers protested, “loudly”.",
        source="gazette.md",
        publisher="The Example Gazette",
        author="Ada Reeve",
        published="2024-03-14",
        language="en",
        url="https://www.example.org/gazette/library",
    )
)
BIBLIOTHEQUE = identified(
    Article(
        id="",
        title="La bibliothèque ferme",
        text="La ville a fermé la bibliothèque de Valmorin [1] en mars.",
        source="courrier.md",
        publisher="Courrier de l’exemple",
        published="2024-11-19",
        language="fr",
    )
)
ATTACK = identified(
    Article(
        id="",
        title=HOSTILE,
        text=f"Hostility {HOSTILE} was published. Nothing else.",
        source=f"{HOSTILE}.md",
        publisher=HOSTILE,
        author=HOSTILE,
        url="javascript:alert(1)",
        language="en",
    )
)
#: The last is hostile in every field that a reader can see.
ARTICLES = (LIBRARY, BIBLIOTHEQUE, ATTACK)


class FakeIndex:
    """Articles in memory; each is one passage."""

    embedding_model = "none"

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {article.id: article for article in articles}

    def search(
        self,
        query: str,
        *,
        language: str | None = None,
        filters: Filters = Filters(),
        limit: int = 10,
    ) -> SearchResult:
        asked = _long_words(query)
        hits = [
            Hit(_passage(article), article, len(shared) / len(asked), {}, ())
            for article in self._articles.values()
            if _admitted(filters, article) and (shared := asked & _long_words(article.text))
        ]
        hits.sort(key=lambda hit: -hit.score)
        return SearchResult(hits=tuple(hits[:limit]), terms=QueryTerms({}), served=frozenset())

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def passage(self, passage_id: str) -> Passage | None:
        passages = (_passage(article) for article in self._articles.values())
        return next((passage for passage in passages if passage.id == passage_id), None)

    def articles(self, filters: Filters) -> list[Article]:
        return [article for article in self._articles.values() if _admitted(filters, article)]

    def catalogue(self) -> list[Entry]:
        return [
            Entry(article.id, article.source, article.publisher, article.language,
                  (article.published or "")[:10] or None, passages=1, section=article.section)
            for article in self._articles.values()
        ]  # fmt: skip

    def summary(self) -> Summary:
        return Summary(
            len(self._articles), len(self._articles), {}, {}, None, None, self.embedding_model
        )


class FakeAnswerer:
    """Answers from a `FakeIndex`; with `failure`, a stream breaks after its first statement.

    Attributes:
        heard: question, history, filters and language of every call so far.
        days: as of which each was to be answered.
    """

    language_model: str | None = None

    def __init__(self, articles: Sequence[Article], failure: Exception | None = None) -> None:
        self.index = FakeIndex(articles)
        self._failure = failure
        self.heard: list[tuple[str, tuple[Turn, ...], Filters, str | None]] = []
        self.days: list[str | None] = []

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Answer:
        *_, answer = self.stream(question, history, filters, language, standalone, as_of)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Iterator[Statement | Answer]:
        self.heard.append((question, tuple(history), filters, language))
        self.days.append(as_of)
        filters = known_filters(filters, self.index.catalogue())
        day = known_day(as_of, date.today()) if as_of is not None else None
        for said in (question, standalone if standalone is not None else question):
            if not any(map(str.isalnum, said)) or len(said) > _LONGEST_QUESTION:
                raise BadQuestion("a question has 1 to 2,000 characters")
        if talk := small_talk(question):
            yield reply_to(talk, question, language or talk.languages[0])
            return
        articles = self.index.articles(Filters())
        if not articles:
            raise EmptyIndex("nothing is indexed yet; run citedesk index FOLDER")
        citations = self._citations(question, filters)
        statements = tuple(
            Statement(citation.quote, (citation.number,), Verdict.VERBATIM)
            for citation in citations
        )
        for statement in statements:
            yield statement
            if self._failure is not None:
                raise self._failure
        answer = self._answer(question, statements, citations, language or "en", len(articles))
        yield replace(
            answer,
            standalone_question=standalone or _understood(question, history),
            searched=replace(answer.searched, as_of=day.isoformat() if day else None),
        )

    def _citations(self, question: str, filters: Filters) -> tuple[Citation, ...]:
        asked = _long_words(question)
        found: list[Citation] = []
        for article in self.index.articles(filters):
            spans = [span for span in _sentences(article.text) if asked & _words_in(article, span)]
            if spans:
                found.append(_citation(len(found) + 1, article, spans[0]))
        return tuple(found)

    def _answer(
        self,
        question: str,
        statements: tuple[Statement, ...],
        citations: tuple[Citation, ...],
        language: str,
        articles: int,
    ) -> Answer:
        nearest = [
            _citation(number, article, _sentences(article.text)[0])
            for number, article in enumerate(self.index.articles(Filters())[:2], start=1)
        ]
        answer = Answer(
            id=f"{len(self.heard):016x}",
            question=question,
            standalone_question=question,
            language=language,
            mode=Mode.QUOTES,
            refused=not statements,
            text=" ".join(f"{item.text} [{item.citations[0]}]" for item in statements),
            statements=statements,
            citations=citations,
            searched=Searched(articles, articles, ("en", "fr")),
            timings_ms={"total": 1.0 + len(self.heard)},
        )
        if statements:
            return answer
        return replace(answer, text="The archive does not say.", nearest=tuple(nearest))


def _understood(question: str, history: Sequence[Turn]) -> str:
    asked = [turn.content for turn in history if turn.role == "user"]
    return f"{question} ({asked[-1]})" if asked else question


def _admitted(filters: Filters, article: Article) -> bool:
    day = article.published[:10] if article.published else None
    return filters.admits(article.publisher, article.language, day, article.section)


def _citation(number: int, article: Article, span: Span) -> Citation:
    quote = article.text[span.start : span.end]
    return Citation(number, _passage(article).id, span.start, span.end, quote, article)


def _passage(article: Article) -> Passage:
    sentences = tuple(_sentences(article.text))
    return Passage(article.id, 0, len(article.text), article.text, sentences)


def _sentences(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _SENTENCE.finditer(text)]


def _words_in(article: Article, span: Span) -> set[str]:
    return _long_words(article.text[span.start : span.end])


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 4}
