"""The protocol, spoken by the official client over both transports."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from qa.http import create_app
from qa.http.fakes import ARTICLES, LIBRARY, FakeAnswerer
from qa.mcp.tools import INSTRUCTIONS, TOOLS

ROOT = Path(__file__).parents[3]
QUESTION = "When did the Valmorin library close?"
NAMES = ["ask", "search", "get_article"]
GREETING = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    },
}
HEADERS = {"Accept": "application/json, text/event-stream"}

Serve = Callable[[FastAPI], str]
Talk = Callable[[Client], Awaitable[None]]


def speak(to: str | StdioServerParameters, talk: Talk, mode: Any = "auto") -> None:
    async def connected() -> None:
        async with Client(to, mode=mode) as client:
            await talk(client)

    anyio.run(connected)


def texts(result: CallToolResult) -> list[str]:
    return [block.text for block in result.content if isinstance(block, TextContent)]


def app_of(answerer: Any, folder: Path, **settings: Any) -> FastAPI:
    return create_app(answerer, feedback_log=folder / "feedback.jsonl", **settings)


@pytest.fixture
def url(serve: Serve, tmp_path: Path) -> str:
    return serve(app_of(FakeAnswerer(ARTICLES), tmp_path)) + "/mcp"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_asks_over_http(url: str, mode: str) -> None:
    async def talk(client: Client) -> None:
        assert [tool.name for tool in (await client.list_tools()).tools] == NAMES
        answer = await client.call_tool("ask", {"question": QUESTION})
        assert not answer.is_error
        assert texts(answer)[0] == answer.structured_content["text"]
        for citation in answer.structured_content["citations"]:
            place = {"start": citation["start"], "end": citation["end"]}
            part = await client.call_tool("get_article", {"id": citation["article"]["id"], **place})
            assert part.structured_content["text"] == citation["quote"]

    speak(url, talk, mode)


def test_a_model_is_told_to_cite(url: str) -> None:
    async def talk(client: Client) -> None:
        assert client.instructions == INSTRUCTIONS
        for tool in (await client.list_tools()).tools:
            assert re.search("cite|numbers", tool.description or "", re.IGNORECASE)
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint

    speak(url, talk)


def test_a_wrong_call_is_a_result_and_an_unknown_tool_an_error(url: str) -> None:
    async def talk(client: Client) -> None:
        wrong = await client.call_tool("search", {"query": "x", "languages": ["Martian"]})
        assert wrong.is_error
        assert wrong.structured_content is None
        (line,) = texts(wrong)
        assert "\n" not in line
        with pytest.raises(MCPError, match="expected one of ask, search, get_article"):
            await client.call_tool("delete_everything", {})

    speak(url, talk)


def test_what_nobody_foresaw_is_told_in_a_line_and_logged(
    serve: Serve, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = serve(app_of(FakeAnswerer(ARTICLES, RuntimeError("secret")), tmp_path)) + "/mcp"

    async def talk(client: Client) -> None:
        failed = await client.call_tool("ask", {"question": QUESTION})
        assert failed.is_error
        assert texts(failed) == ["ask failed; the reason is in citedesk's log."]

    with caplog.at_level(logging.ERROR):
        speak(url, talk)
    assert "secret" in caplog.text


def test_questions_and_searches_of_models_are_counted_too(url: str) -> None:
    async def talk(client: Client) -> None:
        await client.call_tool("ask", {"question": QUESTION})
        await client.call_tool("search", {"query": "library"})

    speak(url, talk)
    metrics = httpx.get(url.replace("/mcp", "/metrics")).text
    assert 'citedesk_answers_total{outcome="answered"} 1.0' in metrics
    assert "citedesk_searches_total 1.0" in metrics


@pytest.mark.parametrize("origin", ["https://evil.example.org", "http://127.0.0.1:7860", "null"])
def test_a_page_of_an_unknown_origin_is_refused(url: str, origin: str) -> None:
    refused = httpx.post(url, json=GREETING, headers={**HEADERS, "Origin": origin})
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_page_of_a_listed_origin_is_let_in(serve: Serve, tmp_path: Path) -> None:
    listed = "https://cms.example.org"
    app = app_of(FakeAnswerer(ARTICLES), tmp_path, allowed_origins=[listed])
    greeted = httpx.post(serve(app) + "/mcp", json=GREETING, headers={**HEADERS, "Origin": listed})
    assert greeted.json()["result"]["serverInfo"]["name"] == "citedesk"


def test_it_keeps_no_session_and_takes_only_posts(url: str) -> None:
    assert "mcp-session-id" not in httpx.post(url, json=GREETING, headers=HEADERS).headers
    refused = httpx.get(url, headers=HEADERS)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_body_that_is_too_large_is_refused(url: str) -> None:
    assert httpx.post(url, content=b" " * (2**20 + 1), headers=HEADERS).status_code == 413


def test_an_app_may_be_started_again(tmp_path: Path) -> None:
    app = app_of(FakeAnswerer(ARTICLES), tmp_path)
    for _ in range(2):
        with TestClient(app) as client:
            assert client.post("/mcp", json=GREETING, headers=HEADERS).status_code == 200


def test_every_schema_is_one() -> None:
    for tool in TOOLS:
        for model in (tool.takes, tool.gives):
            jsonschema.Draft202012Validator.check_schema(model.model_json_schema())


@pytest.fixture(scope="module")
def home(embedder: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article in it."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "gazette.md").write_text(f"# {LIBRARY.title}\n\n{LIBRARY.text}\n", encoding="utf-8")
    home = folder / "home"
    found = read_articles(find_files([folder / "gazette.md"]))
    open_index(home, embedder=embedder).sync(
        item for item in found if isinstance(item, FoundArticle)
    )
    return home


def stdio(home: Path) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "qa.cli", "mcp", "--home", str(home)],
        env={"PYTHONPATH": str(ROOT), "CITEDESK_CACHE": "off"},
    )


def test_the_official_client_asks_over_stdio(home: Path) -> None:
    async def talk(client: Client) -> None:
        assert [tool.name for tool in (await client.list_tools()).tools] == NAMES
        answer = await client.call_tool("ask", {"question": QUESTION})
        assert texts(answer)[0] == f"{LIBRARY.text.split(' 📚')[0]} [1]"
        (citation,) = answer.structured_content["citations"]
        assert citation["quote"] == LIBRARY.text.split(" 📚")[0]

    speak(stdio(home), talk)


def test_a_home_without_articles_is_told_by_the_tool(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        answer = await client.call_tool("ask", {"question": QUESTION})
        assert answer.is_error
        assert "citedesk index" in texts(answer)[0]

    speak(stdio(tmp_path / "new"), talk)


def test_nothing_but_the_protocol_is_on_stdout(tmp_path: Path) -> None:
    started = stdio(tmp_path / "new")
    asking = {"name": "ask", "arguments": {"question": QUESTION}}
    calling = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asking}
    with subprocess.Popen(
        [started.command, *started.args],
        env={**os.environ, **(started.env or {})},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for identifier, message in enumerate((GREETING, calling), start=1):
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == identifier
        process.stdin.close()
        assert process.stdout.read() == ""
        assert process.wait(timeout=30) == 0
