"""The Gradio page without a browser: what it is made of, and that it keeps to itself."""

import asyncio
import re
from pathlib import Path

import fastapi
import pytest
from starlette.testclient import TestClient

import qa.web
import ui
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.phrases import INTERFACE_LANGUAGES, phrases
from qa.web import history

WEB = Path(qa.web.__file__).parent

# Starlette's test client runs the app on an event loop, which opens a socket pair.
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = fastapi.FastAPI()

    @app.get("/healthz")
    def healthz() -> str:
        return "alive"

    async def mounted() -> fastapi.FastAPI:
        return ui.mount(app, FakeAnswerer(ARTICLES), ["Why?"])  # type: ignore[arg-type]  # the fake answers alike

    # Where no event loop runs, Gradio makes some and leaves them open.
    return TestClient(asyncio.run(mounted()))


def test_the_chat_is_at_the_root_and_the_api_stays_where_it_was(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/healthz").json() == "alive"


def test_the_view_that_runs_question_sets_is_there_only_where_it_is_allowed(
    client: TestClient,
) -> None:
    assert "evaluate/" not in client.get("/config").text
    assert "body.evaluating" not in client.get("/").text
    assert client.get("/evaluate/setup").status_code == 404


def test_articles_are_added_in_the_page_only_where_it_is_allowed(client: TestClient) -> None:
    assert "upload/files" not in client.get("/config").text
    assert "#upload" not in client.get("/").text
    assert client.get("/upload/progress").status_code == 404


def test_nothing_is_reported_linked_or_recorded(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["title"] == "citedesk"
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert config["run_history"] is False
    assert all(event["api_visibility"] == "private" for event in config["dependencies"])


def test_styles_and_scripts_name_no_other_host(client: TestClient) -> None:
    own = [*WEB.glob("*.css"), *WEB.glob("*.js")]
    assert len(own) > 10
    for path in own:
        assert not re.search(r"//\w|@import|url\(", path.read_text(encoding="utf-8")), path
    assert not re.search(r"@import|url\(.?(\w+:)?//", client.get("/theme.css").text)


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_phrase_that_the_chat_uses_is_there(language: str) -> None:
    sources = [Path(ui.__file__), *WEB.glob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r'"((?:chat|answer)\.\w+)"', text)) - {"chat.css", "chat.js"}
    used |= {f"chat.{name}" for name in (*ui.LABELS, "headline", "promise", "close", "unreachable")}
    used |= {f"chat.{name}" for name in ("author", "published", "modified", "language")}
    assert used <= phrases(language).keys()
    assert len(used) > 30


def test_no_phrase_of_the_chat_is_left_over() -> None:
    sources = [Path(ui.__file__), *WEB.rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    text = text.replace("'", '"') + "".join(f'"export_{form}"' for form in history.FORMATS)
    keys = [key.removeprefix("chat.") for key in phrases("en") if key.startswith("chat.")]
    assert [key for key in keys if not re.search(rf'"(chat\.)?{key}"', text)] == []
