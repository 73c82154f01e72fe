"""What is asked: a question made to stand alone, its language, and what kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from corpus.characters import clean_text, fold
from corpus.language import LANGUAGES, detect_language
from index_store.question_language import question_language
from index_store.terms import question_words, words
from qa.errors import BadQuestion
from qa.history import Turn
from qa.phrases import INTERFACE_LANGUAGES
from qa.understanding.follow_ups import stand_alone
from qa.understanding.small_talk import without_small_talk
from qa.weighing.conditions import Condition, conditions
from qa.weighing.wanted import Wanted, wanted

if TYPE_CHECKING:
    from qa.understanding.rewriting import Rewriter

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
        written_in: language of `standalone`, which decides how it is searched.
        carried: folded words of `standalone` that were carried to the question.
        conditions: what it names that must stand with its answer.
    """

    text: str
    standalone: str
    language: str
    wanted: Wanted
    written_in: str
    carried: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()


def understand(
    text: str,
    history: Sequence[Turn],
    language: str | None,
    known: Sequence[str],
    standalone: str | None = None,
    rewriter: Rewriter | None = None,
) -> Question:
    """Reads a question.

    Args:
        language: where the user chose one; otherwise it is detected.
        known: languages of the archive.
        standalone: how the user wants it to be understood; otherwise the history tells.
        rewriter: puts a follow-up into words of its own, where there is one.

    Raises:
        BadQuestion: empty, without a letter or digit, or too long; `language` is no language.
    """
    text, history = _checked(text), without_small_talk(history)
    written_in = _language(text, history, known)
    spoken = chosen(language) if language else written_in
    if standalone is not None:
        understood = _checked(standalone)
    else:
        rewritten = rewriter.rewrite(text, history, written_in) if rewriter else None
        understood = rewritten or stand_alone(text, history, written_in)
    # An ellipsis becomes the question before it, in that one's language.
    searched_in = written_in if text in understood else _language(understood, (), known)
    carried = understood.removeprefix(text) if understood.startswith(f"{text} (") else ""
    foreign = frozenset(words(carried)) - frozenset(words(text))
    own = text if carried else understood
    leaning = text if standalone is None and understood != text else ""
    required = conditions(own, leaning)
    return Question(text, understood, spoken, wanted(understood), searched_in, foreign, required)


def _checked(text: str) -> str:
    text = clean_text(text)
    if not any(char.isalnum() for char in text):
        raise BadQuestion("the question is empty; type a question in your own words")
    if len(text) > MAX_CHARACTERS:
        raise BadQuestion(
            f"the question has {len(text):,} characters; the most is {MAX_CHARACTERS:,}: "
            f"ask one question at a time, and leave out pasted text"
        )
    return text


def chosen(language: str) -> str:
    """The ISO 639-1 code of a language that the user chose; raises as `understand`."""
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
