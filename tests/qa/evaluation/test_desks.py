"""Where questions are asked: an index, and a running server."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from corpus import Article
from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.errors import EmptyIndex, ServerUnavailable
from qa.evaluation.desks import LocalDesk, ranked
from qa.evaluation.outcome import Retrieved
from qa.evaluation.server_desk import ServerDesk
from qa.fakes import article
from qa.history import Turn
from qa.http import create_app
from qa.http.fakes import ARTICLES, FakeAnswerer
from tests.serving import served

Archive = Callable[[Iterable[Article]], ArticleIndex]
MAYOR = article("Ada Quill resigned as mayor of Sandholm on 3 May.", source="mayor.md")
FERRY = article("The ferry to Sandholm was sold in June.", source="ferry.md")


def test_an_index_answers_with_what_it_found_and_whether_its_quotes_are_stored(
    archive: Archive,
) -> None:
    desk = LocalDesk(Answerer(archive([MAYOR, FERRY])), "home")
    reply = desk.reply("Who resigned as mayor of Sandholm?", ())
    assert "Ada Quill" in reply.answer["text"]
    assert reply.retrieved[0].source == "mayor.md"
    assert reply.valid == (True,) * len(reply.answer["citations"]) != ()
    assert reply.elapsed_ms > 0


def test_an_index_understands_a_question_by_its_history(archive: Archive) -> None:
    before = (Turn("user", "Who resigned as mayor of Sandholm?"), Turn("assistant", "Ada Quill."))
    reply = LocalDesk(Answerer(archive([MAYOR, FERRY])), "home").reply("When did she?", before)
    assert "Ada Quill" in reply.answer["standalone_question"]


def test_the_state_of_an_index_is_that_of_its_articles_and_models(archive: Archive) -> None:
    one, same, other = (
        LocalDesk(Answerer(archive(some)), "home").state
        for some in ([MAYOR, FERRY], [FERRY, MAYOR], [MAYOR])
    )
    assert one == same != other


def test_an_empty_index_cannot_be_asked(archive: Archive) -> None:
    with pytest.raises(EmptyIndex):
        LocalDesk(Answerer(archive([])), "home").reply("Who?", ())


def test_articles_are_ranked_by_their_best_passage() -> None:
    found = [("b.md", 0.9), ("a.md", 0.8), ("b.md", 0.1)]
    assert ranked(found) == (Retrieved("b.md", 0.9), Retrieved("a.md", 0.8))


def test_a_server_is_asked_as_a_reader_would(tmp_path: Path) -> None:
    answerer = FakeAnswerer(ARTICLES)
    before = (Turn("user", "Who?"), Turn("assistant", "She."))
    app = create_app(cast("Answerer", answerer), feedback_log=tmp_path / "feedback.jsonl")
    with served(lambda: app) as url:
        desk = ServerDesk(url)
        reply = desk.reply("Who closed the library?", before)
    assert [heard[:2] for heard in answerer.heard] == [("Who closed the library?", before)]
    assert reply.valid == (True,) * len(reply.answer["citations"]) != ()
    assert reply.retrieved
    assert desk.name == url


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:1", "does not answer"),
        ("http://127.0.0.1:port", "is not an address"),
    ],
)
def test_a_server_that_is_not_there_is_one_line(url: str, told: str) -> None:
    with pytest.raises(ServerUnavailable, match=told):
        ServerDesk(url)


def test_a_busy_server_is_asked_again_and_what_it_says_is_passed_on() -> None:
    app, busy = FastAPI(), [1, 1]

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        if busy:
            busy.pop()
            return JSONResponse({}, 503, {"Retry-After": "0"})
        return JSONResponse({"status": "ready"})

    @app.post("/v1/ask")
    def ask() -> JSONResponse:
        return JSONResponse({"detail": "the question is too long"}, 422)

    with served(lambda: app) as url:
        desk = ServerDesk(url)
        assert not busy
        with pytest.raises(ServerUnavailable, match="the question is too long"):
            desk.reply("Who?", ())
