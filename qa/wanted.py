"""The kind of answer that a question wants."""

from __future__ import annotations

import re
from enum import Enum

from corpus.characters import fold


class Wanted(Enum):
    """What an answer must contain to be one."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERSON = "person"
    ANYTHING = "anything"


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
