"""What a line is by its own words: part of the page, or of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from corpus import wording
from corpus.lines import Line, folded


class Kind(Enum):
    """What a line is by its own words; where it stands decides the rest."""

    TEXT = "text"
    MARK = "a button or a mark between paragraphs"
    PROMPT = "a request to the reader"
    FOOTER = "the foot of the page"
    LINK = "a link to one other story"
    LIST = "the head of a list of other stories"
    DOUBTFUL_LIST = "such a head, or a subhead"
    SECTION = "a section of the menu"
    DATE = "when it was published"


#: Kinds that are furniture wherever they stand.
ALWAYS = frozenset((Kind.MARK, Kind.PROMPT, Kind.LINK, Kind.LIST))

#: Kinds that end an article behind its last sentence: nothing of it follows.
ENDING = frozenset((Kind.PROMPT, Kind.FOOTER, Kind.LIST, Kind.DOUBTFUL_LIST))

_LONGEST_PROMPT = 40  # words
_LONGEST_BAR = 20
_LONGEST_DATE = 25
_LONGEST_BUTTON = 9
_LONGEST_HEAD = 4
_WILDCARDS = re.compile(r"\s*([*…])\s*")
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
    phrases = _phrases()
    if found := phrases.exact.get(line.key):
        return found
    if _is_button_bar(line) or _IMAGE_FILE.fullmatch(line.text):
        return Kind.MARK
    if line.is_quoting or len(line.words) > _LONGEST_PROMPT or is_note(line):
        return Kind.TEXT
    found = phrases.starting(line)
    if found is Kind.DOUBTFUL_LIST and len(line.words) > _LONGEST_HEAD:
        found = None
    return found or _by_form(line)


def is_note(line: Line) -> bool:
    """A correction or another word of the editors about the article."""
    return line.key.startswith(wording.NOTES)


def _by_form(line: Line) -> Kind:
    if is_date_stamp(line):
        return Kind.DATE
    if line.ends_sentence:
        return Kind.TEXT
    if _is_button(line) or _is_hashtags(line):
        return Kind.MARK
    if is_menu_bar(line):
        return Kind.FOOTER
    return Kind.TEXT


def _is_button(line: Line) -> bool:
    """What to do, and with what: "Partager cet article sur …"."""
    words = line.key.split()
    actions, objects = _button_words()
    return 1 < len(words) <= _LONGEST_BUTTON and words[0] in actions and not objects.isdisjoint(words)


def _is_hashtags(line: Line) -> bool:
    return len(line.words) > 1 and all(map(_HASHTAG.fullmatch, line.words))


def _is_button_bar(line: Line) -> bool:
    """Names of networks in a row: "Facebook Twitter WhatsApp"."""
    if not 2 < len(line.words) <= _LONGEST_BAR:
        return False
    names = [word.strip("|,·•/-") for word in line.text.casefold().split()]
    names = [name for name in names if name]
    return len(names) > 2 and _network_words().issuperset(names)


def is_menu_bar(line: Line) -> bool:
    """Sections or links in a row: "Home > News > Transport", "Privacy - Cookies - Contact"."""
    if len(line.words) > _LONGEST_PROMPT:
        return False
    items = [folded(item) for item in _BAR.split(line.text)]
    items = [item for item in items if item]
    if len(items) > 1:
        known = sum(_names_a_place(item) for item in items)
        starts_home = items[0] in ("home", "accueil", "homepage", "home page", "startseite", "inicio")
        return (starts_home or 2 * known > len(items)) and all(
            len(item.split()) <= 6 for item in items
        )
    names = line.key.split()
    return len(names) > 3 and all(map(_names_a_place, names))


def _names_a_place(item: str) -> bool:
    return _phrases().exact.get(item) in (Kind.SECTION, Kind.FOOTER, Kind.MARK)


def is_date_stamp(line: Line) -> bool:
    """Whether it says when the page was published, and nothing else."""
    if "#" not in line.key or len(line.words) > _LONGEST_DATE:
        return False
    words = re.sub(r"[^\w']+", " ", line.text.casefold()).split()
    if len(words) < 2:
        return False
    months, others = _date_words()
    if not all(word in others or word in months or _CLOCK.fullmatch(word) for word in words):
        return False
    has_number = any(word[0].isdigit() for word in words)
    is_dated = any(word in months or _YEAR.fullmatch(word) for word in words)
    return has_number and (is_dated or not {"ago", "fa", "hace", "vor", "há", "il"}.isdisjoint(words))


@cache
def _date_words() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(wording.MONTHS.split()), frozenset(wording.DATE_WORDS.split())


@cache
def _button_words() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(wording.ACTIONS.split()), frozenset(wording.OBJECTS.split())


@cache
def _network_words() -> frozenset[str]:
    return frozenset(wording.NETWORKS.split())


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase with wildcards.

    Attributes:
        pieces: the words between the wildcards, in order.
        open_start: whether words may stand before the first piece; `open_end` likewise.
        takes_sentences: whether a line that is a sentence can match.
    """

    pieces: tuple[str, ...]
    open_start: bool
    open_end: bool
    takes_sentences: bool
    kind: Kind

    def matches(self, line: Line) -> bool:
        if line.ends_sentence and not self.takes_sentences:
            return False
        key, position = line.key, 0
        for number, piece in enumerate(self.pieces):
            found = key.find(piece, position)
            if found < 0 or (number == 0 and found and not self.open_start):
                return False
            if not _is_whole(key, found, found + len(piece)):
                return False
            position = found + len(piece)
        return self.open_end or position == len(key)


