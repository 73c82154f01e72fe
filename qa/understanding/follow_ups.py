"""Follow-ups without a language model: what a question leans on is carried to it.

An ellipsis ("And in Italy?") is the question before with one slot filled anew. A question with a
pronoun, or with hardly a word of its own, gets what it leans on behind it in brackets: who was
named in the last answer, the names of the conversation, and the words of the last question. A
question that says all by itself carries nothing, and begins a topic of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.characters import clean_text, fold
from index_store.question_language import question_language
from index_store.terms import question_words, stop_words
from qa.dates.periods import period_words
from qa.history import Turn
from qa.phrases import INTERFACE_LANGUAGES
from qa.understanding.antecedents import people, referents, speaks_of_one
from qa.understanding.ellipsis import ellipsis_of, fill
from qa.understanding.leaning import leans
from qa.understanding.mentions import mentions, opening_words
from qa.understanding.places import place_code

#: Earlier questions that a topic is followed through, and characters of each.
TURNS = 8
MAX_CHARACTERS = 2_000

#: Names and periods that are carried at most; the latest stay.
_NAMED = 8

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that a follow-up may lean on."""

    text: str
    kind: str  # name, period or word

    @property
    def words(self) -> frozenset[str]:
        """Its folded words."""
        return frozenset(re.findall(r"[^\W_]+", fold(self.text)))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation is about so far.

    Attributes:
        question: the last one, standing alone.
        language: of most of its words.
        pieces: what a follow-up may carry of it.
        reply: what was answered to it.
    """

    question: str
    language: str | None
    pieces: tuple[Piece, ...]
    reply: str = ""


def stand_alone(text: str, history: Sequence[Turn], language: str | None) -> str:
    """The question as it is understood without what was said before it.

    Args:
        language: of the question.
    """
    return _follow(text, language, _topic(history)).question


def _topic(history: Sequence[Turn]) -> Topic | None:
    """The last question, with all that it leaned on itself, and its answer."""
    topic = None
    for asked, reply in exchanges(history)[-TURNS:]:
        followed = _follow(asked, question_language(asked, INTERFACE_LANGUAGES), topic)
        topic = Topic(followed.question, followed.language, followed.pieces, reply)
    return topic


def exchanges(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """Each question of a conversation with what was answered to it."""
    found: list[tuple[str, str]] = []
    for turn in history:
        said = clean_text(turn.content[:MAX_CHARACTERS])
        if turn.role == "user":
            found.append((said, ""))
        elif found:
            found[-1] = (found[-1][0], said)
    return found


def _follow(text: str, language: str | None, topic: Topic | None) -> Topic:
    """A question as the next one of a conversation."""
    alone = Topic(text, language, _pieces(text, language))
    if topic is None:
        return alone
    fillers = ellipsis_of(text, f"{topic.question} {topic.reply}")
    if fillers:
        same = language == topic.language
        filled = fill(topic.question, fillers, topic.language, same)
        if filled:
            return Topic(filled, topic.language, _pieces(filled, topic.language))
    if not fillers and not leans(text, language):
        return alone
    carried = _carried(alone, topic)
    if not carried:
        return alone
    return Topic(f"{text} ({_listed(carried)})", language, _merged(alone.pieces, carried))


def _pieces(text: str, language: str | None) -> tuple[Piece, ...]:
    """Names, periods and words of a text that say what it is about, in order."""
    period = period_words(text)
    spans = [(period.start, period.end, "period")] if period else []
    for name in mentions(text):
        if not any(name.start < end and start < name.end for start, end, _ in spans):
            spans.append((name.start, name.end, "name"))
    # The openers too: which language "Qui dirige Mistral ?" is in, its small words cannot tell.
    telling = set(question_words(text, language)) - stop_words(language) - opening_words(text)
    for word in _WORD.finditer(text):
        start, end = word.span()
        if any(start < taken and begins < end for begins, taken, _ in spans):
            continue
        if telling & set(re.findall(r"[^\W_]+", fold(word.group()))):
            spans.append((start, end, "word"))
    return tuple(Piece(text[start:end], kind) for start, end, kind in sorted(spans))


def _carried(own: Topic, topic: Topic) -> list[Piece]:
    """What a question leans on: of the topic, what it neither repeats nor replaces."""
    meant = referents(own.question, own.language, topic.question, topic.reply)
    said = {word for piece in own.pieces for word in piece.words}
    new = [Piece(name, "name") for name in meant]
    kept = [
        piece
        for piece in topic.pieces
        if not piece.words <= said
        and not any(_replaces(mine, piece) for mine in own.pieces)
        and not any(piece.words <= name.words for name in new)
    ]
    person = any(people(piece.text) for piece in (*new, *kept) if piece.kind == "name")
    if person and speaks_of_one(own.question, own.language):
        kept = [piece for piece in kept if piece.kind != "word"]
    return new + kept


def _replaces(mine: Piece, piece: Piece) -> bool:
    """Whether a topic's piece has no place beside one of the question's own."""
    if mine.kind == "period" or piece.kind == "period":
        return mine.kind == piece.kind
    if not mine.kind == piece.kind == "name":
        return False
    are_places = place_code(mine.text) is not None and place_code(piece.text) is not None
    return are_places or bool(mine.words & piece.words)


def _listed(pieces: Sequence[Piece]) -> str:
    """The pieces in a row; a comma keeps names apart that would read as one."""
    row = pieces[0].text
    for one, other in pairwise(pieces):
        row += f"{', ' if one.kind == other.kind == 'name' else ' '}{other.text}"
    return row


def _merged(own: tuple[Piece, ...], carried: Sequence[Piece]) -> tuple[Piece, ...]:
    """What the next question may carry: all names, and the latest words."""
    named = [piece for piece in (*own, *carried) if piece.kind != "word"][:_NAMED]
    said = [piece for piece in own if piece.kind == "word"]
    return (*named, *(said or [piece for piece in carried if piece.kind == "word"]))
