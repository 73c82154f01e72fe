"""Ellipsis: "And in Italy?" is the question before with one slot filled anew.

Place for place, period for period, name for name. Which name a new one replaces is told by the
preposition before it ("about Mistral"), by a word that they share (Llama 3, Llama 4), or by its
being the only one; where several could be meant, none is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.characters import fold
from qa.dates.periods import Period, period_words
from qa.understanding.leaning import OPENING
from qa.understanding.mentions import Mention, mentions
from qa.understanding.places import place_in

#: Words that add nothing to an ellipsis.
_IDLE_WORDS = (
    "then too also instead and or the in for alors aussi plutot de pour invece anche poi per il "
    "la le les di e et est ce que qu en si that one ones celle celui celles ceux quella quello "
    "quelli quelle"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_WORD = re.compile(r"[^\W_]+")
_OPENING = re.compile(
    r"\s*(?:(?:quid|qu['’]en est-il|che dire|che ne [eè])"
    r"\s+(?:d['’]|(?:des?|du|di|del|della)\b|dell['’])"
    rf"|{OPENING.pattern})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Fillers:
    """What an ellipsis consists of.

    Attributes:
        names: in order; those right behind the opening have no preposition.
    """

    text: str
    names: tuple[Mention, ...]
    period: Period | None


def ellipsis_of(text: str, known: str) -> Fillers | None:
    """The fillers of a text that has nothing else; None for any other question.

    Args:
        known: what was said before; it tells whether the capital of a first word is a name's.
    """
    opening = _OPENING.match(text)
    begins = opening.end() if opening else 0
    period = period_words(text)
    names = tuple(_bare(name, begins) for name in _names(text, period) if name.start >= begins)
    rest = _rest(text, begins, names, period)
    count = len(names) + (period is not None)
    if not count or not {fold(word) for word in _WORD.findall(rest)} <= _IDLE:
        return None
    if opening is None and (count > 1 or not all(_is_sure(name, known) for name in names)):
        return None
    return Fillers(text, names, period)


def fill(question: str, fillers: Fillers, language: str | None, same: bool) -> str | None:
    """The question before with the fillers in their slots; None where one has none.

    Args:
        language: of that question.
        same: the ellipsis is in that language, so that its prepositions can be taken over.
    """
    for name in fillers.names:
        filled = _fill_name(question, name, fillers.text, language, same)
        if filled is None:
            return None
        question = filled
    if fillers.period is not None:
        question = _fill_period(question, fillers.period)
    return question


def counterpart(name: Mention, others: Sequence[Mention]) -> Mention | None:
    """The name that a new one replaces, or None."""
    sharing = [other for other in others if other.words & name.words]
    if sharing:
        return sharing[0]
    if name.place or name.role == "in":
        return _only([other for other in others if other.place]) or _only(
            [other for other in others if other.role == "in"]
        )
    things = [other for other in others if not other.place]
    alike = _only([other for other in things if other.role == name.role])
    return alike or (_only(things) if not name.role or name.role == "of" else None)


def _only(found: Sequence[Mention]) -> Mention | None:
    return found[0] if len(found) == 1 else None


def _names(text: str, period: Period | None) -> list[Mention]:
    """Names that are not part of a period: "October" is capitalised too."""
    return [
        name
        for name in mentions(text)
        if period is None or name.end <= period.start or name.start >= period.end
    ]


def _bare(name: Mention, begins: int) -> Mention:
    if name.lead >= begins:
        return name
    return Mention(name.text, name.start, name.end, name.start, "", name.place, name.opens)


def _rest(text: str, begins: int, names: Sequence[Mention], period: Period | None) -> str:
    spans = [(name.lead, name.end) for name in names]
    if period is not None:
        spans.append((period.start, period.end))
    gone = {place for start, end in spans for place in range(start, end)}
    return "".join(" " if at in gone else char for at, char in enumerate(text) if at >= begins)


def _is_sure(name: Mention, known: str) -> bool:
    """Whether a name is one though it may be capitalised by rule."""
    return (
        not name.opens
        or name.place is not None
        or " " in name.text
        or not name.text[1:].islower()
        or re.search(rf"\w[,;]? {re.escape(name.text)}\b", known) is not None
    )


def _fill_name(
    question: str, name: Mention, text: str, language: str | None, same: bool
) -> str | None:
    old = counterpart(name, _names(question, period_words(question)))
    said = _translated(name, language)
    whole = text[name.lead : name.end]
    if name.lead == 0 and name.start > 0:
        whole = whole[0].lower() + whole[1:]  # "En Italie ?" has the capital of a sentence
    if old is None:
        return _append(question, whole if same else said) if name.role else None
    if same and name.role and old.role:
        return f"{question[: old.lead]}{whole}{question[old.end :]}"
    return f"{question[: old.start]}{said}{question[old.end :]}"


def _translated(name: Mention, language: str | None) -> str:
    return (name.place and language and place_in(name.place, language)) or name.text


def _fill_period(question: str, period: Period) -> str:
    old = period_words(question)
    if old is None:
        years = _YEAR.findall(question)
        new = _YEAR.findall(period.words)
        if len(years) == len(new) == 1:
            return question.replace(years[0], new[0])
        return _append(question, period.words)
    words = period.words
    if period.guessed and not old.guessed and (years := _YEAR.findall(old.words)):
        words = f"{words} {years[-1]}"
    return f"{question[: old.start]}{words}{question[old.end :]}"


def _append(question: str, words: str) -> str:
    """The words before what the question ends with."""
    # Matched from a word on: sought at each space of a thousand, it takes the square of them.
    said = question.rstrip()
    end = re.search(r"(?<![\s?.!])\s*[?.!]*(?: \([^()]*\))?$", said)
    at = end.start() if end else len(said)
    return f"{question[:at]} {words}{question[at:]}"
