"""Lines that say who wrote an article: "By Ann Author, Political correspondent"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line
from corpus.cleaning.names import is_aside, is_initials, name_length, plain, says_role

_LONGEST_BYLINE = 24  # words
_LONGEST_LEAD = 9
_LONGEST_ASIDE = 8
_LONGEST_ROLE = 6
_LONGEST_SIGNED = 4
_LONGEST_BIOGRAPHY = 60

_ALONE = frozenset(
    ("by", "written by", "words by", "reported by", "author", "authors", "byline", "par", "auteur",
     "auteurs", "écrit par", "di", "a cura di", "scritto da", "autore", "autori", "von", "autor",
     "autorin", "por", "door")
)  # fmt: skip
_COLLECTIVES = frozenset(
    ("staff", "redazione", "la redazione", "la rédaction", "rédaction", "newsroom", "redaktion",
     "redacción", "redação", "de redactie", "redactie", "agenzie")
)  # fmt: skip

_WITH = frozenset(("with", "avec", "con", "mit", "and", "et", "e", "y", "und", "&"))
_AND = re.compile(r"\s*[,;&]\s+|\s+(?:&|and|et|e|y|und|en|with|avec|con|mit)\s+")
_PARTS = re.compile(r"\s[|–—•·∙-]\s|\s?[|•·∙]\s?|(?<=[^\W\d_]{3})\.\s(?=\w+\s)|\s/\s")
_BESIDE_NAME = re.compile(r"\s?\([^()]*\)|\s?\S*@\S+|\s?\d+(?:,\d+)*(?=,|;|$)")
# "Reportage d'Ann Author"
_ELISION = re.compile(r"\b([dD])['’](?=[^\W\d_a-z])")
_FOOTNOTE = re.compile(r"\w ?\(\d\)")
_DIGITS = re.compile(r"\s\d")


def authors_of(line: Line) -> list[str]:
    """The names in a byline, without roles and dates; empty where it is no byline."""
    if not line.key or not 1 < len(line.words) <= _LONGEST_BYLINE:
        return []
    first = plain(line.words[0])
    if first not in words("leads") and first not in words("by"):
        return []
    names = _after_lead(_ELISION.sub(r"\1 ", line.text).split())
    return _names(" ".join(names)) if names else []


def signatures_of(line: Line) -> list[str]:
    """The names in a byline that is none but by its first words: "Reporting by Ann Author"."""
    return [] if plain(line.words[0]) in words("by") else authors_of(line)


def bare_names_of(line: Line) -> list[str]:
    """The names that are all there is, but for a role, a place or an address behind them.

    Whoever calls it has seen that an author can stand here: any names have this form.
    """
    if not line.key or len(line.words) > _LONGEST_BYLINE or line.text[:1] in "@#":
        return []
    if plain(line.words[0]) in words("by"):
        return []
    is_row = "#" in line.key and words("months").isdisjoint(line.terms)
    if is_row and not _FOOTNOTE.search(line.text):
        # "Ann Author 12,402" is how many voted for her.
        return []
    if line.ends_sentence and (len(line.words) > _LONGEST_SIGNED or not line.text.endswith(".")):
        return []
    if is_collective(line.words[0]) and len(line.words) <= _LONGEST_SIGNED:
        return [line.text]
    return _names(line.text) if all(map(_stands_beside_names, line.words)) else []


def initials_of(line: Line) -> list[str]:
    """The initials of an author, with the agency beside them: "I. B. (avec Agence Levante)"."""
    if not line.key or len(line.words) > _LONGEST_ASIDE:
        return []
    signed, bracket, _ = line.text.partition(" (")
    return [line.text] if is_initials(signed) and (bracket or is_initials(line.text)) else []


def leading_name(line: Line) -> list[str]:
    """The name that begins "Ann Author at Mill Lane": a byline where a date stands beside it."""
    length = name_length(line.words) if line.key else 0
    if len(line.words) > _LONGEST_ASIDE or length < 2 or line.ends_sentence:
        return []
    return [" ".join(line.words[:length])] if is_aside(line.words[length:]) else []


def biography_of(line: Line) -> list[str]:
    """The name of whom a line introduces: "Ann Author is our transport correspondent."."""
    length = name_length(line.words[:6]) if line.key else 0
    if length < 2 or len(line.words) > _LONGEST_BIOGRAPHY:
        return []
    following = line.words[length : length + 1]
    return (
        [" ".join(line.words[:length])] if following and following[0] in words("bio_verbs") else []
    )


def is_collective(word: str) -> bool:
    """Whether it names a newsroom or an agency, and nobody in it."""
    return plain(word) in _COLLECTIVES or plain(word) in words("collectives")


def says_by(line: Line) -> bool:
    """Whether it only announces the name on the next line: "By"."""
    return line.key in _ALONE


def is_role(line: Line) -> bool:
    """Whether it says what an author is: "Staff reporter"."""
    if len(line.words) > _LONGEST_ROLE or line.ends_sentence:
        return False
    # "Reporting from Port Ellery"
    is_place = plain(line.words[0]) in words("leads") and is_aside(line.words[1:])
    return is_place or says_role(line.words)


def _stands_beside_names(word: str) -> bool:
    beside = words("particles", "place_words", "roles", "leads", "by", "date_words", "months")
    beside |= words("collectives") | _WITH
    return not word[0].islower() or "@" in word or plain(word) in beside


def _after_lead(line: Sequence[str]) -> Sequence[str]:
    """What follows "By", "Testo e foto di", "Interview:"; empty where no such words begin it."""
    lead = 0
    leads, by, envoys = words("leads"), words("by"), words("envoys")
    while lead < min(len(line), _LONGEST_LEAD):
        word = plain(line[lead])
        if word not in leads and word not in by:
            break
        if lead and word in words("place_words") and plain(line[lead - 1]) in envoys:
            break
        lead += 1
        if line[lead - 1].endswith(":"):
            return line[lead:]
    if line[lead : lead + 1] == [":"]:
        return line[lead + 1 :]
    if lead == 0:
        return ()
    if not envoys.isdisjoint(map(plain, line[:lead])):
        return _after_place(line[lead:])
    is_told = plain(line[lead - 1]) == "to" and "told" in line[:lead]
    return line[lead:] if is_told or plain(line[lead - 1]) in by else ()


def _after_place(line: Sequence[str]) -> Sequence[str]:
    """From "Lormeau, Ann Author" the name; all of it where no place precedes it."""
    first = next((n for n, word in enumerate(line[:5], 1) if word.endswith(",")), 0)
    if not first and line and line[0] in words("place_words"):
        first = 2
    return line[first:] if name_length(line[first:]) > 1 else line


def _names(text: str) -> list[str]:
    """The names in the first part of a byline; a paper, a place or a photographer follows."""
    first = _PARTS.split(text)[0]
    return _names_in(_DIGITS.split(_BESIDE_NAME.sub("", first))[0].strip(" ,.;:"))


def _names_in(text: str) -> list[str]:
    if is_collective(text):
        return [text]
    names: list[str] = []
    parts = list(filter(None, _AND.split(text)))
    if len(parts) == 2 and plain(parts[1]) in words("collectives") and len(parts[0].split()) <= 4:
        # "The Ambry Post with AFP"
        return parts if parts[0][0].isupper() else []
    for part in parts:
        # "Words by Ann Author, pictures by Ben Author"
        line = list(_after_lead(part.split())) or part.split()
        length = name_length(line)
        if length > 2 and says_role(line[2:length]):
            # "Ann Author Senior Reporter"
            length = 2
        if length < 2 or says_role(line[:length]):
            is_agency = names and plain(part) in words("collectives")
            if is_agency:
                names.append(part)
                continue
            return names if names and is_aside(line, after_name=True) else []
        names.append(" ".join(line[:length]))
        if not is_aside(line[length:]):
            return []
    return names
