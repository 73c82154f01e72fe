"""Where nobody is asked who they are, a stranger's page is kept out all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa.access.admission import Access, Mode
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.http.open_door import is_ours
from tests.qa.http.test_http_problems import problem

Make = Callable[..., TestClient]

NAMED = "https://cms.example.org"
EVIL = "https://evil.example"
OURS = ["localhost", "localhost:7860", "LOCALHOST:7860", "127.0.0.1", "127.0.0.1:7860",
        "[::1]", "[::1]:7860", "desk.example.org", "Desk.Example.org:443"]  # fmt: skip
OTHERS = ["evil.example", "evil.example:7860", "localhost.evil.example", "127.0.0.1.evil.example",
          "192.0.2.7", "[2001:db8::1]:7860", "evil@localhost", "localhost:7860:1", "::1",
          "localhost/evil.example", "local host", ""]  # fmt: skip


@pytest.fixture
def client(make_client: Make) -> TestClient:
    return make_client(
        FakeAnswerer(ARTICLES), hosts=("desk.example.org",), allowed_origins=(NAMED,)
    )


def ask(client: TestClient, **headers: str) -> Any:
    shown = {"Host": "127.0.0.1:7860"} | {key.replace("_", "-"): v for key, v in headers.items()}
    return client.post("/v1/ask", json={"question": "Valmorin"}, headers=shown)


@pytest.mark.parametrize("host", OURS)
def test_the_machine_and_its_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/v1/models", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", OTHERS)
@pytest.mark.parametrize("path", ["/v1/models", "/healthz", "/docs", "/metrics", "/", "/none"])
def test_any_other_name_is_refused_at_every_path(client: TestClient, host: str, path: str) -> None:
    answered = client.get(path, headers={"Host": host})
    problem(answered, 421)
    assert "CITEDESK_HOSTS" in answered.json()["detail"]


def test_two_names_are_none(client: TestClient) -> None:
    two = [(b"host", b"localhost"), (b"host", b"evil.example")]
    assert client.get("/healthz", headers=two).status_code == 421


def test_a_name_does_not_matter_where_everybody_is_asked_who_they_are(
    make_client: Make, tmp_path: Path
) -> None:
    access = Access(tmp_path, Mode.ON)
    client = make_client(FakeAnswerer(ARTICLES), hosts=(), access=access)
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 200
    problem(client.get("/v1/models", headers={"Host": "evil.example"}), 401)


def test_a_page_of_another_site_cannot_make_its_reader_ask(client: TestClient) -> None:
    problem(ask(client, Origin=EVIL), 403)
    problem(ask(client, Origin="null"), 403)
    problem(ask(client, Origin=EVIL, Sec_Fetch_Site="cross-site"), 403)
    problem(ask(client, Sec_Fetch_Site="same-site"), 403)


def test_our_own_pages_named_sites_and_programs_ask(client: TestClient) -> None:
    assert ask(client, Origin="http://127.0.0.1:7860").is_success
    assert ask(client, Origin="http://127.0.0.1:7860", Sec_Fetch_Site="same-origin").is_success
    assert ask(client, Origin=NAMED, Sec_Fetch_Site="cross-site").is_success
    assert ask(client).is_success


@given(st.text(max_size=40))
def test_whatever_is_ours_ends_in_nothing_of_anybody_else(host: str) -> None:
    assert not is_ours(f"{host}.evil.example", ("desk.example.org",))
    assert not is_ours(f"{host}@evil.example:80", ("desk.example.org",))
