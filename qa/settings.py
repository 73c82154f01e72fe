"""Every setting, in one place, read from the environment once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from index_store.chroma_client import (
    TOKEN_HEADER,
    ServerAccess,
    parse_header_name,
    parse_token,
)
from index_store.embedder import BUNDLED_MODEL
from index_store.embedding_cache import user_cache_folder
from index_store.ray_address import parse_ray_address
from qa.access.admission import Mode
from qa.access.hosts import parse_hosts
from qa.access.origins import parse_origins
from qa.access.proxies import Network, parse_networks
from qa.errors import BadSetting
from qa.logs import LogFormat, LogLevel


class Switch(StrEnum):
    """A setting that is on or off."""

    ON = "on"
    OFF = "off"


class Provider(StrEnum):
    """How a language model is spoken to."""

    OPENAI = "openai"  # as OpenAI does, whoever does so
    ANTHROPIC = "anthropic"
    OLLAMA = "ollama"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be configured; each field has its environment variable and its help."""

    home: Path = field(
        default=Path("~/.citedesk"),
        metadata={
            "variable": "CITEDESK_HOME",
            "help": "folder that all is kept in (also `--home`)",
        },
    )
    embedding_model: str = field(
        default=BUNDLED_MODEL,
        metadata={
            "variable": "CITEDESK_EMBEDDING_MODEL",
            "help": "sentence-transformers model, by name or folder",
        },
    )
    chroma_url: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_CHROMA_URL",
            "help": "Chroma server to use instead of the embedded one, `http://127.0.0.1:8000`",
        },
    )
    chroma_token: str | None = field(
        default=None,
        repr=False,
        metadata={
            "variable": "CITEDESK_CHROMA_TOKEN",
            "help": "token for that server, if it wants one",
            "read": parse_token,
        },
    )
    chroma_token_header: str = field(
        default=TOKEN_HEADER,
        metadata={
            "variable": "CITEDESK_CHROMA_TOKEN_HEADER",
            "help": "header that the token is sent in; in `Authorization` it is a bearer token",
            "read": parse_header_name,
        },
    )
    chroma_tenant: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_CHROMA_TENANT",
            "help": "tenant on that server; Chroma's own default where unset",
        },
    )
    chroma_database: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_CHROMA_DATABASE",
            "help": "database of that tenant; Chroma's own default where unset",
        },
    )
    ray_address: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_RAY_ADDRESS",
            "help": "Ray cluster that `citedesk index --workers` embeds on, `10.0.0.5:6379`; "
            "unset, it starts one on this machine",
            "read": parse_ray_address,
        },
    )
    reranker: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_RERANKER",
            "help": "cross-encoder that puts the best passages in order, by name or folder",
        },
    )
    glossary: Path | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_GLOSSARY",
            "help": "the newsroom's own glossary, a CSV file",
            "kind": Path,
        },
    )
    nli: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_NLI",
            "help": "NLI cross-encoder that judges prose across languages, by name or folder",
        },
    )
    cache: Path | None = field(
        default=Path("~/.cache/citedesk"),
        metadata={
            "variable": "CITEDESK_CACHE",
            "help": "folder that vectors are kept in for any home, or `off`; in `$XDG_CACHE_HOME` "
            "where that is set",
        },
    )
    llm_provider: Provider = field(
        default=Provider.OPENAI,
        metadata={
            "variable": "CITEDESK_LLM_PROVIDER",
            "help": "how the language model is spoken to: openai, anthropic or ollama",
        },
    )
    llm_url: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_LLM_URL",
            "help": "OpenAI-compatible endpoint (Ollama, vLLM, llama.cpp …); with it, answers are "
            "written in prose",
        },
    )
    llm_model: str | None = field(
        default=None,
        metadata={"variable": "CITEDESK_LLM_MODEL", "help": "model name at that endpoint"},
    )
    llm_key: str | None = field(
        default=None,
        repr=False,
        metadata={"variable": "CITEDESK_LLM_KEY", "help": "key for that endpoint, if it wants one"},
    )
    llm_timeout: float = field(
        default=60.0,
        metadata={
            "variable": "CITEDESK_LLM_TIMEOUT",
            "help": "seconds to wait for the language model before quoting instead, all requests "
            "for an answer together",
        },
    )
    audit: Switch = field(
        default=Switch.ON,
        metadata={
            "variable": "CITEDESK_AUDIT",
            "help": "whether every answer is kept in the log of answers, `on` or `off`",
        },
    )
    access: Mode = field(
        default=Mode.AUTO,
        metadata={
            "variable": "CITEDESK_ACCESS",
            "help": "whether a key or a log-in is needed: `auto` (once there is one), `on`, `off`",
        },
    )
    access_home: Path | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_ACCESS_HOME",
            "help": "folder of keys and users where several homes share them; the home's own "
            "where it is unset",
            "kind": Path,
        },
    )
    origins: tuple[str, ...] = field(
        default=(),
        metadata={
            "variable": "CITEDESK_ORIGINS",
            "help": "sites whose pages may ask, parted by commas: `https://cms.example.org`",
            "read": parse_origins,
        },
    )
    hosts: tuple[str, ...] = field(
        default=(),
        metadata={
            "variable": "CITEDESK_HOSTS",
            "help": "names that a proxy reaches the server under where nobody is asked who they "
            "are, `desk.example.org`",
            "read": parse_hosts,
        },
    )
    rate: float = field(
        default=600.0,
        metadata={
            "variable": "CITEDESK_RATE",
            "help": "requests a minute that each key, ticket or user may send",
        },
    )
    at_once: int = field(
        default=4,
        metadata={
            "variable": "CITEDESK_AT_ONCE",
            "help": "questions answered at the same time; 16 where a language model writes",
        },
    )
    waiting: int = field(
        default=64,
        metadata={
            "variable": "CITEDESK_WAITING",
            "help": "questions that may wait for their turn; the others are told to come again",
        },
    )
    proxy_user_header: str | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_PROXY_USER_HEADER",
            "help": "header in which a proxy names who has logged in there, `X-Forwarded-User`",
        },
    )
    trusted_proxies: tuple[Network, ...] = field(
        default=(),
        metadata={
            "variable": "CITEDESK_TRUSTED_PROXIES",
            "help": "addresses of proxies whose headers are believed, `127.0.0.1,10.0.0.0/8`",
            "read": parse_networks,
        },
    )
    evaluate: Switch | None = field(
        default=None,
        metadata={
            "variable": "CITEDESK_EVALUATE",
            "help": "whether the page can run question sets, `on` or `off`; unset allows it where "
            "the server listens on this machine alone",
            "kind": Switch,
        },
    )
    upload: Switch = field(
        default=Switch.ON,
        metadata={
            "variable": "CITEDESK_UPLOAD",
            "help": "whether editors can add articles in the page, `on` or `off`",
        },
    )
    log_format: LogFormat = field(
        default=LogFormat.TEXT,
        metadata={
            "variable": "CITEDESK_LOG_FORMAT",
            "help": "how the server's log is written: `text`, or `json`, an object a line",
        },
    )
    log_level: LogLevel = field(
        default=LogLevel.WARNING,
        metadata={
            "variable": "CITEDESK_LOG_LEVEL",
            "help": "the least that the server logs: `debug`, `info` (each request), `warning`, "
            "`error`",
        },
    )
    log_questions: Switch = field(
        default=Switch.OFF,
        metadata={
            "variable": "CITEDESK_LOG_QUESTIONS",
            "help": "whether the server's log and traces may hold questions, `on` or `off`",
        },
    )

    @property
    def chroma_access(self) -> ServerAccess:
        """What the Chroma server wants to know besides its address."""
        return ServerAccess(
            self.chroma_token, self.chroma_token_header, self.chroma_tenant, self.chroma_database
        )

    @property
    def access_folder(self) -> Path:
        """Where keys and users are kept."""
        return self.access_home or self.home


