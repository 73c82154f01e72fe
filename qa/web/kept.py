"""Exchanges as a browser keeps them, so that a conversation is there again after a reload.

Articles are kept without their texts; these are read from the index again, and what is cited must
still be what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus import Article
from qa.answer import Answer, Citation
from qa.web.session import Exchange

#: Exchanges that a conversation is restored with, the latest.
LONGEST = 50

_EXCHANGE: TypeAdapter[Exchange] = TypeAdapter(Exchange)

#: Finds an article by its id.
FindArticle = Callable[[str], Article | None]


def kept(exchange: Exchange) -> str:
    """An exchange as JSON, without what an answer that has arrived makes needless."""
    answer = exchange.answer and _with_citations(exchange.answer, _without_text)
    lean = replace(exchange, answer=answer, statements=())
    # In ASCII: half a surrogate pair, which a question can hold, has no UTF-8.
    return json.dumps(_EXCHANGE.dump_python(lean, mode="json", exclude_defaults=True))


def restored(values: Sequence[Any], find: FindArticle) -> tuple[Exchange, ...]:
    """Exchanges from what a browser kept, without those that are none, or no longer true.

    Args:
        values: parsed JSON, of any form: it comes from outside.
    """
    articles: dict[str, Article | None] = {}

    def text_of(citation: Citation) -> Citation:
        identifier = citation.article.id
        if identifier not in articles:
            articles[identifier] = find(identifier)
        article = articles[identifier]
        if article is None:  # the chip says that it is gone
            return citation
        if article.text[citation.start : citation.end] != citation.quote:
            raise ValueError(f"{citation.passage_id}: the article does not say this")
        return replace(citation, article=article)

    return tuple(_restored(values[-LONGEST:], text_of))


def _restored(values: Iterable[Any], text_of: Callable[[Citation], Citation]) -> Iterable[Exchange]:
    for value in values:
        try:
            # By JSON: that is what tuples and enumerations are read from.
            exchange = _EXCHANGE.validate_json(json.dumps(value))
            if exchange.answer is not None:
                _check(exchange.answer)
                answer = _with_citations(exchange.answer, text_of)
                yield replace(exchange, answer=answer)
        except (ValidationError, ValueError, KeyError):
            continue


def _check(answer: Answer) -> None:
    """Raises `KeyError` where a number leads nowhere."""
    cited = [statement.citations for statement in answer.statements]
    cited += [version.citations for found in answer.disagreements for version in found.versions]
    for number in chain.from_iterable(cited):
        answer.citation(number)


def _with_citations(answer: Answer, change: Callable[[Citation], Citation]) -> Answer:
    return replace(
        answer,
        citations=tuple(map(change, answer.citations)),
        nearest=tuple(map(change, answer.nearest)),
        newer=tuple(map(change, answer.newer)),
    )


def _without_text(citation: Citation) -> Citation:
    return replace(citation, article=replace(citation.article, text=""))
