"""No page keeps anybody out: axe-core finds nothing serious, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.comparing import compare
from qa.evaluation.reports import write_report
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.serving import build_app
from tests.browser.test_chat import QUESTION, Chat, ask
from tests.browser.watched import serious_violations
from tests.qa.evaluation.reports.runs import made_up, report_of
from tests.serving import served

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    answerer: Any = FakeAnswerer(ARTICLES)
    home: Path = tmp_path_factory.mktemp("home")
    with served(lambda: build_app(answerer, home, ["Why?"])) as address:
        yield address


@pytest.fixture
def chat(browser: Any, server: str) -> Iterator[Chat]:
    opened = Chat(browser, server)
    yield opened
    opened.close()


@SCHEMES
def test_the_chat_in_all_its_states(chat: Chat, scheme: str) -> None:
    page = chat.open(color_scheme=scheme)
    assert serious_violations(page) == []
    ask(page, QUESTION)
    ask(page, "Where is Atlantis?")
    ask(page, "And the library?").get_by_label("This did not help").click()
    page.locator(".restate").last.click()
    page.locator("#filters > .label-wrap").click()
    page.locator("#clear").wait_for()
    assert serious_violations(page) == []
    page.locator(".chip").first.click()
    page.locator("#source mark").wait_for()
    assert serious_violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".chip").first.hover()
    page.locator(".card:visible").wait_for()
    page.wait_for_timeout(400)  # it fades in
    assert serious_violations(page) == []
    page.locator(".open-history").click()
    page.locator(".conversation-title").first.wait_for()
    assert serious_violations(page) == []


@SCHEMES
@pytest.mark.parametrize("path", ["/login", "/docs", "/embed?language=en"])
def test_the_other_pages_of_the_server(chat: Chat, path: str, scheme: str) -> None:
    page = chat.page(path, color_scheme=scheme)
    page.locator("main, cite-desk").first.wait_for()
    assert serious_violations(page) == []


@SCHEMES
def test_the_report_of_an_evaluation(browser: Any, tmp_path: Path, scheme: str) -> None:
    now, before = report_of(made_up()), report_of(made_up(wrong=[4]))
    write_report(tmp_path, now, compare(before, now))
    page = browser.new_page(color_scheme=scheme)
    page.goto((tmp_path / "report.html").as_uri())
    page.locator(".row").first.click()
    assert serious_violations(page) == []
    page.close()
