"""A real OpenAI-compatible endpoint, behaving well and badly, behind `open_model`."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import perf_counter

import pytest

from corpus import Article
from index_store.index import ArticleIndex
from qa.answer import Answer, Mode
from qa.answerer import Answerer
from qa.errors import BadSetting
from qa.fakes import article
from qa.phrases import phrase
from qa.settings import Settings
from qa.writing import open_model

QUESTION = "How much must Library Genesis pay to the publishers?"
COURT = "A court has ordered Library Genesis to pay 30 million dollars to four publishers."
REPLY = "Library Genesis has to pay 30 million dollars to publishers [1]."

Handle = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's `handle_chat` says, and keeps what was asked."""

    server: "Server"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append((self.path, json.loads(self.rfile.read(length))))
        self.server.authorised.append(self.headers.get("Authorization"))
        self.server.handle_chat(self)

    def reply(self, status: int, body: str, kind: str = "application/json", **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests are quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handle_chat: Handle) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.handle_chat = handle_chat
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.authorised: list[str | None] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


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


def completion(text: str | None) -> str:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    )


def settings(url: str, **changed: object) -> Settings:
    return Settings(llm_url=url, llm_model="house-model:8b", llm_timeout=1.0, **changed)  # type: ignore[arg-type]  # fields by name


def ask(index: ArticleIndex, url: str) -> Answer:
    return Answerer(index, open_model(settings(url))).ask(QUESTION)


def test_without_an_endpoint_there_is_no_model() -> None:
    assert open_model(Settings()) is None


def test_a_good_reply_becomes_prose(serve: Serve, index: ArticleIndex) -> None:
    server = serve(lambda handler: handler.reply(200, completion(REPLY)))
    answer = ask(index, server.url)
    assert (answer.mode, answer.note) == (Mode.PROSE, None)
    assert answer.text == "Library Genesis has to pay 30 million dollars to publishers. [1]"
    ((path, sent),) = server.asked
    assert path == "/v1/chat/completions"
    assert (sent["model"], sent["temperature"]) == ("house-model:8b", 0.0)
    messages = sent["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["system", "user"]
    assert COURT in messages[1]["content"]


def test_the_key_is_sent_where_one_is_set(serve: Serve, index: ArticleIndex) -> None:
    server = serve(lambda handler: handler.reply(200, completion(REPLY)))
    Answerer(index, open_model(settings(server.url, llm_key="s3cret"))).ask(QUESTION)
    assert server.authorised == ["Bearer s3cret"]


def hang(handler: Handler) -> None:
    handler.server.released.wait(20)


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


MISBEHAVIOUR: list[tuple[str, Handle]] = [
    ("400", lambda handler: handler.reply(400, '{"error": {"message": "context too long"}}')),
    ("401", lambda handler: handler.reply(401, '{"error": {"message": "bad key"}}')),
    ("404", lambda handler: handler.reply(404, '{"error": {"message": "no such model"}}')),
    ("429", lambda handler: handler.reply(429, "{}")),
    ("429-in-a-minute", lambda handler: handler.reply(429, "{}", Retry_After="60")),
    ("500", lambda handler: handler.reply(500, '{"error": {"message": "boom"}}')),
    ("503-in-html", lambda handler: handler.reply(503, "<h1>Gateway</h1>", "text/html")),
    ("hangs", hang),
    ("hangs-up", hang_up),
    (
        "redirects-in-a-circle",
        lambda handler: handler.reply(307, "", Location="/v1/chat/completions"),
    ),
    ("not-json", lambda handler: handler.reply(200, "]]rubbish{{")),
    ("html", lambda handler: handler.reply(200, "<h1>Welcome</h1>", "text/html")),
    ("nothing", lambda handler: handler.reply(200, "")),
    ("null", lambda handler: handler.reply(200, "null")),
    ("a-list", lambda handler: handler.reply(200, "[1, 2]")),
    ("a-number", lambda handler: handler.reply(200, "3")),
    ("no-choices", lambda handler: handler.reply(200, "{}")),
    ("empty-choices", lambda handler: handler.reply(200, '{"choices": []}')),
    ("no-message", lambda handler: handler.reply(200, '{"choices": [{}]}')),
    ("choices-of-text", lambda handler: handler.reply(200, '{"choices": "none"}')),
    ("no-content", lambda handler: handler.reply(200, completion(None))),
    ("empty-content", lambda handler: handler.reply(200, completion(""))),
    (
        "content-of-another-kind",
        lambda handler: handler.reply(
            200, '{"choices": [{"message": {"role": "assistant", "content": {"a": 1}}}]}'
        ),
    ),
    (
        "unknown-role",
        lambda handler: handler.reply(
            200, '{"choices": [{"message": {"role": "wizard", "content": "x"}}]}'
        ),
    ),
    ("half-a-character", lambda handler: handler.reply(200, completion("caf\udce9 [1]"))),
]


@pytest.mark.parametrize(
    "misbehave", [handle for _, handle in MISBEHAVIOUR], ids=[name for name, _ in MISBEHAVIOUR]
)
def test_a_server_that_misbehaves_costs_the_prose_but_not_the_answer(
    misbehave: Handle, serve: Serve, index: ArticleIndex, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(misbehave)
    started = perf_counter()
    answer = ask(index, server.url)
    # A second is the timeout that was set; nothing is tried again.
    assert perf_counter() - started < 4
    assert answer.mode is Mode.QUOTES
    assert answer.note in (
        phrase("en", "answer.model_silent"),
        phrase("en", "answer.model_unproven"),
    )
    assert answer.statements[0].text == COURT
    assert "Traceback" not in caplog.text


def drip(handler: Handler) -> None:
    body = completion(REPLY).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body) + 6))
    handler.end_headers()
    for _ in range(6):
        handler.wfile.write(b" ")
        handler.server.released.wait(0.4)
    handler.wfile.write(body)


@pytest.mark.xfail(
    strict=True, reason="the timeout is for each piece of a reply, not for all of it"
)
def test_a_server_that_drips_is_left_after_the_timeout(serve: Serve, index: ArticleIndex) -> None:
    server = serve(drip)
    started = perf_counter()
    ask(index, server.url)
    assert perf_counter() - started < 2


def test_only_one_request_is_made(serve: Serve, index: ArticleIndex) -> None:
    server = serve(lambda handler: handler.reply(500, "{}"))
    ask(index, server.url)
    assert len(server.asked) == 1


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
    replies = iter([(500, "{}"), (200, completion(REPLY))])
    server = serve(lambda handler: handler.reply(*next(replies)))
    answerer = Answerer(index, open_model(settings(server.url)))
    assert answerer.ask(QUESTION).mode is Mode.QUOTES
    assert answerer.ask(QUESTION).mode is Mode.PROSE


@pytest.mark.parametrize("name", ["gpt-4o", "gpt-5", "o1", "llama3.1:8b", "ft:x:y", "models/a b"])
def test_any_model_name_is_sent_as_it_is_and_nothing_is_looked_up(
    name: str, serve: Serve, index: ArticleIndex
) -> None:
    server = serve(lambda handler: handler.reply(200, completion(REPLY)))
    model = open_model(Settings(llm_url=server.url, llm_model=name, llm_timeout=1.0))
    assert Answerer(index, model).ask(QUESTION).mode is Mode.PROSE
    assert [sent["model"] for _, sent in server.asked] == [name]


def test_a_model_that_is_known_not_to_chat_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting, match=r"gpt-5\.2-pro"):
        open_model(Settings(llm_url="http://127.0.0.1:1/v1", llm_model="gpt-5.2-pro"))
