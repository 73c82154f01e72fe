"""What the chat's framework offers, and our page does not use, is closed to everybody."""

from __future__ import annotations

import asyncio

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa.http.body_limit import MAX_BODY
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.http.page_paths import MOST
from qa.serving import build_app
from tests.qa.http.test_http_problems import problem


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    async def made() -> FastAPI:
        home = tmp_path_factory.mktemp("home")
        return build_app(FakeAnswerer(ARTICLES), home, demo_page=True)  # type: ignore[arg-type]

    # Gradio makes an event loop of its own where none runs, and leaves it open.
    return TestClient(asyncio.run(made()), raise_server_exceptions=True)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=../../etc/passwd"),
        ("GET", "/gradio_api/file=..%2f..%2fetc%2fpasswd"),
        ("GET", "/gradio_api/file=http://127.0.0.1:1/"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1:1/"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/upload_progress"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/call/ask"),
        ("POST", "/gradio_api/process_recording"),
        ("GET", "/gradio_api/whatever/a/newer/version/adds"),
    ],
)
def test_nothing_is_had_by_a_path_that_the_page_does_not_use(
    client: TestClient, method: str, path: str
) -> None:
    problem(client.request(method, path), 404)


def test_no_file_can_be_left_with_the_framework(client: TestClient) -> None:
    file = {"files": ("../../story.html", b"<script>alert(1)</script>")}
    problem(client.post("/gradio_api/upload", files=file), 404)


@pytest.mark.parametrize("path", ["/static/../../pyproject.toml", "/assets/..%2f..%2froutes.py",
                                  "/svelte/..%2f..%2f..%2froutes.py"])  # fmt: skip
def test_files_of_the_framework_are_those_of_its_folders(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (403, 404)


def test_what_the_page_uses_is_open(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/gradio_api/startup-events").status_code == 200
    joined = client.post("/gradio_api/queue/join", json={"data": [], "fn_index": 0})
    assert joined.status_code not in (404, 413)


def test_a_body_that_no_page_sends_is_refused(client: TestClient) -> None:
    sent = client.post("/gradio_api/queue/join", json={"data": ["x" * MOST]})
    assert sent.status_code == 413


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search", "/login", "/logout"])
@pytest.mark.parametrize("length", ["9" * 15, "9" * 5_000])
def test_a_body_that_is_announced_as_too_large_is_not_fetched(
    client: TestClient, path: str, length: str
) -> None:
    answered = client.post(path, content=b"{}", headers={"Content-Length": length})
    assert answered.status_code == 413
    assert f"{MAX_BODY:,}" in answered.text


PAGES = ["/", "/embed", "/embed.js", "/demo", "/demo/editor.js", "/login", "/docs", "/widget.js",
         "/openapi.json", "/healthz", "/metrics", "/config", "/theme.css", "/none", "/v1/none",
         "/v1/models", "/gradio_api/upload"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_and_route_keeps_a_browser_strict(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy or "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy or "default-src 'none'" in policy
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_another_site_may_read_anything(client: TestClient, path: str) -> None:
    headers = {"Origin": "https://evil.example"}
    assert "access-control-allow-origin" not in client.get(path, headers=headers).headers
    asked = headers | {"Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in client.options(path, headers=asked).headers


@pytest.mark.parametrize("path", ["/embed", "/demo", "/login", "/docs"])
def test_pages_of_ours_load_scripts_of_ours_alone(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy or "script-src" not in policy
    assert "unsafe-eval" not in policy
