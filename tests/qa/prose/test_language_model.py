"""Whatever a language model's client raises, one kind of error leaves; each provider is opened."""

import json
import sys
import threading
from collections.abc import Callable, Iterator

import httpx
import openai
import pytest

from qa.errors import BadSetting, ContextOverflow, ModelUnavailable
from qa.fakes import Broken, ScriptedModel
from qa.prose.deadline import Deadline
from qa.prose.language_model import LONGEST_REPLY, Prompt, ask_model, open_model, stream_model
from qa.settings import Provider, Settings
from tests.qa.model_server import Handle, Handler, Server

PROMPT: Prompt = (("system", "Be brief."), ("user", "Hello?"))

Serve = Callable[[Handle], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Server] = []

    def start(handle_chat: Handle) -> Server:
        servers.append(Server(handle_chat))
        threading.Thread(target=servers[-1].serve_forever, args=(0.02,), daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.released.set()
        server.shutdown()
        server.server_close()


def soon() -> Deadline:
    return Deadline.after(10)


def ask(model: ScriptedModel) -> str:
    return ask_model(model, PROMPT, soon())


REQUEST = httpx.Request("POST", "http://127.0.0.1/v1/chat/completions")
CLIENT_ERRORS: list[Exception] = [
    openai.APITimeoutError(REQUEST),
    openai.APIConnectionError(request=REQUEST),
    openai.OpenAIError("no"),
    *(
        openai.APIStatusError("no", response=httpx.Response(code, request=REQUEST), body=None)
        for code in (400, 401, 404)
    ),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("peer closed connection"),
    httpx.InvalidURL("no host"),
    httpx.StreamClosed(),
    ConnectionResetError("gone"),
    TimeoutError("slow"),
    ValueError("Expecting value"),
    KeyError("choices"),
    IndexError("list index out of range"),
    TypeError("'NoneType' object is not subscriptable"),
    AttributeError("'str' object has no attribute 'choices'"),
]


@pytest.mark.parametrize("error", CLIENT_ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("said", ["", "It is so."], ids=["at-once", "behind-a-sentence"])
def test_no_error_of_a_client_leaks(said: str, error: Exception) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        ask(ScriptedModel(Broken(said, error) if said else error))
    assert caught.value.__cause__ is error


def test_what_a_client_never_raises_is_a_mistake_of_our_own() -> None:
    with pytest.raises(ZeroDivisionError):
        ask(ScriptedModel(ZeroDivisionError()))


def test_a_prompt_that_is_too_long_has_an_error_of_its_own() -> None:
    response = httpx.Response(400, request=REQUEST)
    error = openai.BadRequestError("maximum context length is 9", response=response, body=None)
    with pytest.raises(ContextOverflow):
        ask(ScriptedModel(error))


def test_the_pieces_are_given_out_as_they_come() -> None:
    pieces = stream_model(ScriptedModel("abcdef", piece=2), PROMPT, soon())
    assert list(pieces) == ["ab", "cd", "ef"]


def test_what_came_before_an_error_is_given_out() -> None:
    pieces = stream_model(ScriptedModel(Broken("ab", ValueError()), piece=2), PROMPT, soon())
    assert next(pieces) == "ab"
    with pytest.raises(ModelUnavailable):
        next(pieces)


def test_a_reply_is_read_up_to_a_length() -> None:
    reply = ask(ScriptedModel("x" * (LONGEST_REPLY + 50), piece=999))
    assert len(reply) == LONGEST_REPLY


def test_a_deadline_that_has_passed_is_no_reply() -> None:
    with pytest.raises(ModelUnavailable, match="time limit"):
        ask_model(ScriptedModel("late", piece=1), PROMPT, Deadline.after(0))


def test_a_model_is_sent_the_messages_in_order() -> None:
    model = ScriptedModel("yes")
    ask(model)
    ((system, user),) = model.asked
    assert [(one.role.value, one.content) for one in (system, user)] == list(PROMPT)


# Providers


MODEL = "claude-sonnet-4-5"


def configured(provider: Provider, url: str | None = None, model: str = MODEL) -> Settings:
    return Settings(
        llm_provider=provider, llm_url=url, llm_model=model, llm_key="s3cret", llm_timeout=5.0
    )


def test_without_an_endpoint_or_a_model_there_is_none() -> None:
    assert open_model(Settings()) is None
    assert open_model(configured(Provider.OPENAI)) is None


@pytest.mark.parametrize("provider", [Provider.ANTHROPIC, Provider.OLLAMA])
def test_a_package_that_is_missing_is_one_line_with_the_command(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"llama_index.llms.{provider}", None)
    with pytest.raises(BadSetting) as caught:
        open_model(configured(provider))
    assert f"pip install 'citedesk[{provider}]'" in str(caught.value)
    assert "\n" not in str(caught.value)


def _anthropic_stream(handler: Handler) -> None:
    events: list[dict[str, object]] = [
        {"type": "message_start", "message": {
            "id": "1", "type": "message", "role": "assistant", "model": "house", "content": [],
            "stop_reason": None, "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0,
           "delta": {"type": "text_delta", "text": piece}} for piece in ("It is ", "so.")),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None},
         "usage": {"output_tokens": 2}},
        {"type": "message_stop"},
    ]  # fmt: skip
    handler.stream(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in events)


