"""Who gets in at which door."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from qa.access.admission import Access, Mode
from qa.access.file import FILE
from qa.access.proxies import Proxies, parse_networks
from qa.access.roles import Role
from qa.http.access import caller
from qa.http.evaluating import evaluating_router
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.http.route_roles import COOKIE, PAGE, ROUTES, needed
from qa.http.uploading import uploading_router
from tests.qa.access.clock import CHEAP, Clock
from tests.qa.http.test_http_problems import problem

Make = Callable[..., TestClient]

CMS = "https://cms.example.org"
ASK: dict[str, Any] = {"json": {"question": "Valmorin"}}
WORDS = "ferry board march"


@dataclass
class Desk:
    """A newsroom with access on, and its keys."""

    access: Access
    client: TestClient
    keys: dict[Role, str]
    clock: Clock

    def ask(self, bearer: str | None = None, origin: str | None = None, **more: str) -> Any:
        headers = more | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        headers |= {"Origin": origin} if origin else {}
        return self.client.post("/v1/ask", headers=headers, **ASK)

    def ticket(self, origin: str = CMS, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.keys[Role.READER]}"}
        return self.client.post("/v1/tickets", json={"origin": origin, **more}, headers=headers)


@pytest.fixture
def desk(make_client: Make, tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    proxies = Proxies(parse_networks("10.0.0.0/8"), "X-Forwarded-User")
    access = Access(tmp_path / "home", Mode.AUTO, proxies, now=clock, cost=CHEAP)
    keys = {role: access.keys.create(role, role, (CMS,)) for role in Role}
    access.users.add("ada", Role.EDITOR, WORDS)
    with make_client(FakeAnswerer(ARTICLES), access=access) as client:
        app = client.app
        assert isinstance(app, FastAPI)
        # What is mounted where the chat is says whom the guard let in.
        page = Route("/", lambda request: PlainTextResponse(caller(request.scope).name),
                     methods=["GET", "POST"])  # fmt: skip
        app.mount("/", Starlette(routes=[page]))
        yield Desk(access, client, keys, clock)


def routes(client: TestClient) -> set[tuple[str, str]]:
    app = client.app
    assert isinstance(app, FastAPI)
    nothing: Any = SimpleNamespace(sets=None, runs=None, runner=None)  # no route is called
    app.include_router(evaluating_router(nothing))
    app.include_router(uploading_router(nothing))
    found = [
        route
        for each in app.routes
        for route in getattr(getattr(each, "original_router", None), "routes", [each])
    ]
    return {
        (method, route.path)
        for route in found
        for method in route.methods or ()  # what only says 404 or 405 has none
        if method != "HEAD"
    }


def test_the_table_has_a_row_for_every_route_and_for_nothing_else(client: TestClient) -> None:
    assert routes(client) == set(ROUTES)


def test_a_route_of_the_api_that_was_forgotten_is_closed() -> None:
    assert needed("POST", "/v1/forgotten").role is Role.ADMIN
    assert needed("DELETE", "/v1/ask").role is Role.ADMIN
    assert needed("GET", "/").role is Role.READER
    assert needed("HEAD", "/healthz").role is None


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: " ".join(row))
def test_every_route_asks_for_the_role_of_its_row(desk: Desk, row: tuple[str, str]) -> None:
    method, path = row
    need = ROUTES[row]
    for role in (None, *Role):
        headers = {"Authorization": f"Bearer {desk.keys[role]}"} if role else {}
        answered = desk.client.request(method, path, headers=headers)
        if need.role is None or (role and role.covers(need.role)):
            assert answered.status_code not in (401, 403) or path == "/login"
        else:
            problem(answered, 403 if role else 401)


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: " ".join(row))
def test_the_description_says_what_each_route_takes(desk: Desk, row: tuple[str, str]) -> None:
    openapi = desk.client.get("/openapi.json").json()
    assert openapi["components"]["securitySchemes"].keys() == {"key", "ticket", "session"}
    operation = openapi["paths"].get(row[1], {}).get(row[0].lower())
    if operation is None:
        return  # what only browsers ask for is not described
    need = ROUTES[row]
    ways = [*operation["security"]]
    assert bool(ways) == (need.role is not None)
    assert ({"ticket": ["reader"]} in ways) == need.ticket
    assert all(list(way.values()) == [[need.role]] for way in ways)
    assert ("401" in operation["responses"]) == (need.role is not None)


def test_without_keys_or_users_everything_is_open(make_client: Make, tmp_path: Path) -> None:
    access = Access(tmp_path / "home")
    client = make_client(FakeAnswerer(ARTICLES), access=access)
    assert client.post("/v1/ask", headers={"Authorization": "Bearer any"}, **ASK).is_success
    access.keys.create("cms", Role.READER)  # while the server runs
    problem(client.post("/v1/ask", **ASK), 401)


def test_the_end_of_the_last_key_opens_nothing(desk: Desk) -> None:
    for key in desk.access.keys.all():
        desk.access.keys.revoke(key.name)
    desk.access.users.remove("ada")
    problem(desk.ask(), 401)


@pytest.mark.parametrize(("mode", "status"), [(Mode.ON, 401), (Mode.OFF, 200)])
def test_access_can_be_switched(make_client: Make, tmp_path: Path, mode: Mode, status: int) -> None:
    access = Access(tmp_path / "home", mode)
    if mode is Mode.OFF:
        access.keys.create("cms", Role.READER)
    client = make_client(FakeAnswerer(ARTICLES), access=access)
    assert client.post("/v1/ask", **ASK).status_code == status


def test_a_file_that_cannot_be_read_closes_the_doors(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "home" / FILE).write_bytes(b"no database" * 100)
    answered = desk.ask(desk.keys[Role.ADMIN])
    assert str(tmp_path) not in problem(answered, 503)["detail"]
    assert str(tmp_path) in caplog.text
    problem(desk.ask(desk.keys[Role.ADMIN], origin=CMS), 503)
    assert desk.client.get("/healthz").status_code == 200


def test_a_revoked_key_opens_nothing_from_then_on(desk: Desk) -> None:
    assert desk.ask(desk.keys[Role.READER]).is_success
    desk.access.keys.revoke("reader")
    answered = desk.ask(desk.keys[Role.READER])
    assert "revoked" in problem(answered, 401)["detail"]
    assert answered.headers["www-authenticate"].startswith("Bearer")


def test_a_key_in_a_page_of_another_site_is_refused(desk: Desk) -> None:
    answered = desk.ask(desk.keys[Role.READER], origin=CMS)
    assert "POST /v1/tickets" in problem(answered, 403)["detail"]


def test_a_ticket_lets_its_page_ask_and_read(desk: Desk) -> None:
    issued = desk.ticket().json()
    answered = desk.ask(issued["ticket"], origin=CMS)
    assert answered.status_code == 200
    assert answered.headers["access-control-allow-origin"] == CMS
    article = answered.json()["citations"][0]["article"]["id"]
    headers = {"Authorization": f"Bearer {issued['ticket']}", "Origin": CMS}
    assert desk.client.get(f"/v1/articles/{article}", headers=headers).is_success


@pytest.mark.parametrize("row", [row for row in ROUTES if ROUTES[row] != PAGE], ids=" ".join)
def test_a_ticket_opens_nothing_else(desk: Desk, row: tuple[str, str]) -> None:
    headers = {"Authorization": f"Bearer {desk.ticket().json()['ticket']}", "Origin": CMS}
    answered = desk.client.request(*row, headers=headers)
    if ROUTES[row].role is not None:
        problem(answered, 403)
    problem(desk.client.get("/", headers=headers), 403)


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://cms.example.org"])
def test_a_ticket_is_good_from_its_own_origin_alone(desk: Desk, origin: str | None) -> None:
    answered = desk.ask(desk.ticket().json()["ticket"], origin=origin)
    assert f"pages of {CMS} alone" in problem(answered, 401)["detail"]
    assert "access-control-allow-origin" not in answered.headers


def test_a_page_of_our_own_says_no_origin_when_it_reads(make_client: Make, tmp_path: Path) -> None:
    access = Access(tmp_path / "home")
    key = access.keys.create("embed", Role.READER, ("http://testserver",))
    client = make_client(FakeAnswerer(ARTICLES), access=access)
    made = client.post(
        "/v1/tickets",
        json={"origin": "http://testserver"},
        headers={"Authorization": f"Bearer {key}"},
    )
    headers = {"Authorization": f"Bearer {made.json()['ticket']}"}
    assert client.get(f"/v1/articles/{ARTICLES[0].id}", headers=headers).is_success


def test_a_ticket_that_is_over_is_over_however_often_it_is_sent(desk: Desk) -> None:
    issued = desk.ticket(minutes=1).json()
    assert issued["expires"] == "2026-03-01T12:01:00+00:00"
    desk.clock.time += 60
    for _ in range(2):
        answered = desk.ask(issued["ticket"], origin=CMS)
        assert "expired" in problem(answered, 401)["detail"]
        assert answered.headers["access-control-allow-origin"] == CMS  # so that the page can say so


def test_a_revoked_key_ends_its_tickets(desk: Desk) -> None:
    ticket = desk.ticket().json()["ticket"]
    desk.access.keys.revoke("reader")
    assert "revoked" in problem(desk.ask(ticket, origin=CMS), 401)["detail"]


def test_a_ticket_is_had_for_named_origins_alone(desk: Desk, make_client: Make) -> None:
    assert "--origin" in problem(desk.ticket("https://evil.example"), 403)["detail"]
    client = make_client(
        FakeAnswerer(ARTICLES), access=desk.access, allowed_origins=("https://desk.example",)
    )
    headers = {"Authorization": f"Bearer {desk.keys[Role.READER]}"}
    body = {"origin": "https://desk.example"}
    made = client.post("/v1/tickets", json=body, headers=headers)
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        {"origin": CMS, "minutes": 0}, {"origin": CMS, "minutes": 61}, {"origin": "*"}, {},
        {"origin": CMS + "/path"}, {"origin": CMS, "role": "admin"},
    ],
    ids=str,
)  # fmt: skip
def test_a_ticket_is_had_for_an_hour_at_most_and_one_origin(desk: Desk, body: Any) -> None:
    headers = {"Authorization": f"Bearer {desk.keys[Role.READER]}"}
    problem(desk.client.post("/v1/tickets", json=body, headers=headers), 422)


def test_who_is_logged_in_gets_no_ticket(desk: Desk) -> None:
    cookie = {"Cookie": f"{COOKIE}={desk.access.users.log_in('ada', WORDS)}"}
    problem(desk.client.post("/v1/tickets", json={"origin": CMS}, headers=cookie), 403)


def test_only_named_origins_may_read_also_those_of_a_key_made_meanwhile(desk: Desk) -> None:
    wanted = {"Access-Control-Request-Method": "POST",
              "Access-Control-Request-Headers": "authorization,content-type"}  # fmt: skip
    new = "https://new.example"

    def allowed() -> str | None:
        answered = desk.client.options("/v1/ask", headers={"Origin": new, **wanted})
        found: str | None = answered.headers.get("access-control-allow-origin")
        return found

    assert allowed() is None
    desk.access.keys.create("new", Role.READER, (new,))
    assert allowed() == new
    desk.access.keys.revoke("new")
    assert allowed() is None


def test_a_log_in_opens_the_chat_and_the_api_to_our_own_pages(desk: Desk) -> None:
    cookie = {"Cookie": f"{COOKIE}={desk.access.users.log_in('ada', WORDS)}"}
    assert desk.client.get("/", headers=cookie).text == "ada"
    own = {**cookie, "Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"}
    assert desk.ask(**own).is_success
    assert desk.ask(origin="http://testserver", **cookie).is_success
    for foreign in ({"Sec-Fetch-Site": "same-site"}, {"Origin": CMS}, {"Origin": "null"}):
        answered = desk.client.post("/", headers={**cookie, **foreign})
        assert "this address alone" in problem(answered, 403)["detail"]
    linked = {**cookie, "Sec-Fetch-Site": "cross-site"}  # somebody follows a link to the chat
    assert desk.client.get("/", headers=linked).text == "ada"


def test_a_stranger_who_opens_the_chat_is_led_to_the_log_in(desk: Desk) -> None:
    visit = {"Accept": "text/html,*/*"}
    answered = desk.client.get("/", headers=visit, follow_redirects=False)
    assert (answered.status_code, answered.headers["location"]) == (303, "/login?next=/")
    problem(desk.client.get("/"), 401)
    problem(desk.client.post("/", headers=visit), 401)


def test_a_proxy_of_ours_names_who_asks(desk: Desk, make_client: Make) -> None:
    app = desk.client.app
    behind = TestClient(app, client=("10.0.0.1", 1))
    named = {"X-Forwarded-User": "ada"}
    assert behind.get("/", headers=named).text == "ada"
    problem(behind.get("/metrics", headers={"X-Forwarded-User": "bo"}), 403)  # who is no user
    problem(desk.client.get("/", headers=named), 401)  # from elsewhere
    twice = [("X-Forwarded-User", "root"), ("X-Forwarded-User", "ada")]
    problem(behind.get("/", headers=twice), 401)


def test_a_websocket_is_closed(desk: Desk) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), desk.client.websocket_connect("/queue"):
        pass


def test_each_key_and_each_ticket_has_a_rate_of_its_own(make_client: Make, tmp_path: Path) -> None:
    access = Access(tmp_path / "home")
    key = access.keys.create("cms", Role.READER, (CMS,))
    other = access.keys.create("other", Role.READER)
    client = make_client(FakeAnswerer(ARTICLES), access=access, rate=3)

    def ask(bearer: str, **more: str) -> Any:
        return client.post("/v1/ask", headers={"Authorization": f"Bearer {bearer}", **more}, **ASK)

    headers = {"Authorization": f"Bearer {key}"}
    first, second = (
        client.post("/v1/tickets", json={"origin": CMS}, headers=headers).json()["ticket"]
        for _ in range(2)
    )
    assert ask(key).is_success
    answered = ask(key)
    problem(answered, 429)
    assert 1 <= int(answered.headers["retry-after"]) <= 20
    assert ask(other).is_success
    assert [ask(first, Origin=CMS).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert ask(second, Origin=CMS).is_success
    for _ in range(5):  # files cost nothing
        assert client.get("/widget.js", headers=headers).is_success


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.sampled_from([b"", b"Bearer ", b"Bearer cdt_", b"Bearer cdk_", b"Basic ", b"bearer\t"]),
    st.binary(max_size=80).filter(lambda sent: not {10, 13} & set(sent)),
    st.sampled_from([b"authorization", b"cookie", b"x-forwarded-user"]),
)
def test_whatever_bytes_are_sent_a_stranger_stays_one(
    desk: Desk, start: bytes, sent: bytes, name: bytes
) -> None:
    value = start + sent if name == b"authorization" else COOKIE.encode() + b"=" + sent
    answered = desk.client.post("/v1/ask", headers=[(name, value)], **ASK)
    problem(answered, 401)


def test_what_is_secret_is_in_no_log_and_no_answer(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = desk.keys[Role.READER]
    ticket = desk.ticket().json()["ticket"]
    desk.access.keys.revoke("reader")
    for answered in (desk.ask(key), desk.ask(ticket, origin=CMS), desk.ask(ticket)):
        assert key not in answered.text
        assert ticket not in answered.text
    assert key not in caplog.text
    assert ticket not in caplog.text


def test_our_pages_are_in_no_frame_of_another_site(desk: Desk) -> None:
    for path in ("/healthz", "/widget.js", "/login"):
        policy = desk.client.get(path).headers["content-security-policy"]
        assert "frame-ancestors 'self'" in policy or "frame-ancestors 'none'" in policy


def test_mcp_takes_a_key(desk: Desk) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"Accept": "application/json, text/event-stream", "Authorization": ""}

    def status(bearer: str | None, **more: str) -> int:
        shown = headers | more | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        return desk.client.post("/mcp", json=call, headers=shown).status_code

    assert status(desk.keys[Role.READER]) == 200
    assert status(None) == 401
    assert status(desk.ticket().json()["ticket"], Origin=CMS) == 403
