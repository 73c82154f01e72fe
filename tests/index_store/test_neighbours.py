"""What the packages around us may rely on: LlamaIndex reads our store, and imports stay cheap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from tests.index_store.archive import found

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "chromadb", "gradio", "llama_index", "sentence_transformers", "trafilatura")


def test_a_llama_index_program_can_open_the_collection(tmp_path: Path) -> None:
    import chromadb
    from chromadb.config import Settings
    from llama_index.core.vector_stores.types import VectorStoreQuery
    from llama_index.vector_stores.chroma import ChromaVectorStore

    item = found("The library must pay. The court said so.")
    index = open_index(tmp_path, embedder=HashingEmbedder())
    index.sync([item, found("The ferry to Harbour Island will stop.", "b.txt")])
    client = chromadb.PersistentClient(
        str(tmp_path / "chroma"), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.get_collection("citedesk-passages", embedding_function=None)
    vector = HashingEmbedder().embed_query("library court").tolist()
    result = ChromaVectorStore.from_collection(collection).query(
        VectorStoreQuery(query_embedding=vector, similarity_top_k=1)
    )
    assert result.nodes is not None
    (node,) = result.nodes
    passage = index.passage(node.node_id)
    assert passage is not None
    assert node.get_content() == passage.text == item.article.text
    assert node.ref_doc_id == item.article.id
    assert node.metadata["title"] == item.article.title
    assert node.metadata["publisher"] == "The Courier"
    assert (node.start_char_idx, node.end_char_idx) == (passage.start, passage.end)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "modules",
    [
        "corpus, corpus.reading, corpus.splitting",
        "index_store, index_store.index, index_store.home, index_store.fakes",
        "qa, qa.answerer",
        "qa.cli",
    ],
)
def test_an_import_loads_nothing_heavy_and_changes_nothing(modules: str) -> None:
    code = (
        "import os, sys; before = dict(os.environ)\n"
        f"import {modules}\n"
        "assert dict(os.environ) == before, set(os.environ) ^ set(before)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert said.returncode == 0, said.stderr
    assert said.stdout.split() == []


GUARDED = """
import socket

def test_swallowed():
    try:
        socket.socket().connect(("198.51.100.1", 80))
    except (OSError, RuntimeError):
        pass

def test_looked_up():
    try:
        socket.getaddrinfo("citedesk.example", 80)
    except OSError:
        pass

def test_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""


def test_a_test_that_asks_for_another_host_fails_even_if_it_hides_it(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(GUARDED)
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", str(tmp_path),
         "-c", "/dev/null", str(tmp_path)],
        capture_output=True, text=True, cwd=ROOT,
    ).stdout  # fmt: skip
    assert "asked for other hosts: ('198.51.100.1', 80)" in said
    assert "asked for other hosts: citedesk.example" in said
    assert "3 passed" in said
    assert "2 errors" in said
