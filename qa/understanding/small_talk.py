"""Greetings, thanks and the like, which are answered with a line of our own and never searched.

A message is small talk where it consists of expressions in `small_talk.toml` and of nothing else:
"Merci, et en Italie ?" is a question.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.characters import clean_text, fold
from index_store.question_language import question_language
from qa.answer import Answer, Mode, Searched
from qa.history import Turn
from qa.phrases import INTERFACE_LANGUAGES, phrase

#: Words of a message and signs that say something, folded; marks between them say nothing.
_PARTS = re.compile(r"[^\W_]+|[👍👏🙏👌❤]")

#: Longer messages are questions.
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What somebody said without asking anything.

    Attributes:
        kind: of its first expression: greetings, thanks or others.
        languages: that it can be in.
    """

    kind: str
    languages: tuple[str, ...]


def small_talk(text: str) -> SmallTalk | None:
    """What a message is, where it is no question."""
    parts = tuple(_PARTS.findall(fold(text))) if len(text) <= _LONGEST else ()
    if not parts:
        return None
    kinds = {code: _kind(parts, _expressions(code)) for code in INTERFACE_LANGUAGES}
    spoken = tuple(code for code, kind in kinds.items() if kind)
    return SmallTalk(kinds[spoken[0]] or "", spoken) if spoken else None


def language_of(talk: SmallTalk, history: Sequence[Turn], chosen: str | None) -> str:
    """The language to reply in: the one chosen, else its own; of several the conversation's."""
    if chosen:
        return chosen
    asked = (turn.content for turn in reversed(history) if turn.role == "user")
    last = next((said for said in asked if small_talk(said) is None), "")
    before = question_language(last, INTERFACE_LANGUAGES) if last else None
    return before if before in talk.languages else talk.languages[0]


def reply_to(talk: SmallTalk, text: str, language: str) -> Answer:
    """An answer that says a friendly word and what one can ask; nothing was searched for it."""
    said = clean_text(text)
    return Answer(
        id=uuid.uuid4().hex,
        question=said,
        standalone_question=said,
        language=language,
        mode=Mode.QUOTES,
        refused=True,
        text=friendly_line(talk, language),
        statements=(),
        citations=(),
        searched=Searched(articles=0, passages=0, languages=()),
        small_talk=True,
    )


def friendly_line(talk: SmallTalk, language: str) -> str:
    """What is said to it: a word in return, and what one can ask."""
    opening = {"greetings": "answer.hello", "thanks": "answer.welcome"}.get(talk.kind)
    ask = phrase(language, "answer.what_to_ask")
    return f"{phrase(language, opening)} {ask}" if opening else ask


def without_small_talk(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """A conversation without greetings, thanks and what was said to them."""
    kept: list[Turn] = []
    skipping = False
    for turn in history:
        if turn.role == "user":
            skipping = small_talk(turn.content) is not None
        if not skipping:
            kept.append(turn)
    return tuple(kept)


def _kind(parts: tuple[str, ...], expressions: Mapping[tuple[str, ...], str]) -> str | None:
    """The kind of the first expression, where parts are made of expressions alone."""
    if not parts:
        return None
    for length in range(len(parts), 0, -1):
        kind, rest = expressions.get(parts[:length]), parts[length:]
        if kind and (not rest or _kind(rest, expressions)):
            return kind
    return None


@cache
def _expressions(language: str) -> Mapping[tuple[str, ...], str]:
    """The kind of each expression of a language and of every sign, by its folded parts."""
    return {parts: kind for section in (language, "signs") for parts, kind in _listed(section)}


def _listed(section: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for kind, row in _table()[section].items():
        for expression in row.split("|"):
            yield tuple(_PARTS.findall(fold(expression))), kind


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("small_talk.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
