"""Archives to search, with questions whose right articles are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading import read_questions
from tests.bench.data import load

#: Question sets in SQuAD format, each paragraph an article; and their languages.
SETS = {"xquad.en": "en", "xquad.es": "es", "squad-it.dev": "it"}


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and the ids of the articles that answer it."""

    text: str
    language: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions about an archive.

    Attributes:
        stemmer: language of the archive, whose stemmer BM25 takes; None where the archive has
            several, and BM25 takes that of each question.
    """

    name: str
    queries: tuple[Query, ...]
    stemmer: str | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """Articles, and all that is asked about them."""

    articles: tuple[FoundArticle, ...]
    asked: tuple[Asked, ...]


def archives(folder: Path | None) -> Iterator[Archive]:
    """Every archive there is: those of a folder of SQuAD-format sets, and the sample."""
    for name, language in SETS.items() if folder else ():
        assert folder is not None
        found = load(folder, name, language)
        if found is None:
            continue
        gold = {item.article.source: item.article.id for item in found.articles}
        asked = [Asked(name, _queries(found.questions, gold, language), language)]
        if name == "xquad.en" and (spanish := load(folder, "xquad.es", "es")):
            # The same questions in the same order, about the same paragraphs.
            assert [one.id for one in spanish.questions] == [one.id for one in found.questions]
            queries = _queries(spanish.questions, gold, "es")
            asked.append(Asked("es asks xquad.en", queries, language))
        yield Archive(found.articles, tuple(asked))
    yield sample()


def sample() -> Archive:
    """The sample archive, with the questions that can be understood alone."""
    folder = Path(str(files("corpus") / "sample"))
    read = read_articles(find_files([folder / "articles"]))
    articles = tuple(item for item in read if isinstance(item, FoundArticle))
    gold = {item.article.source: item.article.id for item in articles}
    asked = tuple(
        Asked(name, _queries(read_questions(folder / file).questions, gold, None))
        for name, file in (
            ("sample", "questions.jsonl"),
            ("sample, other language", "cross_language.jsonl"),
        )
    )
    return Archive(articles, asked)


def _queries(
    questions: tuple[GoldQuestion, ...], gold: Mapping[str, str], language: str | None
) -> tuple[Query, ...]:
    """Those with an answer that can be understood without what was said before."""
    return tuple(
        Query(
            one.question,
            language or one.language or "en",
            tuple(gold[source] for source in one.sources),
        )
        for one in questions
        if one.sources and not one.history
    )
