"""Three web servers on one Chroma server, as processes: what one is told, all answer from."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

# Everything here is on loopback, between processes.
pytestmark = pytest.mark.enable_socket

SERVERS = 3
#: Seconds within which a change is to be seen by every server.
SEEN = 5.0
QUESTION = "How many boats does the Brenn ferry company have?"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def process(*words: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended, whatever becomes of the test."""
    with subprocess.Popen(words, text=True, stderr=subprocess.DEVNULL, **options) as started:
        try:
            yield started
        finally:
            started.kill()


@contextmanager
def chroma(folder: Path, port: int) -> Iterator[None]:
    command = Path(sys.executable).with_name("chroma")
    words = (str(command), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port))
    with process(sys.executable, *words, stdout=subprocess.DEVNULL):
        within(30, lambda: is_up(f"http://127.0.0.1:{port}/api/v2/heartbeat"))
        yield


def is_up(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).is_success
    except httpx.HTTPError:
        return False


def within(seconds: float, holds: Callable[[], bool]) -> float:
    """How long it took until something held."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began


class Newsroom:
    """A Chroma server, its web servers, and a folder of articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chroma = free_port()
        self._stack = ExitStack()
        self._store = ExitStack()
        self.servers: list[subprocess.Popen[str]] = []
        self.addresses: list[str] = []
        (folder / "articles").mkdir()

    def start_chroma(self) -> None:
        self._store.enter_context(chroma(self._folder / "chroma", self._chroma))

    def stop_chroma(self) -> None:
        self._store.close()

    def start(self) -> None:
        started = [self._stack.enter_context(self._serve(number)) for number in range(SERVERS)]
        for server in started:
            assert server.stdout is not None
            line = server.stdout.readline()
            self.addresses.append(line.removeprefix("citedesk is at ").strip())
        self.servers = started

    def _serve(self, number: int) -> Any:
        return process(*self._citedesk("serve", number, "--port", "0"), stdout=subprocess.PIPE,
                       env=self._environment())  # fmt: skip

    def publish(self, boats: str) -> None:
        """Indexes the article, through the home of the first server."""
        head = "---\ntitle: Ferries\npublisher: The Brenn Bugle\n---\n"
        text = f"{head}The Brenn ferry company has {boats} boats."
        (self._folder / "articles" / "ferries.md").write_text(text, encoding="utf-8")
        subprocess.run(
            self._citedesk("index", 0, str(self._folder / "articles")),
            env=self._environment(), check=True, capture_output=True, timeout=120,
        )  # fmt: skip

    def _citedesk(self, command: str, number: int, *words: str) -> tuple[str, ...]:
        home = str(self._folder / f"home-{number}")
        return (sys.executable, "-m", "qa.cli", command, "--home", home, *words)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "CITEDESK_CHROMA_URL": f"http://127.0.0.1:{self._chroma}",
                "CITEDESK_CACHE": "off", "CITEDESK_EVALUATE": "off"}  # fmt: skip

    def close(self) -> None:
        self._stack.close()
        self._store.close()


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path)
    try:
        yield made
    finally:
        made.close()


def ask(address: str) -> httpx.Response:
    return httpx.post(f"{address}/v1/ask", json={"question": QUESTION}, timeout=30)


def says(address: str, boats: str) -> bool:
    response = ask(address)
    return response.is_success and f"has {boats} boats" in response.json()["text"]


def test_servers_share_one_store_and_stand_alone(newsroom: Newsroom) -> None:
    newsroom.start_chroma()
    newsroom.publish("seven")
    newsroom.start()
    for address in newsroom.addresses:
        assert says(address, "seven")

    newsroom.publish("nine")
    for address in newsroom.addresses:
        within(SEEN, partial(says, address, "nine"))
        assert "seven" not in ask(address).json()["text"]

    newsroom.servers[0].send_signal(signal.SIGKILL)
    newsroom.servers[0].wait(10)
    others = newsroom.addresses[1:]
    newsroom.publish("eleven")
    for address in others:
        within(SEEN, partial(says, address, "eleven"))

    newsroom.stop_chroma()
    for address in others:
        problem = ask(address)
        assert problem.status_code == 503
        assert problem.json()["type"] == "/docs#index-unavailable"
        assert "\n" not in problem.json()["detail"]
        assert httpx.get(f"{address}/readyz").status_code == 503
        assert httpx.get(f"{address}/healthz").is_success

    newsroom.start_chroma()
    for address in others:
        within(10, partial(says, address, "eleven"))
        assert httpx.get(f"{address}/readyz").is_success
