"""Articles and questions that mean harm: nothing of them runs, and nothing breaks the layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import HTMLResponse

from corpus import Article
from corpus.models import identified
from qa.http.app import create_app
from qa.http.fakes import LIBRARY, FakeAnswerer
from qa.serving import build_app
from tests.browser.test_chat import Chat, ask
from tests.serving import served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
TEXTS = {
    "markup": '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload="alert(1)">',
    "attribute": "\"' onmouseover=alert(1) style=position:fixed;inset:0 autofocus onfocus=alert(1)",
    "comment": "--></style></script></template><!-- </textarea><iframe srcdoc='<script>alert(1)'>",
    "markdown": "[x](javascript:alert(1)) ![y](https://example.net/z.png) <https://example.net>",
    "braces": "${alert(1)} {{constructor.constructor('alert(1)')()}} {% raw %} <%= 7 %>",
    "long": "w" * 4000,
    "emoji": "👩‍👩‍👧‍👦" * 200,
    "turned": "\u202egnip\u202d\u2066 شركة قالت ذلك \u2067\u2069",
    "unseen": "\u200b\u200d\u2060\ufeff\u00ad" * 50 + "\u0301" * 200,
}


def hostile(name: str, text: str) -> Article:
    """An article that is found by its name, and hostile in every field."""
    return identified(
        replace(
            LIBRARY,
            title=f"{name} {text}",
            text=f"The {name}case opened {text}. {text} The {name}case closed.",
            publisher=f"{name} {text}",
            author=text,
            published="2024-03-14",
            url=f"javascript:alert(1)//{name}",
            rights=text,
            corrected_by=text,
            source=f"{name}.md",
            language="ar" if name == "turned" else "en",
        )
    )


ARTICLES = [hostile(name, text) for name, text in TEXTS.items()]
QUESTIONS = [(f"What is the {name}case {text[:1500]}", name) for name, text in TEXTS.items()]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    answerer: Any = FakeAnswerer(ARTICLES)
    home: Path = tmp_path_factory.mktemp("home")
    with served(lambda: build_app(answerer, home, list(TEXTS.values()))) as address:
        yield address


@pytest.fixture
def chat(browser: Any, server: str) -> Iterator[Chat]:
    opened = Chat(browser, server)
    yield opened
    opened.close()  # and says so if a dialog opened, an error was logged, another host was asked


def is_within(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@WIDTHS
def test_the_chat(chat: Chat, width: int) -> None:
    page = chat.open(viewport={"width": width, "height": 800})
    assert is_within(page)
    for question, name in QUESTIONS:
        # Nothing is so long that it lies in the way of what comes after it.
        exchange = ask(page, question)
        assert exchange.locator(".question").text_content() == question
        chip = exchange.locator(".chip", has_text=re.compile(f"^{name} ")).first
        chip.scroll_into_view_if_needed()
        chip.hover()
        assert is_within(page)
        chip.click()
        mark = page.locator("#source mark")
        playwright.expect(mark).to_contain_text(f"The {name}case")
        assert page.locator("#source a").count() == 0
        assert is_within(page)
        page.keyboard.press("Escape")
    assert page.locator("#conversation :is(img, iframe, script, a, template)").count() == 0
    page.locator(".open-history").click()
    page.locator(".conversation-title").first.wait_for()
    assert is_within(page)
    page.reload()
    page.locator(".exchange").nth(len(QUESTIONS) - 1).wait_for()
    assert is_within(page)


@WIDTHS
def test_the_widget(browser: Any, width: int, tmp_path: Path) -> None:
    answerer: Any = FakeAnswerer(ARTICLES)
    app = create_app(answerer, feedback_log=tmp_path / "feedback.jsonl")

    @app.get("/page")
    def host() -> HTMLResponse:
        return HTMLResponse(
            '<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,">'
            '<script src="/widget.js" async></script><cite-desk insertable></cite-desk></html>'
        )

    with served(lambda: app) as address:
        pages = Chat(browser, address)
        page = pages.page("/page", viewport={"width": width, "height": 800})
        for question, name in QUESTIONS:
            page.locator("cite-desk input[name=question]").fill(question)
            page.keyboard.press("Enter")
            words = page.locator("cite-desk .words", has_text=f"The {name}case").first
            words.wait_for()
            page.locator("cite-desk .chip", has_text=re.compile(f"^{name} ")).first.click()
            page.locator("cite-desk .card:visible").wait_for()
            assert is_within(page)
            page.keyboard.press("Escape")
        assert page.locator("cite-desk :is(img, iframe, script)").count() == 0
        pages.close()