def _is_whole(key: str, start: int, end: int) -> bool:
    """Whether no word is cut at these places."""
    before, after = key[start - 1 : start], key[end : end + 1]
    return not (before.isalnum() or (key[end - 1].isalnum() and after.isalnum()))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """All phrases, found by what is rare in them, since every line of a page is asked.

    Attributes:
        exact: whole lines.
        by_start: patterns by their first word; `by_word` those that begin anywhere, by the
            longest word in them.
    """

    exact: Mapping[str, Kind]
    by_start: Mapping[str, list[_Pattern]]
    by_word: Mapping[str, list[_Pattern]]

    def starting(self, line: Line) -> Kind | None:
        words = _words(line.key)
        if not words:
            return None
        for pattern in self.by_start.get(words[0], ()):
            if pattern.matches(line):
                return pattern.kind
        for word in words:
            for pattern in self.by_word.get(word, ()):
                if pattern.matches(line):
                    return pattern.kind
        return None


def _words(key: str) -> list[str]:
    return [word.strip(":.,;!?()") for word in key.split()]


@cache
def _phrases() -> _Phrases:
    exact: dict[str, Kind] = {}
    by_start: dict[str, list[_Pattern]] = defaultdict(list)
    by_word: dict[str, list[_Pattern]] = defaultdict(list)
    # Of two kinds that have a phrase in common, the later one is taken.
    for kind, text in (
        (Kind.SECTION, wording.SECTIONS),
        (Kind.FOOTER, wording.FOOTER),
        (Kind.MARK, wording.MARKS),
        (Kind.PROMPT, wording.PROMPTS),
        (Kind.DOUBTFUL_LIST, wording.DOUBTFUL_LISTS),
        (Kind.LIST, wording.LISTS),
        (Kind.LINK, wording.LINKS),
    ):
        for phrase in re.split(r"[|\n]", text.strip()):
            pattern = _pattern(phrase.strip(), kind)
            if not pattern:
                exact[folded(phrase.replace("#", "0"))] = kind
            elif pattern.open_start:
                by_word[max(_words(" ".join(pattern.pieces)), key=len)].append(pattern)
            else:
                by_start[_words(pattern.pieces[0])[0]].append(pattern)
    return _Phrases(exact, dict(by_start), dict(by_word))


def _pattern(phrase: str, kind: Kind) -> _Pattern | None:
    marks = _WILDCARDS.findall(phrase)
    if not marks:
        return None
    pieces = _WILDCARDS.split(phrase)[::2]
    return _Pattern(
        pieces=tuple(piece for piece in pieces if piece),
        open_start=not pieces[0],
        open_end=not pieces[-1],
        takes_sentences="*" in marks,
        kind=kind,
    )
