"""The labelled statements, and how well the verifier judges them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus import Article, Span
from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from qa.draft import Source
from qa.fakes import source
from qa.verifying import verdict

_ARTICLES = Path(__file__).parents[3] / "corpus" / "sample" / "articles"
_STATEMENTS = Path(__file__).with_name("statements.jsonl")
_ATTACKS = Path(__file__).with_name("attacks.jsonl")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a sentence of an article.

    Attributes:
        half: "fitted" or "held out".
        wrong: what is wrong with it; None where it is right.
    """

    said: str
    language: str
    half: str
    wrong: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the right statements that are accepted, and of the wrong ones that are not."""

    kept: float
    rejected: float


@cache
def statements() -> tuple[Statement, ...]:
    """All of them, in the order of the file."""
    return tuple(_read())


@cache
def attacks() -> tuple[Statement, ...]:
    """Statements about single sentences that a model could turn round without a new word."""
    return tuple(
        Statement(
            row["said"],
            row["language"],
            row["half"],
            row["wrong"],
            source(row["printed"], row["language"]),
        )
        for row in _rows(_ATTACKS)
    )


def judged(half: str, *, abroad: bool) -> Shares:
    """How the verifier judges a half of the statements about the sample archive.

    Args:
        abroad: those whose source is in another language, rather than in their own.
    """
    return shares(
        each
        for each in statements()
        if each.half == half and (each.source.article.language != each.language) is abroad
    )


def shares(labelled: Iterable[Statement]) -> Shares:
    """How the verifier judges statements, right and wrong ones among them."""
    accepted: dict[bool, list[bool]] = {True: [], False: []}
    for each in labelled:
        found = verdict(each.said, [each.source], each.language)
        accepted[each.wrong is None].append(found is not None)
    right, wrong = accepted[True], accepted[False]
    return Shares(sum(right) / len(right), 1 - sum(wrong) / len(wrong))


def _read() -> Iterator[Statement]:
    articles = _articles()
    for row in _rows(_STATEMENTS):
        article = articles[row["source"]]
        start = article.text.index(row["printed"])
        span = Span(start, start + len(row["printed"]))
        cited = Source(f"{article.id}.{span.start}-{span.end}", article, span)
        yield Statement(row["said"], row["language"], row["half"], row["wrong"], cited)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _articles() -> dict[str, Article]:
    found = read_articles(find_files([_ARTICLES]))
    return {
        Path(each.article.source).name: each.article
        for each in found
        if isinstance(each, FoundArticle)
    }
