"""Outcomes to measure, made of as little as a test has to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluation.outcome import Outcome, Retrieved
from qa.evaluation.questions import GoldQuestion


def citation(number: int, source: str, quote: str, language: str = "en") -> dict[str, Any]:
    """The public form of a citation."""
    article = {
        "id": source, "title": "", "publisher": None, "published": None,
        "language": language, "source": source,
    }  # fmt: skip
    return {"number": number, "passage_id": f"{source}.0", "quote": quote, "article": article}


def answer(
    statements: Sequence[tuple[str, Sequence[int]]] = (),
    citations: Sequence[Mapping[str, Any]] = (),
    versions: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """The public form of an answer; a refusal where it has no statements.

    Args:
        statements: text and numbers of citations.
        versions: the quotes of one disagreement.
    """
    told = [{"text": text, "citations": list(numbers)} for text, numbers in statements]
    differing = [{"versions": [{"quote": quote} for quote in versions]}] if versions else []
    return {
        "language": "en",
        "mode": "quotes",
        "refused": not statements,
        "statements": told,
        "citations": list(citations),
        "disagreements": differing,
        **more,
    }


def quoting(text: str, *sources: str, **more: Any) -> dict[str, Any]:
    """An answer of one sentence that each of these articles prints."""
    cited = [citation(number, source, text) for number, source in enumerate(sources, start=1)]
    return answer([(text, range(1, len(sources) + 1))], cited, **more)


def outcome(
    given: Mapping[str, Any] | None,
    retrieved: Sequence[str] = (),
    *,
    id: str = "q",
    repeat: int = 0,
    elapsed_ms: float = 1.0,
    valid: Sequence[bool] = (),
    **gold: Any,
) -> Outcome:
    """How a question went; what is not named here is of the gold question."""
    return Outcome(
        gold=GoldQuestion(id=id, question=f"{id}?", **gold),
        answer=given,
        retrieved=tuple(Retrieved(source, 1.0) for source in retrieved),
        valid=tuple(valid),
        elapsed_ms=elapsed_ms,
        repeat=repeat,
        error=None if given is not None else "no answer",
    )
