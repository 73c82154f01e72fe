"""An entry of the log of answers, and the one form of it that is hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Protocol

from index_store.models import Filters, Hit, SearchResult
from qa.audit.exchange import Exchange
from qa.history import Turn

#: Changes when an entry says something in another way.
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it came in: what `Answerer.ask` takes."""

    question: str
    history: tuple[Turn, ...]
    filters: Filters
    language: str | None
    standalone: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage that an answer was made from.

    Attributes:
        start, end: characters in its article's text.
        source: of the article, so that its later versions can be told from its removal.
        sha256: of the passage's text in UTF-8, hexadecimal.
    """

    id: str
    article_id: str
    start: int
    end: int
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer with all that it came from.

    Attributes:
        time: ISO 8601, UTC.
        translations: of the question, by language, that were searched for beside it.
        passages: best first, each with its reprints behind it.
        exchanges: with a language model, where one was asked to write.
        answer: as `qa.answer.as_json` gives it: standalone question, mode, verdicts, timings.
        revision: of the index.
    """

    time: str
    request: Request
    translations: Mapping[str, str]
    passages: tuple[ShownPassage, ...]
    exchanges: tuple[Exchange, ...]
    answer: Mapping[str, Any]
    embedding_model: str
    language_model: str | None
    revision: str | None

    @property
    def day(self) -> date:
        """On which it was asked, where it was asked: entries have the time of UTC."""
        return datetime.fromisoformat(self.time).astimezone().date()


class Log(Protocol):
    """Whatever takes entries."""

    def append(self, entry: Entry) -> None:
        """Takes an entry; an answer is never lost for one that cannot be kept."""


def shown_passages(found: SearchResult) -> tuple[ShownPassage, ...]:
    """What a search put before the answerer."""
    return tuple(_shown(hit) for best in found.hits for hit in (best, *best.copies))


def sha256(text: str) -> str:
    """Of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(hit: Hit) -> ShownPassage:
    passage = hit.passage
    return ShownPassage(
        id=passage.id,
        article_id=passage.article_id,
        start=passage.start,
        end=passage.end,
        source=hit.article.source,
        sha256=sha256(passage.text),
    )


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as plain values."""
    return {
        "layout": LAYOUT,
        "time": entry.time,
        "question": entry.request.question,
        "history": [asdict(turn) for turn in entry.request.history],
        "filters": asdict(entry.request.filters),
        "language": entry.request.language,
        "standalone": entry.request.standalone,
        "as_of": entry.request.as_of,
        "translations": dict(entry.translations),
        "passages": [asdict(passage) for passage in entry.passages],
        "exchanges": [asdict(exchange) for exchange in entry.exchanges],
        "answer": dict(entry.answer),
        "embedding_model": entry.embedding_model,
        "language_model": entry.language_model,
        "index_revision": entry.revision,
    }


def canonical(values: Mapping[str, Any]) -> str:
    """JSON in the one way that is hashed: sorted keys, no spaces, ASCII.

    Half a surrogate pair, which a question can hold, has no UTF-8; escaped, it is kept as it came.
    """
    return json.dumps(values, sort_keys=True, separators=(",", ":"), allow_nan=False)


def entry_from_json(values: Mapping[str, Any]) -> Entry:
    """The entry that `entry_json` made plain values of."""
    filters: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values["filters"].items()
    }
    return Entry(
        time=values["time"],
        request=Request(
            question=values["question"],
            history=tuple(Turn(**turn) for turn in values["history"]),
            filters=Filters(**filters),
            language=values["language"],
            # The first entries are of before these could be asked for.
            standalone=values.get("standalone"),
            as_of=values.get("as_of"),
        ),
        translations=values["translations"],
        passages=tuple(ShownPassage(**passage) for passage in values["passages"]),
        exchanges=tuple(
            Exchange(tuple((role, said) for role, said in one["prompt"]), one["reply"])
            for one in values["exchanges"]
        ),
        answer=values["answer"],
        embedding_model=values["embedding_model"],
        language_model=values["language_model"],
        revision=values["index_revision"],
    )
