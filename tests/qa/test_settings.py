"""Settings: every field from its variable, and a clear word where a value cannot be used."""

from dataclasses import fields, replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from qa.access.admission import Mode
from qa.errors import BadSetting
from qa.logs import LogFormat, LogLevel
from qa.settings import Provider, Settings, Switch, read_settings


def test_without_variables_everything_has_its_default_and_no_model_is_used() -> None:
    settings = read_settings({})
    assert replace(settings, home=Settings().home, cache=Settings().cache) == Settings()
    assert settings.reranker is None
    assert settings.nli is None
    assert settings.glossary is None
    assert settings.llm_url is None
    assert settings.chroma_url is None


def test_every_variable_is_read_into_its_own_field() -> None:
    environment = {
        "CITEDESK_HOME": "/archive",
        "CITEDESK_EMBEDDING_MODEL": "some/model",
        "CITEDESK_CHROMA_URL": "http://127.0.0.1:8000",
        "CITEDESK_CHROMA_TOKEN": "ck-s3cret",
        "CITEDESK_CHROMA_TOKEN_HEADER": "Authorization",
        "CITEDESK_CHROMA_TENANT": "newsroom",
        "CITEDESK_CHROMA_DATABASE": "archive",
        "CITEDESK_RAY_ADDRESS": "ray://10.0.0.5:10001",
        "CITEDESK_RERANKER": "some/cross-encoder",
        "CITEDESK_NLI": "some/nli",
        "CITEDESK_GLOSSARY": "/archive/words.csv",
        "CITEDESK_CACHE": "/vectors",
        "CITEDESK_LLM_PROVIDER": "anthropic",
        "CITEDESK_LLM_URL": "https://llm.example.org/v1",
        "CITEDESK_LLM_MODEL": "small",
        "CITEDESK_LLM_KEY": "secret",
        "CITEDESK_LLM_TIMEOUT": "2.5",
        "CITEDESK_AUDIT": "off",
        "CITEDESK_ACCESS": "on",
        "CITEDESK_ACCESS_HOME": "/shared",
        "CITEDESK_ORIGINS": "https://cms.example.org, HTTPS://Desk.Example.org:443/",
        "CITEDESK_HOSTS": "Desk.Example.org, intranet",
        "CITEDESK_RATE": "30",
        "CITEDESK_PROXY_USER_HEADER": "X-Forwarded-User",
        "CITEDESK_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
        "CITEDESK_EVALUATE": "on",
        "CITEDESK_UPLOAD": "off",
        "CITEDESK_LOG_FORMAT": "json",
        "CITEDESK_LOG_LEVEL": "Info",
        "CITEDESK_LOG_QUESTIONS": "on",
        "CITEDESK_AT_ONCE": "8",
        "CITEDESK_WAITING": "100",
    }
    assert {setting.metadata["variable"] for setting in fields(Settings)} == environment.keys()
    settings = read_settings(environment)
    assert settings == Settings(
        home=Path("/archive"),
        embedding_model="some/model",
        chroma_url="http://127.0.0.1:8000",
        chroma_token="ck-s3cret",
        chroma_token_header="Authorization",
        chroma_tenant="newsroom",
        chroma_database="archive",
        ray_address="ray://10.0.0.5:10001",
        reranker="some/cross-encoder",
        nli="some/nli",
        glossary=Path("/archive/words.csv"),
        cache=Path("/vectors"),
        llm_provider=Provider.ANTHROPIC,
        llm_url="https://llm.example.org/v1",
        llm_model="small",
        llm_key="secret",
        llm_timeout=2.5,
        audit=Switch.OFF,
        access=Mode.ON,
        access_home=Path("/shared"),
        origins=("https://cms.example.org", "https://desk.example.org"),
        hosts=("desk.example.org", "intranet"),
        rate=30.0,
        proxy_user_header="X-Forwarded-User",
        trusted_proxies=(ip_network("127.0.0.1"), ip_network("10.0.0.0/8")),
        evaluate=Switch.ON,
        upload=Switch.OFF,
        log_format=LogFormat.JSON,
        log_level=LogLevel.INFO,
        log_questions=Switch.ON,
        at_once=8,
        waiting=100,
    )


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("CITEDESK_ACCESS", "maybe", "expected one of auto, on, off"),
        ("CITEDESK_ORIGINS", "*", "expected an origin such as https://cms.example.org"),
        ("CITEDESK_ORIGINS", "https://a.example,cms.example.org", "'cms.example.org': expected"),
        ("CITEDESK_HOSTS", "*", "expected a name such as desk.example.org"),
        ("CITEDESK_HOSTS", "desk.example.org:80", "without a port"),
        ("CITEDESK_RATE", "0", "expected a number greater than 0"),
        ("CITEDESK_AT_ONCE", "0", "expected a whole number, 1 or more"),
        ("CITEDESK_WAITING", "many", "expected a whole number, 1 or more"),
        ("CITEDESK_TRUSTED_PROXIES", "localhost", "expected addresses such as 127.0.0.1"),
        ("CITEDESK_PROXY_USER_HEADER", "X-Forwarded-User", "CITEDESK_TRUSTED_PROXIES is not"),
    ],
)
def test_what_access_cannot_be_set_to_is_told(variable: str, value: str, told: str) -> None:
    with pytest.raises(BadSetting, match=variable) as error:
        read_settings({variable: value})
    assert told in str(error.value)


def test_every_field_says_what_it_is_for() -> None:
    assert all(setting.metadata["help"] for setting in fields(Settings))


@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_an_empty_variable_counts_as_unset(value: str) -> None:
    assert read_settings({"CITEDESK_LLM_URL": value, "CITEDESK_HOME": value}) == read_settings({})


