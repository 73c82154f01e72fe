"""What a line is by its own words: part of the page, or of the article."""

from __future__ import annotations

import re

from corpus.cleaning.families import family_of
from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line, folded
from corpus.cleaning.phrasebook import Kind, notes, phrasebook
from corpus.cleaning.speech import speaks_to_reader

#: Kinds that are furniture wherever they stand.
ALWAYS = frozenset((Kind.MARK, Kind.PROMPT, Kind.LINK, Kind.LIST))

#: Kinds that end an article behind its last sentence: nothing of it follows.
ENDING = frozenset(
    (Kind.PROMPT, Kind.FOOTER, Kind.LIST, Kind.DOUBTFUL_LIST, Kind.MARK, Kind.LINK, Kind.IMPRINT)
)

_LONGEST_PROMPT = 40  # words
_LONGEST_BAR = 20
_LONGEST_DATE = 25
_LONGEST_READING_TIME = 6
_LONGEST_HEAD = 4
_LONGEST_ITEM = 4
_LONGEST_NAMED = 10
_SHORTEST_SPEECH = 8
_LONGEST_PLACE = 3
_BAR = re.compile(r"\s[>›»/|·•∙→–—-]\s|[>›»|·•∙→]")
_BARS = frozenset(">›»/|·•∙→–—-")
_PATH_SIGN = re.compile(r"\s[>›»→]\s")
_STARTS = ("home", "accueil", "homepage", "home page", "startseite", "inicio", "início")
_PATHS = ("sei in", "vous êtes ici", "you are here", "sie sind hier", "estás en")
_CLOCK = re.compile(r"\d{1,2}h\d{0,2}|\d+(?:st|nd|rd|th|am|pm|er|h|º|°)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HASHTAG = re.compile(r"[#@]\w+")
_ADDRESS = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)|https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|@\w+"
    r"|\d+/\d+", re.IGNORECASE,
)  # fmt: skip


def kind_of(line: Line) -> Kind:
    """The kind of a line, `TEXT` where nothing speaks against it."""
    if not line.key:
        # Nothing but signs: a rule, a row of dots. It may part two scenes.
        return Kind.TEXT
    phrases = phrasebook()
    if found := phrases.exact.get(line.key):
        return found
    if _is_button_bar(line) or _is_address(line):
        return Kind.MARK
    if len(line.words) > _LONGEST_PROMPT or is_note(line):
        return Kind.TEXT
    if line.is_quoting:
        # A newsletter's name may be quoted; a sentence may report on a button.
        is_open = (
            not line.ends_sentence and line.text[0].isalpha() and len(line.words) <= _LONGEST_NAMED
        )
        return (is_open and phrases.kind_of(line)) or Kind.TEXT
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
    is_long = line.ends_sentence or len(line.words) >= _SHORTEST_SPEECH
    if is_long and speaks_to_reader(line, at_edge=False):
        return Kind.PROMPT
    if line.ends_sentence:
        return Kind.TEXT
    if found := family_of(line):
        return found
    if _is_hashtags(line):
        return Kind.MARK
    if is_menu_bar(line):
        return Kind.FOOTER
    return Kind.BAR if _is_bar(line) else Kind.TEXT


def _is_reading_time(line: Line) -> bool:
    """How long the reading takes: "À lire en 3 minutes"."""
    if "#" not in line.key:
        return False
    said = line.terms
    if "#" not in said or len(said) > _LONGEST_READING_TIME - 2 * line.ends_sentence:
        return False
    return not words("reading").isdisjoint(said) and not words("minutes").isdisjoint(said)


def _is_address(line: Line) -> bool:
    """Whether it is the name of an image file, or where to find or write to somebody."""
    return len(line.words) <= 2 and all(map(_ADDRESS.fullmatch, line.words))


def _is_hashtags(line: Line) -> bool:
    return len(line.words) > 1 and all(map(_HASHTAG.fullmatch, line.words))


def _is_button_bar(line: Line) -> bool:
    """Names of networks in a row: "Facebook Twitter WhatsApp"."""
    if not 2 < len(line.words) <= _LONGEST_BAR:
        return False
    if line.words[0].casefold().strip("|,·•/-") not in words("networks"):
        return False
    names = [word.strip("|,·•/-") for word in line.text.casefold().split()]
    names = [name for name in names if name]
    return len(names) > 2 and words("networks").issuperset(names)


def is_menu_bar(line: Line) -> bool:
    """Sections or links in a row: "Home > News > Transport", "Privacy - Cookies - Contact"."""
    if len(line.words) > _LONGEST_PROMPT:
        return False
    if not _BARS.isdisjoint(line.text) and len(_PATH_SIGN.findall(line.text)) > 1:
        # A path may end in the headline.
        return True
    items = _items(line)
    if len(items) > 1:
        known = sum(map(_names_a_place, items))
        is_path = items[0] in _STARTS or items[0].startswith(_PATHS)
        return (is_path or 2 * known > len(items)) and all(len(item.split()) <= 6 for item in items)
    names = line.key.split()
    # Half of them must be known; a sentence would have words in lower case among them.
    known = sum(map(_names_a_place, names))
    is_row = all(word[0].isupper() for word in line.words)
    return len(names) > 3 and (known == len(names) or (is_row and 2 * known >= len(names)))


def _is_bar(line: Line) -> bool:
    """Short items with signs between them, whatever they are; scores and hours are none."""
    items = _items(line)
    return (
        len(items) > 2
        and "#" not in line.key
        and len(line.words) <= _LONGEST_PROMPT
        and not line.starts_lower
        and all(len(item.split()) <= _LONGEST_ITEM for item in items)
    )


def _items(line: Line) -> list[str]:
    if _BARS.isdisjoint(line.text):
        return [line.key]
    return [item for item in map(folded, _BAR.split(line.text)) if item]


def _names_a_place(item: str) -> bool:
    return phrasebook().exact.get(item) in (Kind.SECTION, Kind.FOOTER, Kind.MARK)


def is_date_stamp(line: Line) -> bool:
    """Whether it says when the page was published, and nothing else."""
    if "#" not in line.key or len(line.words) > _LONGEST_DATE:
        return False
    said = re.sub(r"[^\w']+", " ", line.text.casefold()).split()
    if len(said) < 2:
        return False
    place, dash, rest = line.text.partition(" - ")
    if (
        dash
        and rest[:1].isdigit()
        and place.istitle()
        and not any(map(str.isdigit, place))
        and len(place.split()) <= _LONGEST_PLACE
    ):
        said = re.sub(r"[^\w']+", " ", rest.casefold()).split()
    known, months = words("date_words", "months", "reading", "minutes"), words("months")
    if not all(word in known or _CLOCK.fullmatch(word) for word in said):
        return False
    has_number = any(word[0].isdigit() for word in said)
    is_dated = said[0] in words("stated") or any(
        word in months or _YEAR.fullmatch(word) for word in said
    )
    return has_number and (is_dated or not words("ago").isdisjoint(said))
