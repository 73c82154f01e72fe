"""Stores to run the same tests over, and a Chroma server that runs as long as the tests do."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index_store.chroma import ChromaStore, open_chroma
from index_store.fakes import MemoryStore
from index_store.store import Store

START_WITHIN = 30.0


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma-server")
    command = Path(sys.executable).with_name("chroma")
    if not command.exists():
        pytest.skip(f"no Chroma server to test against: {command} is not there")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [command, "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder / "data"],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            if not _answers(port, server):
                said = (folder / "log").read_text(errors="replace")[-300:]
                pytest.skip(f"the Chroma server did not start within {START_WITHIN} s: {said}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=10)
            # Chroma's clients leave their connections to the garbage collector: here, where the
            # warning about it is ignored, and not at the end of the session, where it is not.
            gc.collect()


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False


@pytest.fixture(params=["memory", "embedded", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    if request.param == "embedded":
        chroma = open_chroma(tmp_path / "chroma")
    else:
        chroma = empty_server(request.getfixturevalue("chroma_server"))
    yield chroma


def empty_server(url: str) -> ChromaStore:
    """The store on a server, without what an earlier test left there."""
    import chromadb
    from chromadb.config import Settings

    port = int(url.rpartition(":")[2])
    client = chromadb.HttpClient("127.0.0.1", port, settings=Settings(anonymized_telemetry=False))
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    return open_chroma(Path("unused"), url)


@pytest.fixture
def dead_server() -> Callable[[], str]:
    """Addresses that nothing listens at."""

    def dead() -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return f"http://127.0.0.1:{free.getsockname()[1]}"

    return dead
