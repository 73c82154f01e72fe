"""Who did what to whom: names and words that have changed places, or turned round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from corpus.characters import fold
from qa.claims.attributions import is_speech
from qa.claims.reasons import Fault, Reason
from qa.claims.senses import Sense, senses
from qa.claims.tables import languages
from qa.claims.tokens import Text, Token, tokens

#: What stands before a word, and what behind it.
_Sides = tuple[frozenset[str], frozenset[str]]

#: Words before whom something comes from, and whom it goes to.
_FROM = frozenset(["from", "by", "par", "da", "dal", "dalla", "dall", "dai", "dagli", "dalle"])
_TO = frozenset(["to", "against", "contre", "contro", "verso", "vers"])
#: Words of direction, which say nothing of a subject otherwise.
_DIRECTIONS = _FROM | _TO | {"a"}

_AND = frozenset({"and", "et", "e", "ed"})

_PASSIVE = {
    "en": re.compile(r"\b(?:was|were|is|are|been|being|be)\b.*\bby\b"),
    "fr": re.compile(r"\b(?:est|sont|ete|etait|etaient|fut|furent)\b.*\bpar\b"),
    "it": re.compile(
        r"\b(?:e|sono|stat[oaie]|era|erano|fu|furono|vien\w+)\b.*\bda(?:l|llo|lla|i|gli|lle)?\b"
    ),
}


def swaps_roles(statement: Text, source: Text) -> Fault | None:
    """Two names around one and the same word, the other way round than in the source."""
    if _is_passive(statement) != _is_passive(source):
        return None
    printed = _roles(source)
    for word, (before, behind) in _roles(statement).items():
        other_before, other_behind = printed.get(word, (frozenset(), frozenset()))
        swapped = before & other_behind and behind & other_before
        if swapped and not (before & other_before or behind & other_behind):
            return Fault(Reason.WORDS, " ".join(sorted(before & other_behind)))
    return None


def turns_round(statement: Text, source: Text) -> Fault | None:
    """A name that something comes from ("by Meta") and in the source goes to ("against Meta")."""
    printed = _directions(source)
    for name, words in _directions(statement).items():
        others = printed.get(name, frozenset())
        for one, other in ((_FROM, _TO), (_TO, _FROM)):
            if words & one and others & other and not others & one:
                return Fault(Reason.WORDS, f"{min(words & one)} {name}")
    return None


@lru_cache(maxsize=512)
def _directions(text: Text) -> dict[str, frozenset[str]]:
    """The small words right before each word of a name."""
    read = tokens(text.text, text.language)
    found: dict[str, frozenset[str]] = {}
    for run in _names(text):
        before = frozenset({read[run[0] - 1].word}) if run[0] else frozenset()
        for at in run:
            found[read[at].word] = found.get(read[at].word, frozenset()) | before
    return found


def swaps_sides(statement: Text, source: Text) -> Fault | None:
    """Words around two and more others that have changed places: who paid whom, 8 of 70, 70 of 8.

    One such word can be due to the order in which a sentence is put, and so can any where a mark
    parts clauses.
    """
    if _is_passive(statement) != _is_passive(source):
        return None
    said, printed = _content(statement, own_clause=True), _content(source, own_clause=False)
    pivots = [
        stem
        for stem, (before, behind) in said.items()
        for other_before, other_behind in [printed.get(stem, (frozenset(), frozenset()))]
        if (before - behind) & (other_behind - other_before)
        and (behind - before) & (other_before - other_behind)
    ]
    if len(pivots) > 1:
        return Fault(Reason.WORDS, " ".join(pivots))
    return None


@lru_cache(maxsize=512)
def _content(text: Text, *, own_clause: bool) -> dict[str, _Sides]:
    """What stands before and behind each word in small letters that stands once.

    Args:
        own_clause: only what stands in its clause.
    """
    read = [token for token in tokens(text.text, text.language) if token.is_content]
    known = Counter(token.stem for token in read)
    return {
        token.stem: (_stems(read[:at], within), _stems(read[at + 1 :], within))
        for at, token in enumerate(read)
        for within in [token.clause if own_clause else None]
        if token.word.isalpha()
        and not token.is_capital
        and known[token.stem] == 1
        and not is_speech(token.word, text.language)
    }


def _stems(read: Sequence[Token], clause: int | None) -> frozenset[str]:
    return frozenset(token.stem for token in read if clause in (None, token.clause))


@lru_cache(maxsize=512)
def _roles(text: Text) -> dict[str | Sense, _Sides]:
    """The nearest names before and behind each word that can tell who did what to whom."""
    read = tokens(text.text, text.language)
    runs = _names(text)
    found: dict[str | Sense, _Sides] = {}
    for position, token in enumerate(read):
        before = [run for run in runs if run[-1] < position]
        behind = [run for run in runs if run[0] > position]
        tells = len(token.word) > 3 or token.word in _DIRECTIONS
        # Who spoke is looked for by itself, and may stand on either side of what was said.
        tells = tells and not is_speech(token.word, text.language)
        if before and behind and tells and not token.is_capital:
            sides = (before[-1], behind[0])
            one, other = (frozenset(read[at].word for at in side) for side in sides)
            # By its senses, too, since stems do not cross languages.
            found |= dict.fromkeys((token.stem, *senses(token.word, text.language)), (one, other))
    return found


def _names(text: Text) -> list[list[int]]:
    """Positions of words of names; those that stand together, or joined by "and", in one list."""
    read = tokens(text.text, text.language)
    runs: list[list[int]] = []
    for position, token in enumerate(read):
        if token.is_capital and len(token.word) > 1 and not token.in_date and not token.is_function:
            between = read[runs[-1][-1] + 1 : position] if runs else ()
            if runs and all(each.word in _AND or each.word == "the" for each in between):
                runs[-1].append(position)
            else:
                runs.append([position])
    return runs


def _is_passive(text: Text) -> bool:
    folded = fold(text.text)
    return any(_PASSIVE[language].search(folded) for language in languages(text.language))