def read_settings(environment: Mapping[str, str], home: Path | None = None) -> Settings:
    """Settings from environment variables; an empty variable counts as unset.

    Args:
        home: named otherwise, instead of `CITEDESK_HOME`.

    Raises:
        BadSetting: a value cannot be used.
    """
    stated: dict[str, object] = {}
    for setting in fields(Settings):
        variable = setting.metadata["variable"]
        value = environment.get(variable, "").strip()
        if value:
            kind = setting.metadata.get("kind", type(setting.default))
            read = setting.metadata.get("read")
            stated[setting.name] = (
                _read(variable, value, read) if read else _parse(variable, value, kind)
            )
        if value and variable.endswith("_URL"):
            _check_url(variable, value)
    settings = Settings(**stated)  # type: ignore[arg-type]  # each parsed to its own type
    settings = replace(
        settings,
        home=home or settings.home.expanduser(),
        cache=_cache_folder(environment, settings),
    )
    _check_model(settings)
    if settings.proxy_user_header and not settings.trusted_proxies:
        raise BadSetting(
            "CITEDESK_PROXY_USER_HEADER is set but CITEDESK_TRUSTED_PROXIES is not; name the "
            "address of the proxy, or anyone could send that header"
        )
    return settings


def _check_model(settings: Settings) -> None:
    """Whether all that a language model needs is there, if one is named at all."""
    provider = settings.llm_provider
    if settings.llm_url and not settings.llm_model:
        raise BadSetting(
            "CITEDESK_LLM_URL is set but CITEDESK_LLM_MODEL is not; name the model to use there"
        )
    if provider is not Provider.OPENAI and not settings.llm_model:
        raise BadSetting(
            f"CITEDESK_LLM_PROVIDER={provider} but CITEDESK_LLM_MODEL is not set; "
            f"name the model to use there"
        )
    if provider is Provider.ANTHROPIC and not settings.llm_key:
        raise BadSetting("CITEDESK_LLM_PROVIDER=anthropic needs a key; set CITEDESK_LLM_KEY")


def _cache_folder(environment: Mapping[str, str], settings: Settings) -> Path | None:
    stated = environment.get("CITEDESK_CACHE", "").strip()
    if stated.lower() == "off":
        return None
    return settings.cache if stated else user_cache_folder(environment)


def _check_url(variable: str, value: str) -> None:
    try:
        address = urlsplit(value)
        usable = address.scheme in ("http", "https") and bool(address.hostname)
        _ = address.port  # raises where it is not a number
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(f"{variable}={value!r}: expected an address like http://127.0.0.1:8000")


def _read(variable: str, value: str, read: Callable[[str], object]) -> object:
    try:
        return read(value)
    except ValueError as error:
        raise BadSetting(f"{variable}: {error}") from error


def _parse(variable: str, value: str, kind: type) -> object:
    if issubclass(kind, Switch):
        if value.lower() not in tuple(Switch):
            raise BadSetting(f"{variable}={value!r}: expected on or off")
        return Switch(value.lower())
    if kind is float:
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not 0 < number < math.inf:
            raise BadSetting(f"{variable}={value!r}: expected a number greater than 0")
        return number
    if kind is int:
        if not value.isdecimal() or int(value) < 1:
            raise BadSetting(f"{variable}={value!r}: expected a whole number, 1 or more")
        return int(value)
    if issubclass(kind, StrEnum):
        if value.lower() not in tuple(kind):
            raise BadSetting(f"{variable}={value!r}: expected one of {', '.join(kind)}")
        return kind(value.lower())
    return Path(value).expanduser() if issubclass(kind, Path) else value
