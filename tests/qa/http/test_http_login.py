"""Logging in and out, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa.access.admission import Access
from qa.access.roles import Role
from qa.http.fakes import ARTICLES, HOSTILE, FakeAnswerer
from qa.http.login import FAILURES, _counted_address, _own_path
from qa.http.login_page import LoginPage
from qa.http.route_roles import COOKIE
from qa.phrases import INTERFACE_LANGUAGES, phrase, phrases
from tests.qa.access.clock import CHEAP
from tests.qa.http.test_http_problems import problem

WORDS = "ferry board march"


@pytest.fixture
def access(tmp_path: Path) -> Access:
    access = Access(tmp_path / "home", cost=CHEAP)
    access.users.add("ada", Role.READER, WORDS)
    return access


@pytest.fixture
def visitor(make_client: Callable[..., TestClient], access: Access) -> TestClient:
    client = make_client(FakeAnswerer(ARTICLES), access=access)
    client.follow_redirects = False
    return client


def log_in(client: TestClient, password: str = WORDS, **more: Any) -> Any:
    return client.post("/login", data={"name": "ada", "password": password, "next": "/x"}, **more)


def test_who_logs_in_goes_on_to_where_they_wanted_with_a_cookie(visitor: TestClient) -> None:
    answered = log_in(visitor)
    assert (answered.status_code, answered.headers["location"]) == (303, "/x")
    cookie = answered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert visitor.post("/v1/ask", json={"question": "Valmorin"}).is_success
    assert phrase("en", "login.inside", name="ada") in visitor.get("/login").text


def test_behind_https_the_cookie_is_for_https_alone(visitor: TestClient) -> None:
    secure = TestClient(visitor.app, base_url="https://testserver", follow_redirects=False)
    assert "Secure" in log_in(secure).headers["set-cookie"]


def test_who_logs_out_is_out(visitor: TestClient, access: Access) -> None:
    log_in(visitor)
    copied = visitor.cookies[COOKIE]
    answered = visitor.post("/logout", data={"language": "fr"})
    assert answered.headers["location"] == "/login?language=fr"
    assert COOKIE not in visitor.cookies
    again = {"Cookie": f"{COOKIE}={copied}"}
    problem(visitor.post("/v1/ask", json={"question": "Valmorin"}, headers=again), 401)


def test_a_wrong_password_is_told_and_the_name_kept(visitor: TestClient) -> None:
    answered = log_in(visitor, "nonsense", headers={"Accept-Language": "it"})
    assert answered.status_code == 401
    assert phrase("it", "login.wrong") in answered.text
    assert 'value="ada"' in answered.text
    assert "nonsense" not in answered.text
    assert "set-cookie" not in answered.headers


def test_failed_log_ins_from_one_address_must_wait_and_others_need_not(
    visitor: TestClient,
) -> None:
    for _ in range(FAILURES - 1):
        assert log_in(visitor, "nonsense").status_code == 401
        assert log_in(visitor).status_code == 303  # which is no failure
    assert log_in(visitor, "nonsense").status_code == 401
    answered = log_in(visitor)
    assert answered.status_code == 429
    assert int(answered.headers["retry-after"]) > 60
    assert phrase("en", "login.too_often", minutes=2) in answered.text
    elsewhere = TestClient(visitor.app, client=("192.0.2.7", 1), follow_redirects=False)
    assert log_in(elsewhere).status_code == 303


def test_another_site_logs_nobody_in_or_out(visitor: TestClient) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        problem(log_in(visitor, headers=headers), 403)
        problem(visitor.post("/logout", headers=headers), 403)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"&" * 100, b"a=1&" * 50, b"name[]=x"])
def test_what_is_no_form_logs_nobody_in(visitor: TestClient, body: bytes) -> None:
    assert visitor.post("/login", content=body).status_code in (400, 401)


def test_a_form_that_is_too_long_is_not_read(visitor: TestClient) -> None:
    problem(visitor.post("/login", content=b"name=" + b"x" * 1024 * 1024), 413)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "", "x", "/a\r\nSet-Cookie:"],
)
def test_a_log_in_leads_to_our_own_pages_alone(visitor: TestClient, path: str) -> None:
    data = {"name": "ada", "password": WORDS, "next": path}
    assert visitor.post("/login", data=data).headers["location"] == "/"


@given(st.text())
def test_a_path_to_go_on_to_never_leaves(path: str) -> None:
    own = _own_path(path)
    assert own[0] == "/"
    assert own[1:2] not in ("/", "\\")
    assert own.isprintable()


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_page_is_in_each_language_and_loads_nothing(visitor: TestClient, language: str) -> None:
    answered = visitor.get("/login", params={"language": language, "next": "/x?a=1&b=2"})
    assert f'<html lang="{language}">' in answered.text
    assert phrase(language, "login.promise") in answered.text
    assert 'value="/x?a=1&amp;b=2"' in answered.text
    assert "default-src 'none'" in answered.headers["content-security-policy"]
    assert "://" not in answered.text
    assert "<script" not in answered.text


def test_every_phrase_of_the_page_is_said() -> None:
    page = LoginPage("en").html() + LoginPage("en", user="ada").html()
    said = {key for key in phrases("en") if key.startswith("login.")}
    left = {key for key in said if phrases("en")[key].partition("{")[0] not in page}
    assert left == {"login.wrong", "login.too_often"}  # said by tests above


def test_what_a_user_typed_is_text(visitor: TestClient) -> None:
    data = {"name": HOSTILE, "password": HOSTILE, "next": "/" + HOSTILE, "language": HOSTILE}
    text = visitor.post("/login", data=data).text + LoginPage("en", user=HOSTILE).html()
    assert "<script>alert" not in text
    assert "<img" not in text


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("", ""),
    ],
)
def test_addresses_of_one_network_are_counted_together(address: str, counted: str) -> None:
    from starlette.requests import Request

    request = Request({"type": "http", "client": (address, 1)})
    assert _counted_address(request) == counted
