"""Who is said to have said what: a speaker of a statement must speak in its source, too.

A quotation belongs to the nearest words that say who spoke, in its own sentence or else in one
beside it. A pronoun there stands for the name that comes last before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import Span
from corpus.characters import fold
from qa.claims.quotations import Quotation, is_printed, quotations
from qa.claims.reasons import Fault, Reason
from qa.claims.tables import languages, table
from qa.claims.tokens import Text

#: A speaker's name as its folded words, titles left out.
Name = frozenset[str]

_CAPITAL = r"[A-ZÀ-ÞŠŽŁĐ]"
_NAME = (
    rf"(?:\b[ldLD]['’])?\b(?P<name>(?![LD]['’][a-zà-ÿ]){_CAPITAL}[\w'’.-]*"
    rf"(?:\s(?:(?:de|di|da|del|della|des|du|van|von|bin|al|el|of|for|d['’])\s?)?{_CAPITAL}[\w'’-]*)*)"
)
_NAMED = re.compile(_NAME)
_SENTENCE_END = re.compile(r"(?<=[.!?])[”»\"]?\s+(?=\S)|\n+")
#: What stands between a name and what it said: ", who chairs the board,".
_ASIDE = r"(?:\s?,(?:[^,“”«»\"]{1,90},)?)?"
_WORD = re.compile(r"[^\W_]+")
#: Characters around a sentence in which its speaker is looked for.
_NEAR = 600
#: Letters from which on two spellings of a name may differ by one.
_LONG = 5


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Words that say who spoke; no name where a pronoun does, or nothing."""

    span: Span
    name: Name


