"""The view that runs question sets, in a real browser, over a small archive in memory."""

import asyncio
import json
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import fastapi
import pytest
import uvicorn

import ui
from corpus import Article
from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from qa.answer import Answer
from qa.answerer import Answerer
from qa.evaluation.evaluations import SETS, Evaluations, open_evaluations
from qa.http.evaluating import evaluating_router

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

TEXT = "Ada Quill resigned as mayor of Sandholm on 3 May."
QUESTION = "Who resigned as mayor of Sandholm?"
LINES = [
    json.dumps({"id": f"q{place}", "question": QUESTION, "answers": [answer]})
    for place, answer in enumerate(["Ada Quill", "Bo Marsh"] * 4)
]
SECONDS = 15_000  # in ms: what a shared machine may take


class GatedAnswerer(Answerer):
    """Answers as often as it is let."""

    gate = threading.Semaphore(0)

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        assert self.gate.acquire(timeout=60)
        return super().ask(*args, **kwargs)


@pytest.fixture(scope="module")
def answerer() -> GatedAnswerer:
    index = memory_index()
    article = Article(id="00000000000000aa", title="News", text=TEXT, source="a.md", language="en")
    index.sync([FoundArticle(article, "/a")])
    return GatedAnswerer(index)


@pytest.fixture(scope="module")
def evaluations(answerer: Answerer, tmp_path_factory: pytest.TempPathFactory) -> Evaluations:
    home = tmp_path_factory.mktemp("home")
    (home / SETS).mkdir()
    for name in ("watched", "stopped", "french"):
        (home / SETS / f"{name}.jsonl").write_text("\n".join(LINES))
    return open_evaluations(home, answerer, lambda folder: answerer)


@pytest.fixture(scope="module")
def server(answerer: Answerer, evaluations: Evaluations) -> Iterator[str]:
    """The address of a server in a thread."""
    started: queue.Queue[uvicorn.Server] = queue.Queue()

    async def serve() -> None:
        app = fastapi.FastAPI()
        app.include_router(evaluating_router(evaluations))
        app = ui.mount(app, answerer, [QUESTION], evaluates=True)
        running = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
        started.put(running)
        await running.serve()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    running = started.get(timeout=60)
    while not running.started:
        assert thread.is_alive()
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


