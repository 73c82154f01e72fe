"""Makes a home with an earlier version's own code, as its commands did; see README.md here.

    CITEDESK_CACHE=off python make.py CHECKOUT ARTICLES HOME

A hashing embedder takes the place of the model, so that a home is small and is opened at once.
"""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

QUESTIONS = (
    "How many lifeboats does the new Valmorin ferry carry?",
    "Quanti passeggeri porta il traghetto per Sant'Elmo?",
)


def command(*words: str) -> None:
    """Runs a command of that version."""
    from qa.cli import main

    sys.argv = ["citedesk", *words]
    with contextlib.suppress(SystemExit):
        main()


def rate(home: Path) -> None:
    """Asks and rates through that version's HTTP API."""
    from fastapi.testclient import TestClient

    from qa.http.app import create_app

    cli: Any = import_module("qa.cli")
    settings = cli._settings(home)
    log = [cli._open_log(settings)] if hasattr(cli, "_open_log") else []
    answerer = cli._open_answerer(settings, *log)
    with TestClient(create_app(answerer, feedback_log=home / "feedback.jsonl")) as client:
        answers = [client.post("/v1/ask", json={"question": each}).json() for each in QUESTIONS]
        for answer, rating in zip(answers, ("up", "down"), strict=True):
            body = {"answer_id": answer["id"], "rating": rating, "comment": f"{rating}, così è"}
            client.post("/v1/feedback", json=body).raise_for_status()


def make(checkout: Path, articles: Path, home: Path) -> None:
    sys.path.insert(0, str(checkout))
    from index_store.embedder import BUNDLED_MODEL
    from index_store.fakes import HashingEmbedder

    class Hashing(HashingEmbedder):
        name = BUNDLED_MODEL  # as far as a home says which model made it

    opening: Any = import_module("index_store.home")
    opening.SentenceTransformerEmbedder = lambda *_, **__: Hashing()
    command("index", str(articles), "--home", str(home))
    rate(home)
    if (checkout / "qa/key_command.py").exists():
        command("key", "create", "cms", "--home", str(home))


if __name__ == "__main__":
    make(*map(Path, sys.argv[1:]))
