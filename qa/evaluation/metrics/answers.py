"""What an answer's public JSON says and cites; see `qa.answer.as_json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def said(answer: Mapping[str, Any]) -> str:
    """The text of its statements; nothing of a refusal."""
    return " ".join(statement["text"] for statement in answer["statements"])


def shown(answer: Mapping[str, Any]) -> str:
    """The text of its statements, and of all versions of what its sources disagree on."""
    versions = (each["quote"] for one in answer["disagreements"] for each in one["versions"])
    return " ".join((said(answer), *versions))


def cited_sources(answer: Mapping[str, Any]) -> frozenset[str]:
    """The articles that its statements and its versions cite, by `Article.source`."""
    return frozenset(citation["article"]["source"] for citation in answer["citations"])