class View:
    """Pages with the view; at their end they must have been quiet and asked no other host."""

    def __init__(self, browser: Any, server: str) -> None:
        self._browser = browser
        self._server = server
        self._contexts: list[Any] = []
        self.complaints: list[str] = []
        self.hosts: set[str] = set()

    def open(self, query: str = "?view=evaluate", **options: Any) -> Any:
        context = self._browser.new_context(
            **{"locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(SECONDS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(self._server + "/" + query)
        page.locator(".setup" if "evaluate" in query else ".welcome").wait_for()
        return page

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        assert self.complaints == []
        assert self.hosts - {""} == {urlsplit(self._server).netloc}


@pytest.fixture
def view(browser: Any, server: str) -> Iterator[View]:
    GatedAnswerer.gate = threading.Semaphore(0)
    opened = View(browser, server)
    yield opened
    GatedAnswerer.gate.release(100)
    opened.close()


def let(count: int) -> None:
    GatedAnswerer.gate.release(count)


def choose(page: Any, name: str) -> None:
    page.locator(".choice", has_text=name).click()
    page.locator(f'.earlier[data-set="{name}"], .earlier:not([data-set])').first.wait_for()


def counts(page: Any, text: str) -> None:
    playwright.expect(page.locator(".counts")).to_contain_text(text, timeout=SECONDS)


def test_the_chat_is_the_first_thing_and_stays_as_it_was(view: View) -> None:
    page = view.open("")
    playwright.expect(page.locator("#evaluation")).to_be_hidden()
    page.locator("#question textarea").fill("Half a question")
    page.get_by_role("link", name="Evaluate").click()
    playwright.expect(page.locator("#question")).to_be_hidden()
    playwright.expect(page.locator(".setup")).to_be_visible()
    assert "view=evaluate" in page.url
    page.go_back()
    playwright.expect(page.locator("#question textarea")).to_have_value("Half a question")
    playwright.expect(page.locator("#question")).to_be_visible()


def test_a_set_is_run_with_progress_found_again_after_a_reload_and_reported(view: View) -> None:
    page = view.open()
    choose(page, "watched.jsonl")
    page.get_by_role("button", name="Run", exact=True).click()
    let(2)
    counts(page, "2 of 8 questions1 right1 wrong")
    assert page.locator(".failures li").count() == 1
    playwright.expect(page.locator("[type=submit]")).to_be_disabled()
    page.reload()
    counts(page, "2 of 8 questions")
    let(10)
    page.locator(".result").wait_for()
    assert "50%" in page.locator(".tile").first.inner_text()
    frame = page.frame_locator("iframe.report")
    assert frame.locator("h1").inner_text() == "watched.jsonl"
    assert frame.locator("body").evaluate("() => window.origin") == "null"
    page.reload()
    page.locator(".result").wait_for()
    playwright.expect(page.locator("tr[aria-current]")).to_contain_text("50%")


def test_a_second_run_is_compared_with_the_first(view: View) -> None:
    page = view.open()
    let(100)
    for _ in range(2):
        choose(page, "watched.jsonl")
        page.get_by_role("button", name="Run", exact=True).click()
        page.locator(".result").wait_for()
    assert page.locator(".compared").inner_text() == "0 questions won, 0 lost, 8 as before."
    page.locator("[name=versus]").select_option("")
    playwright.expect(page.locator(".compared")).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("link", name="text (Markdown)").click()
    assert saved.value.suggested_filename.startswith("watched-")


def test_a_run_is_stopped_and_goes_on(view: View) -> None:
    page, other = view.open(), view.open()
    choose(page, "stopped.jsonl")
    page.get_by_role("button", name="Run", exact=True).click()
    let(3)
    counts(page, "3 of 8 questions")
    counts(other, "3 of 8 questions")
    page.get_by_role("button", name="Stop").click()
    let(2)
    counts(page, "Stopped. What is finished is kept.")
    page.locator(".running").get_by_role("button", name="Go on").click()
    let(100)
    page.locator(".result").wait_for()
    assert "50%" in page.locator(".tile").first.inner_text()
    playwright.expect(other.locator(".running")).to_have_count(0)


def test_an_upload_that_is_wrong_shows_its_lines_and_one_that_is_right_is_chosen(
    view: View, tmp_path: Path
) -> None:
    page = view.open()
    wrong, right = tmp_path / "wrong.jsonl", tmp_path / "right.csv"
    wrong.write_text(f'{LINES[0]}\n{{"question": }}\n{{"id": 7}}\n')
    right.write_text("question,answers\nWho resigned?,Ada Quill\n")
    page.locator("[name=upload]").set_input_files(wrong)
    page.locator(".problem").wait_for()
    assert "wrong.jsonl: 2 problems" in page.locator(".problem").inner_text()
    shown = page.locator(".problem li").all_inner_texts()
    assert [line.split(" is ")[0].split(":")[0] for line in shown] == ["line 2", "line 3"]
    page.locator("[name=upload]").set_input_files(right)
    playwright.expect(page.locator("[name=set]:checked")).to_have_value("right.csv")
    playwright.expect(page.locator(".problem")).to_have_count(0)


def test_the_view_speaks_french_and_keeps_what_is_filled_in(view: View) -> None:
    page = view.open(locale="fr-FR")
    playwright.expect(page.locator(".lead h2")).to_have_text("Évaluer")
    choose(page, "french.jsonl")
    page.locator("[name=limit]").fill("3")
    let(100)
    page.get_by_role("button", name="Lancer").click()
    page.locator(".result").wait_for()
    assert "les 3 premières" in page.locator(".result header").inner_text()
    assert "67\xa0%" in page.locator(".tile").first.inner_text()
    page.locator("#language label", has_text="Italiano").click()
    playwright.expect(page.locator(".lead h2")).to_have_text("Valuta")
    playwright.expect(page.locator(".result header")).to_contain_text("le prime 3")


@pytest.mark.parametrize("width", [390, 1920])
def test_nothing_is_wider_than_the_window(view: View, width: int) -> None:
    page = view.open(viewport={"width": width, "height": 800}, color_scheme="dark")
    let(100)
    choose(page, "watched.jsonl")
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator(".result").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
