"""What a Chroma server wants to know reaches whoever opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index_store import home
from index_store.checking.apart import Failed
from index_store.checking.index import Index
from index_store.chroma_client import ServerAccess
from qa import cli
from qa.health import examining
from qa.settings import Settings

ACCESS = ServerAccess("ck-s3cret", "Authorization", "newsroom", "archive")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        chroma_url="https://chroma.example.org",
        chroma_token="ck-s3cret",
        chroma_token_header="Authorization",
        chroma_tenant="newsroom",
        chroma_database="archive",
    )


def test_every_command_opens_the_index_with_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: dict[str, Any] = {}
    monkeypatch.setattr(home, "open_index", lambda folder, **stated: opened.update(stated))
    cli._open_index(settings)
    assert opened["chroma_url"] == settings.chroma_url
    assert opened["chroma_access"] == ACCESS


def test_doctor_looks_at_the_server_with_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def check(*arguments: Any) -> Index:
        asked.extend(arguments)
        return Index((), Failed("not looked at"))

    monkeypatch.setattr(examining, "check_index", check)
    told = examining.examine(settings)
    assert ACCESS in asked
    assert not [one for one in told.findings if "s3cret" in one.found]
