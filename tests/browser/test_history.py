"""What a reader has of the chat beyond one answer: history, export, ratings, log-out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.access.admission import Access
from qa.access.roles import Role
from qa.audit.ratings import FILE as FEEDBACK
from qa.http.fakes import ARTICLES, LIBRARY, FakeAnswerer
from qa.serving import build_app
from tests.browser.test_chat import QUESTION, QUOTE, Chat, ask, focused
from tests.qa.access.clock import CHEAP
from tests.serving import served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

WORDS = "ferry board march"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def answerer() -> FakeAnswerer:
    return FakeAnswerer(ARTICLES)


@pytest.fixture(scope="module")
def server(home: Path, answerer: Any) -> Iterator[str]:
    """The address of the whole server in a thread."""
    with served(lambda: build_app(answerer, home, ["Why?"])) as address:
        yield address


@pytest.fixture
def chat(browser: Any, server: str) -> Iterator[Chat]:
    opened = Chat(browser, server)
    yield opened
    opened.close()


def titles(page: Any) -> list[str]:
    page.locator(".open-history").click()
    found: list[str] = page.locator(".conversation-title").all_inner_texts()
    page.keyboard.press("Escape")
    return found


def reload(page: Any) -> None:
    page.reload()
    page.locator(".freshness span").first.wait_for()


def test_a_reload_keeps_the_conversation_and_a_follow_up_knows_it(
    chat: Chat, answerer: Any
) -> None:
    page = chat.open()
    ask(page, QUESTION)
    ask(page, "And the library?")
    reload(page)
    playwright.expect(page.locator(".exchange .question")).to_have_text(
        [QUESTION, "And the library?"]
    )
    page.locator(".chip").first.hover()
    assert "📚 Readers protested" in page.locator(".card:visible").inner_text()
    page.locator(".chip").first.click()
    assert page.locator("#source mark").text_content() == QUOTE
    page.keyboard.press("Escape")
    ask(page, "And the readers?")
    assert answerer.heard[-1][1][0].content == QUESTION


def test_earlier_conversations_are_listed_opened_and_deleted(chat: Chat) -> None:
    page = chat.open()
    ask(page, QUESTION)
    page.locator("#restart").click()
    page.locator(".welcome").wait_for()
    ask(page, "Where is Atlantis?")
    assert titles(page) == ["Where is Atlantis?", QUESTION]
    page.locator(".open-history").click()
    page.locator(".conversation-title", has_text=QUESTION).click()
    playwright.expect(page.locator(".exchange .question")).to_have_text(QUESTION)
    ask(page, "And the library?")
    page.locator(".open-history").click()
    assert page.locator("li", has_text=QUESTION).locator(".when").inner_text().endswith(" · 2")
    page.get_by_label("Delete: Where is Atlantis?").click()
    assert page.locator(".conversation-title").all_inner_texts() == [QUESTION]
    page.locator(".clear").click()
    assert page.locator(".clear").inner_text() == "Really delete all"
    page.locator(".clear").click()
    playwright.expect(page.locator("dialog .empty")).to_be_visible()
    page.keyboard.press("Escape")
    reload(page)
    page.locator(".welcome").wait_for()


def test_a_new_tab_begins_anew_and_finds_the_history(chat: Chat) -> None:
    page = chat.open()
    ask(page, QUESTION)
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.locator(".welcome").wait_for()
    assert titles(tab) == [QUESTION]


def test_a_browser_that_keeps_nothing_still_asks(chat: Chat) -> None:
    page = chat.page("/healthz")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no'); }});"
    )
    page.goto(page.url.removesuffix("healthz"))
    page.locator(".welcome").wait_for()
    assert ask(page, QUESTION).locator(".chip").count() == 2


def test_what_was_altered_in_the_browser_does_not_come_back_as_an_answer(chat: Chat) -> None:
    page = chat.open()
    ask(page, QUESTION)
    page.evaluate(
        "for (const key of Object.keys(localStorage).filter((k) => k.startsWith('citedesk/')))"
        "localStorage.setItem(key, localStorage.getItem(key).replaceAll('closed', 'burned'))"
    )
    reload(page)
    page.locator(".welcome").wait_for()
    assert page.locator(".exchange").count() == 0


def lines(home: Path) -> list[Any]:
    log = (home / FEEDBACK).read_text(encoding="utf-8")
    return [json.loads(line) for line in log.splitlines()]


def test_a_thumb_and_a_reason_land_in_the_log_and_are_remembered(chat: Chat, home: Path) -> None:
    page = chat.open()
    tools = ask(page, QUESTION).locator(".tools")
    tools.get_by_label("This did not help").click()
    assert page.evaluate("document.activeElement.className") == "reason"
    tools.locator(".comment").fill("The figure is from another year.")
    tools.get_by_role("button", name="Wrong source").click()
    playwright.expect(tools.locator(".noted")).to_have_text("Thank you, noted.")
    said = lines(home)[-1]
    assert (said["rating"], said["reason"]) == ("down", "wrong source")
    assert said["comment"] == "The figure is from another year."
    assert said["answer_id"] == tools.get_attribute("data-answer")
    ask(page, "And the library?").locator(".tools").get_by_label("This helped").click()
    playwright.expect(page.locator(".noted").nth(1)).to_have_text("Thank you, noted.")
    assert lines(home)[-1]["rating"] == "up"
    reload(page)
    playwright.expect(page.locator(".noted")).to_have_text(["Thank you, noted."] * 2)
    assert page.locator(".thumb:visible").count() == 0


def test_an_answer_is_copied_with_its_sources_as_text_and_with_its_links(chat: Chat) -> None:
    page = chat.open(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Where is Atlantis?")
    ask(page, QUESTION).locator(".copy").click()
    playwright.expect(page.locator(".toast")).to_have_text("Answer and sources were copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"{QUESTION}\n\nUnderstood as:")
    assert f"{QUOTE} [1]" in text
    assert f"[1] The Example Gazette, Ada Reeve, 14 March 2024 · {LIBRARY.title}" in text
    html = page.evaluate(
        "navigator.clipboard.read().then(async ([item]) =>"
        " (await item.getType('text/html')).text())"
    )
    assert f'href="{LIBRARY.url}"' in html


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# When did"), ("page", "<!doctype")])
def test_a_conversation_is_exported_with_endnotes(chat: Chat, form: str, begins: str) -> None:
    page = chat.open()
    assert page.locator(".export").is_hidden()
    ask(page, QUESTION)
    ask(page, "Hostility")
    page.locator(".export summary").click()
    with page.expect_download() as download:
        page.locator(f"[data-format={form}]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert QUOTE in text
    assert "Courrier de l’exemple, 19 November 2024" in text
    assert re.search(r"(?<!\\)<(script|img)", text) is None
    assert "when-did-readers-protest" in download.value.suggested_filename


def test_the_history_is_worked_with_the_keyboard(chat: Chat) -> None:
    page = chat.open()
    ask(page, QUESTION)
    page.locator(".open-history").focus()
    page.keyboard.press("Enter")
    page.locator("dialog.history").wait_for()
    page.keyboard.press("Tab")
    while focused(page) != "BUTTON" or not page.evaluate(
        "document.activeElement.matches('.conversation-title')"
    ):
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator("dialog.history").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.open-history')")


def test_who_logs_out_takes_the_history_along(browser: Any, tmp_path: Path, answerer: Any) -> None:
    access = Access(tmp_path, cost=CHEAP)
    for name in ("ada", "ben"):
        access.users.add(name, Role.READER, WORDS)

    def log_in(name: str) -> None:
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(WORDS)
        page.keyboard.press("Enter")
        page.locator(".welcome, .exchange").first.wait_for()

    with served(lambda: build_app(answerer, tmp_path, ["Why?"], access)) as address:
        opened = Chat(browser, address)
        page = opened.page()
        log_in("ada")
        assert page.locator(".reader").inner_text() == "ada"
        ask(page, QUESTION)
        page.get_by_role("button", name="Log out").click()
        log_in("ben")
        assert page.locator(".exchange").count() == 0
        assert titles(page) == []
        page.get_by_role("button", name="Log out").click()
        log_in("ada")
        playwright.expect(page.locator(".exchange .question")).to_have_text(QUESTION)
        opened.close()
