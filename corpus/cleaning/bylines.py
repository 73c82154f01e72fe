"""Lines that say who wrote an article: "By Ann Author, Political correspondent"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lines import Line
from corpus.cleaning.word_sets import word_set

_LONGEST_BYLINE = 20  # words
_LONGEST_LEAD = 9
_LONGEST_NAME = 5
_LONGEST_ASIDE = 8

#: Words that stand within names in lower case.
PARTICLES = word_set(
    """de del della di da dei degli dos das do du des la le lo van von der den ter ten bin ibn al
    el y zu zur"""
)
#: Words that lead from a name to a place or a paper.
PLACES = word_set("in at à a ad al alla au aux en da nel für for pour per from via")

# What can precede the name, besides the word that ends it: "Testo e foto di".
_LEADS = word_set(
    """interview interviews reporting reported report words text story written analysis review
    photography photos pictures and additional exclusive as told to compiled propos recueillis
    compte compte-rendu rendu et texte textes photographies entretien reportage enquête récit
    analyse réalisé réalisée publié publiée de notre nos envoyé envoyée envoyés spécial spéciale
    spéciaux correspondant correspondante un une article avec testo testi foto e intervista
    servizio articolo a cura scritto scritta dal dalla dai nostro nostra nostri inviato inviata
    inviati corrispondente raccolto raccolta fotos und bericht texto entrevista reportaje"""
)
_ENVOYS = word_set(
    """envoyé envoyée envoyés correspondant correspondante inviato inviata inviati corrispondente"""
)
_BY = word_set("by par di da von por de")
_ALONE = frozenset(
    ("by", "written by", "words by", "par", "di", "a cura di", "scritto da", "von", "por")
)
_ROLES = word_set(
    """reporter reporters correspondent correspondents editor editors writer writers journalist
    journalists columnist staff critic producer contributor freelance photographer bureau desk
    agency newsroom team journaliste journalistes correspondant correspondante rédacteur
    rédactrice rédaction envoyé envoyée chroniqueur chroniqueuse pigiste photographe giornalista
    giornalisti inviato inviata corrispondente redattore redattrice redazione caporedattore
    direttore direttrice redakteur redakteurin korrespondent korrespondentin reporterin
    periodista redactor redactora corresponsal jornalista repórter"""
)
_COLLECTIVES = frozenset(
    ("afp", "ap", "ansa", "reuters", "dpa", "efe", "lusa", "agi", "adnkronos", "belga", "ats", "pa",
     "apa", "staff", "redazione", "la redazione", "la rédaction", "rédaction", "newsroom")
)  # fmt: skip

_AND = re.compile(r"\s*[,;&]\s+|\s+(?:&|and|et|e|y|und)\s+")
_END_OF_NAMES = re.compile(r"\s[|–—•·-]\s|\s?[|•·]\s?|\s\d|\(")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*")


def authors_of(line: Line) -> list[str]:
    """The names in a byline, without roles and dates; empty where it is no byline."""
    words = line.words
    if not 1 < len(words) <= _LONGEST_BYLINE:
        return []
    names = _after_lead(words)
    return _names(" ".join(names)) if names else []


def signatures_of(line: Line) -> list[str]:
    """The names in a byline that is none but by its first words: "Reporting by Ann Author"."""
    return [] if _plain(line.words[0]) in _BY else authors_of(line)


def leading_name(line: Line) -> list[str]:
    """The name that begins "Ann Author at Mill Lane": a byline where a date stands beside it."""
    words = line.words
    length = _name_length(words)
    if len(words) > _LONGEST_ASIDE or length < 2 or line.ends_sentence:
        return []
    return [" ".join(words[:length])] if _is_aside(words[length:]) else []


def says_by(line: Line) -> bool:
    """Whether it only announces the name on the next line: "By"."""
    return line.key in _ALONE


def is_names(words: Sequence[str]) -> bool:
    """Whether these are as many words as a name has, all of them fit for one."""
    return len(words) > 1 and len(words) == _name_length(words)


def is_role(line: Line) -> bool:
    """Whether it says what an author is: "Staff reporter"."""
    return len(line.words) <= 6 and not line.ends_sentence and _says_role(line.words)


def _after_lead(words: Sequence[str]) -> Sequence[str]:
    """What follows "By", "Testo e foto di", "Interview:"; empty where no such words begin it."""
    lead = 0
    while lead < min(len(words), _LONGEST_LEAD) and _plain(words[lead]) in _LEADS | _BY:
        lead += 1
        if words[lead - 1].endswith(":"):
            return words[lead:]
    if words[lead : lead + 1] == [":"]:
        return words[lead + 1 :]
    if lead == 0:
        return ()
    if not _ENVOYS.isdisjoint(map(_plain, words[:lead])):
        return _after_place(words[lead:])
    return words[lead:] if _plain(words[lead - 1]) in _BY else ()


def _after_place(words: Sequence[str]) -> Sequence[str]:
    """From "Lormeau, Ann Author" the name; all of it where no place precedes it."""
    first = next((n for n, word in enumerate(words[:4], 1) if word.endswith(",")), 0)
    return words[first:] if _name_length(words[first:]) > 1 else words


def _names(text: str) -> list[str]:
    text = _END_OF_NAMES.split(text)[0].strip(" ,.;:")
    if text.casefold() in _COLLECTIVES:
        return [text]
    names: list[str] = []
    for part in filter(None, _AND.split(text)):
        words = part.split()
        # "Words by Ann Author, pictures by Ben Author"
        words = list(_after_lead(words)) or words
        length = _name_length(words)
        if length < 2 or _says_role(words[:length]):
            return names if names and _is_aside(words, after_name=True) else []
        names.append(" ".join(words[:length]))
        if not _is_aside(words[length:]):
            return []
    return names


def _name_length(words: Sequence[str]) -> int:
    """How many of the first words can be a name."""
    length = 0
    for number, word in enumerate(words[: _LONGEST_NAME + 1]):
        if number and word in PARTICLES:
            continue
        if not word[0].isupper() or not _NAME_WORD.fullmatch(word):
            break
        length = number + 1
    return length if length <= _LONGEST_NAME else 0


def _is_aside(words: Sequence[str], *, after_name: bool = False) -> bool:
    """What can follow a name in a byline: nothing, a role, a place, a paper."""
    if not words:
        return True
    if len(words) > _LONGEST_ASIDE:
        return False
    if _says_role(words):
        return True
    are_names = all(
        word[0].isupper() or word in PARTICLES or word in PLACES or word == "the" for word in words
    )
    return are_names and (after_name or words[0] in PLACES)


def _says_role(words: Sequence[str]) -> bool:
    return any(_plain(word) in _ROLES for word in words)


def _plain(word: str) -> str:
    return word.casefold().strip(".,:;()")
