"""Entries and logs to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index_store.models import Filters
from qa.audit.entry import Entry, Request, ShownPassage
from qa.audit.exchange import Exchange
from qa.audit.log import AuditLog
from qa.history import Turn


def entry(number: int = 1, **stated: Any) -> Entry:
    """An entry of a refusal that names its number."""
    values: dict[str, Any] = {
        "time": f"2026-03-{number:02}T09:30:00.000+00:00",
        "request": Request(
            f"Who pays for bridge {number}?",
            (Turn("user", "Che cos’è?"), Turn("assistant", "Un ponte.")),
            Filters(languages=("en", "it"), published_from="2025-01-31"),
            None,
        ),
        "translations": {"fr": "Qui paie le pont ?"},
        "passages": (ShownPassage("a.0-9", "a", 0, 9, "bridge.txt", "0" * 64),),
        "exchanges": (Exchange((("system", "Quote."), ("user", "Who?")), "Nobody [1]."),),
        "answer": answer(number),
        "embedding_model": "hashing-64",
        "language_model": None,
        "revision": "r1",
    }
    return Entry(**(values | stated))


def answer(number: int = 1, **stated: Any) -> dict[str, Any]:
    question = f"Who pays for bridge {number}?"
    return {
        "id": f"{number:032x}",
        "question": question,
        "standalone_question": f"{question} (ponte)",
        "language": "en",
        "mode": "quotes",
        "refused": True,
        "text": "The archive does not say.",
        "statements": [],
        "citations": [],
        "nearest": [],
        "note": None,
        "timings_ms": {"total": 12.5},
        **stated,
    }


def filled(file: Path, entries: int) -> Path:
    """A log of so many entries, numbered from 1."""
    append(AuditLog(file), entries)
    return file


def append(log: AuditLog, entries: int) -> None:
    for number in range(1, entries + 1):
        log.append(entry(number))
