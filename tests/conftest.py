"""What holds for every test: a clean environment, and no network beyond this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from pytest_socket import SocketConnectBlockedError, socket_allow_hosts

from index_store.embedder import SentenceTransformerEmbedder

LOOPBACK = ["127.0.0.1", "::1", "0.0.0.0", "localhost"]

# Hub libraries read these when they are first imported, so before any test.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# A user's own vectors are neither read nor added to, not even by fixtures of a whole session.
os.environ["CITEDESK_CACHE"] = "off"

# A shared machine can stop for a second in the middle of any example.
settings.register_profile("citedesk", deadline=None, database=None)
settings.load_profile("citedesk")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any) -> None:
    for variable in os.environ:
        if variable.startswith("CITEDESK_"):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("CITEDESK_CACHE", "off")
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("user")))


@pytest.fixture(autouse=True)
def _no_other_host(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that asked for another host, even where the code under test hid the error."""
    asked: list[str] = []
    find = socket.getaddrinfo

    def find_loopback(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and name not in LOOPBACK:
            asked.append(name)
            raise socket.gaierror(socket.EAI_NONAME, f"tests do not look up {name}")
        return find(host, *args, **kwargs)

    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)
    connect = socket.socket.connect

    def connect_loopback(self: socket.socket, address: Any) -> None:
        try:
            connect(self, address)
        except SocketConnectBlockedError:
            asked.append(str(address))
            raise

    monkeypatch.setattr(socket, "getaddrinfo", find_loopback)
    monkeypatch.setattr(socket.socket, "connect", connect_loopback)
    yield
    if asked:
        pytest.fail(f"asked for other hosts: {', '.join(asked)}")


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    """The bundled model, loaded once."""
    return SentenceTransformerEmbedder()


@pytest.fixture
def samples() -> Path:
    """The articles that citedesk ships."""
    return Path(__file__).parents[1] / "corpus" / "sample" / "articles"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can enter. Not pytest's own: each session that starts on the machine
    closes the folder that those of all sessions lie in."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
