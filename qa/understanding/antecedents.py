"""Whom or what a pronoun means, by what was asked and answered last.

A question that asks for somebody makes the one that it was answered with the next one spoken of;
else a person whom the question names is, else the first whom the answer names. Titles tell men
from women (Mr, Mme, signora); beyond them nothing is guessed from a name.
"""

from __future__ import annotations

import re

from corpus.characters import fold
from qa.dates.period_words import months, weekdays
from qa.introducing import without_leads
from qa.phrases import INTERFACE_LANGUAGES, phrase
from qa.understanding.mentions import Mention, mentions
from qa.weighing.wanted import Wanted, wanted

#: More than these are a list, which the words that asked for it stand for.
_FEW = 3

_SINGULAR = {
    "en": re.compile(r"\b(?:he|him|his|she|her|hers)\b"),
    "fr": re.compile(r"\b(?:il|elle|lui|son|sa|ses)\b"),
    "it": re.compile(r"\b(?:lui|lei|egli|ella|suo|sua|suoi|sue)\b"),
}
_PLURAL = {
    "en": re.compile(r"\b(?:they|them|their|theirs)\b"),
    "fr": re.compile(r"\b(?:ils|elles|eux|leurs?)\b"),
    "it": re.compile(r"\b(?:loro)\b"),
}
_FEMALE = {
    "en": re.compile(r"\b(?:she|her|hers)\b"),
    "fr": re.compile(r"\belle\b"),
    "it": re.compile(r"\b(?:lei|ella)\b"),
}
_MALE = {
    "en": re.compile(r"\b(?:he|him|his)\b"),
    "fr": re.compile(r"\bil\b"),
    "it": re.compile(r"\b(?:lui|egli)\b"),
}
_MEN_WORDS = "mr m monsieur signor sir lord king prince"
_MEN = frozenset(_MEN_WORDS.split())
_WOMEN_WORDS = "mrs ms miss mme mlle madame mademoiselle signora lady queen princess"
_WOMEN = frozenset(_WOMEN_WORDS.split())

#: A question that a name answers.
_ASKS_NAME = re.compile(r"(?:and |et |e |in |dans |a |de |di )?(?:which|quel|quelle|quale)\b")

#: What institutions are called, folded; people are not.
_INSTITUTIONS_WORDS = (
    "university institute court centre center press post times wire library genesis group "
    "ministry council board company corp inc school college bank party union street park "
    "district county republic kingdom states nations agency authority association review "
    "gazette courier universite institut cour tribunal bibliotheque groupe ministere conseil "
    "ecole banque parti rue autorite agence courrier universita istituto corte tribunale "
    "biblioteca gruppo ministero consiglio scuola banca partito via autorita agenzia garante "
    "consorzio corriere"
)
_INSTITUTIONS = frozenset(_INSTITUTIONS_WORDS.split())
_MARKERS = re.compile(r"\s*\[\d+\]")
_ARTICLE = re.compile(
    r"(?:^|[ '])(?:the|le|la|les|l|du|des|au|il|lo|gli|del|della|dell|dal|nel|nella)$"
)


def referents(text: str, language: str | None, question: str, reply: str) -> tuple[str, ...]:
    """Names that a question's pronouns mean and that the question before does not hold.

    Args:
        language: of the text.
        question: the one before, standing alone.
        reply: what was answered to it.
    """
    answered = _answered(question, reply)
    code, folded = language or "", fold(text)
    if not answered or code not in _SINGULAR:
        return ()
    if _PLURAL[code].search(folded):
        return _several(answered) if wanted(question) is Wanted.PERSON else ()
    if _SINGULAR[code].search(folded) or (code == "it" and not mentions(text)):
        known = people(question)
        if known and wanted(question) is not Wanted.PERSON:
            return ()
        if code == "fr" and mentions(question) and wanted(question) is not Wanted.PERSON:
            return ()
        return _one(answered, question, reply, folded, code)
    if _ASKS_NAME.match(fold(question)):
        return (answered[0].text,)
    return ()


def speaks_of_one(text: str, language: str | None) -> bool:
    """Whether a question has a pronoun that is a single person's."""
    pattern = _SINGULAR.get(language or "")
    return pattern is not None and pattern.search(fold(text)) is not None


def people(text: str) -> list[str]:
    """Names in a text that are people's, by their form."""
    return [mention.text for mention in mentions(text) if _is_person(mention, text)]


def _answered(question: str, reply: str) -> list[Mention]:
    """Names that an answer adds to its question; none where the archive did not say."""
    plain = _MARKERS.sub("", without_leads(reply))
    refusals = tuple(phrase(code, "answer.refused") for code in INTERFACE_LANGUAGES)
    if reply.startswith(refusals):
        return []
    calendar = {*months(), *weekdays()}
    asked = set(re.findall(r"[^\W_]+", fold(question)))
    return [
        mention
        for mention in mentions(plain)
        if not mention.words <= asked
        and not mention.words & calendar
        # The first word of a sentence is a name where it is one of a list, or of two words.
        and (not mention.opens or " " in mention.text or plain[mention.end :][:1] == ",")
    ]


def _several(answered: list[Mention]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(mention.text for mention in answered))
    return names if len(names) <= _FEW else ()


def _one(
    answered: list[Mention], question: str, reply: str, folded: str, code: str
) -> tuple[str, ...]:
    female = _FEMALE[code].search(folded) is not None
    male = _MALE[code].search(folded) is not None
    wrong = _MEN if female and not male else _WOMEN if male and not female else frozenset()
    plain = _MARKERS.sub("", without_leads(reply))
    fitting = [
        mention
        for mention in answered
        if _is_person(mention, plain) and fold(mention.text.split()[0]).strip(".") not in wrong
    ]
    return (min(fitting, key=lambda one: _strangeness(one, question)).text,) if fitting else ()


def _strangeness(mention: Mention, question: str) -> tuple[bool, bool]:
    """How little a name of an answer is what the question asked for, least first: not a name that
    the question holds itself, and one with a word of it, as "Judge Marr" has of "Who is the judge?"
    """
    named = frozenset().union(*(one.words for one in mentions(question)))
    asked = set(re.findall(r"[^\W_]+", fold(question))) - named
    return bool(mention.words & named), not mention.words & asked


def _is_person(mention: Mention, text: str) -> bool:
    parts = mention.text.split()
    return (
        len(parts) > 1
        and mention.place is None
        and not any(char.isdigit() for char in mention.text)
        and not any(part.isupper() and len(part) > 2 for part in parts)
        and not mention.words & _INSTITUTIONS
        and _ARTICLE.search(fold(text[: mention.start].rstrip(" '’"))) is None
    )
