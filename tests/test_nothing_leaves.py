"""Nothing leaves the machine: a process that runs the whole path asks no other host."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Python runs this before anything else in a process that finds it on its path.
_WATCH = """
import os, socket
def watched(function, where):
    def call(*args, **kwargs):
        host = str(args[where][0] if where else args[0])
        if host not in ("127.0.0.1", "::1", "localhost", "None") and not host.startswith("/"):
            with open(os.environ["WATCH_LOG"], "a") as log:
                print(host, file=log)
        return function(*args, **kwargs)
    return call
socket.getaddrinfo = watched(socket.getaddrinfo, 0)
for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, watched(getattr(socket.socket, name), 1))
"""


def _watched(code: list[str], folder: Path) -> list[str]:
    """The hosts that a Python process asked for."""
    (folder / "sitecustomize.py").write_text(_WATCH)
    log = folder / "hosts.txt"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("HF_HUB_")
    }
    environment |= {"PYTHONPATH": f"{folder}", "WATCH_LOG": str(log)}
    ran = subprocess.run(
        [sys.executable, *code], env=environment, capture_output=True, text=True, timeout=180
    )
    assert ran.returncode == 0, ran.stderr
    return log.read_text().split() if log.exists() else []


def test_the_watch_sees_a_host_that_is_asked_for(tmp_path: Path) -> None:
    code = """
import socket
try:
    socket.create_connection(("example.org", 80), 0.1)
except OSError:
    pass
"""
    assert "example.org" in _watched(["-c", code], tmp_path)


def test_indexing_asking_and_refusing_ask_no_other_host(tmp_path: Path) -> None:
    assert _watched(["-m", "qa.cli", "demo", "--no-serve"], tmp_path) == []


def test_workers_on_a_cluster_of_their_own_ask_no_other_host(tmp_path: Path) -> None:
    code = """
from index_store.fakes import HashingEmbedder
from index_store.workers import on_workers
from tests.index_store.archive import article, passages
with on_workers(HashingEmbedder(), HashingEmbedder, 1) as embedder:
    assert embedder.embed_passages(passages(article()))
"""
    assert _watched(["-c", code], tmp_path) == []


def test_building_the_web_server_asks_no_other_host(tmp_path: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from index_store.home import open_index
from qa.answerer import Answerer
from qa.serving import build_app
async def main():
    build_app(Answerer(open_index(Path(sys.argv[1]))), Path(sys.argv[1]))
asyncio.run(main())
"""
    assert _watched(["-c", code, str(tmp_path / "home")], tmp_path) == []
