"""Sentences in which a page speaks of itself to its reader, and those that tell who owns it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line

_LONGEST_SPEECH = 60  # words
# What a publisher is registered as, looked for before the expression that makes sure of it.
_REGISTERED = (
    "issn", "iva", "r.e.a", "rcs", "sire", "cppap", "c.f.", "vat ", "ust", "hrb", "nif", "n.i.f",
    "cif", "c.i.f", "cnpj", "kvk", "btw", "company ", "registered ", "limited in", "capital",
    "sede legale", "tribunale", "responsabile", "direct", "commission paritaire",
    "handelsregister", "geschäftsf", "verantwortlich", "depósito legal", "registo erc",
)  # fmt: skip
_REGISTRATION = re.compile(
    r"\b(?:issn|p\.? ?iva|partita iva|r\.?e\.?a\.|rcs|sire[nt]|cppap|c\.?f\."
    r"|vat (?:no|reg|number)|ust-?id|hrb|n\.?i\.?f\.|c\.?i\.?f\.|cnpj|kvk|btw)\b"
    r"|company (?:no|number|limited)|registered (?:office|charity|company|in england|trade ?mark)"
    r"|limited in england|capital(?:e)? soci|au capital de|sede legale"
    r"|registrazione (?:al )?tribunale|direttore responsabile"
    r"|direct(?:eur|rice) de la publication|commission paritaire"
    r"|handelsregister|geschäftsführer|verantwortlich im sinne|depósito legal|registo erc"
)
_PERMITTED = (
    "reprod", "republished", "redistributed", "riprod", "vietata", "usage", "uso ", " use",
    "interdit", "prohibida", "vervielf", "reservados", "licen", "creative commons", "permission",
)  # fmt: skip
_PERMISSION = re.compile(
    r"\b(?:reproduction|reproduced|republished|redistributed|riproduzione|riproducibile|vietata"
    r"|usage strictement|uso esclusivo|usage exclusif|personal use|uso personale|usage personnel"
    r"|prohibida|interdite|vervielfältigung|reservados|licen[sc]ed? under|con licenza|sous licence"
    r"|creative commons|without (?:the )?(?:prior )?(?:written )?permission)\b"
)


_LONGEST_ASKED = 4  # words
_MAIL = re.compile(r"\b[\w.+-]{1,60}@[\w-]{1,60}\.\w")
_SIGNS = str.maketrans(",.:;!?", " " * 6)


def speaks_to_reader(line: Line, *, at_edge: bool) -> bool:
    """Whether a line speaks to the reader of what the page offers.

    Args:
        at_edge: whether it stands where furniture does. Between paragraphs it must speak of what
            only a newspaper's page offers: an article can tell its reader to change a password.
    """
    if not at_edge and words("press").isdisjoint(line.key.translate(_SIGNS).split()):
        return False
    said = line.terms
    if line.is_quoting or not said or len(line.words) > _LONGEST_SPEECH:
        return False
    is_asked = said[0] in words("actions", "requests")
    if words("reader", "site").isdisjoint(said) and not is_asked and not _ends_in_button(line):
        return False
    found = set(said)
    press, topics = len(found & words("press")), len(found & words("topics"))
    if not at_edge and _ends_in_button(line):
        return True
    if words("reader", "site").isdisjoint(said):
        # "Sign up fees were waived" begins with a verb of buttons as well.
        return at_edge and press > 0 and press + topics > 2
    if at_edge:
        return press > 0 or len(found & words("topics", "objects")) > 1
    return press > 0 and press + topics > (1 if is_asked else 2)


def _ends_in_button(line: Line) -> bool:
    """Whether its last sentence is short and begins with a verb of buttons: "Sign up here."."""
    _, stop, last = line.text.rstrip(" .").rpartition(". ")
    asked = last.casefold().split()
    return bool(stop) and 1 < len(asked) <= _LONGEST_ASKED and asked[0] in words("actions")


def gives_address(line: Line) -> bool:
    """Whether it asks to write somewhere about what the page holds."""
    return (
        "@" in line.text
        and not line.is_quoting
        and _MAIL.search(line.key) is not None
        and not words("press", "topics").isdisjoint(line.terms)
    )


def is_imprint(line: Line) -> bool:
    """Whether it holds what a publisher must print: its register, its tax number, its ISSN."""
    return _says(line, _REGISTERED, _REGISTRATION)


def is_permission(line: Line) -> bool:
    """Whether it says what may be done with the text, at the edge of a page."""
    return not line.is_quoting and _says(line, _PERMITTED, _PERMISSION)


def _says(line: Line, hints: Sequence[str], said: re.Pattern[str]) -> bool:
    if not line.key or len(line.words) > _LONGEST_SPEECH:
        return False
    lower = line.text.casefold()
    return any(hint in lower for hint in hints) and said.search(lower) is not None
