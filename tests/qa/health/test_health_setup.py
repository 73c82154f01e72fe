"""Installed versions and settings are compared with what is needed, and with each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index_store.checking.finding import State
from qa.access.admission import Mode
from qa.access.file import AccessFile
from qa.access.keys import Keys
from qa.access.roles import Role
from qa.health import setup
from qa.health.setup import check_settings, check_versions
from qa.settings import Settings


def test_what_is_installed_here_is_what_is_needed() -> None:
    found = check_versions()
    assert found.state is State.OK
    assert "chromadb " in found.found


@pytest.mark.parametrize(
    ("needed", "told"),
    [("chromadb>=99", "is not >=99"), ("no-such-library", "no-such-library is missing")],
)
def test_a_library_that_is_missing_or_of_another_version_is_told(
    monkeypatch: pytest.MonkeyPatch, needed: str, told: str
) -> None:
    monkeypatch.setattr(
        setup, "requires", lambda name: [needed, "numpy>=1", "other>1; extra == 'dev'"]
    )
    found = check_versions()
    assert found.state is State.WRONG
    assert told in found.found
    assert "numpy" not in found.found


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"llm_model": "some-model"}, "CITEDESK_LLM_URL is not"),
        ({"access": Mode.OFF}, "nobody is asked who they are"),
        ({"chroma_url": "http://127.0.0.1:8000"}, "nobody searches the articles in"),
        ({"chroma_token": "s3cret"}, "CITEDESK_CHROMA_URL is not: no server is asked"),
        ({"glossary": Path("/missing.csv")}, "/missing.csv: expected a glossary"),
        ({"reranker": "/missing"}, "CITEDESK_RERANKER=/missing: it is not on this machine"),
        ({"nli": "/missing"}, "CITEDESK_NLI=/missing: it is not on this machine"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_settings_that_contradict_what_is_there_are_told(
    tmp_path: Path, stated: dict[str, Any], told: str
) -> None:
    Keys(AccessFile(tmp_path)).create("cms", Role.READER, (), None)
    (tmp_path / "chroma").mkdir()
    settings = Settings(home=tmp_path)
    assert check_settings(settings).state is State.OK
    found = check_settings(replace(settings, **stated))
    assert found.state is State.WRONG
    assert told in found.found
    assert "s3cret" not in found.found
    assert found.fix
