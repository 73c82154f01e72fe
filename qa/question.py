"""What is asked: a question made to stand alone, and its language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from corpus.characters import clean_text, fold
from corpus.language import LANGUAGES, detect_language
from index_store.question_language import question_language
from index_store.terms import question_words
from qa.errors import BadQuestion
from qa.history import Turn
from qa.phrases import INTERFACE_LANGUAGES
from qa.wanted import Wanted, wanted

#: Longer than any question; a pasted article is not one.
MAX_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched.

    Attributes:
        text: as it was typed, trimmed, without what cannot be stored or shown.
        standalone: understood without the conversation before it.
        language: to answer in, an ISO 639-1 code.
        wanted: the kind of answer that is asked for.
        written_in: language of the question itself, which decides how it is searched.
    """

    text: str
    standalone: str
    language: str
    wanted: Wanted
    written_in: str


def understand(
    text: str, history: Sequence[Turn], language: str | None, known: Sequence[str]
) -> Question:
    """Reads a question.

    Args:
        language: where the user chose one; otherwise it is detected.
        known: languages of the archive.

    Raises:
        BadQuestion: empty, without a letter or digit, or too long; `language` is no language.
    """
    text = clean_text(text)
    if not any(char.isalnum() for char in text):
        raise BadQuestion("the question is empty; type a question in your own words")
    if len(text) > MAX_CHARACTERS:
        raise BadQuestion(
            f"the question has {len(text):,} characters; the most is {MAX_CHARACTERS:,}: "
            f"ask one question at a time, and leave out pasted text"
        )
    written_in = _language(text, history, known)
    spoken = _chosen(language) if language else written_in
    standalone = stand_alone(text, history, written_in)
    return Question(text, standalone, spoken, wanted(text), written_in)


def _chosen(language: str) -> str:
    try:
        return Locale.parse(language, sep="-").language
    except (ValueError, UnknownLocaleError):
        raise BadQuestion(
            f"{language!r} is not a language; expected an ISO 639-1 code such as en, fr or it"
        ) from None


def _language(text: str, history: Sequence[Turn], known: Sequence[str]) -> str:
    """The language of a question; names alone are in that of the question before, if there is one.

    "Mistral ?" says nothing but that only French puts a space before the mark.
    """
    candidates = tuple(sorted({*INTERFACE_LANGUAGES, *known} & set(LANGUAGES)))
    if not _is_only_names(text):
        return question_language(text, candidates) or "en"
    asked = [turn.content for turn in history if turn.role == "user"]
    telling = next((said for said in reversed(asked) if not _is_only_names(said)), None)
    if telling is not None:
        return detect_language(telling, candidates) or "en"
    return "fr" if _FRENCH_MARK.search(text) else "en"


_FRENCH_MARK = re.compile(r"\w\s[?!]$")


def _is_only_names(text: str) -> bool:
    """Whether every word is capitalised, single, or a number, and none is a question's own."""
    found = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    folded = {fold(word) for word in found}
    return not any(map(str.islower, found)) and not any(
        folded - set(question_words(text, language)) for language in INTERFACE_LANGUAGES
    )


# A question leans on what came before where it opens like the second half of a sentence, or
# speaks of somebody it does not name.
_OPENING = re.compile(
    r"(and|but|also|so|what about|how about|et|mais|aussi|donc|e|ed|ma|anche|quindi)\b", re.I
)
# "That" and "it" are pronouns only in some places ("said that", "is it true"), and French
# "il" and "-t-il" are impersonal in some ("y a-t-il") and in others repeat a noun that the
# question names ("Google avait-il").
_QUESTION_WORD = (
    r"(?:(?:quand|ou|comment|pourquoi|combien(?: (?:de |d['’])\w+)?|que|quoi|qui|quels?|quelles?)"
    r"(?: (?!y )\w+)? )?"
)
_PRONOUNS = {
    "en": re.compile(
        r"\b(?:he|she|they|him|her|them|his|hers|their|theirs|its)\b"
        r"|(?<!is )(?<!was )\bit\b|\b(?:is|was) it\b(?! (?:true|possible|likely|known|legal))"
        r"|\b(?:this|these)\b|\bthose\b(?! who)"
        r"|\bthat(?=\s*[?.!,]|$)|\b(?:is|was|does|did|will|has|of|about|for|by|after|before) that\b"
    ),
    "fr": re.compile(
        r"\b(?:elle|elles|ils|lui|leur|leurs|celui-ci|celle-ci|cela|ca)\b(?<!-elle)(?<!-elles)(?<!-ils)"
        r"|(?:^|\b(?:qu|lorsqu|puisqu)['’]| )il\b(?! y | faut| s['’]agit| est (?:vrai|possible))"
        rf"|^{_QUESTION_WORD}(?!faut-|s['’]agit-|est-il (?:vrai|possible))"
        r"(?:\w+['’])?\w+-(?:t-)?(?:il|elle)s?\b"
    ),
    "it": re.compile(r"\b(?:lui|lei|loro|esso|essa|questo|questa|cio|suo|sua|suoi|sue)\b"),
}
_FEW_WORDS = 1


def stand_alone(text: str, history: Sequence[Turn], language: str | None) -> str:
    """The question with what it leans on behind it in brackets, or just as it is.

    What it leans on are the words of the user's last question that it does not repeat.
    """
    asked = [turn.content for turn in history if turn.role == "user"]
    content = question_words(text, language)
    leans = _OPENING.match(text) or _has_pronoun(text, language) or len(content) <= _FEW_WORDS
    if not asked or not leans:
        return text
    last = clean_text(asked[-1][:MAX_CHARACTERS])
    before = set(question_words(last, language)) - set(content)
    carried = [word for word in _WORD.findall(last) if before & set(_pieces(word))]
    return f"{text} ({' '.join(carried)})" if carried else text


def _has_pronoun(text: str, language: str | None) -> bool:
    pattern = _PRONOUNS.get(language or "")
    return pattern is not None and pattern.search(fold(text)) is not None


_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")


def _pieces(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(word))
