"""Who is said to have said what: a speaker of a statement must speak in its source, too.

A quotation belongs to the nearest words that say who spoke, in its own sentence or else in one
beside it. A pronoun there stands for the name that comes last before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.characters import fold
from index_store.terms import words
from qa.claims.attributions import (
    Attribution,
    Name,
    attributions,
    distance,
    is_reported,
    is_speech,
    name_of,
    names_in,
    nearest,
    same,
)
from qa.claims.quotations import Quotation, is_printed, quotations
from qa.claims.reasons import Fault, Reason
from qa.claims.tokens import Text

_SENTENCE_END = re.compile(r"(?<=[.!?])[”»\"]?\s+(?=\S)|\n+")
_WORD = re.compile(r"[^\W_]+")
#: Characters around a sentence in which its speaker is looked for.
_NEAR = 600


def wrong_speaker(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A speaker that no source has say so, where a statement names one."""
    quoted = quotations(statement.text)
    small = {word for source in sources for word in _small(source.text)}
    for attribution in attributions(statement.text, statement.language):
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
    own = list(attributions(source.text, source.language))
    if quoted is not None:
        spans = [each.span for each in quotations(source.text) if is_printed(quoted, each.text)]
        if spans and own:
            own = [nearest(own, spans[0])]
    if own:
        return _named(own, source)
    if _says(source):
        return frozenset()
    before, after = source.before[-_NEAR:], source.after[:_NEAR]
    beside = [*attributions(before, source.language)][-1:]
    beside += [*attributions(after, source.language)][:1]
    return _named(beside, source)


def outlet_named(statement: Text, sources: Sequence[Text]) -> set[str]:
    """Words of an outlet's name where a statement names it as its source."""
    named = [each.name for each in attributions(statement.text, statement.language)]
    outlets = [name_of(source.outlet) for source in sources if source.outlet]
    return {
        word for outlet in outlets if any(same(outlet, name) for name in named) for word in outlet
    }


def _says(source: Text) -> bool:
    """Whether somebody speaks in it, though it is not read who."""
    return any(is_speech(word, source.language) for word in words(source.text))


def _speaks(name: Name, quoted: str | None, source: Text) -> bool:
    if quoted is None and source.outlet and same(name, name_of(source.outlet)):
        return True
    if quoted is not None and not _is_spoken(quoted, source):
        return False
    if found := speakers(source, quoted):
        return any(same(name, each) for each in found)
    # Somebody speaks, though it is not read who: then whoever is named nearby can be meant.
    near = name_of(f"{source.before[-_NEAR:]} {source.text}")
    return name <= near and (_says(source) or bool(quotations(source.text)))


@lru_cache(maxsize=256)
def _is_spoken(quoted: str, source: Text) -> bool:
    """Whether words are printed as somebody's: in quotation marks, or in a sentence that reports.

    The marks may open before the source and close behind it.
    """
    whole = f"{source.before}{source.text}{source.after}"
    start, end = len(source.before), len(source.before) + len(source.text)
    said = (each for each in quotations(whole) if each.span.start < end and start < each.span.end)
    if any(is_printed(quoted, each.text) for each in said):
        return True
    holding = [each for each in _SENTENCE_END.split(source.text) if is_printed(quoted, each)]
    # Words that are not printed at all are for the rule of quotations.
    return not holding or any(is_reported(each, source.language) for each in holding)


@lru_cache(maxsize=256)
def _small(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORD.findall(text) if word.islower())


def _named(found: Sequence[Attribution], source: Text) -> frozenset[Name]:
    """The names, and those that pronouns stand for."""
    names = {each.name for each in found if each.name}
    if any(not each.name for each in found):
        names |= _antecedents(source)
    return frozenset(names)


def _antecedents(source: Text) -> set[Name]:
    """The names in the nearest sentence before that has any; a pronoun can mean each of them."""
    own = names_in(source.text)
    sentences = _SENTENCE_END.split(source.before[-_NEAR:])
    for sentence in reversed(sentences):
        named = names_in(sentence)
        if people := {each for each in named if len(each) > 1 or each <= _surnames(source)}:
            return people | set(own[:1])
    return set(own[:1])


def _surnames(source: Text) -> Name:
    """Words of names of two words and more: "Tirrell" is one where "Malcolm Tirrell" is named."""
    named = names_in(source.before)
    return frozenset(word for name in named if len(name) > 1 for word in name)


def _quotation_of(attribution: Attribution, quoted: Sequence[Quotation]) -> str | None:
    """The quotation nearest to words that say who spoke, where there is any."""
    own = min(quoted, key=lambda each: distance(attribution.span, each.span), default=None)
    return own.text if own else None
