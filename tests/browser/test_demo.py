"""The whole product: the demonstration's own server, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.browser.demo_server import running_demo


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[str, str]]:
    with running_demo() as started:
        yield started


@pytest.fixture
def page(demo: tuple[str, str], browser: Any) -> Iterator[Any]:
    """A page of the chat that must stay quiet and ask no other host."""
    address, _ = demo
    complaints: list[str] = []
    hosts: set[str] = set()
    opened = browser.new_page(locale="en-GB", reduced_motion="reduce")
    opened.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    opened.goto(address)
    opened.locator(".welcome").wait_for()
    yield opened
    opened.close()
    assert complaints == []
    assert hosts - {""} == {urlsplit(address).netloc}


def _ask(page: Any, question: str) -> Any:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    exchange = page.locator(".exchange").last
    exchange.locator(".searched, .error").first.wait_for()
    return exchange


def test_the_terminal_shows_three_questions_before_the_address(demo: tuple[str, str]) -> None:
    _, printed = demo
    assert printed.count("\n> ") == 3
    assert printed.count("The archive does not say.") == 1


def test_a_chip_opens_the_article_with_exactly_the_quote_marked(
    page: Any, demo: tuple[str, str]
) -> None:
    exchange = _ask(page, "Who is the judge in Kadrey v. Meta?")
    exchange.locator(".statement", has_text="Chhabria").first.locator(".chip").first.click()
    marked = page.locator("#source mark").text_content()
    article = page.locator("#source .source-text").text_content()
    asked = {"question": "Who is the judge in Kadrey v. Meta?"}
    answer = httpx.post(f"{demo[0]}/v1/ask", json=asked).raise_for_status().json()
    cited = next(one for one in answer["citations"] if one["quote"] == marked)
    assert article[cited["start"] : cited["end"]] == marked


def test_an_italian_question_is_answered_in_italian(page: Any) -> None:
    exchange = _ask(page, "Quanti iscritti ha il Consorzio dei parolieri?")
    assert "2.600 iscritti" in exchange.locator("blockquote").first.inner_text()


def test_what_the_archive_does_not_say_is_said(page: Any) -> None:
    exchange = _ask(page, "How much is OpenAI paying Le Monde?")
    assert "The archive does not say." in exchange.inner_text()
    assert exchange.locator(".chip").count() > 0


def test_every_door_is_open_on_the_same_port(demo: tuple[str, str]) -> None:
    address, _ = demo
    for path in ("/healthz", "/readyz", "/metrics", "/widget.js", "/docs", "/openapi.json"):
        assert httpx.get(f"{address}{path}").status_code == 200, path
