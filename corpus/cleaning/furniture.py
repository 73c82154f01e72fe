"""What a line is by its own words: part of the page, or of the article."""

from __future__ import annotations

import re

from corpus.cleaning.lines import Line, folded
from corpus.cleaning.phrasebook import Kind, notes, phrasebook
from corpus.cleaning.word_sets import (
    ACTIONS,
    AGO,
    DATE_WORDS,
    MINUTES,
    MONTHS,
    NETWORKS,
    OBJECTS,
    READING,
    STATED,
)

#: Kinds that are furniture wherever they stand.
ALWAYS = frozenset((Kind.MARK, Kind.PROMPT, Kind.LINK, Kind.LIST))

#: Kinds that end an article behind its last sentence: nothing of it follows.
ENDING = frozenset((Kind.PROMPT, Kind.FOOTER, Kind.LIST, Kind.DOUBTFUL_LIST))

_LONGEST_PROMPT = 40  # words
_LONGEST_BAR = 20
_LONGEST_DATE = 25
_LONGEST_READING_TIME = 6
_LONGEST_BUTTON = 9
_LONGEST_HEAD = 4
_BAR = re.compile(r"\s[>›»/|·•→–—-]\s|[>›|·•→]")
_CLOCK = re.compile(r"\d{1,2}h\d{0,2}|\d+(?:st|nd|rd|th|am|pm|er|h|º|°)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HASHTAG = re.compile(r"[#@]\w+")
_IMAGE_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)", re.IGNORECASE)


def kind_of(line: Line) -> Kind:
    """The kind of a line, `TEXT` where nothing speaks against it."""
    if not line.key:
        # Nothing but signs: a rule, a row of dots. It may part two scenes.
        return Kind.TEXT
    phrases = phrasebook()
    if found := phrases.exact.get(line.key):
        return found
    if _is_button_bar(line) or _IMAGE_FILE.fullmatch(line.text):
        return Kind.MARK
    if line.is_quoting or len(line.words) > _LONGEST_PROMPT or is_note(line):
        return Kind.TEXT
    found = phrases.kind_of(line)
    if found is Kind.DOUBTFUL_LIST and len(line.words) > _LONGEST_HEAD:
        found = None
    return found or _by_form(line)


def is_note(line: Line) -> bool:
    """A correction or another word of the editors about the article."""
    return line.key.startswith(notes())


def _by_form(line: Line) -> Kind:
    if is_date_stamp(line):
        return Kind.DATE
    if _is_reading_time(line):
        return Kind.MARK
    if line.ends_sentence:
        return Kind.TEXT
    if _is_button(line) or _is_hashtags(line):
        return Kind.MARK
    if is_menu_bar(line):
        return Kind.FOOTER
    return Kind.TEXT


def _is_reading_time(line: Line) -> bool:
    """How long the reading takes: "À lire en 3 minutes"."""
    words = line.key.replace(":", " ").split()
    if "#" not in words or len(words) > _LONGEST_READING_TIME - 2 * line.ends_sentence:
        return False
    return not READING.isdisjoint(words) and not MINUTES.isdisjoint(words)


def _is_button(line: Line) -> bool:
    """What to do, and with what: "Partager cet article sur …"."""
    words = line.key.split()
    return (
        1 < len(words) <= _LONGEST_BUTTON and words[0] in ACTIONS and not OBJECTS.isdisjoint(words)
    )


def _is_hashtags(line: Line) -> bool:
    return len(line.words) > 1 and all(map(_HASHTAG.fullmatch, line.words))


def _is_button_bar(line: Line) -> bool:
    """Names of networks in a row: "Facebook Twitter WhatsApp"."""
    if not 2 < len(line.words) <= _LONGEST_BAR:
        return False
    names = [word.strip("|,·•/-") for word in line.text.casefold().split()]
    names = [name for name in names if name]
    return len(names) > 2 and NETWORKS.issuperset(names)


def is_menu_bar(line: Line) -> bool:
    """Sections or links in a row: "Home > News > Transport", "Privacy - Cookies - Contact"."""
    if len(line.words) > _LONGEST_PROMPT:
        return False
    items = [folded(item) for item in _BAR.split(line.text)]
    items = [item for item in items if item]
    if len(items) > 1:
        known = sum(_names_a_place(item) for item in items)
        starts_home = items[0] in (
            "home",
            "accueil",
            "homepage",
            "home page",
            "startseite",
            "inicio",
        )
        return (starts_home or 2 * known > len(items)) and all(
            len(item.split()) <= 6 for item in items
        )
    names = line.key.split()
    return len(names) > 3 and all(map(_names_a_place, names))


def _names_a_place(item: str) -> bool:
    return phrasebook().exact.get(item) in (Kind.SECTION, Kind.FOOTER, Kind.MARK)


def is_date_stamp(line: Line) -> bool:
    """Whether it says when the page was published, and nothing else."""
    if "#" not in line.key or len(line.words) > _LONGEST_DATE:
        return False
    words = re.sub(r"[^\w']+", " ", line.text.casefold()).split()
    if len(words) < 2:
        return False
    if not all(word in DATE_WORDS or word in MONTHS or _CLOCK.fullmatch(word) for word in words):
        return False
    has_number = any(word[0].isdigit() for word in words)
    is_dated = words[0] in STATED or any(word in MONTHS or _YEAR.fullmatch(word) for word in words)
    return has_number and (is_dated or not AGO.isdisjoint(words))
