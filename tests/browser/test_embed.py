"""The widget in pages of other sites: which may ask, what it takes, and the frame of /embed.

The page of a newsroom is served from a port of its own, which to a browser is another origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import HTMLResponse, JSONResponse

from qa.access.admission import Access, Mode
from qa.access.roles import Role
from qa.http import create_app
from qa.http.fakes import ARTICLES, FakeAnswerer
from tests.browser.watched import Quiet
from tests.serving import served

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

QUESTION = "When did the Valmorin library close?"
DENIED = "This page may not ask the archive, or no longer."
PAGE = """<!doctype html><html lang="en"><title>A newsroom tool</title>
<link rel="icon" href="data:,"><main>%s</main><script>
  window.told = []; window.heard = [];
  document.addEventListener("citedesk:insert", (event) => told.push(event.detail));
  addEventListener("message", ({ origin, data }) => heard.push({ origin, ...data }));
</script></html>"""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[str]:
    """A newsroom's own server: a page with what the query gives, and a route for tickets."""
    app = FastAPI()

    @app.get("/page")
    def page(body: str) -> HTMLResponse:
        return HTMLResponse(PAGE % body)

    @app.post("/ticket")
    def ticket() -> JSONResponse:
        return JSONResponse({"ticket": "fresh"})

    with served(lambda: app) as address:
        yield address


@pytest.fixture(scope="module")
def desk(newsroom: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A citedesk that has declared the newsroom's origin."""
    log = tmp_path_factory.mktemp("kept") / "feedback.jsonl"
    answerer: Any = FakeAnswerer(ARTICLES)
    with served(
        lambda: create_app(answerer, feedback_log=log, allowed_origins=[newsroom])
    ) as address:
        yield address


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A citedesk that has declared nobody."""
    log = tmp_path_factory.mktemp("kept") / "feedback.jsonl"
    answerer: Any = FakeAnswerer(ARTICLES)
    app = create_app(answerer, feedback_log=log)
    with served(lambda: app) as address:
        yield address


class Visit(Quiet):
    """A page of the newsroom."""

    def __init__(self, page: Any, newsroom: str) -> None:
        super().__init__(page)
        self._newsroom = newsroom

    def show(self, body: str) -> None:
        self.page.goto(f"{self._newsroom}/page?body={body.replace('&', '%26')}")

    def widget(self, server: str, attributes: str = "") -> None:
        self.show(f'<script src="{server}/widget.js"></script><cite-desk {attributes}></cite-desk>')

    def ask(self, question: str = QUESTION) -> str:
        """What the answer's place then says."""
        self.page.locator("cite-desk input[name=question]").first.fill(question)
        self.page.keyboard.press("Enter")
        exchange = self.page.locator(".exchange:not(.unfinished)", has_text=question).first
        exchange.wait_for()
        return str(exchange.text_content())


@pytest.fixture
def visit(browser: Any, newsroom: str) -> Iterator[Visit]:
    page = browser.new_page()
    yield Visit(page, newsroom)
    page.close()


def test_a_page_of_a_declared_origin_asks_and_inserts(
    visit: Visit, desk: str, newsroom: str
) -> None:
    visit.widget(desk, "insertable")
    assert "The council closed the Valmorin library in March." in visit.ask()
    visit.page.locator(".chip").first.click()
    visit.page.locator(".around").first.wait_for()
    visit.page.get_by_role("button", name="Insert").click()
    [told] = visit.page.evaluate("told")
    assert told["quote"] == "The council closed the Valmorin library in March."
    assert visit.complaints == []
    assert visit.strangers(desk, newsroom) == []


def test_a_page_of_an_origin_that_nobody_declared_gets_no_answer(visit: Visit, closed: str) -> None:
    visit.widget(closed)
    assert "cannot be reached" in visit.ask()
    assert "council" not in visit.page.locator(".exchange").text_content()


class Guard:
    """Lets only requests with a certain ticket through to the server, as access control does."""

    def __init__(self, page: Any, good: str | None) -> None:
        self.shown: list[str | None] = []
        self._good = good
        page.route("**/v1/**", self._check)

    def _check(self, route: Any) -> None:
        if route.request.method == "OPTIONS":
            route.continue_()
            return
        self.shown.append(route.request.headers.get("authorization"))
        if self.shown[-1] == f"Bearer {self._good}":
            route.continue_()
            return
        route.fulfill(
            status=401,
            headers={"Access-Control-Allow-Origin": "*"},
            content_type="application/problem+json",
            body='{"type": "/docs#unauthorized", "detail": "expired"}',
        )


def test_an_expired_ticket_is_renewed_once_at_the_pages_own_server(visit: Visit, desk: str) -> None:
    guard = Guard(visit.page, "fresh")
    visit.widget(desk, 'ticket-url="/ticket"')
    visit.page.evaluate("document.querySelector('cite-desk').ticket = 'stale'")
    assert "council closed" in visit.ask()
    assert guard.shown[:2] == ["Bearer stale", "Bearer fresh"]


def test_a_page_may_hand_tickets_over_by_a_function(visit: Visit, desk: str) -> None:
    guard = Guard(visit.page, "made")
    visit.widget(desk)
    visit.page.evaluate("document.querySelector('cite-desk').getTicket = async () => 'made'")
    assert "council closed" in visit.ask()
    assert guard.shown == ["Bearer made"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", DENIED),
        ("fr", "Cette page ne peut pas, ou plus, interroger les archives."),
        ("it", "Questa pagina non può, o non può più, interrogare l’archivio."),
    ],
)
def test_a_page_whose_tickets_are_refused_is_told_so_in_its_language(
    visit: Visit, desk: str, language: str, words: str
) -> None:
    guard = Guard(visit.page, None)
    visit.widget(desk, f'ticket-url="/ticket" language="{language}"')
    assert words in visit.ask()
    assert len(guard.shown) == 2
    assert visit.page.get_by_role("alert").count() == 1


