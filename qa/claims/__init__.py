"""What a statement must share with its sources, rule by rule.

A single word changes what is said: a number, a name, a denial, an opposite. So the rules look for
each by itself before the share of common words is weighed. They are of two kinds, and adding a
source can never turn a statement away:

- a source that says something else (`contradiction`) proves nothing and is set aside;
- the others together must have everything that the statement names (`lacking`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from qa.claims.actors import changes_speaker, swaps_actors, takes_owner
from qa.claims.names import lacking_name, other_people
from qa.claims.numbers import (
    lacking_currency,
    lacking_date,
    lacking_number,
    lacking_unit,
    miscounts,
)
from qa.claims.opposites import negates_by_prefix, says_opposite
from qa.claims.parts import takes_whole_for_part
from qa.claims.quotations import is_printed, quotations
from qa.claims.reasons import Fault, Reason
from qa.claims.roles import swaps_roles, swaps_sides, turns_round
from qa.claims.scope import (
    denies_otherwise,
    drops_scope,
    lacking_denial,
    lacking_scope,
    moves_only,
)
from qa.claims.speakers import wrong_speaker
from qa.claims.stances import lacking_stance, states_denied, states_supposed
from qa.claims.tenses import tells_as_done
from qa.claims.tokens import Text, literal

__all__ = ["Fault", "Reason", "Text", "contradiction", "lacking", "literal"]

Against = TypeVar("Against")

# An address is sought from the beginning of a word on and no further back than its first "@": from
# each "@" of a thousand, it would take the square of them.
_ALIEN = re.compile(r"<[^<>]*>?|\b\w+://\S+|\bwww\.\S+|(?<![^\s<>])@*+[^\s@<>]++@[^\s<>]+\.\w+")


def lacking(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """The first thing that a statement names and its sources together do not."""
    return _first(_LACKING, statement, sources)


def contradiction(statement: Text, source: Text) -> Fault | None:
    """What a source says otherwise, as far as words show it."""
    return _first(_CONTRADICTIONS, statement, source)


def _lacking_link(statement: Text, sources: Sequence[Text]) -> Fault | None:
    for alien in _ALIEN.findall(statement.text):
        if not any(alien in source.text for source in sources):
            return Fault(Reason.LINK, alien)
    return None


def _lacking_quotation(statement: Text, sources: Sequence[Text]) -> Fault | None:
    for quotation in quotations(statement.text):
        if not any(is_printed(quotation.text, source.text) for source in sources):
            return Fault(Reason.QUOTATION, quotation.text)
    return None


_LACKING: tuple[Callable[[Text, Sequence[Text]], Fault | None], ...] = (
    _lacking_link,
    _lacking_quotation,
    lacking_number,
    lacking_date,
    lacking_currency,
    lacking_unit,
    lacking_name,
    wrong_speaker,
    lacking_denial,
    lacking_stance,
    lacking_scope,
)
_CONTRADICTIONS: tuple[Callable[[Text, Text], Fault | None], ...] = (
    denies_otherwise,
    miscounts,
    takes_whole_for_part,
    other_people,
    says_opposite,
    negates_by_prefix,
    swaps_roles,
    swaps_sides,
    turns_round,
    swaps_actors,
    changes_speaker,
    takes_owner,
    states_denied,
    states_supposed,
    tells_as_done,
    drops_scope,
    moves_only,
)


def _first(
    rules: Sequence[Callable[[Text, Against], Fault | None]], statement: Text, against: Against
) -> Fault | None:
    return next((fault for rule in rules if (fault := rule(statement, against))), None)
