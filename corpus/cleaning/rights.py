"""Lines that say whose an article or a picture is: copyright notices and image credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.bylines import PARTICLES, PLACES, is_names
from corpus.cleaning.lines import LONGEST_JUDGED, Line
from corpus.cleaning.word_sets import word_set

_LONGEST_CREDIT = 16  # words
_LONGEST_AGENCY = 8

_AND = frozenset(("and", "et", "e", "y", "und", "of", "c"))
_WITHIN_NAMES = PARTICLES | PLACES | _AND

_AGENCIES = word_set(
    """afp ap reuters ansa dpa efe lusa epa getty shutterstock istock alamy lapresse imagoeconomica
    fotogramma ipa agi adnkronos belga keystone sipa abaca nurphoto anadolu zuma unsplash pexels
    pixabay"""
)
_TRADE = _AGENCIES | word_set(
    """agency agence agenzia agentur agencia agência images pictures press presse photo photos wire
    photography pool handout foto fotos file archive archives archivio"""
)

_LABELS = word_set(
    """photo photos photograph photographs photography photographer picture pictures image images
    illustration illustrations graphic graphics screenshot screenshots screengrab credit credits
    video footage map drawing cartoon source sources still artwork crédit crédits photographie
    photographies dessin infographie capture écran carte visuel foto fotografia fotografie
    immagine immagini illustrazione credito crediti ripresa riprese disegno grafica schermata
    fonte infografica mappa bild bilder grafik quelle fotografía imagen imágenes fuente crédito
    créditos imagem imagens"""
)
_IN_LABELS = word_set("""d' d'écran de del di da via by par von por and et e the main top cover""")
_LABEL = re.compile(r"[^\s:]+(?: [^\s:]+){0,3} ?:\s+")
_LABEL_BY = re.compile(
    r"(?:photos?|photographs?|pictures?|images?|illustrations?|graphics?|video)"
    r" (?:by|par|courtesy of) "
    r"|screen(?:shot|grab) (?:via|from) |capture d.écran "
    r"|(?:foto|immagine|illustrazione|disegno) (?:di|da|von|de) ",
    re.IGNORECASE,
)
# What may begin an owner in lower case.
_OWNED_BY = word_set(
    """handout courtesy via d.r dr archives archivio ufficio pool per gentile avec with con"""
)

_NOTICE = re.compile(r"©|\(c\)\s*\d{4}|copyright\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"copyright", re.IGNORECASE)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|©")
_RESERVED = re.compile(
    r"all rights? reserved|tous droits (?:de reproduction )?réservés|droits réservés"
    r"|droits de reproduction et de diffusion réservés|reproduction (?:interdite|prohibited)"
    r"|(?:tutti i )?diritti (?:sono )?riservati|riproduzione (?:è )?(?:riservata|vietata)"
    r"|alle rechte vorbehalten|(?:todos los )?derechos reservados|todos os direitos reservados"
    r"|reproduction without permission is prohibited",
    re.IGNORECASE,
)
# Looked for first, since hardly any line has one of them.
_HINTS = ("©", "(c)", "copyright", "serv", "reprod", "riproduzione", "vorbehalten")
_FORBIDDEN = re.compile(
    r"(?:this material )?may not be (?:published|reproduced|copied|broadcast|distributed)"
    r"|ne peut être reproduit", re.IGNORECASE,
)  # fmt: skip


def rights_of(line: Line) -> str | None:
    """What a line says of rights or of a picture, as printed; None where it is no such line."""
    if len(line.text) > LONGEST_JUDGED or not (is_notice(line) or is_image_credit(line)):
        return None
    if not line.is_quoting:
        return " ".join(line.words)
    return None


def is_notice(line: Line) -> bool:
    """Whether it is a copyright notice, and not a sentence about one."""
    lower = line.text.casefold()
    if not any(hint in lower for hint in _HINTS):
        return False
    rest, reserved = _RESERVED.subn(" ", line.text)
    if reserved:
        return _is_owner(rest.split()) or (
            _NOTICE.match(line.text) is not None and _FORBIDDEN.search(rest) is not None
        )
    if not _NOTICE.search(line.text) or not _DATED.search(line.text):
        return False
    if _FORBIDDEN.search(line.text) and _NOTICE.match(line.text):
        return True
    words = _COPYRIGHT.sub(" ", line.text).split()
    return len(words) <= _LONGEST_CREDIT and _is_owner(words)


def is_image_credit(line: Line) -> bool:
    """Whether it says whose a picture is: "Photo: Ann Author / Agency", "(Agency)"."""
    if len(line.words) > _LONGEST_CREDIT:
        return False
    text = line.text.strip("()[] ")
    label = _LABEL.match(text)
    if label and _is_label(label.group()):
        return _is_credited(text[label.end() :])
    if by := _LABEL_BY.match(text):
        return _is_credited(text[by.end() :])
    words = text.split()
    if words[0].casefold() in ("photo", "photos", "foto"):
        owner = words[1:]
        return is_names(owner) or (len(owner) == 1 and owner[0].casefold() in _AGENCIES)
    return not line.ends_sentence and _is_agency(text, in_brackets=text != line.text)


def _is_label(text: str) -> bool:
    words = text.casefold().replace("’", "'").replace(":", " ").replace("d'", "d' ").split()
    return not _LABELS.isdisjoint(words) and (_LABELS | _IN_LABELS).issuperset(words)


def _is_credited(text: str) -> bool:
    """A name and nothing else, as of a photographer or an archive."""
    words = text.rstrip(". )").replace("/", " ").split()
    if not words or words[0].strip(",.").casefold() in _OWNED_BY:
        return bool(words)
    return (words[0][0].isupper() or words[0][0] in "©@(") and _is_owner(words)


def _is_owner(words: Sequence[str]) -> bool:
    """Names, years and signs; hardly a word in lower case that does not stand within names."""
    plain = [
        word for word in words if word[0].islower() and word.strip(".,;:()") not in _WITHIN_NAMES
    ]
    return len(words) <= _LONGEST_CREDIT and len(plain) <= (len(words) > 2) + len(words) // 8


def _is_agency(text: str, *, in_brackets: bool) -> bool:
    """Names with an agency's among them: "Ann Author/AFP", "(Messenger file photo)"."""
    words = text.strip(".").replace("/", " ").split()
    if not words or len(words) > _LONGEST_AGENCY or text[0].islower():
        return False
    known = {word.casefold().strip(".,") for word in words}
    if len(words) == 1 or known <= _AGENCIES | {"images", "photo"}:
        return not known.isdisjoint(_AGENCIES)
    if any(word[0].islower() and word not in _WITHIN_NAMES | _TRADE for word in words):
        return False
    if in_brackets or "/" in text:
        return not known.isdisjoint(_TRADE)
    signed = words[-1].casefold() in _AGENCIES and words[-2] in ("-", "–", "—")
    return signed or (" via " in text and not known.isdisjoint(_AGENCIES))
