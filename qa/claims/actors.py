"""Things that have changed places: who did what to whom, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.claims.attributions import is_speech
from qa.claims.clauses import Event, Key, Phrase, events, is_of
from qa.claims.reasons import Fault, Reason
from qa.claims.tokens import Text, tokens


def swaps_actors(statement: Text, source: Text) -> Fault | None:
    """One who does in the statement what the source says is done to him, or the reverse."""
    for said, printed in _told_by_both(statement, source):
        if any(_changes_places(said, each) for each in printed) and not any(
            _agrees(said, each) for each in printed
        ):
            return _fault(said)
    return None


def changes_speaker(statement: Text, source: Text) -> Fault | None:
    """One whom a role names, and whom the source has, but as another than who says or denies."""
    if statement.language != source.language:
        return None
    present = {token.stem for token in tokens(source.text, source.language)}
    for said, printed in _told_by_both(statement, source):
        doers = [each.actor for each in printed]
        if said.actor is None or None in doers or not is_speech(said.word, statement.language):
            continue
        if _stems(said.actor) <= present and not any(_shares(said.actor, each) for each in doers):
            return Fault(Reason.SPEAKER, said.word)
    return None


def _stems(phrase: Phrase) -> set[str]:
    return {key for key in phrase.heads if isinstance(key, str)}


def takes_owner(statement: Text, source: Text) -> Fault | None:
    """What the source says of a thing, said of whom it belongs to: the mayor for his brother."""
    for said, printed in _told_by_both(statement, source):
        owners = _owners(said.actor, [each.actor for each in printed])
        owners |= {
            key
            for key in _owners(said.object, [each.object for each in printed])
            if not _has([key], "places")
        }
        if owners:
            return _fault(said)
    return None


def _told_by_both(statement: Text, source: Text) -> list[tuple[Event, list[Event]]]:
    """Each event of the statement with those of the source that have the same verb."""
    is_abroad = statement.language != source.language
    told = [
        (said, [each for each in events(source) if _is_same_verb(said, each, is_abroad)])
        for said in events(statement)
    ]
    return [(said, printed) for said, printed in told if printed]


def _is_same_verb(said: Event, printed: Event, is_abroad: bool) -> bool:
    """By the stem; by the sense only between languages: who loses 37 is not what falls by 37."""
    shared = said.verb & printed.verb
    return bool(shared) and (is_abroad or any(isinstance(key, str) for key in shared))


def _changes_places(said: Event, printed: Event) -> bool:
    if is_of("mutual", said.word, None) or not printed.actor or not printed.object:
        return False
    if said.actor and said.object:
        return (
            said.object.link == printed.object.link
            and bool(said.actor.heads & printed.object.heads)
            and bool(said.object.heads & printed.actor.heads)
        )
    if printed.object.link:
        return False
    return _meet(said.actor, printed.object) or _meet(said.object, printed.actor)


def _agrees(said: Event, printed: Event) -> bool:
    return _shares(said.actor, printed.actor) or _shares(said.object, printed.object)


def _meet(one: Phrase | None, other: Phrase | None) -> bool:
    return bool(one and other and one.heads & other.heads)


def _shares(one: Phrase | None, other: Phrase | None) -> bool:
    return bool(one and other and one.words & other.words)


def _owners(mine: Phrase | None, theirs: Sequence[Phrase | None]) -> set[Key]:
    """Words of a phrase that in the source only say whose the thing is."""
    read = [each for each in theirs if each]
    if mine is None or any(mine.heads & each.heads for each in read):
        return set()
    apart = [each for each in read if not _has(each.heads, "acting")]
    return {key for each in apart for key in mine.heads & each.owners}


def _has(words: Iterable[Key], kind: str) -> bool:
    return any(isinstance(key, str) and is_of(kind, key, None) for key in words)


def _fault(said: Event) -> Fault:
    return Fault(Reason.WORDS, said.word)
