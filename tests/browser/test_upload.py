"""Adding articles in the page, in a real browser, over a real index in a scratch home."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import fastapi
import pytest

from corpus import Passage
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.index import ArticleIndex
from index_store.models import EmbeddedPassage
from qa.access.admission import Access
from qa.access.roles import Role
from qa.answerer import Answerer
from qa.serving import build_app
from qa.uploads.inbox import Inbox
from qa.uploads.uploader import Uploader
from tests.browser.watched import WatchedPages, serious_violations
from tests.serving import served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SECONDS = 15_000  # in ms: what a shared machine may take
QUESTION = "Who resigned as mayor of Sandholm?"
STORY = (
    "---\ntitle: Mayor resigns\npublisher: The Sandholm Wire\npublished: 2025-05-03\n---\n"
    "Ada Quill resigned as mayor of Sandholm on 3 May.\n"
)
FERRY = "The ferry to Sandholm was sold to a Danish owner in June, the port authority said.\n"

#: Drops files, as a reader who drags them from a folder does.
DROP = """
  (files) => {
    const carried = new DataTransfer();
    for (const [name, text] of Object.entries(files)) carried.items.add(new File([text], name));
    for (const kind of ["dragover", "drop"]) {
      document.body.dispatchEvent(
        new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried })
      );
    }
  }
"""


class GatedEmbedder(HashingEmbedder):
    """Embeds articles while it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        assert self.gate.wait(timeout=60)
        return super().embed_passages(passages)


@pytest.fixture
def embedder() -> GatedEmbedder:
    return GatedEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: GatedEmbedder) -> ArticleIndex:
    return open_index(tmp_path / "home", embedder=embedder)


@pytest.fixture
def server(index: ArticleIndex, tmp_path: Path) -> Iterator[str]:
    uploader = Uploader(Inbox(tmp_path / "home" / "uploads"), index)

    def app() -> fastapi.FastAPI:
        return build_app(Answerer(index), tmp_path / "home", uploads=uploader)

    with served(app) as address:
        yield address
    uploader.close()


@pytest.fixture
def pages(browser: Any, server: str, embedder: GatedEmbedder) -> Iterator[WatchedPages]:
    opened = WatchedPages(browser, server)
    yield opened
    embedder.gate.set()
    opened.close()


def open_page(pages: WatchedPages, **options: Any) -> Any:
    page = pages.page(**options)
    page.set_default_timeout(SECONDS)
    page.locator("#upload .open").wait_for()
    return page


def shows(page: Any, selector: str, text: str) -> None:
    playwright.expect(page.locator(f"#upload {selector}")).to_contain_text(text, timeout=SECONDS)


def test_a_dropped_article_is_read_with_progress_and_can_be_asked_at_once(
    pages: WatchedPages, embedder: GatedEmbedder
) -> None:
    page = open_page(pages)
    page.evaluate(DROP, {"mayor.md": STORY, "ferry.txt": FERRY, "photo.png": "no article"})
    shows(page, ".refused", "photo.png")
    shows(page, ".refused", "cannot be read from this kind of file")
    shows(page, ".run h3", "Making 2 articles searchable…")
    page.reload()  # in the middle of the run
    playwright.expect(page.locator("#upload .open.busy")).to_contain_text("Adding", timeout=SECONDS)
    page.locator("#upload .open").click()
    page.locator('#upload [role="progressbar"]').wait_for()
    embedder.gate.set()
    shows(page, ".counts", "2 articles added")
    shows(page, ".files", "Mayor resigns")
    shows(page, ".spoken", "Done 2 articles added")
    page.get_by_role("button", name="Close").click()
    playwright.expect(page.locator("#masthead")).to_contain_text("2 articles", timeout=SECONDS)
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".searched").wait_for()
    playwright.expect(page.locator(".chip").first).to_contain_text("The Sandholm Wire")


def test_the_dialog_is_used_with_the_keyboard_and_keeps_nobody_out(
    pages: WatchedPages, embedder: GatedEmbedder, tmp_path: Path
) -> None:
    embedder.gate.set()
    page = open_page(pages, locale="fr-FR", viewport={"width": 390, "height": 800})
    page.locator("#upload .open").focus()
    page.keyboard.press("Enter")
    shows(page, "h2", "Ajouter des articles")
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "bac.txt").write_text("Le bac de Sandholm a été vendu en juin.\n")
    page.locator("#upload input").set_input_files([tmp_path / "vide.txt", tmp_path / "bac.txt"])
    shows(page, ".refused", "Le fichier est vide.")
    shows(page, ".counts", "1 article ajouté")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_violations(page) == []
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#upload dialog")).to_be_hidden()
    playwright.expect(page.locator("#upload .open")).to_be_focused()


@pytest.mark.parametrize(("role", "offered"), [(Role.READER, 0), (Role.EDITOR, 1)])
def test_only_editors_are_offered_to_add_articles(
    browser: Any, index: ArticleIndex, tmp_path: Path, role: Role, offered: int
) -> None:
    access = Access(tmp_path / "access")
    shown = {"Authorization": f"Bearer {access.keys.create('desk', role)}"}
    uploader = Uploader(Inbox(tmp_path / "uploads"), index)

    def app() -> fastapi.FastAPI:
        return build_app(Answerer(index), tmp_path, access=access, uploads=uploader)

    with served(app) as address:
        opened = WatchedPages(browser, address)
        page = opened.page(extra_http_headers=shown)
        page.locator(".welcome").wait_for()
        page.locator("#language label", has_text="Italiano").click()
        page.locator(".welcome[lang=it], [lang=it] .welcome").first.wait_for()
        playwright.expect(page.locator("#upload .open")).to_have_count(offered)
        opened.close()
