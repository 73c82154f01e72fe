"""A logged question asked again of today's index, and how the answer differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from index_store.index import ArticleIndex
from qa.audit.entry import Entry, Log, ShownPassage, sha256

if TYPE_CHECKING:
    from qa.answerer import Answerer

#: Article, and characters in its text.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an answer, with the places that it cites in their order."""

    text: str
    verdict: str
    places: tuple[Place, ...]


NOTHING = Said("", "", ())


@dataclass(frozen=True, slots=True)
class Change:
    """A statement then and now; `NOTHING` on the side where it is not."""

    then: Said
    now: Said


@dataclass(frozen=True, slots=True)
class Replay:
    """A logged answer beside today's.

    Attributes:
        citations_gone, citations_new: in the JSON of citations.
        passages_changed: what the answer was made from then, where that file reads otherwise now.
        passages_gone: the same, where the archive has nothing of that file any more.
    """

    then: Mapping[str, Any]
    now: Mapping[str, Any]
    statements: tuple[Change, ...]
    citations_gone: tuple[Mapping[str, Any], ...]
    citations_new: tuple[Mapping[str, Any], ...]
    passages_changed: tuple[ShownPassage, ...]
    passages_gone: tuple[ShownPassage, ...]

    @property
    def is_same(self) -> bool:
        """Whether a reader would be told the same, proven by the same places."""
        return self.then["refused"] == self.now["refused"] and all(
            change.then == change.now for change in self.statements
        )


class _Catch:
    """A log of one answer, which is not kept."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def append(self, entry: Entry) -> None:
        self.entries.append(entry)


def replay(entry: Entry, open_answerer: Callable[[Log, date], Answerer]) -> Replay:
    """Asks a logged question again, as it was asked; the new answer is not logged.

    Args:
        open_answerer: told the log to write to, and the day that "last week" is counted from.

    Raises:
        QaError, IndexStoreError: today's archive cannot be asked.
    """
    caught = _Catch()
    answerer = open_answerer(caught, entry.day)
    asked = entry.request
    answerer.ask(
        asked.question,
        asked.history,
        asked.filters,
        asked.language,
        asked.standalone,
        asked.as_of,
    )
    (now,) = caught.entries
    return compare(entry, now, answerer.index)


def compare(then: Entry, now: Entry, index: ArticleIndex) -> Replay:
    """Two answers to one question, and what became of the passages of the first."""
    cited_then, cited_now = _by_place(then.answer), _by_place(now.answer)
    changed, gone = _lost(then.passages, now.passages, index)
    return Replay(
        then=then.answer,
        now=now.answer,
        statements=tuple(_aligned(_said(then.answer), _said(now.answer))),
        citations_gone=tuple(cited_then[place] for place in cited_then if place not in cited_now),
        citations_new=tuple(cited_now[place] for place in cited_now if place not in cited_then),
        passages_changed=changed,
        passages_gone=gone,
    )


def word_changes(then: str, now: str) -> Iterator[tuple[str, str]]:
    """Runs of words, each with "same", "gone" or "new", in reading order."""
    before, after = then.split(), now.split()
    for kind, first, last, start, end in _matched(before, after).get_opcodes():
        if kind == "equal":
            yield "same", " ".join(before[first:last])
            continue
        if last > first:
            yield "gone", " ".join(before[first:last])
        if end > start:
            yield "new", " ".join(after[start:end])


def _matched(before: Sequence[str], after: Sequence[str]) -> SequenceMatcher[str]:
    # What difflib takes for junk are the commonest words, which an answer is made of.
    return SequenceMatcher(a=before, b=after, autojunk=False)


def _place(citation: Mapping[str, Any]) -> Place:
    return citation["article"]["id"], citation["start"], citation["end"]


def _by_place(answer: Mapping[str, Any]) -> dict[Place, Mapping[str, Any]]:
    return {_place(citation): citation for citation in answer["citations"]}


def _said(answer: Mapping[str, Any]) -> list[Said]:
    places = {citation["number"]: _place(citation) for citation in answer["citations"]}
    return [
        Said(one["text"], one["verdict"], tuple(places[number] for number in one["citations"]))
        for one in answer["statements"]
    ]


def _aligned(then: Sequence[Said], now: Sequence[Said]) -> Iterator[Change]:
    """Statements of equal words side by side, and between these one after the other."""
    matched = _matched([one.text for one in then], [one.text for one in now])
    for _, first, last, start, end in matched.get_opcodes():
        both = zip_longest(then[first:last], now[start:end], fillvalue=NOTHING)
        yield from (Change(before, after) for before, after in both)


def _lost(
    then: Sequence[ShownPassage], now: Sequence[ShownPassage], index: ArticleIndex
) -> tuple[tuple[ShownPassage, ...], tuple[ShownPassage, ...]]:
    """Passages whose words are in the archive no more: of files that are, and of others."""
    articles = index.articles(list(dict.fromkeys(passage.article_id for passage in then)))
    shown = {passage.sha256 for passage in now}

    def stands(passage: ShownPassage) -> bool:
        # An article whose title alone has changed has another id, and the same words.
        article = articles.get(passage.article_id)
        text = article.text[passage.start : passage.end] if article else ""
        return passage.sha256 in (sha256(text), *shown)

    lost = [passage for passage in then if not stands(passage)]
    origins = [f"{entry.origin}#" for entry in index.catalogue()] if lost else []
    known = {
        passage.source
        for passage in lost
        if any(f"/{passage.source}#" in origin for origin in origins)
    }
    return (
        tuple(passage for passage in lost if passage.source in known),
        tuple(passage for passage in lost if passage.source not in known),
    )
