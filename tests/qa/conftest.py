"""The sample archive behind the bundled model, and a small archive in memory."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from corpus import Article
from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from index_store.embedder import SentenceTransformerEmbedder
from index_store.fakes import memory_index
from index_store.home import open_index
from index_store.index import ArticleIndex
from qa.answer import Answer

SAMPLES = Path(__file__).parents[2] / "corpus" / "sample" / "articles"


@pytest.fixture(scope="session")
def sample_index(
    embedder: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> ArticleIndex:
    """Never written to by a test."""
    index = open_index(tmp_path_factory.mktemp("home"), embedder=embedder)
    found = read_articles(find_files([SAMPLES]))
    index.sync(item for item in found if isinstance(item, FoundArticle))
    return index


@pytest.fixture
def archive() -> Callable[[Iterable[Article]], ArticleIndex]:
    """Makes an index of articles, in memory."""

    def make(articles: Iterable[Article]) -> ArticleIndex:
        index = memory_index()
        index.sync(FoundArticle(article, f"/{article.id}") for article in articles)
        return index

    return make


@pytest.fixture
def serve() -> Iterator[Callable[[FastAPI], str]]:
    """Serves an app on this machine while the test runs; gives its address."""
    with ExitStack() as running:
        yield lambda app: running.enter_context(_served(app))


@contextmanager
def _served(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def assert_proven() -> Callable[[Answer, ArticleIndex], None]:
    """What holds of every answer, tested against the articles as the index keeps them."""

    def check(answer: Answer, index: ArticleIndex) -> None:
        for citation in (*answer.citations, *answer.nearest):
            stored = index.article(citation.article.id)
            assert stored is not None
            assert citation.quote
            assert stored.text[citation.start : citation.end] == citation.quote
            passage = index.passage(citation.passage_id)
            assert passage is not None
            assert passage.start <= citation.start < citation.end <= passage.end
        for listed in (answer.citations, answer.nearest):
            assert [citation.number for citation in listed] == list(range(1, len(listed) + 1))
        said = [statement.citations for statement in answer.statements]
        for disagreement in answer.disagreements:
            assert len(disagreement.versions) > 1
            for version in disagreement.versions:
                assert version.quote == answer.citation(version.citations[0]).quote
                assert "".join(run.text for run in version.runs) == version.quote
                said.append(version.citations)
        cited = [number for numbers in said for number in numbers]
        assert list(dict.fromkeys(cited)) == [citation.number for citation in answer.citations]
        assert all(statement.citations for statement in answer.statements)
        assert answer.refused is (not answer.statements)
        assert not (answer.statements and answer.nearest)
        assert answer.statements or not answer.disagreements
        assert answer.text.strip()

    return check