def test_a_frame_tells_the_page_that_it_named_and_hears_it(
    visit: Visit, desk: str, newsroom: str
) -> None:
    visit.show(
        f'<iframe title="archive" src="{desk}/embed?language=fr&origin={newsroom}"></iframe>'
    )
    frame = visit.page.frame_locator("iframe")
    frame.locator("cite-desk input[name=question]").first.wait_for()
    visit.page.wait_for_function("heard.some(({ type }) => type === 'citedesk:ready')")
    visit.page.evaluate(
        "([question, desk]) => frames[0].postMessage({ type: 'citedesk:ask', question }, desk)",
        [QUESTION, desk],
    )
    frame.locator(".exchange:not(.unfinished)").wait_for()
    frame.locator(".chip").first.click()
    frame.get_by_role("button", name="Insérer").click()
    visit.page.wait_for_function("heard.some(({ type }) => type === 'citedesk:insert')")
    heard = {message["type"]: message for message in visit.page.evaluate("heard")}
    assert heard["citedesk:answer"]["detail"]["question"] == QUESTION
    assert heard["citedesk:insert"]["detail"]["attribution"].endswith("14 mars 2024")
    assert {message["origin"] for message in heard.values()} == {desk}
    assert visit.complaints == []
    assert visit.strangers(desk, newsroom) == []


def test_a_frame_gets_its_tickets_from_the_page_around_it(
    visit: Visit, desk: str, newsroom: str
) -> None:
    guard = Guard(visit.page, "second")
    visit.show(f'<iframe title="archive" src="{desk}/embed?origin={newsroom}"></iframe>')
    visit.page.evaluate(
        """(desk) => {
          const tickets = { "citedesk:ready": "first", "citedesk:ticket-wanted": "second" };
          addEventListener("message", ({ data, source }) => {
            if (data.type in tickets)
              source.postMessage({ type: "citedesk:ticket", ticket: tickets[data.type] }, desk);
          });
          for (const { type } of heard)
            if (type in tickets)
              frames[0].postMessage({ type: "citedesk:ticket", ticket: tickets[type] }, desk);
        }""",
        desk,
    )
    frame = visit.page.frame_locator("iframe")
    visit.page.wait_for_function("heard.some(({ type }) => type === 'citedesk:ready')")
    frame.locator("cite-desk input[name=question]").first.fill(QUESTION)
    frame.locator("cite-desk input[name=question]").first.press("Enter")
    frame.locator(".statements").wait_for()
    assert guard.shown[:2] == ["Bearer first", "Bearer second"]


