"""The chat behind its log-in, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.access.admission import Access
from qa.access.roles import Role
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.serving import build_app
from tests.browser.watched import complains
from tests.qa.access.clock import CHEAP
from tests.serving import served

WORDS = "ferry board march"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole server in a thread, with one user."""
    home: Path = tmp_path_factory.mktemp("home")
    access = Access(home, cost=CHEAP)
    access.users.add("ada", Role.READER, WORDS)
    answerer: Any = FakeAnswerer(ARTICLES)
    with served(lambda: build_app(answerer, home, ["Why?"], access)) as address:
        yield address


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """A page that must have been quiet; closed in any case, or the server would wait for it."""
    context = browser.new_context(locale="en-GB")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert list(filter(complains, complaints)) == []


def test_who_logs_in_asks_in_the_chat_and_can_log_out(page: Any, server: str) -> None:
    page.goto(server)
    assert page.url == f"{server}/login?next=/"
    page.locator("#name:focus").fill("ada")  # which has the focus from the start
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    page.locator(".welcome").wait_for()
    page.locator("#question textarea").fill("Valmorin")
    page.keyboard.press("Enter")
    page.locator(".exchange .searched").wait_for()
    assert page.url == f"{server}/"
    page.goto(f"{server}/login")
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("Password").wait_for()
    page.goto(server)
    assert page.url == f"{server}/login?next=/"