def _ollama_stream(handler: Handler) -> None:
    said = [("It is ", False), ("so.", True)]
    handler.stream(
        json.dumps({"model": "house", "created_at": "2024-01-01T00:00:00Z", "done": done,
                    "message": {"role": "assistant", "content": piece}}) + "\n"
        for piece, done in said
    )  # fmt: skip


#: How each provider streams, its path, and the header that its key is sent in.
PROVIDERS = {
    Provider.ANTHROPIC: (_anthropic_stream, "/v1/messages", ("X-Api-Key", "s3cret")),
    Provider.OLLAMA: (_ollama_stream, "/api/chat", ("Authorization", "Bearer s3cret")),
}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_extra_speaks_its_providers_own_language(provider: Provider, serve: Serve) -> None:
    pytest.importorskip(f"llama_index.llms.{provider}", reason=f"citedesk[{provider}]")
    handle, path, (header, key) = PROVIDERS[provider]
    server = serve(handle)
    model = open_model(configured(provider, server.address))
    assert model is not None
    assert ask_model(model, PROMPT, soon()) == "It is so."
    ((asked, sent),) = server.asked
    assert asked == path
    assert (sent["model"], sent["stream"]) == (MODEL, True)
    sent_headers = {name.title(): value for name, value in server.headers[0].items()}
    assert sent_headers[header] == key


def test_a_model_that_anthropics_client_does_not_know_is_told_at_the_start() -> None:
    pytest.importorskip("llama_index.llms.anthropic", reason="citedesk[anthropic]")
    with pytest.raises(BadSetting, match="CITEDESK_LLM_MODEL=house"):
        open_model(configured(Provider.ANTHROPIC, model="house"))


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_an_extra_that_is_refused_is_one_kind_of_error(
    provider: Provider, status: int, serve: Serve
) -> None:
    pytest.importorskip(f"llama_index.llms.{provider}", reason=f"citedesk[{provider}]")
    server = serve(lambda handler: handler.reply(status, '{"error": "no"}', Retry_After="60"))
    model = open_model(configured(provider, server.address))
    assert model is not None
    with pytest.raises(ModelUnavailable):
        ask_model(model, PROMPT, Deadline.after(1))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_extra_whose_server_is_not_there_is_one_kind_of_error(provider: Provider) -> None:
    pytest.importorskip(f"llama_index.llms.{provider}", reason=f"citedesk[{provider}]")
    model = open_model(configured(provider, "http://127.0.0.1:9"))
    assert model is not None
    with pytest.raises(ModelUnavailable):
        ask_model(model, PROMPT, soon())
