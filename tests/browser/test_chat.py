"""The chat in a real browser, on a real server, over an answerer in memory."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import fastapi
import pytest

import ui
from corpus import Article
from index_store.models import Filters, Summary
from qa.http.fakes import ARTICLES, ATTACK, BIBLIOTHEQUE, LIBRARY, FakeAnswerer, FakeIndex
from tests.browser.watched import WatchedPages
from tests.serving import served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

QUESTION = "When did readers protest about the Valmorin library?"
QUOTE = "The council closed the Valmorin library in March."
LONG = Article(
    id="00000000000000cc",
    title="The minutes",
    text="📚 " + "The council spoke at length. " * 400 + "🏁 Then lighthouses were abolished.",
    source="minutes.md",
    publisher="The Example Gazette",
    published="2024-05-01",
    language="en",
)


class CountedIndex(FakeIndex):
    """The fake index with the counts that the filters show."""

    def summary(self, filters: Filters = Filters()) -> Summary:
        articles = self.articles(filters)
        return Summary(
            articles=len(articles),
            passages=len(articles),
            languages=Counter(article.language for article in articles),
            publishers=Counter(article.publisher for article in articles),
            first="2024-03-14",
            last="2024-11-19",
            embedding_model="none",
        )


@pytest.fixture(scope="module")
def answerer() -> FakeAnswerer:
    fake = FakeAnswerer(())
    fake.index = CountedIndex((*ARTICLES, LONG))
    return fake


@pytest.fixture(scope="module")
def server(answerer: Any) -> Iterator[str]:
    """The address of a server in a thread."""
    with served(lambda: ui.mount(fastapi.FastAPI(), answerer, [QUESTION, "Who?"])) as address:
        yield address


class Chat(WatchedPages):
    """Pages with the chat."""

    def open(self, **options: Any) -> Any:
        page = self.page(**options)
        page.locator(".welcome").wait_for()
        return page


@pytest.fixture
def chat(browser: Any, server: str) -> Iterator[Chat]:
    opened = Chat(browser, server)
    yield opened
    opened.close()


def ask(page: Any, question: str) -> Any:
    """Asks with the keyboard, and gives the exchange when it has been answered."""
    asked = page.locator(".exchange").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    exchange = page.locator(".exchange").nth(asked)
    exchange.locator(".searched, .error").first.wait_for()
    return exchange


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.tagName"))


def test_a_question_is_answered_and_its_chip_opens_the_marked_passage(chat: Chat) -> None:
    page = chat.open()
    exchange = ask(page, QUESTION)
    assert exchange.locator(".question").inner_text() == QUESTION
    assert exchange.locator("blockquote").first.inner_text() == QUOTE
    chip = exchange.locator(".chip").first
    assert chip.inner_text() == "The Example Gazette"
    chip.click()
    assert page.locator("#source mark").text_content() == QUOTE
    assert page.locator("#source .source-text").text_content() == LIBRARY.text
    assert page.locator("#source h2").inner_text() == LIBRARY.title
    assert page.locator("#source a").get_attribute("href") == LIBRARY.url
    assert chip.get_attribute("aria-expanded") == "true"
    page.locator("#source .close").click()
    assert not page.locator("#source aside").is_visible()


def test_a_passage_far_down_behind_emoji_is_marked_and_in_view(chat: Chat) -> None:
    page = chat.open()
    ask(page, "What became of lighthouses?").locator(".chip").click()
    mark = page.locator("#source mark")
    assert mark.text_content() == "🏁 Then lighthouses were abolished."
    playwright.expect(mark).to_be_in_viewport()


def test_everything_can_be_done_with_the_keyboard(chat: Chat) -> None:
    page = chat.open()
    assert focused(page) == "TEXTAREA"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".chip").first.wait_for()
    assert focused(page) == "TEXTAREA"
    while not focused(page).startswith("chip-"):
        page.keyboard.press("Shift+Tab")
    chip = focused(page)
    assert page.locator(f"#{chip.replace('chip', 'card', 1)}").is_visible()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        page.locator("#source mark").wait_for()
        assert focused(page) == "ASIDE"
        page.keyboard.press("Tab")
        assert page.locator("#source .close").evaluate("node => node.matches(':focus-visible')")
        page.keyboard.press("Escape")
        page.locator("#source aside").wait_for(state="hidden")
        assert focused(page) == chip


def test_a_card_shows_on_hover_within_the_window_and_escape_hides_it(chat: Chat) -> None:
    page = chat.open(viewport={"width": 700, "height": 700})
    chip = ask(page, QUESTION).locator(".chip").first
    chip.hover()
    card = page.locator(".card:visible")
    after = "📚 Readers protested, “loudly”."
    for part in (QUOTE, after, "The Example Gazette", "Ada Reeve", "14 March 2024", "English"):
        assert part in card.inner_text()
    playwright.expect(card).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    playwright.expect(card).to_have_count(0)


def test_what_the_archive_does_not_say_is_no_error(chat: Chat) -> None:
    page = chat.open()
    exchange = ask(page, "Where is Atlantis?")
    assert exchange.locator(".refused").inner_text() == "The archive does not say."
    assert exchange.locator(".error").count() == 0
    exchange.locator(".chip").first.click()
    assert page.locator("#source mark").text_content() == QUOTE


def test_a_refusal_under_filters_searches_everything_with_one_click(
    chat: Chat, answerer: Any
) -> None:
    page = chat.open()
    page.locator("#filters > .label-wrap").click()
    page.locator("#languages label", has_text="English (3)").click()
    playwright.expect(page.locator("#filters > .label-wrap")).to_contain_text("Filters (1)")
    ask(page, "Où est la bibliothèque ?").locator(".wider").click()
    again = page.locator(".exchange").nth(1)
    playwright.expect(again.locator(".chip")).to_have_text("Courrier de l’exemple")
    assert answerer.heard[-1][2] == Filters()
    playwright.expect(page.locator("#filters > .label-wrap")).not_to_contain_text("(1)")
    playwright.expect(page.locator("#languages input:checked")).to_have_count(0)
    assert focused(page) == "TEXTAREA"


def test_the_sources_of_one_statement_are_turned_over_one_by_one(
    chat: Chat, answerer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answerer.stream

    def together(*asked: Any, **more: Any) -> Iterator[Any]:
        *_, answer = whole(*asked, **more)
        statement = replace(answer.statements[0], citations=(1, 2))
        yield replace(answer, statements=(statement,))

    monkeypatch.setattr(answerer, "stream", together)
    page = chat.open()
    chip = ask(page, QUESTION).locator(".chip")
    assert chip.inner_text() == "The Example Gazette +1"
    chip.click()
    pager = page.locator("#source .pager")
    playwright.expect(pager.locator("span")).to_have_text("Source 1 of 2")
    assert pager.locator("button").first.is_disabled()
    pager.get_by_label("Next source").click()
    playwright.expect(page.locator("#source h2")).to_have_text(BIBLIOTHEQUE.title)
    playwright.expect(pager.locator("span")).to_have_text("Source 2 of 2")
    assert page.locator("#source mark").text_content() == BIBLIOTHEQUE.text
    page.keyboard.press("Escape")
    chip.click()
    playwright.expect(page.locator("#source mark")).to_have_text(QUOTE)


def test_the_page_speaks_the_language_of_the_browser_and_can_be_switched(chat: Chat) -> None:
    page = chat.open(locale="fr-FR")
    playwright.expect(page.locator("#language .selected")).to_have_text("Français")
    assert page.locator(".welcome h2").inner_text() == "Interrogez les archives"
    assert page.locator("html").get_attribute("lang") == "fr"
    ask(page, QUESTION).locator(".chip").first.click()
    assert "14 mars 2024" in page.locator("#source .source-facts").inner_text()
    page.locator("#language label", has_text="Italiano").click()
    playwright.expect(page.locator("#question .submit-button")).to_have_text("Chiedi")
    playwright.expect(page.locator("#source .close")).to_have_text("Chiudi")
    assert "14 marzo 2024" in page.locator("#source .source-facts").inner_text()
    assert page.locator("#source mark").text_content() == QUOTE
    assert page.locator("html").get_attribute("lang") == "it"
    assert page.locator(".exchange").count() == 1


def test_filters_are_closed_at_first_counted_and_passed_on(chat: Chat, answerer: Any) -> None:
    page = chat.open()
    toggle = page.locator("#filters > .label-wrap")
    assert toggle.get_attribute("aria-expanded") == "false"
    toggle.click()
    page.locator("#outlets input").click()
    page.get_by_role("option", name="The Example Gazette (2)").click()
    page.keyboard.press("Escape")
    page.locator("#languages label", has_text="English (3)").click()
    page.locator(".day input").first.fill("2024-01-01")
    playwright.expect(toggle).to_contain_text("Filters (3)")
    page.get_by_label("As known on").fill("2024-12-31")
    playwright.expect(toggle).to_contain_text("Filters (4)")
    ask(page, QUESTION)
    assert answerer.days[-1] == "2024-12-31"
    assert answerer.heard[-1][2] == Filters(("The Example Gazette",), ("en",), "2024-01-01")
    assert toggle.get_attribute("aria-expanded") == "false"  # they would cover the answer
    toggle.click()
    page.locator("#clear").click()
    playwright.expect(toggle.locator("span").first).to_have_text("Filters")
    ask(page, QUESTION)
    assert answerer.heard[-1][2] == Filters()
    assert answerer.days[-1] is None


def test_a_sample_asks_itself_and_a_follow_up_knows_what_was_said(
    chat: Chat, answerer: Any
) -> None:
    page = chat.open()
    page.locator(".sample").first.click()
    page.locator(".chip").first.wait_for()
    assert focused(page) == "TEXTAREA"
    assert page.locator(".sample").count() == 0
    playwright.expect(page.locator("#restart")).to_be_visible()
    ask(page, "And the library in Valmorin?")
    assert answerer.heard[-1][1][0].content == QUESTION
    page.locator("#restart").click()
    page.locator(".welcome").wait_for()
    assert page.locator(".sample").count() == 2
    ask(page, QUESTION)
    assert answerer.heard[-1][1] == ()


def test_how_a_follow_up_was_understood_can_be_changed_and_asked_again(
    chat: Chat, answerer: Any
) -> None:
    page = chat.open()
    ask(page, QUESTION)
    exchange = ask(page, "And the library?")
    box = exchange.locator(".restating input")
    playwright.expect(box).to_be_hidden()
    exchange.locator(".restate").click()
    assert box.input_value() == f"And the library? ({QUESTION})"
    box.fill("Who closed the Valmorin library?")
    page.keyboard.press("Enter")
    again = page.locator(".exchange").nth(2)
    again.locator(".searched").wait_for()
    assert again.locator(".question").inner_text() == "And the library?"
    assert "Understood as: Who closed the Valmorin library?" in again.inner_text()
    assert focused(page) == "TEXTAREA"
    ask(page, "And the readers?")
    assert answerer.heard[-1][1][-2].content == "Who closed the Valmorin library?"


def test_a_question_that_cannot_be_asked_gets_one_plain_line(chat: Chat) -> None:
    page = chat.open()
    exchange = ask(page, "why " * 600)
    assert exchange.locator(".error").inner_text() == "a question has 1 to 2,000 characters"


def test_enter_on_an_empty_box_does_nothing(chat: Chat) -> None:
    page = chat.open()
    page.keyboard.type("  ")
    page.keyboard.press("Enter")
    ask(page, QUESTION)
    assert page.locator(".exchange").count() == 1
    assert page.locator(".toast-body").count() == 0


def test_a_question_sent_while_another_is_answered_is_not_lost(chat: Chat) -> None:
    page = chat.open()
    for question in (QUESTION, "What became of lighthouses?"):
        page.locator("#question textarea").fill(question)
        page.keyboard.press("Enter")
        page.locator(".exchange .question", has_text=question).wait_for()
    playwright.expect(page.locator(".exchange .searched")).to_have_count(2)


def test_an_article_that_is_gone_is_said_to_be_gone(chat: Chat, answerer: Any) -> None:
    page = chat.open()
    chip = ask(page, QUESTION).locator(".chip").first
    kept, answerer.index = answerer.index, CountedIndex(())
    try:
        chip.click()
        said = page.locator("#source .error")
        playwright.expect(said).to_have_text("This article is no longer in the archive.")
        page.keyboard.press("Escape")
        assert not page.locator("#source aside").is_visible()
    finally:
        answerer.index = kept


def test_hostile_text_does_nothing_anywhere(chat: Chat) -> None:
    page = chat.open()
    exchange = ask(page, "Hostility <img src=x onerror=alert(2)> ${alert(3)} {{alert}}")
    assert "${alert(3)} {{alert}}" in exchange.locator(".question").inner_text()
    exchange.locator(".chip").first.click()
    assert page.locator("#source .source-text").text_content() == ATTACK.text
    assert page.locator("#conversation img, #source img, #source a").count() == 0


def test_on_a_phone_the_source_is_a_sheet_that_covers_the_page(chat: Chat) -> None:
    page = chat.open(viewport={"width": 390, "height": 844}, has_touch=True)
    ask(page, QUESTION).locator(".chip").first.tap()
    page.locator("#source mark").wait_for()
    box = page.locator("#source aside").bounding_box()
    assert (box["x"], box["width"], box["height"]) == (0, 390, 844)
    assert page.locator("#composer").evaluate("node => node.inert")
    page.locator("#source .close").tap()
    assert not page.locator("#composer").evaluate("node => node.inert")


@pytest.mark.parametrize("width", [390, 800, 1100, 1920])
def test_nothing_is_wider_than_the_window_and_the_question_box_stays_in_it(
    chat: Chat, width: int
) -> None:
    page = chat.open(viewport={"width": width, "height": 800})
    ask(page, QUESTION + " " + "w" * 300)
    ask(page, "Hostility")
    page.locator("#filters > .label-wrap").click()
    page.locator("#clear").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("window.scrollTo(0, 0)")
    playwright.expect(page.locator("#question textarea")).to_be_in_viewport(ratio=1)
    playwright.expect(page.locator("#clear")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("scheme", "paper"), [("light", 255), ("dark", 22)])
def test_the_page_follows_the_colours_of_the_machine(chat: Chat, scheme: str, paper: int) -> None:
    page = chat.open(color_scheme=scheme)
    colour = page.evaluate("getComputedStyle(document.querySelector('#composer')).backgroundColor")
    assert colour == f"rgb({paper}, {paper}, {paper})"
