"""Progress bars, as somebody at a terminal sees them."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Article
from corpus.models import identified
from corpus.reading import FoundArticle
from index_store.embedder import BUNDLED_MODEL
from index_store.fakes import HashingEmbedder
from index_store.home import open_index

ROOT = Path(__file__).parents[2]

#: The command, which says at once that it rebuilds.
CITEDESK = "import qa.progress, qa.cli\nqa.progress.REBUILD_UNSAID = 0.0\nqa.cli.main()"


class Named(HashingEmbedder):
    """Passes for the bundled model, which is not needed to say what is indexed."""

    @property
    def name(self) -> str:
        return BUNDLED_MODEL


@pytest.fixture
def home(tmp_path: Path) -> Path:
    some = [
        Article("", "Tram", f"Tram {number} stops at the orchard.", f"{number}.txt", "The Lamp")
        for number in range(12)
    ]
    found = [FoundArticle(identified(one), f"/archive/{one.source}") for one in some]
    open_index(tmp_path, embedder=Named()).sync(found)
    return tmp_path


def at_a_terminal(*words: str) -> tuple[str, str]:
    """What a command prints, and what its terminal shows beside that."""
    screen, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", CITEDESK, *words],
        stdout=subprocess.PIPE, stderr=terminal, text=True, cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "150"},
    ) as command:  # fmt: skip
        os.close(terminal)
        shown = b"".join(_read(screen))
        assert command.stdout is not None
        printed = command.stdout.read()
    os.close(screen)
    assert command.returncode == 0, shown
    return printed, re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", shown.decode())


def _read(screen: int) -> Iterator[bytes]:
    while True:
        try:
            yield os.read(screen, 4096)
        except OSError:  # how the other end of a terminal is closed
            return


def test_a_rebuild_of_the_index_of_words_shows_how_far_it_is(home: Path) -> None:
    shutil.rmtree(home / "lexical")
    printed, shown = at_a_terminal("status", "--home", str(home))
    assert "mending the index" in shown
    assert "12 of 12" in shown
    assert "mending" not in printed
    assert re.search(r"articles +12", printed)
    assert "mending" not in at_a_terminal("status", "--home", str(home))[1]