@pytest.fixture(scope="module")
def locked(newsroom: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Access]]:
    """A citedesk that wants to know who asks."""
    home = tmp_path_factory.mktemp("locked")
    access = Access(home, Mode.ON)
    answerer: Any = FakeAnswerer(ARTICLES)
    app = create_app(
        answerer, feedback_log=home / "f", allowed_origins=[newsroom], access=access, rate=1e4
    )
    with served(lambda: app) as address:
        yield address, access


def _ticket(access: Access, origin: str, name: str) -> str:
    access.keys.create(name, Role.READER, (origin,))
    [key] = [key for key in access.keys.all() if key.name == name]
    return access.tickets.issue(key, origin)[0]


def test_a_server_with_keys_answers_the_page_that_has_a_ticket(
    visit: Visit, locked: tuple[str, Access], newsroom: str
) -> None:
    address, access = locked
    visit.widget(address)
    assert DENIED in visit.ask()
    ticket = _ticket(access, newsroom, "page")
    visit.page.evaluate("ticket => { document.querySelector('cite-desk').ticket = ticket }", ticket)
    assert "council closed" in visit.ask("When did the Valmorin library close, then?")
    visit.page.locator(".chip").first.click()
    visit.page.locator(".around").first.wait_for()


def test_a_server_with_keys_answers_the_frame_that_is_handed_a_ticket(
    visit: Visit, locked: tuple[str, Access], newsroom: str
) -> None:
    address, access = locked
    visit.show(f'<iframe title="archive" src="{address}/embed?origin={newsroom}"></iframe>')
    visit.page.wait_for_function("heard.some(({ type }) => type === 'citedesk:ready')")
    ticket = _ticket(access, address, "frame")  # it is the frame that asks
    visit.page.evaluate(
        """([ticket, address, question]) => {
          frames[0].postMessage({ type: "citedesk:ticket", ticket }, address);
          frames[0].postMessage({ type: "citedesk:ask", question }, address);
        }""",
        [ticket, address, QUESTION],
    )
    visit.page.frame_locator("iframe").locator(".statements").wait_for()


def test_a_frame_hears_no_other_page(visit: Visit, desk: str, newsroom: str) -> None:
    """It is named another origin than that of the page that talks to it."""
    visit.show(f'<iframe title="archive" src="{desk}/embed"></iframe>')
    frame = visit.page.frames[-1]
    # The policy lets no other site frame it, so that the page within is the browser's own.
    assert not frame.url.startswith(desk)
    visit.page.goto(f"{desk}/embed?origin={newsroom}")
    visit.page.evaluate(
        "question => window.postMessage({ type: 'citedesk:ask', question }, '*')", QUESTION
    )
    visit.page.wait_for_timeout(100)
    assert visit.page.locator(".exchange").count() == 0


def test_only_declared_origins_may_frame_it(tmp_path: Any) -> None:
    answerer: Any = FakeAnswerer(ARTICLES)
    origins = ["https://cms.example.org"]
    client = TestClient(create_app(answerer, feedback_log=tmp_path / "f", allowed_origins=origins))
    shown = client.get("/embed", params={"origin": "https://cms.example.org", "language": "it"})
    policy = shown.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://cms.example.org")
    assert 'lang="it"' in shown.text
    assert client.get("/embed").headers["content-security-policy"].endswith("'self'")
    for origin in ("https://evil.example", "*", "https://cms.example.org; script-src *", '"><b>'):
        refused = client.get("/embed", params={"origin": origin})
        assert refused.status_code == 403
        assert refused.headers["content-security-policy"].endswith("frame-ancestors 'none'")
        assert origin not in refused.text
