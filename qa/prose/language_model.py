"""The language model: opened by what the settings say, asked within a time limit.

This module alone knows the clients of language models. Whatever they raise leaves it as
`ModelUnavailable`, so that nobody else has to know which of them is in use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from threading import local
from typing import TYPE_CHECKING

from qa.errors import BadSetting, ContextOverflow, ModelUnavailable
from qa.prose.backoff import asking_again, overflows
from qa.prose.deadline import Deadline, within
from qa.settings import Provider, Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM, ChatMessage

#: Role and content of each message, in order.
Prompt = tuple[tuple[str, str], ...]

#: Characters of a reply that are read, thoughts aloud included; an answer has a thousand.
LONGEST_REPLY = 60_000

#: Tokens that an Ollama model is to hold: the passages, the rules and a reply. Ollama itself cuts
#: off the head of a longer prompt, which is where the rules stand.
_OLLAMA_CONTEXT = 8_192
#: Tokens of a reply, which Anthropic's API wants to be told.
_ANTHROPIC_REPLY = 2_048

#: Beside those of the clients: LookupError, TypeError and AttributeError, since clients read
#: replies without checking them, so that JSON that is no chat completion, or no JSON at all, fails
#: where a field is missing; OSError for what the network raises below them.
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, OSError)

_HTTP_ERRORS = ("HTTPError", "InvalidURL", "StreamError")

#: Base classes of what clients raise, by the module of each. A client that was never imported has
#: raised nothing.
_CLIENT_ERRORS = (
    ("openai", "OpenAIError"),
    ("anthropic", "AnthropicError"),
    ("ollama", "RequestError"),
    ("ollama", "ResponseError"),
    *((module, name) for module in ("httpx", "httpx2") for name in _HTTP_ERRORS),
)


def open_model(settings: Settings) -> LLM | None:
    """The configured model, or None where none is.

    Raises:
        BadSetting: the model is known not to chat or not known where it must be, or its
            provider's package is not installed.
    """
    if settings.llm_model is None:
        return None
    if settings.llm_provider is Provider.OPENAI and settings.llm_url is None:
        return None
    try:
        model = _OPENERS[settings.llm_provider](settings, settings.llm_model)
        _ = model.metadata  # Anthropic's client looks its models up in a list, and only here
        return model
    except ModuleNotFoundError as error:
        raise BadSetting(
            f"CITEDESK_LLM_PROVIDER={settings.llm_provider} needs {error.name}, which is not "
            f"installed; run: pip install 'citedesk[{settings.llm_provider}]'"
        ) from error
    except ValueError as error:
        raise BadSetting(f"CITEDESK_LLM_MODEL={settings.llm_model}: {error}") from error


def ask_model(model: LLM, prompt: Prompt, deadline: Deadline) -> str:
    """What a model replies.

    Raises:
        ModelUnavailable: it does not reply, or not in time.
    """
    return "".join(stream_model(model, prompt, deadline))


def stream_model(model: LLM, prompt: Prompt, deadline: Deadline) -> Generator[str, None, None]:
    """What a model replies, piece by piece as it comes.

    A request that a busy server refuses is made again, as long as the deadline allows.

    Raises:
        ModelUnavailable: it does not reply, not in time, or breaks off; what has come before that
            has been given out. `ContextOverflow` where the prompt is too long for it.
    """
    with one_error():
        yield from within(deadline, _limited(_pieces(model, prompt, deadline)))


@contextmanager
def one_error() -> Iterator[None]:
    """Whatever a client raises leaves as `ModelUnavailable`, or `ContextOverflow`."""
    try:
        yield
    except TimeoutError as error:
        raise ModelUnavailable("no whole reply within the time limit") from error
    except _client_errors() as error:
        kind = ContextOverflow if overflows(error) else ModelUnavailable
        raise kind(type(error).__name__) from error


def _pieces(model: LLM, prompt: Prompt, deadline: Deadline) -> Iterator[str]:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role=role, content=content) for role, content in prompt]
    try:
        yield from asking_again(deadline)(_begun, model, messages)
    finally:
        if response := getattr(_reading, "response", None):
            response.close()


def _begun(model: LLM, messages: list[ChatMessage]) -> Iterator[str]:
    """The pieces, the first already fetched: a request that is refused fails here."""
    pieces = (reply.delta or "" for reply in model.stream_chat(messages))
    return chain([next(pieces, "")], pieces)


def _limited(pieces: Iterator[str]) -> Generator[str, None, None]:
    left = LONGEST_REPLY
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _client_errors() -> tuple[type[Exception], ...]:
    imported = (
        getattr(sys.modules[module], name)
        for module, name in _CLIENT_ERRORS
        if module in sys.modules
    )
    return (*imported, *_MALFORMED)


# The clients would sleep between tries, a minute where a server asks for it, and count no sleep
# into their time limit: none of them tries again by itself.


#: The response that a thread is reading. It is closed by hand, or a reply that nobody listens to
#: any more would go on until Python collects garbage: the client's stream and its own iterator hold
#: on to each other.
_reading = local()


def _remember(response: httpx.Response) -> None:
    _reading.response = response


def _openai(settings: Settings, name: str) -> LLM:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    client = httpx.Client(follow_redirects=True, event_hooks={"response": [_remember]})
    return OpenAILike(
        api_base=settings.llm_url,
        model=name,
        api_key=settings.llm_key or "none",
        is_chat_model=True,
        temperature=0.0,
        timeout=settings.llm_timeout,
        max_retries=0,
        http_client=client,  # type: ignore[call-arg]  # its base takes it
    )


def _anthropic(settings: Settings, name: str) -> LLM:
    from llama_index.llms.anthropic import Anthropic

    model: LLM = Anthropic(
        base_url=settings.llm_url,
        model=name,
        api_key=settings.llm_key,
        temperature=0.0,
        max_tokens=_ANTHROPIC_REPLY,
        timeout=settings.llm_timeout,
        max_retries=0,
    )
    return model


def _ollama(settings: Settings, name: str) -> LLM:
    from llama_index.llms.ollama import Ollama

    model: LLM = Ollama(
        base_url=settings.llm_url or "http://127.0.0.1:11434",
        model=name,
        temperature=0.0,
        context_window=_OLLAMA_CONTEXT,
        request_timeout=settings.llm_timeout,
        headers={"Authorization": f"Bearer {settings.llm_key}"} if settings.llm_key else None,
    )
    return model


_OPENERS: Mapping[Provider, Callable[[Settings, str], LLM]] = {
    Provider.OPENAI: _openai,
    Provider.ANTHROPIC: _anthropic,
    Provider.OLLAMA: _ollama,
}