def wrong_speaker(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A speaker that no source has say so, where a statement names one."""
    quoted = quotations(statement.text)
    small = {word for source in sources for word in _small(source.text)}
    for attribution in _attributions(statement.text, statement.language):
        if attribution.name <= small:  # nobody by name: she, the librarians
            continue
        own = _quotation_of(attribution, quoted)
        if not any(_speaks(attribution.name, own, source) for source in sources):
            return Fault(Reason.SPEAKER, statement.text[slice(*attribution.span)].strip())
    return None


@lru_cache(maxsize=256)
def speakers(source: Text, quoted: str | None = None) -> frozenset[Name]:
    """Who speaks in a source: in the sentence itself, or else beside it; empty if nobody does.

    Args:
        quoted: a quotation in it, for whose speaker alone is asked.
    """
    own = list(_attributions(source.text, source.language))
    if quoted is not None:
        spans = [each.span for each in quotations(source.text) if is_printed(quoted, each.text)]
        if spans and own:
            own = [min(own, key=lambda each: _distance(each.span, spans[0]))]
    if own:
        return _named(own, source)
    if _says(source):
        return frozenset()
    before, after = source.before[-_NEAR:], source.after[:_NEAR]
    beside = [*_attributions(before, source.language)][-1:]
    beside += [*_attributions(after, source.language)][:1]
    return _named(beside, source)


def is_speech(word: str, language: str | None) -> bool:
    """Whether a folded word says that somebody speaks."""
    return word in _verbs(languages(language))


def outlet_named(statement: Text, sources: Sequence[Text]) -> set[str]:
    """Words of an outlet's name where a statement names it as its source."""
    named = [each.name for each in _attributions(statement.text, statement.language)]
    outlets = [_name(source.outlet) for source in sources if source.outlet]
    return {
        word for outlet in outlets if any(same(outlet, name) for name in named) for word in outlet
    }


def same(one: Name, other: Name) -> bool:
    """Whether two names can be one person's: one holds the other, up to a letter of a word."""
    fewer, more = sorted((one, other), key=len)
    return bool(fewer) and all(any(_alike(word, each) for each in more) for word in fewer)


def _says(source: Text) -> bool:
    """Whether somebody speaks in it, though it is not read who."""
    verbs = re.compile(rf"\b(?:{_either('verbs', languages(source.language))})\b", re.IGNORECASE)
    return verbs.search(source.text) is not None


def _speaks(name: Name, quoted: str | None, source: Text) -> bool:
    if quoted is None and source.outlet and same(name, _name(source.outlet)):
        return True
    if found := speakers(source, quoted):
        return any(same(name, each) for each in found)
    # Somebody speaks, though it is not read who: then whoever is named nearby can be meant.
    near = _name(f"{source.before[-_NEAR:]} {source.text}")
    return name <= near and (_says(source) or bool(quotations(source.text)))


@lru_cache(maxsize=256)
def _small(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORD.findall(text) if word.islower())


def _named(attributions: Sequence[_Attribution], source: Text) -> frozenset[Name]:
    """The names, and those that pronouns stand for."""
    names = {each.name for each in attributions if each.name}
    if any(not each.name for each in attributions):
        names |= _antecedents(source)
    return frozenset(names)


def _antecedents(source: Text) -> set[Name]:
    """The names in the nearest sentence before that has any; a pronoun can mean each of them."""
    own = [_name(found["name"]) for found in _NAMED.finditer(source.text)]
    sentences = _SENTENCE_END.split(source.before[-_NEAR:])
    for sentence in reversed(sentences):
        named = [_name(found["name"]) for found in _NAMED.finditer(sentence)]
        if people := {each for each in named if len(each) > 1 or each <= _surnames(source)}:
            return people | set(own[:1])
    return set(own[:1])


def _surnames(source: Text) -> Name:
    """Words of names of two words and more: "Tirrell" is one where "Malcolm Tirrell" is named."""
    named = (_name(found["name"]) for found in _NAMED.finditer(source.before))
    return frozenset(word for name in named if len(name) > 1 for word in name)


def _quotation_of(attribution: _Attribution, quoted: Sequence[Quotation]) -> str | None:
    """The quotation nearest to words that say who spoke, where there is any."""
    nearest = min(quoted, key=lambda each: _distance(attribution.span, each.span), default=None)
    return nearest.text if nearest else None


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


@lru_cache(maxsize=512)
def _attributions(text: str, language: str | None) -> tuple[_Attribution, ...]:
    """Words outside of quotations that say who spoke, in order."""
    plain = text.replace("’", "'")
    inside = [each.span for each in quotations(text)]
    found = [
        _Attribution(Span(*match.span()), _name(match.groupdict().get("name") or ""))
        for pattern in _patterns(language)
        for match in pattern.finditer(plain)
        if not any(start < match.end() - 1 and match.start() + 1 < end for start, end in inside)
    ]
    return tuple(sorted(found, key=lambda each: each.span))


@cache
def _patterns(language: str | None) -> tuple[re.Pattern[str], ...]:
    read = languages(language)
    verb, auxiliary, according, pronoun = (
        _either(kind, read) for kind in ("verbs", "auxiliaries", "according", "pronouns")
    )
    said = rf"(?:(?i:{auxiliary})\s)*(?i:{verb})\b"
    # "said on Monday Ada Brook", but not "said that Ada Brook".
    small = r"(?:\s(?!(?:that|que|qu|che)\b)[a-zà-ÿ']+){0,3}?,?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_NAME}{_ASIDE}\s{said}",
            rf"(?<=[,”»\"'!?])\s?{said}{small}\s(?:l')?{_NAME}",
            rf"\b(?i:{according})\s(?:(?:the|le|la|il|l')\s?)?{_NAME}",
            rf"{_NAME}\s?:(?=\s?[“«\"])",
            rf"\b(?i:{pronoun})\s{said}",
            rf"\b(?i:{verb}|a)-(?:t-)?(?:il|elle|ils|elles)\b",
            # Italian leaves the pronoun out: “…”, ha detto.
            *([rf"(?<=[,”»\"])\s?{said}(?!{small}\s(?:l')?{_CAPITAL})"] if "it" in read else []),
        )
    )


@cache
def _verbs(read: tuple[str, ...]) -> frozenset[str]:
    verbs = table("speech")["verbs"]
    return frozenset(fold(verb) for language in read for verb in verbs[language].split())


@cache
def _either(kind: str, read: tuple[str, ...]) -> str:
    words = " ".join(table("speech")[kind][language] for language in read).split()
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


def _name(written: str) -> Name:
    found = [fold(word) for word in _WORD.findall(re.sub(r"['’]s\b", "", written))]
    return frozenset(word for word in found if word not in _titles())


def is_title(word: str) -> bool:
    """Whether a folded word stands before names and is no part of them."""
    return word in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(
        fold(word) for each in table("speech")["titles"].values() for word in each.split()
    )


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter more, less or other."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    shared = next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    rest, others = one[shared:], other[shared:]
    return rest[1:] == others or rest == others[1:] or rest[1:] == others[1:]
