"""Sentences in which a page speaks of itself to its reader, and those that tell who owns it."""

from __future__ import annotations

import re

from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line

_LONGEST_SPEECH = 60  # words
_REGISTRATION = re.compile(
    r"\b(?:issn|p\.? ?iva|partita iva|r\.?e\.?a\.|rcs|siret|siren|cppap|c\.?f\.|vat (?:no|reg|number)"
    r"|ust-?id|hrb|n\.?i\.?f\.|c\.?i\.?f\.|cnpj|kvk|btw)\b"
    r"|company (?:no|number|limited)|registered (?:office|charity|company|in england|trade ?mark)"
    r"|limited in england|capital(?:e)? soci|au capital de|sede legale|registrazione (?:al )?tribunale"
    r"|direttore responsabile|direct(?:eur|rice) de la publication|commission paritaire"
    r"|handelsregister|geschäftsführer|verantwortlich im sinne|depósito legal|registo erc",
    re.IGNORECASE,
)
_PERMISSION = re.compile(
    r"\b(?:reproduction|reproduced|republished|redistributed|riproduzione|riproducibile|vietata"
    r"|usage strictement|uso esclusivo|usage exclusif|personal use|uso personale|usage personnel"
    r"|prohibida|interdite|vervielfältigung|reservados|licen[sc]ed? under|con licenza|sous licence"
    r"|creative commons|without (?:the )?(?:prior )?(?:written )?permission)\b",
    re.IGNORECASE,
)


def speaks_to_reader(line: Line, *, at_edge: bool) -> bool:
    """Whether a line speaks to the reader of what the page offers.

    Args:
        at_edge: whether it stands where furniture does. Between paragraphs it must speak of what
            only a newspaper's page offers: an article can tell its reader to change a password.
    """
    said = line.terms
    if line.is_quoting or not said or len(line.words) > _LONGEST_SPEECH:
        return False
    if words("reader", "site").isdisjoint(said) and said[0] not in words("actions", "requests"):
        return False
    found = set(said)
    press, topics = len(found & words("press")), len(found & words("topics"))
    if words("reader", "site").isdisjoint(said):
        # "Sign up fees were waived" begins with a verb of buttons as well.
        return at_edge and press > 0 and press + topics > 2
    if at_edge:
        return press > 0 or topics > 1
    is_asked = said[0] in words("actions", "requests")
    return press > 0 and press + topics > (1 if is_asked else 2)


def is_imprint(line: Line) -> bool:
    """Whether it holds what a publisher must print: its register, its tax number, its ISSN."""
    return len(line.words) <= _LONGEST_SPEECH and _REGISTRATION.search(line.text) is not None


def is_permission(line: Line) -> bool:
    """Whether it says what may be done with the text, at the edge of a page."""
    return (
        not line.is_quoting
        and len(line.words) <= _LONGEST_SPEECH
        and _PERMISSION.search(line.text) is not None
    )
