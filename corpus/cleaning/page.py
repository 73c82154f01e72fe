"""A page under judgement: its lines, what each says by itself, and which have gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from corpus.cleaning.bylines import authors_of
from corpus.cleaning.credits import credit_behind, is_mere_caption
from corpus.cleaning.furniture import ALWAYS, is_note, kind_of
from corpus.cleaning.headlines import Vocabulary, could_be_run, same_headline
from corpus.cleaning.lines import LONGEST_JUDGED, Line, folded
from corpus.cleaning.phrasebook import Kind
from corpus.cleaning.rights import is_notice, rights_of

_LONGEST_TOP = 12  # sentences
_LONGEST_TEASER = 16  # words
_SHORTEST_BROKEN_OFF = 30  # characters
_LONGEST_REQUEST = 6  # lines
_RECURRING = ("every", "each", "chaque", "ogni", "jeden", "cada")


class Page:
    """One reading of a page. A line is known by its number.

    Attributes:
        lines: in order.
        kinds: what each line is by its own words.
        title: the headline, folded, where it is known apart from the text.
        gone: the lines that are not the article's.
        notices: those of them that are copyright notices.
        body: the lines that are reporting beyond doubt, in order.
        first, second: the first two of them that are no headline; where there is one, what
            follows it; where there is none, the number of lines.
        opened: the fourth line of reporting, likewise: no byline stands below it.
        authors, rights: what lines that went said, as printed.
        headline: the article's, where the top of the page prints it more than once.
    """

    def __init__(self, lines: list[Line], title: str | None) -> None:
        self.lines = lines
        self.kinds = [kind_of(line) for line in lines]
        self.title = folded(title) if title else None
        self.gone: set[int] = set()
        self.notices: set[int] = set()
        self.authors: list[str] = []
        self.rights: list[str] = []
        self.headline: str | None = None
        self._judge_each()
        self.body = [
            n for n in self.left() if self.kinds[n] is Kind.TEXT and is_reporting(lines[n])
        ]
        self.first = self.second = self.opened = 0
        self.find_openings()

    def left(self, start: int = 0, end: int | None = None) -> Iterator[int]:
        """The lines of a range that nothing has been said against yet."""
        numbers = range(start, len(self.lines) if end is None else end)
        return (number for number in numbers if number not in self.gone)

    def take_authors(self, number: int, names: list[str]) -> bool:
        """Takes a byline out; False where it names nobody."""
        if names:
            self.gone.add(number)
            self.authors += names
            # "Words by Ann Author. Pictures by Ben Author"
            self.rights += filter(None, [credit_behind(self.lines[number])])
        return bool(names)

    def find_openings(self) -> None:
        """Finds the first two lines of reporting, apart from a headline that is a sentence."""
        opening = self.body[:_LONGEST_TOP]
        keys = [self.lines[n].key or self.lines[n].text for n in opening]
        found = [
            n
            for n, key in zip(opening, keys, strict=True)
            if keys.count(key) == 1
            and not (self.title and same_headline(self.lines[n], self.title))
        ]
        # Where all are printed twice, none of them can be told to be a headline.
        found = (found or opening)[:4]
        last = found[-1] + 1 if found else len(self.lines)
        self.first, self.second, _, self.opened = [*found, last, last, last, last][:4]

    def block(self, number: int) -> range:
        """The lines between the blank lines around a line."""
        return self._blocks[number]

    @cached_property
    def _blocks(self) -> list[range]:
        blocks: list[range] = []
        for number, line in enumerate(self.lines):
            if line.closes_block:
                block = range(len(blocks), number + 1)
                blocks += [block] * len(block)
        return blocks

    @cached_property
    def uses_blocks(self) -> bool:
        """Whether blank lines part the paragraphs of this page."""
        return 2 * sum(line.opens_block for line in self.lines) > len(self.lines)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(
            line for line in self.lines if not could_be_run(line) and line.is_sentence
        )

    @cached_property
    def names_told(self) -> frozenset[str]:
        """The capitalised words of the reporting: who is in it has hardly written it."""
        told = (word.strip(".,;:!?()\"“”«»’'") for n in self.body for word in self.lines[n].words)
        return frozenset(word.casefold() for word in told if word[:1].isupper())

    @cached_property
    def told_words(self) -> frozenset[str]:
        """The words of the reporting, folded."""
        return frozenset(term for n in self.body for term in folded(self.lines[n].text).split())

    def is_part_of_request(self, number: int) -> bool:
        """Whether a line goes on with the request that stands before it."""
        line = self.lines[number]
        if len(line.words) > _LONGEST_TEASER or line.is_quoting or line.is_bullet:
            return False
        follows = number > 0 and self.kinds[number - 1] is Kind.PROMPT
        if follows and line.is_headline and line.key.startswith(_RECURRING):
            return True
        block = self.block(number)
        others = [self.kinds[n] for n in block if n != number] if len(block) < 9 else []
        return 0 < len(others) < _LONGEST_REQUEST and (
            others[0] is Kind.PROMPT
            and number > block[0]
            and {Kind.PROMPT, Kind.MARK, Kind.FOOTER, Kind.SECTION}.issuperset(others)
        )

    def _judge_each(self) -> None:
        for number, line in enumerate(self.lines):
            if not line.key or self._is_within_sentence(number):
                continue
            if rights := rights_of(line):
                self.take_rights(number, rights)
            elif self.kinds[number] is Kind.TEXT or self.kinds[number] is Kind.LINK:
                self._judge_caption(number)
            elif self.kinds[number] in ALWAYS:
                self.gone.add(number)

    def _judge_caption(self, number: int) -> None:
        line = self.lines[number]
        is_link = self.kinds[number] is Kind.LINK
        credit = None if is_link else credit_behind(line)
        # "Interview: Ann Author" names nothing to read, and "Text: A, photos: B" an author as well.
        if not (is_link or credit) or authors_of(line):
            return
        if credit:
            # A caption that is a sentence stays, with its credit.
            self.rights.append(credit)
        if not credit or is_mere_caption(line, credit):
            self.gone.add(number)

    def take_rights(self, number: int, rights: str) -> None:
        """Takes a notice or an image credit out."""
        self.rights.append(rights)
        self.gone.add(number)
        if is_notice(self.lines[number]):
            self.notices.add(number)

    def _is_within_sentence(self, number: int) -> bool:
        """Whether the paragraph before breaks off and the next goes on, as around a link."""
        if not 0 < number < len(self.lines) - 1:
            return False
        before, after = self.lines[number - 1], self.lines[number + 1]
        goes_on = after.starts_lower or after.text[0] in ",;)"
        return goes_on and not before.ends_sentence and len(before.text) >= _SHORTEST_BROKEN_OFF


def is_reporting(line: Line) -> bool:
    """A sentence of some length that is no question to the reader, or a long paragraph."""
    if len(line.text) > LONGEST_JUDGED:
        return line.is_sentence or not could_be_run(line)
    return line.is_sentence and not is_teaser(line)


def is_teaser(line: Line) -> bool:
    """What can be the headline of another story."""
    if line.is_headline:
        return True
    return len(line.words) <= _LONGEST_TEASER and line.text.endswith(("?", "!", "…"))


def is_own(line: Line) -> bool:
    """Whether a short line has the form of an article's: an item, a row, a verse, a note."""
    return (
        not line.key
        or line.is_bullet
        or line.ends_sentence
        or line.starts_lower
        or line.is_quoting
        or line.is_wrapped
        or "#" in line.key
        or line.text.endswith((",", ";", ":"))
        or ": " in line.text
        or " : " in line.text
        or is_note(line)
    )
