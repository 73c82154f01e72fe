"""Lines that say whose an article is: copyright notices and licences."""

from __future__ import annotations

import re

from corpus.cleaning.credits import LONGEST_CREDIT, is_image_credit, is_owner
from corpus.cleaning.lines import LONGEST_JUDGED, Line

_SIGNS = re.compile(r"©|\(c\)\s*(?=\d{4})|ⓒ", re.IGNORECASE)
_NOTICE = re.compile(r"©|ⓒ|\(c\)\s*\d{4}|copyright\b", re.IGNORECASE)
_BARE = re.compile(r"\(c\) |copyright ", re.IGNORECASE)
_LONGEST_OWNER = 5  # words
_COPYRIGHT = re.compile(r"copyright", re.IGNORECASE)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|©|ⓒ")
_RESERVED = re.compile(
    r"all rights? (?:are )?reserved|tous (?:les )?droits (?:de reproduction )?réservés"
    r"|droits réservés|droits de reproduction et de diffusion réservés"
    r"|(?:toute )?reproduction (?:interdite|prohibited|même partielle interdite)"
    r"|(?:tutti i )?diritti (?:sono )?riservati|riproduzione (?:è )?(?:riservata|vietata)"
    r"|alle rechte vorbehalten|(?:todos los )?derechos reservados|todos os direitos reservados"
    r"|prohibida (?:su |la )?reproducción(?: total| o| parcial)*|reprodução proibida"
    r"|reproduction without permission is prohibited|alle rechten voorbehouden",
    re.IGNORECASE,
)
# Looked for first, since hardly any line has one of them.
_HINTS = (
    "©", "(c)", "ⓒ", "copyright", "reserved", "réserv", "riservat", "reservad", "vorbehalten",
    "voorbehouden", "interdit", "prohib", "proibida", "vietata", "creative commons", "cc by",
    "cc-by",
)  # fmt: skip
_SIGNED = ("©", "(c)", "ⓒ", "copyright")
_LONGEST_UNSIGNED = 20  # words of a notice without a sign of it
_FORBIDDEN = re.compile(
    r"(?:this material )?may not be (?:published|reproduced|copied|broadcast|distributed)"
    r"|ne peut être reproduit", re.IGNORECASE,
)  # fmt: skip
_LICENCE = re.compile(r"\b(?:CC[ -]BY|Creative Commons)\b")


def rights_of(line: Line) -> str | None:
    """What a line says of rights or of a picture, as printed; None where it is no such line."""
    if len(line.text) > LONGEST_JUDGED:
        return None
    if line.is_quoting and not _SIGNS.match(line.text):
        return None
    return " ".join(line.words) if is_notice(line) or is_image_credit(line) else None


def is_notice(line: Line) -> bool:
    """Whether it is a copyright notice, and not a sentence about one."""
    lower = line.text.casefold()
    hints = _HINTS if len(line.words) <= _LONGEST_UNSIGNED else _SIGNED
    if not any(hint in lower for hint in hints):
        return False
    if _SIGNS.match(line.text):
        return True
    if bare := _BARE.match(line.text):
        # "(c) Ann Author", "Copyright The Ambry Post", and no item "(c) Costs of the roof"
        owner = line.text[bare.end() :].split()
        if len(owner) > 1 and line.is_headline and all(word[0].isupper() for word in owner):
            return len(owner) <= _LONGEST_OWNER
    if _LICENCE.search(line.text):
        return len(line.words) <= LONGEST_CREDIT
    is_sign_alone = "serv" not in lower and not any(hint in lower for hint in _HINTS[4:])
    rest, reserved = (line.text, 0) if is_sign_alone else _RESERVED.subn(" ", line.text)
    if reserved:
        is_dated = _DATED.search(line.text) or _FORBIDDEN.search(rest)
        return is_owner(rest.split()) or bool(_NOTICE.match(line.text) and is_dated)
    if not _NOTICE.search(line.text) or not _DATED.search(line.text):
        return False
    if _FORBIDDEN.search(line.text) and _NOTICE.match(line.text):
        return True
    words = _COPYRIGHT.sub(" ", line.text).split()
    return len(words) <= LONGEST_CREDIT and is_owner(words)
