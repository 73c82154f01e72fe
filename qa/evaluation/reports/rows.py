"""The questions of a run as the page's script shows them: no more than that, nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluation.comparing import Comparison
from qa.evaluation.metrics.answers import cited_sources, shown
from qa.evaluation.metrics.correctness import holds_answer
from qa.evaluation.metrics.table import BY_NAME
from qa.phrases import phrase
from qa.web.wording import day

#: Measures that the page shows in other words already.
_TOLD = ("right", "answered", "refused", "probability", "elapsed_ms")


class _Numbered:
    """Things that many questions have in common, each kept once and named by its place."""

    def __init__(self) -> None:
        self._places: dict[tuple[str | None, ...], int] = {}

    def place(self, *thing: str | None) -> int:
        return self._places.setdefault(thing, len(self._places))

    def all(self) -> list[tuple[str | None, ...]]:
        return list(self._places)


def question_rows(report: Mapping[str, Any], comparison: Comparison | None) -> dict[str, Any]:
    """What the script reads.

    Returns:
        `rows`, one an outcome in order; `articles`, each [publisher, day, language, title, source],
        and `sources`, each [source], by the numbers that the rows name them by.
    """
    articles, sources = _Numbered(), _Numbered()
    changes = _changes(comparison) if comparison else {}
    rows = [
        {
            **_asked(one),
            "change": changes.get(one["id"]),
            "expected": _expected(one, sources),
            "answer": None if one["answer"] is None else _answer(one, articles),
            "retrieved": _retrieved(one, sources),
        }
        for one in report["outcomes"]
    ]
    return {
        "rows": rows,
        "articles": articles.all(),
        "sources": [source for (source,) in sources.all()],
    }


def _changes(comparison: Comparison) -> dict[str, str]:
    """How a question changed, in the words that it is filtered by."""
    return {
        **dict.fromkeys(comparison.questions.won, "won"),
        **dict.fromkeys(comparison.questions.lost, "lost"),
        **dict.fromkeys(comparison.only_after, "new"),
        **dict.fromkeys(comparison.reworded, "reworded"),
    }


def _asked(outcome: Mapping[str, Any]) -> dict[str, Any]:
    measures = outcome["measures"]
    return {
        "id": outcome["id"],
        "run": outcome["repeat"] + 1,
        "question": outcome["question"],
        "language": outcome["language"] or (outcome["answer"] or {}).get("language"),
        "tags": outcome["tags"],
        "history": [[turn["role"], turn["content"]] for turn in outcome["history"]],
        # 1 and 0 as they are; null where nothing says what is right.
        "right": measures.get("right"),
        "why": outcome["why"],
        "error": outcome["error"],
        "ms": outcome["elapsed_ms"],
        "probability": measures.get("probability"),
        "measures": [
            [BY_NAME[name].label, round(value, 3)]
            for name, value in measures.items()
            if name in BY_NAME and name not in _TOLD
        ],
    }


def _expected(outcome: Mapping[str, Any], sources: _Numbered) -> dict[str, Any]:
    answer = outcome["answer"]
    text = shown(answer) if answer else ""
    cited = cited_sources(answer) if answer else frozenset()
    places = {source: place for place, (source, _) in enumerate(outcome["retrieved"], start=1)}
    return {
        "answerable": outcome["answerable"],
        "groups": [
            [group, any(holds_answer(text, gold) for gold in group)]
            for group in outcome["answer_groups"]
        ],
        "least": outcome["min_sources"],
        "sources": [
            [sources.place(source), places.get(source), source in cited]
            for source in outcome["sources"]
        ],
    }


def _retrieved(outcome: Mapping[str, Any], sources: _Numbered) -> list[list[Any]]:
    return [[sources.place(source), round(score, 3)] for source, score in outcome["retrieved"]]


def _answer(outcome: Mapping[str, Any], articles: _Numbered) -> dict[str, Any]:
    answer: Mapping[str, Any] = outcome["answer"]
    understood = answer.get("standalone_question", outcome["question"])
    # Only citations are checked against the archive; what came near is not shown as proof.
    valid = outcome["valid"] or [None] * len(answer["citations"])
    return {
        "refused": answer["refused"],
        "mode": answer["mode"],
        "language": answer["language"],
        "text": answer.get("text") if answer.get("small_talk") else None,
        "understood": None if understood == outcome["question"] else understood,
        "note": answer.get("note"),
        "statements": [
            [one["text"], one["citations"], one.get("verdict")] for one in answer["statements"]
        ],
        "citations": [
            [*_citation(one, articles), is_valid]
            for one, is_valid in zip(answer["citations"], valid, strict=True)
        ],
        "nearest": [_citation(one, articles) for one in answer.get("nearest", ())],
        "disagreements": [_disagreement(one) for one in answer["disagreements"]],
        "usage": answer.get("usage"),
    }


def _citation(citation: Mapping[str, Any], articles: _Numbered) -> list[Any]:
    article = citation["article"]
    place = articles.place(
        article["publisher"] or phrase("en", "answer.unknown_publisher"),
        day(article["published"], "en"),
        article["language"],
        article["title"],
        article["source"],
    )
    return [citation["number"], place, citation["quote"]]


def _disagreement(disagreement: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": phrase("en", f"answer.differ_{disagreement['kind']}"),
        "about": disagreement["about"],
        "versions": [_version(version) for version in disagreement["versions"]],
    }


def _version(version: Mapping[str, Any]) -> list[Any]:
    """Its pieces, each with whether it is in this that the versions differ, and its citations."""
    runs: Sequence[Sequence[Any]] = [[run["text"], run["differs"]] for run in version["diff"]]
    return [runs or [[version["quote"], False]], version["citations"]]
