"""The kind of thing that a question asks for, by the first word in it that asks."""

from __future__ import annotations

import re
from enum import Enum
from itertools import takewhile

from corpus.characters import fold
from index_store.terms import stop_words


class Wanted(Enum):
    """What an answer must contain to be one."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERSON = "person"
    WORDS = "words"
    ANYTHING = "anything"


# Of those that begin at one place the first counts. English, French, Italian, Spanish.
_ASKING: tuple[tuple[Wanted, re.Pattern[str]], ...] = tuple(
    (wanted, re.compile(pattern))
    for wanted, pattern in (
        (
            Wanted.MONEY,
            r"\bhow much (does|did|is|was|are|were|has|have|will|money|would|do)\b.*"
            r"\b(cost|pay|paid|paying|worth|charge|spend|spent|earn|fine|fined|price)\b"
            r"|\bhow much\b.*\b(damages|fares?|fees?|fines?|compensation)\b"
            r"|\b(what|which) (price|fine|fee|salary|fare)\b|\bat what price\b"
            r"|\b(a )?(quel prix|quelle amende|quel montant|quel salaire|quel tarif)\b"
            r"|\bcombien\b.*\b(cout|paye|verse|vaut|rapporte|prix|depense|offert|dommages)"
            r"|\b(quale|a che) (multa|prezzo|cifra|stipendio|tariffa)\b"
            r"|\bquanto\b.*\b(costa|costo|costat|costera|paga|pago|spes|vale|guadagn|vers|offert|offr"
            r"|risarcim)"
            r"|\bcuanto\b.*\b(cuesta|costo|costar|pago|paga|vale|gano|gast)|\bque precio\b",
        ),
        (
            Wanted.NUMBER,
            r"\bhow (many|much|old|tall|high|far|long|fast|heavy|deep|wide)\b"
            r"|\b(what|which) (number|percentage|share|age)\b"
            r"|\bcombien\b|\bquel(le)? (nombre|pourcentage|part|age)\b"
            r"|\bquant[oaie]\b|\b(quale|che) (numero|percentuale|quota|eta)\b"
            r"|\bcuant[oa]s?\b|\bque (numero|porcentaje|edad)\b",
        ),
        (
            Wanted.DATE,
            r"\bwhen\b|\b(what|which) (year|date|day|month)\b"
            r"|\bquand\b|\bquel(le)? (annee|date|jour|mois)\b"
            r"|\bquando\b|\b(che|quale) (anno|data|giorno|mese)\b"
            r"|\bcuando\b|\b(que|cual) (ano|fecha|dia|mes)\b",
        ),
        # Whoever is called something has a name.
        (
            Wanted.PERSON,
            r"\b(what|which) (is|was|are|were) the names? of\b|\bwhat is (his|her) name\b"
            r"|\b(which|what) (judge|lawyer|attorney|author|editor|minister|mayor|journalist)s?\b"
            r"|\bcomment s['’]appel\w+|\bquel(le)?s? (est|sont|etait) les? noms?\b"
            r"|\bquel(le)?s? (juge|avocate?|auteure?|ministre|maire|journaliste|editeur)s?\b"
            r"|\bcome si chiama\w*|\bqual (e|era) il nome\b"
            r"|\bquale? (giudice|avvocat[oa]|autore|autrice|ministr[oa]|sindac[oa]|giornalista)\b",
        ),
        (
            Wanted.WORDS,
            r"\b(what|how) (did|does|do|has|have)\b.*"
            r"\b(say|said|tell|told|write|written|react|reacted|respond|responded|reply|replied"
            r"|comment|commented)\b|\bwhat (was|is) the (reaction|reply|response|comment)\b"
            r"|\bque (dit|disent|declare|declarent|repond|repondent)\b"
            r"|\b(qu['’]|que |comment ).*\b(a|ont)\b.*"
            r"\b(dit|declare|repondu|ecrit|reagi|commente)\b"
            r"|\bquelle (est|a ete|etait) la (reaction|reponse)\b"
            r"|\b(che |cosa |che cosa )(dice|dicono|risponde|rispondono|commenta)\b"
            r"|\b(che |cosa |come ).*\b(ha|hanno)\b.*"
            r"\b(detto|risposto|scritto|reagito|commentato)\b"
            r"|\b(che |cosa |che cosa )scriv\w+\b|\bqual (e|e stata|era) la (reazione|risposta)\b",
        ),
        # Elsewhere than at the beginning, "qui" is a relative pronoun, and the others often are.
        (
            Wanted.PERSON,
            r"^\W*who\b|^\W*(?:(?:de|a|di) )?(?:qui(?! est-ce que)|chi|quien(?:es)?)\b",
        ),
        (
            Wanted.ANYTHING,
            r"\b(what|which|where|why|who|whom|whose|how)\b"
            r"|\b(quel(le)?s?|ou|pourquoi|comment|quoi|qu['’]est-ce)\b|\bqu['’](?=a |ont |est )"
            r"|\b(quali?|dove|perche|come|cosa|che cosa)\b|^\W*(che|que)\b"
            r"|\b(cual(es)?|donde|como)\b",
        ),
    )
)
# "When the ferry stopped, who paid?" does not ask when.
_CLAUSE = re.compile(r"^\W*(?:when|quand|lorsque|quando|cuando)\b[^,?]*,\s*")


def wanted(question: str) -> Wanted:
    """The kind of answer that a question wants, in the languages above; ANYTHING otherwise."""
    folded = fold(question)
    clause = _CLAUSE.match(folded)
    if clause and _first(folded[clause.end() :]) is not None:
        folded = folded[clause.end() :]
    return _first(folded) or Wanted.ANYTHING


def _first(folded: str) -> Wanted | None:
    found = [(match.start(), kind) for kind, asking in _ASKING if (match := asking.search(folded))]
    return min(found, key=lambda each: each[0])[1] if found else None


_COUNTED = re.compile(
    r"\b(?:how many|combien (?:de |d['’])|quant[ie]\b|cuant[oa]s\b)\s*"
    r"((?:[^\W_]+\W+){0,2}[^\W_]+)",
    re.IGNORECASE,
)
# What is counted here often goes without its noun: 30 died, twice.
_UNSAID = frozenset(
    (
        *(
            "people",
            "persons",
            "times",
            "gens",
            "personnes",
            "fois",
            "persone",
            "volte",
            "personas",
        ),
        *("temps", "tempo", "tiempo"),
    )
)
_SHORTEST = 4


# Whose name is asked for, in what follows "which", "the name of", "who is the" and their like.
_ROLE = re.compile(
    r"\b(?:which|what|who (?:is|was)|names? of"
    r"|quel(?:le)?s?|qui (?:est|etait)|noms? d[eu]s?|s['’]appel\w+"
    r"|qual[ei]|chi (?:e|era)|nome del\w*|si chiama\w*)\s+(?:(?:the|le|la|il|lo) |l['’])?"
    r"(judge|lawyer|attorney|author|editor|minister|mayor|journalist|prosecutor|senator"
    r"|juge|avocate?|auteure?|ministre|maire|journaliste|editeur|procureure?|senateur"
    r"|giudice|avvocat[oa]|autore|autrice|ministr[oa]|sindac[oa]|giornalista|procurator[ei]|senatore)\b"
)


def asked_of(question: str, language: str | None) -> tuple[str, ...]:
    """Folded words of what a question wants to be counted, or of the role of whose name it asks
    for; none where it could go unsaid."""
    role = _ROLE.search(fold(question))
    return (role[1],) if role else _counted(question, language)


def _counted(question: str, language: str | None) -> tuple[str, ...]:
    found = _COUNTED.search(question.replace("ú", "u").replace("á", "a"))
    named = takewhile(
        lambda word: word.islower() and fold(word) not in stop_words(language),
        re.findall(r"[^\W_]+", found[1]) if found else (),
    )
    things = [fold(word) for word in named]
    return () if _UNSAID & set(things) else tuple(word for word in things if len(word) >= _SHORTEST)
