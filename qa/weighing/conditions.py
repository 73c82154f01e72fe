"""What a question names must stand where it is answered: a fine in Italy is no fine in France.

A place that is known as one must stand in the passage of a sentence or at the head of its article,
under whatever name it goes there, and more of the question with it. News from home names no
country: an article in Italian whose passage speaks of no other may tell of Italy. Of a name of
several words some must stand there, and in a follow-up the same holds of every name that it brings.
Other single names are left to the odds, since they can be misspelt, or stand for what every
passage of a story leaves unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.characters import fold
from index_store.terms import grams, marked, stop_words
from qa.claims.places import countries, narrow, places
from qa.dates.period_words import months, weekdays
from qa.dates.periods import period_words
from qa.understanding.mentions import OPENERS, Mention, mentions

#: Words of the longest name; what has more is a headline that was pasted.
_LONGEST = 4

#: Share of a word's 4-grams from which a text has the word, inflected or misspelt as it may be.
HAS_WORD = 0.5

_OF_STATE = ("official", "de_facto_official")

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Condition:
    """A name that must stand where the answer does.

    Attributes:
        words: folded; of a name that is no place, any is enough.
        meanings: what it names, where that is a place, in the form of `qa.claims.places`.
    """

    words: tuple[str, ...]
    meanings: frozenset[str] = frozenset()


def conditions(question: str, follow_up: str = "") -> tuple[Condition, ...]:
    """What a question names that must stand with its answer.

    Args:
        question: standing alone, without what was carried to it.
        follow_up: as it was typed, where it leaned on what was said before.
    """
    required = [
        condition
        for name in _names(question)
        if (condition := _condition(name)).meanings or len(name.words - OPENERS) > 1
    ]
    required += [_condition(name) for name in _names(follow_up) if _is_sure(name, follow_up)]
    return tuple(dict.fromkeys(one for one in required if one.words))


def hold(
    required: Sequence[Condition], text: str, written_in: str | None, held: Mapping[str, bool]
) -> bool:
    """Whether every condition holds in a text.

    Args:
        held: whether the text has a word of the question, in whatever language.
    """
    asked = [one for one in required if one.meanings]
    names = [one for one in required if not one.meanings]
    if asked and not (_hold_places(asked, text, written_in) and _is_about_more(asked, held)):
        return False
    present = marked(text) if names else ""
    return all(any(held.get(word) or _has(word, present) for word in one.words) for one in names)


def _names(text: str) -> Iterator[Mention]:
    """Names of a text that are no dates."""
    period = period_words(text)
    for name in mentions(text):
        is_dated = period is not None and name.start < period.end and period.start < name.end
        if not is_dated and not set(filter(str.isalpha, name.words)) <= {*months(), *weekdays()}:
            yield name


def _is_sure(name: Mention, text: str) -> bool:
    """Whether a name is one, though it may open the text, which has capitals by rule."""
    rest = text[: name.start] + text[name.end :]
    return not name.opens or name.place is not None or not re.search(r"[^\W\d_]", rest)


def _condition(name: Mention) -> Condition:
    """What must stand of a name; numbers are looked for elsewhere, languages go without saying."""
    folded = tuple(_WORD.findall(fold(name.text)))
    found = places(folded)
    meant = frozenset().union(*found.values())
    if len(found) == len(folded) and (name.place or any(map(_is_city, meant))):
        return Condition(folded, narrow(meant)) if narrow(meant) else Condition(())
    own = {at: word for at, word in enumerate(folded) if word.isalpha() and word not in OPENERS}
    telling = [word for at, word in own.items() if not any(map(_is_place, found.get(at, ())))]
    if not telling and len(folded) > 1:
        telling = list(own.values())  # Le Monde
    return Condition(tuple(telling) if len(folded) <= _LONGEST else ())


def _is_place(meaning: str) -> bool:
    """Meta is a language, too, but no place."""
    return not meaning.startswith("speaks ")


def _is_city(meaning: str) -> bool:
    return meaning.startswith(("at ", "city "))


def _hold_places(asked: Sequence[Condition], text: str, written_in: str | None) -> bool:
    """Whether places are meant, or no place is and the language is spoken there: news from home
    does not say in which country it is."""
    meant = _meant(text, written_in)
    known = meant if narrow(meant) else meant | _homes(written_in)
    return all(one.meanings & known for one in asked)


def _is_about_more(asked: Sequence[Condition], held: Mapping[str, bool]) -> bool:
    """Whether a text has a word of the question beside its places, if there is one."""
    of_places = {word for one in asked for word in one.words}
    others = [has for word, has in held.items() if word not in of_places]
    return not others or any(others)


def _meant(text: str, written_in: str | None) -> frozenset[str]:
    """The places that a text names, and the countries that these are in."""
    said = _WORD.findall(text)
    small = {word for word in said if word.islower() and word in stop_words(written_in)}
    found = places([fold(word) for word in said])
    meanings = frozenset().union(*(found[at] for at in found if said[at] not in small))
    return meanings | countries(meanings)


@cache
def _homes(language: str | None) -> frozenset[str]:
    """The countries whose language of state it is, in the form of `qa.claims.places`."""
    from babel.core import get_global  # CLDR's data, read where a place is asked for

    return frozenset(
        f"in {code}"
        for code, spoken in get_global("territory_languages").items()
        if spoken.get(language, {}).get("official_status") in _OF_STATE
    )


def _has(word: str, present: str) -> bool:
    wanted = grams(word)
    return sum(gram in present for gram in wanted) >= HAS_WORD * len(wanted)
