"""What is to come is not what has been: "plans to sell" and "sold", "fermera" and "a fermé"."""

from __future__ import annotations

from functools import cache

from qa.claims.reasons import Fault, Reason
from qa.claims.scope import denials_in
from qa.claims.senses import senses
from qa.claims.tables import languages, table
from qa.claims.tokens import Text, Token, tokens

#: Words before a verb in which what tells its tense is looked for.
_BEFORE = 4
#: Letters of the shortest verb that is told by its ending.
_LONG = 4


def tells_as_done(statement: Text, source: Text) -> Fault | None:
    """A verb of the statement that has been, and in the source is always to come."""
    said, printed = (tokens(each.text, each.language) for each in (statement, source))
    for at, verb in enumerate(said):
        if not _is_verb(verb) or _is_denied(statement, at):
            continue
        same = [
            position
            for position, each in enumerate(printed)
            if _is_verb(each) and _is_one(verb, each, statement, source)
        ]
        comes = all(is_coming(source, position) for position in same)
        if same and comes and _is_past(statement, at, {printed[each].word for each in same}):
            return Fault(Reason.WORDS, statement.text[verb.start : verb.end])
    return None


def is_coming(text: Text, at: int) -> bool:
    """Whether the word there is a verb of what is to come, or no fact yet."""
    verb = tokens(text.text, text.language)[at]
    before = _small_before(text, at)
    if _words("done", text.language) & set(_before(text, at)):
        return False
    if _words("coming", text.language) & set(before):
        return True
    written = text.text[verb.start : verb.end].lower()
    endings = tuple(_words("future", text.language) | _words("infinitive", text.language))
    return len(written) > _LONG and written.endswith(endings) and not _is_done(text, before)


def _is_past(text: Text, at: int, forms: set[str]) -> bool:
    """Whether the word there tells what has been.

    Args:
        forms: in which the source has the verb, for what is to come.
    """
    verb, before = tokens(text.text, text.language)[at], _small_before(text, at)
    if is_coming(text, at):
        return False
    if _is_done(text, before):
        return True
    # English has the past of a verb without a small word, as a form of its own.
    is_form = verb.word not in forms and not verb.word.endswith(("s", "ing"))
    return "en" in languages(text.language) and is_form and not before


def _is_denied(text: Text, at: int) -> bool:
    """Whether it has not been: "has not yet ruled" is said of what is to come."""
    read = tokens(text.text, text.language)
    denied = denials_in(text, languages(text.language))
    return any(each < at and read[each].clause == read[at].clause for each in denied)


def _is_done(text: Text, before: list[str]) -> bool:
    return bool(_words("past", text.language) & set(before))


def _is_verb(token: Token) -> bool:
    return token.is_content and token.word.isalpha() and not token.is_capital


def _is_one(one: Token, other: Token, statement: Text, source: Text) -> bool:
    if statement.language == source.language and one.stem == other.stem:
        return True
    return bool(senses(one.word, statement.language) & senses(other.word, source.language))


def _before(text: Text, at: int) -> list[str]:
    """The words before a place in its clause, the last first."""
    read = tokens(text.text, text.language)
    near = reversed(read[max(0, at - _BEFORE) : at])
    return [
        text.text[each.start : each.end].lower() for each in near if each.clause == read[at].clause
    ]


def _small_before(text: Text, at: int) -> list[str]:
    """The small words right before a place."""
    read = tokens(text.text, text.language)
    small: list[str] = []
    for each, written in zip(reversed(read[:at]), _before(text, at), strict=False):
        if each.is_content:
            break
        small.append(written)
    return small


@cache
def _words(kind: str, language: str | None) -> frozenset[str]:
    return frozenset(
        word for each in languages(language) for word in table("tenses")[kind][each].split()
    )
