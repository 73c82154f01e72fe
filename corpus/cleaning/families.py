"""Lines that are furniture by the family of their words: each word alone could be anything.

"Share this release", "Audio herunterladen" and "Vai ai commenti" are a verb of buttons with
something that buttons act on, and no other word. Phrases need not list what a family covers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line, folded
from corpus.cleaning.phrasebook import Kind, phrasebook

_LONGEST_BUTTON = 9  # terms, as of the other families
_LONGEST_HEAD = 8
_LONGEST_COUNT = 9
_LONGEST_AD = 9
_LONGEST_LABEL = 4
_LONGEST_NAME = 4
_LABEL_END = re.compile(r"\s?[:>|→»]\s|\s[-–—]\s")
_REFLEXIVE = ("s'", "se")
_MOST_NAMED = 3
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_LONGEST_GLUED = 6  # words


def family_of(line: Line) -> Kind | None:
    """The kind that the words of an open line agree on; None where one of them is foreign to it."""
    terms = line.terms
    if not terms:
        return None
    if _is_button(terms) or _is_count(terms) or _is_advertisement(terms):
        return Kind.MARK
    if _is_named_button(line):
        return Kind.PROMPT
    if _is_link(line):
        return Kind.LINK
    if _is_head(line):
        return Kind.DOUBTFUL_LIST
    return Kind.MARK if _is_glued(line) else None


def _is_button(terms: Sequence[str]) -> bool:
    """What to do, and with what: "Partager cet article sur …"."""
    if terms[0] in _REFLEXIVE:
        terms = terms[1:]
    if not 1 < len(terms) <= _LONGEST_BUTTON:
        return False
    actions = words("actions")
    if terms[0] not in actions and terms[-1] not in actions:
        return False
    rest = terms[1:] if terms[0] in actions else terms[:-1]
    return not words("objects", "networks").isdisjoint(rest) and words(
        "actions", "objects", "glue", "networks"
    ).issuperset(rest)


def _is_named_button(line: Line) -> bool:
    """Such a button with a name in it: "Suivez La Vigie sur Facebook", "Get the Gazette app"."""
    terms = line.terms
    if len(terms) > _LONGEST_BUTTON or terms[0] not in words("actions"):
        return False
    if words("networks", "press", "offers").isdisjoint(terms[1:]):
        return False
    known = words("actions", "objects", "glue", "networks", "press", "offers")
    foreign = [word for word in line.words if not known.issuperset(_folded_terms(word))]
    is_title = all(word[0].isupper() for word in line.words)
    return (
        len(foreign) <= _MOST_NAMED and all(word[0].isupper() for word in foreign) and not is_title
    )


def _is_count(terms: Sequence[str]) -> bool:
    """How often something happened on the page: "41 likes", "23 comments (23 new)"."""
    return (
        1 < len(terms) <= _LONGEST_COUNT
        and "#" in terms
        and not words("counts").isdisjoint(terms)
        and (words("counts", "glue", "date_words") | {"#"}).issuperset(terms)
    )


def _is_advertisement(terms: Sequence[str]) -> bool:
    return (
        len(terms) <= _LONGEST_AD
        and not words("ads").isdisjoint(terms)
        and words("ads", "ad_words").issuperset(terms)
    )


def _is_link(line: Line) -> bool:
    """A label that links, and a headline: "Read also: The quay that nobody owned"."""
    label = _LABEL_END.split(line.text, 1)
    if len(label) < 2 or not label[1]:
        return False
    terms = folded(label[0]).replace("'", "' ").split()
    links = words("links").intersection(terms)
    return (
        1 < len(terms) <= _LONGEST_LABEL
        and len(links) > 1
        and words("links", "glue").issuperset(terms)
    )


def _is_head(line: Line) -> bool:
    """What heads a list: "Most read in News", "Altre notizie di Punta Scorza"."""
    terms = line.terms
    if not 1 < len(terms) <= _LONGEST_HEAD or words("heads").isdisjoint(terms):
        return False
    known = words("heads", "head_words", "glue")
    if known.issuperset(terms):
        return True
    # The name of a place, a section or an outlet may follow, capitalised among other words.
    if line.text.isupper() or terms[0] not in known:
        return False
    foreign = [word for word in line.words if not known.issuperset(_folded_terms(word))]
    return len(foreign) <= _LONGEST_NAME and all(word[0].isupper() for word in foreign)


def _folded_terms(word: str) -> list[str]:
    return folded(word).replace("'", "' ").split()


def _is_glued(line: Line) -> bool:
    """Buttons that lost the space between them: "SubscribeSign in"."""
    if len(line.words) > _LONGEST_GLUED:
        return False
    parts = [folded(part) for part in _GLUED.split(line.text)]
    if len(parts) < 2:
        return False
    exact = phrasebook().exact
    known = words("actions", "objects", "heads", "head_words", "counts", "glue")
    return all(part in exact or known.issuperset(part.split()) for part in parts)