def test_without_a_variable_the_home_is_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/users/ada")
    assert read_settings({}).home == Path("/users/ada/.citedesk")


def test_a_home_may_start_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/users/ada")
    assert read_settings({"CITEDESK_HOME": "~/news"}).home == Path("/users/ada/news")
    assert read_settings({"CITEDESK_GLOSSARY": "~/w.csv"}).glossary == Path("/users/ada/w.csv")


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({}, Path("/users/ada/.cache/citedesk")),
        ({"XDG_CACHE_HOME": "/fast"}, Path("/fast/citedesk")),
        ({"XDG_CACHE_HOME": "/fast", "CITEDESK_CACHE": "~/vectors"}, Path("/users/ada/vectors")),
        ({"CITEDESK_CACHE": "off"}, None),
        ({"CITEDESK_CACHE": " OFF "}, None),
        ({"CITEDESK_CACHE": " "}, Path("/users/ada/.cache/citedesk")),
    ],
    ids=str,
)
def test_vectors_are_kept_in_the_users_cache_or_where_it_is_said_or_not_at_all(
    environment: dict[str, str], folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/users/ada")
    assert read_settings(environment).cache == folder


@pytest.mark.parametrize("value", ["0", "-1", "soon", "nan", "inf", "1e999"])
def test_a_timeout_is_a_finite_number_of_seconds(value: str) -> None:
    with pytest.raises(BadSetting, match="CITEDESK_LLM_TIMEOUT"):
        read_settings({"CITEDESK_LLM_TIMEOUT": value})


@pytest.mark.parametrize("variable", ["CITEDESK_LLM_URL", "CITEDESK_CHROMA_URL"])
@pytest.mark.parametrize(
    "value", ["127.0.0.1:8000", "ftp://example.org", "http://", "http://[::1", "http://a:port", "x"]
)
def test_an_address_that_nothing_can_be_asked_at_is_told_at_the_start(
    variable: str, value: str
) -> None:
    with pytest.raises(BadSetting, match=variable):
        read_settings({variable: value, "CITEDESK_LLM_MODEL": "small"})


@pytest.mark.parametrize(
    "value", ["10.0.0.5", "http://10.0.0.5:6379", ":6379", "a:port", "auto", "[::1"]
)
def test_a_cluster_has_a_host_and_a_port(value: str) -> None:
    with pytest.raises(BadSetting, match=r"CITEDESK_RAY_ADDRESS.*such as 10\.0\.0\.5:6379"):
        read_settings({"CITEDESK_RAY_ADDRESS": value})
    for address in ("10.0.0.5:6379", "ray://head.example.org:10001", "[::1]:6379"):
        assert read_settings({"CITEDESK_RAY_ADDRESS": address}).ray_address == address


def test_an_endpoint_without_a_model_name_is_told_which_variable_is_missing() -> None:
    with pytest.raises(BadSetting, match="CITEDESK_LLM_MODEL"):
        read_settings({"CITEDESK_LLM_URL": "http://127.0.0.1:8000/v1"})


def test_the_key_is_never_printed() -> None:
    assert "secret" not in repr(Settings(llm_key="secret"))


def test_the_token_for_chroma_is_never_printed() -> None:
    settings = read_settings({"CITEDESK_CHROMA_TOKEN": "ck-s3cret"})
    assert settings.chroma_access.headers == {"X-Chroma-Token": "ck-s3cret"}
    assert "s3cret" not in repr(settings) + repr(settings.chroma_access)
    with pytest.raises(BadSetting, match="CITEDESK_CHROMA_TOKEN: expected") as caught:
        read_settings({"CITEDESK_CHROMA_TOKEN": "ck-s3cret\nX-Other: 1"})
    assert "s3cret" not in str(caught.value)


def test_a_header_that_is_none_is_told_at_the_start() -> None:
    with pytest.raises(BadSetting, match="CITEDESK_CHROMA_TOKEN_HEADER: 'X Token:'"):
        read_settings({"CITEDESK_CHROMA_TOKEN_HEADER": "X Token:"})


@pytest.mark.parametrize(("value", "switch"), [("on", Switch.ON), ("OFF", Switch.OFF)])
def test_a_switch_is_on_or_off(value: str, switch: Switch) -> None:
    assert read_settings({"CITEDESK_AUDIT": value}).audit is switch
    with pytest.raises(BadSetting, match="CITEDESK_AUDIT='perhaps': expected on or off"):
        read_settings({"CITEDESK_AUDIT": "perhaps"})


def test_a_provider_that_is_not_known_is_told_which_there_are() -> None:
    with pytest.raises(BadSetting, match="expected one of openai, anthropic, ollama"):
        read_settings({"CITEDESK_LLM_PROVIDER": "clippy"})


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"CITEDESK_LLM_PROVIDER": "ollama"}, "CITEDESK_LLM_MODEL"),
        ({"CITEDESK_LLM_PROVIDER": "anthropic"}, "CITEDESK_LLM_MODEL"),
        (
            {"CITEDESK_LLM_PROVIDER": "anthropic", "CITEDESK_LLM_MODEL": "claude"},
            "CITEDESK_LLM_KEY",
        ),
    ],
    ids=["ollama-model", "anthropic-model", "anthropic-key"],
)
def test_what_a_provider_needs_and_has_not_is_told(
    environment: dict[str, str], missing: str
) -> None:
    with pytest.raises(BadSetting, match=missing):
        read_settings(environment)


def test_ollama_needs_no_address() -> None:
    environment = {"CITEDESK_LLM_PROVIDER": "ollama", "CITEDESK_LLM_MODEL": "llama3.1"}
    assert read_settings(environment).llm_url is None
