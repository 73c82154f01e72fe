"""What is asked: a question made to stand alone, its language, and what kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.language import LANGUAGES, detect_language
from index_store.terms import fold, question_words
from qa.errors import BadQuestion
from qa.history import Turn
from qa.phrases import INTERFACE_LANGUAGES

#: Longer than any question; a pasted article is not one.
MAX_CHARACTERS = 2_000


class Wanted(Enum):
    """What an answer must contain to be one."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERSON = "person"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched.

    Attributes:
        text: as it was typed, trimmed.
        standalone: understood without the conversation before it.
        language: ISO 639-1 code.
    """

    text: str
    standalone: str
    language: str
    wanted: Wanted


def understand(
    text: str, history: Sequence[Turn], language: str | None, known: Sequence[str]
) -> Question:
    """Reads a question.

    Args:
        language: where the user chose one; otherwise it is detected.
        known: languages of the archive.

    Raises:
        BadQuestion: empty, without a letter or digit, or too long.
    """
    text = text.strip()
    if not any(char.isalnum() for char in text):
        raise BadQuestion("the question is empty; type a question in your own words")
    if len(text) > MAX_CHARACTERS:
        raise BadQuestion(
            f"the question has {len(text):,} characters; the most is {MAX_CHARACTERS:,}: "
            f"ask one question at a time, and leave out pasted text"
        )
    spoken = language or _language(text, known)
    return Question(text, stand_alone(text, history, spoken), spoken, wanted(text))


def _language(text: str, known: Sequence[str]) -> str:
    candidates = {*INTERFACE_LANGUAGES, *known} & set(LANGUAGES)
    return detect_language(text, tuple(sorted(candidates))) or "en"


# A question leans on what came before where it opens like the second half of a sentence, or
# speaks of somebody it does not name.
_OPENING = re.compile(
    r"(and|but|also|so|what about|how about|et|mais|aussi|donc|e|ed|ma|anche|quindi)\b", re.I
)
_PRONOUN = re.compile(
    r"\b(he|she|they|him|her|them|his|hers|their|theirs|it|its|this|that|these|those"
    r"|elle|ils|elles|lui|leur|leurs|celui-ci|celle-ci|cela"
    r"|lei|loro|esso|essa|questo|questa|suo|sua|suoi|sue)\b"
    r"|-t-(il|elle)s?\b|-(il|elle)s\b",
    re.I,
)
_FEW_WORDS = 1


def stand_alone(text: str, history: Sequence[Turn], language: str | None) -> str:
    """The question with what it leans on behind it in brackets, or just as it is.

    What it leans on are the words of the user's last question that it does not repeat.
    """
    asked = [turn.content for turn in history if turn.role == "user"]
    content = question_words(text, language)
    leans = _OPENING.match(text) or _PRONOUN.search(text) or len(content) <= _FEW_WORDS
    if not asked or not leans:
        return text
    before = set(question_words(asked[-1], language)) - set(content)
    carried = [word for word in _WORD.findall(asked[-1]) if before & set(_pieces(word))]
    return f"{text} ({' '.join(carried)})" if carried else text


_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")


def _pieces(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(word))


_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = tuple(
    (wanted, re.compile(pattern))
    for wanted, pattern in (
        (
            Wanted.MONEY,
            r"\bhow much (does|did|is|was|are|were|has|have|will|money|would|do)\b.*"
            r"\b(cost|pay|paid|paying|worth|charge|spend|spent|earn|fine|fined|price)\b"
            r"|\b(what|which) (price|fine|fee|salary)\b|\bat what price\b"
            r"|\b(a )?(quel prix|quelle amende|quel montant|quel salaire)\b"
            r"|\bcombien\b.*\b(cout|paye|verse|vaut|rapporte|prix|depense)"
            r"|\b(quale|a che) (multa|prezzo|cifra|stipendio)\b"
            r"|\bquanto\b.*\b(cost|paga|pago|spes|vale|guadagn|vers)",
        ),
        (
            Wanted.NUMBER,
            r"\bhow (many|much)\b|\bcombien\b|\bquant[oaie]\b|\bwhat (number|percentage|share)\b"
            r"|\bquel(le)? (nombre|pourcentage|part)\b|\b(quale|che) (numero|percentuale|quota)\b",
        ),
        (
            Wanted.DATE,
            r"\bwhen\b|\b(what|which) (year|date|day|month)\b|\bquand\b"
            r"|\bquel(le)? (annee|date|jour|mois)\b|\bquando\b"
            r"|\b(in )?(che|quale) (anno|data|giorno|mese)\b",
        ),
        (Wanted.PERSON, r"^who\b|^qui\b(?! est-ce que)|^chi\b|^(de|a|di) (qui|chi)\b"),
    )
)


def wanted(text: str) -> Wanted:
    """The kind of answer that a question in English, French or Italian asks for."""
    folded = fold(text)
    return next((kind for kind, pattern in _WANTED if pattern.search(folded)), Wanted.ANYTHING)
