"""The page of the demonstration: an editor in which a quote of the archive lands in the story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from qa.http import create_app
from qa.http.demo_page import demo_router, editor
from qa.http.fakes import ARTICLES, HOSTILE, FakeAnswerer
from qa.phrases import INTERFACE_LANGUAGES
from tests.browser.watched import Quiet, serious_violations
from tests.serving import served

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

QUESTION = "When did the Valmorin library close?"
QUOTE = "The council closed the Valmorin library in March."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    answerer: Any = FakeAnswerer(ARTICLES)
    app = create_app(answerer, feedback_log=tmp_path_factory.mktemp("kept") / "feedback.jsonl")
    app.include_router(demo_router())
    with served(lambda: app) as address:
        yield address


class Editor(Quiet):
    def __init__(self, page: Any, server: str) -> None:
        super().__init__(page)
        self._server = server

    def open(self, language: str = "en") -> None:
        self.page.goto(f"{self._server}/demo?language={language}")
        self.page.locator("cite-desk .panel").wait_for(state="attached")

    def ask(self, question: str = QUESTION) -> None:
        self.page.locator("cite-desk input[name=question]").first.fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator(".exchange:not(.unfinished)", has_text=question).wait_for()

    def insert(self) -> None:
        self.page.locator(".chip").first.click()
        self.page.locator(".card:visible .around").first.wait_for()  # below it, all moves down
        self.page.locator(".card:visible .actions .primary").first.click()
        self.page.locator("#text blockquote").wait_for()


@pytest.fixture(params=["light", "dark"])
def opened(browser: Any, server: str, request: pytest.FixtureRequest) -> Iterator[Editor]:
    page = browser.new_page(color_scheme=request.param, reduced_motion="reduce")
    editor = Editor(page, server)
    yield editor
    page.close()
    assert editor.complaints == []
    assert editor.strangers(server) == []


@pytest.mark.parametrize(
    ("language", "printed", "attribution"),
    [
        ("en", f"“{QUOTE}”", "The Example Gazette, Ada Reeve, 14 March 2024"),
        ("fr", f"« {QUOTE} »", "The Example Gazette, Ada Reeve, 14 mars 2024"),
        ("it", f"«{QUOTE}»", "The Example Gazette, Ada Reeve, 14 marzo 2024"),
    ],
)
def test_a_quote_is_inserted_after_the_paragraph_with_the_cursor(
    opened: Editor, language: str, printed: str, attribution: str
) -> None:
    opened.open(language)
    opened.page.locator("#text p").nth(1).click()
    opened.ask()
    opened.insert()
    quote = opened.page.locator("#text > :nth-child(3)")
    assert quote.evaluate("node => node.tagName") == "BLOCKQUOTE"
    assert quote.locator("p").text_content() == printed
    assert quote.locator("footer").text_content() == attribution
    assert "#:~:text=The%20council" in quote.locator("a").get_attribute("href")
    assert opened.page.locator(".told").text_content()


def test_hostile_text_is_inserted_as_text_and_without_its_address(opened: Editor) -> None:
    opened.open()
    opened.ask("Any hostility?")
    opened.insert()
    quote = opened.page.locator("#text blockquote")
    assert HOSTILE in quote.locator("p").text_content()
    assert quote.locator("a, img, script").count() == 0


def test_on_a_telephone_the_archive_is_behind_a_button(opened: Editor) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 800})
    opened.open()
    assert opened.page.get_by_role("dialog").count() == 0
    opened.page.locator(".launch").click()
    opened.ask()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_no_serious_violation(opened: Editor) -> None:
    opened.open()
    opened.ask()
    opened.insert()
    assert serious_violations(opened.page) == []


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_page_has_all_its_words(language: str) -> None:
    page = editor(language)
    assert "$" not in page
    assert f'<html lang="{language}">' in page
    assert page.count("aria-current") == 1
