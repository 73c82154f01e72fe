"""Homes to be damaged."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from index_store import chroma
from index_store.embedder import BUNDLED_MODEL
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.index import ArticleIndex
from tests.index_store.archive import found
from tests.index_store.crashing import made

#: Chroma writes its files of vectors after as many changes.
THRESHOLD: Any = {"space": "cosine", "sync_threshold": 20, "batch_size": 20}

BRIDGE = "The bridge is closed for a year. Ada Quill will inspect it in March."


class Fake(HashingEmbedder):
    """Goes by the name of the bundled model, so that its index is taken for one of that."""

    def __init__(self) -> None:
        super().__init__(window=9)

    @property
    def name(self) -> str:
        return BUNDLED_MODEL


def opened(home: Path) -> ArticleIndex:
    return open_index(home, embedder=Fake())


def make_home(home: Path) -> Path:
    """A small archive whose vectors are in files of their own."""
    chroma._HNSW, kept = THRESHOLD, chroma._HNSW
    try:
        others = [made(f"{number}.txt", 0) for number in range(30)]
        opened(home).sync([found(BRIDGE, "bridge.txt"), *others])
    finally:
        chroma._HNSW = kept
    return home


def copied(home: Path, into: Path) -> Path:
    shutil.copytree(home, into)
    return into


def vectors_file(home: Path, name: str) -> Path:
    """A file of the graph of passages, which is the larger one."""
    return max(home.glob(f"chroma/*/{name}"), key=lambda file: file.stat().st_size)


def in_chroma(home: Path, *statements: str) -> None:
    """What no program of citedesk's does to Chroma's database."""
    with sqlite3.connect(home / "chroma" / "chroma.sqlite3") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
