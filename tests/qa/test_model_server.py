"""A real OpenAI-compatible endpoint, behaving well and badly, behind `open_model`."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from time import perf_counter

import pytest

from corpus import Article
from index_store.index import ArticleIndex
from qa.answer import Answer, Mode, Statement, Verdict
from qa.answerer import Answerer
from qa.errors import BadSetting
from qa.fakes import article
from qa.phrases import phrase
from qa.prose.language_model import open_model
from qa.settings import Settings
from tests.faults.endpoints import COURT, MISBEHAVIOUR, QUESTION, REPLY, hang
from tests.qa.model_server import Handle, Handler, Server, chunk, completion

Serve = Callable[[Handle], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Server] = []

    def start(handle_chat: Handle) -> Server:
        server = Server(handle_chat)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    yield start
    for server in servers:
        server.released.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def index(archive: Callable[[Iterable[Article]], ArticleIndex]) -> ArticleIndex:
    return archive([article(COURT), article("The late ferry to Sandholm is gone.")])


def settings(url: str, **changed: object) -> Settings:
    return Settings(llm_url=url, llm_model="house-model:8b", llm_timeout=1.0, **changed)  # type: ignore[arg-type]  # fields by name


def ask(index: ArticleIndex, url: str, patience: float = 10.0) -> Answer:
    return Answerer(index, open_model(settings(url)), patience=patience).ask(QUESTION)


def test_without_an_endpoint_there_is_no_model() -> None:
    assert open_model(Settings()) is None


def test_a_good_reply_becomes_prose(serve: Serve, index: ArticleIndex) -> None:
    server = serve(lambda handler: handler.stream(completion(REPLY)))
    answer = ask(index, server.url)
    assert (answer.mode, answer.note) == (Mode.PROSE, None)
    assert answer.text == "Library Genesis has to pay 30 million dollars to publishers. [1]"
    ((path, sent),) = server.asked
    assert path == "/v1/chat/completions"
    assert (sent["model"], sent["temperature"]) == ("house-model:8b", 0.0)
    assert sent["stream"] is True
    messages = sent["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["system", "user"]
    assert COURT in messages[1]["content"]


def test_the_key_is_sent_where_one_is_set(serve: Serve, index: ArticleIndex) -> None:
    server = serve(lambda handler: handler.stream(completion(REPLY)))
    Answerer(index, open_model(settings(server.url, llm_key="s3cret"))).ask(QUESTION)
    assert [headers["Authorization"] for headers in server.headers] == ["Bearer s3cret"]


@pytest.mark.parametrize(
    "misbehave", [handle for _, handle in MISBEHAVIOUR], ids=[name for name, _ in MISBEHAVIOUR]
)
def test_a_server_that_misbehaves_costs_the_prose_but_not_the_answer(
    misbehave: Handle, serve: Serve, index: ArticleIndex, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(misbehave)
    started = perf_counter()
    answer = ask(index, server.url, patience=1.0)
    # A second is the limit that was set, for all requests and waits together.
    assert perf_counter() - started < 2
    assert answer.mode is Mode.QUOTES
    assert answer.note in (
        phrase("en", "answer.model_silent"),
        phrase("en", "answer.model_unproven"),
    )
    assert answer.statements[0].text == COURT
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(status: int, serve: Serve, index: ArticleIndex) -> None:
    replies = iter([True, False])

    def handle(handler: Handler) -> None:
        if next(replies):
            handler.reply(status, "{}", Retry_After="0.2")
        else:
            handler.stream(completion(REPLY))

    server = serve(handle)
    assert ask(index, server.url).mode is Mode.PROSE
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_request_that_is_refused_is_made_once(
    status: int, serve: Serve, index: ArticleIndex
) -> None:
    server = serve(lambda handler: handler.reply(status, "{}"))
    ask(index, server.url)
    assert len(server.asked) == 1


def test_a_server_that_asks_for_more_time_than_there_is_is_not_asked_again(
    serve: Serve, index: ArticleIndex
) -> None:
    server = serve(lambda handler: handler.reply(429, "{}", Retry_After="60"))
    started = perf_counter()
    ask(index, server.url, patience=2.0)
    assert perf_counter() - started < 2
    assert len(server.asked) == 1


def test_a_prompt_that_is_too_long_is_halved_once(serve: Serve, index: ArticleIndex) -> None:
    replies = iter([True, False])

    def handle(handler: Handler) -> None:
        if next(replies):
            handler.reply(400, '{"error": {"code": "context_length_exceeded", "message": "x"}}')
        else:
            handler.stream(completion(REPLY))

    server = serve(handle)
    assert ask(index, server.url).mode is Mode.PROSE
    first, second = (json.dumps(sent) for _, sent in server.asked)
    assert first.count("> ") > second.count("> ")


def test_a_statement_is_shown_while_the_server_is_still_writing(
    serve: Serve, index: ArticleIndex
) -> None:
    ended = threading.Event()

    def handle(handler: Handler) -> None:
        handler.stream([chunk(f"{REPLY} And so "), *repeat(chunk("on "), 20)], pause=0.05)
        ended.set()

    model = open_model(settings(serve(handle).url))
    coming = Answerer(index, model, patience=5.0).stream(QUESTION)
    assert next(coming) == Statement(REPLY.replace(" [1]", ""), (1,), Verdict.SUPPORTED)
    assert not ended.is_set()


def test_what_stands_when_a_stream_is_cut_off_is_shown_and_the_answer_says_so(
    serve: Serve, index: ArticleIndex
) -> None:
    def handle(handler: Handler) -> None:
        handler.stream([chunk(f"{REPLY} A court has ord"), *repeat(": ping\n\n", 50)], pause=0.2)

    answer = ask(index, serve(handle).url, patience=2.0)
    assert [one.text for one in answer.statements] == [REPLY.replace(" [1]", "")]
    assert (answer.mode, answer.note) == (Mode.PROSE, phrase("en", "answer.model_broke_off"))


def test_a_server_is_left_once_four_statements_stand(
    serve: Serve, archive: Callable[[Iterable[Article]], ArticleIndex]
) -> None:
    told = [f"Library Genesis has to pay publisher {number} in full." for number in range(10, 20)]
    index = archive([article(" ".join(told)), article("The late ferry to Sandholm is gone.")])
    reply = " ".join(f"{sentence} [1]" for sentence in told)
    server = serve(lambda handler: handler.stream([chunk(reply), *repeat(chunk("x"), 500)], 0.01))
    model = open_model(settings(server.url))
    question = "What has Library Genesis to pay in full?"
    assert len(Answerer(index, model, patience=5.0).ask(question).statements) == 4
    assert server.left.wait(5)


def test_a_refused_connection_costs_the_prose_but_not_the_answer(
    serve: Serve, index: ArticleIndex
) -> None:
    server = serve(hang)
    url = server.url
    server.shutdown()
    server.server_close()
    answer = ask(index, url)
    assert answer.mode is Mode.QUOTES
    assert answer.note == phrase("en", "answer.model_silent")


def test_a_model_works_again_once_its_server_does(serve: Serve, index: ArticleIndex) -> None:
    replies = iter([True, False])

    def handle(handler: Handler) -> None:
        if next(replies):
            handler.reply(404, "{}")
        else:
            handler.stream(completion(REPLY))

    answerer = Answerer(index, open_model(settings(serve(handle).url)))
    assert answerer.ask(QUESTION).mode is Mode.QUOTES
    assert answerer.ask(QUESTION).mode is Mode.PROSE


@pytest.mark.parametrize("name", ["gpt-4o", "gpt-5", "o1", "llama3.1:8b", "ft:x:y", "models/a b"])
def test_any_model_name_is_sent_as_it_is_and_nothing_is_looked_up(
    name: str, serve: Serve, index: ArticleIndex
) -> None:
    server = serve(lambda handler: handler.stream(completion(REPLY)))
    model = open_model(Settings(llm_url=server.url, llm_model=name, llm_timeout=10.0))
    assert Answerer(index, model).ask(QUESTION).mode is Mode.PROSE
    assert [sent["model"] for _, sent in server.asked] == [name]


def test_a_model_that_is_known_not_to_chat_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting, match=r"gpt-5\.2-pro"):
        open_model(Settings(llm_url="http://127.0.0.1:1/v1", llm_model="gpt-5.2-pro"))
