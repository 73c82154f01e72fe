"""What the lines of a page are by where they stand: above the article, within it, below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from corpus.bylines import authors_of, is_names, is_role, leading_name, says_by, signatures_of
from corpus.furniture import ALWAYS, ENDING, Kind, is_note, kind_of
from corpus.headlines import (
    Vocabulary,
    could_be_run,
    is_block_of_headlines,
    is_keywords,
    is_run,
    repeated_headlines,
    same_headline,
)
from corpus.lines import LONGEST_JUDGED, Line, folded
from corpus.rights import is_image_credit, rights_of

_LONGEST_TOP = 12  # sentences
_LONGEST_TEASER = 16  # words
_LONGEST_LIST = 12  # lines
_LONGEST_ALT_TEXT = 14  # words
_SHORTEST_BROKEN_OFF = 30  # characters
_WORD = re.compile(r"[^\W\d_]+")


class Layout:
    """One reading of a page.

    Attributes:
        gone: numbers of the lines that are not the article's.
        authors, rights: what those lines said, as printed.
        headline: the article's, where the top of the page prints it more than once.
    """

    def __init__(self, lines: list[Line], title: str | None) -> None:
        self.lines = lines
        self.gone: set[int] = set()
        self.authors: list[str] = []
        self.rights: list[str] = []
        self.headline: str | None = None
        self._title = folded(title) if title else None
        self._kinds = [kind_of(line) for line in lines]
        self._judge_each()
        self._body = [
            n for n in self._left() if self._kinds[n] is Kind.TEXT and _is_reporting(lines[n])
        ]
        self._first, self._second = self._openings()
        if self._body:
            self._judge_tail()
            self._judge_top()
            self._judge_middle()
        self._judge_headlines()

    def _left(self, start: int = 0, end: int | None = None) -> Iterator[int]:
        """The lines that nothing has been said against yet."""
        numbers = range(start, len(self.lines) if end is None else end)
        return (number for number in numbers if number not in self.gone)

    def _judge_each(self) -> None:
        for number, line in enumerate(self.lines):
            if not line.key or self._is_within_sentence(number):
                continue
            if rights := rights_of(line):
                self.rights.append(rights)
                self.gone.add(number)
            elif self._kinds[number] in ALWAYS:
                self.gone.add(number)

    def _is_within_sentence(self, number: int) -> bool:
        """Whether the paragraph before breaks off and the next goes on, as around a link."""
        if not 0 < number < len(self.lines) - 1:
            return False
        before, after = self.lines[number - 1], self.lines[number + 1]
        goes_on = after.starts_lower or after.text[0] in ",;)"
        return goes_on and not before.ends_sentence and len(before.text) >= _SHORTEST_BROKEN_OFF

    # The top

    def _openings(self) -> tuple[int, int]:
        """The first two lines of reporting, apart from a headline that is a sentence itself."""
        keys = [self.lines[n].key or self.lines[n].text for n in self._body]
        found = [
            n
            for place, n in enumerate(self._body[:_LONGEST_TOP])
            if keys[place] not in keys[:place] + keys[place + 1 : _LONGEST_TOP]
            and not (self._title and same_headline(self.lines[n], self._title))
        ]
        end = len(self.lines)
        first, second = [*found[:2], end, end][:2]
        return first, second

    def _judge_top(self) -> None:
        lines, first, second = self.lines, self._first, self._second
        has_headline = self._title is not None or any(
            len(lines[n].words) > 2 and self._kinds[n] is Kind.TEXT for n in self._left(0, first)
        )
        for number in list(self._left(0, second)):
            if self._is_byline(number):
                continue
            kind = self._kinds[number]
            is_menu = kind in (Kind.SECTION, Kind.FOOTER, Kind.DOUBTFUL_LIST) and has_headline
            if number < first and (is_menu or self._is_beside_menu(number)):
                self.gone.add(number)
            elif kind is Kind.DATE and (number < first or len(self.lines[number].words) > 2):
                self.gone.add(number)
        self._judge_kicker(first)

    def _is_byline(self, number: int) -> bool:
        line = self.lines[number]
        found = [] if _is_reporting(line) else authors_of(line)
        after_byline = number and self._said_author == number - 1
        if not found and after_byline and is_role(line):
            self.gone.add(number)
            return True
        if not found and number and says_by(self.lines[number - 1]) and is_names(line.words):
            self.gone.add(number - 1)
            found = [line.text]
        if not found and number and self._is_dated(number + 1):
            found = leading_name(line)
        if found:
            self._take_authors(number, found)
        return bool(found)

    _said_author = -1

    def _take_authors(self, number: int, found: list[str]) -> None:
        self.gone.add(number)
        self.authors += found
        self._said_author = number

    def _is_dated(self, number: int) -> bool:
        return number < len(self.lines) and self._kinds[number] is Kind.DATE

    def _is_beside_menu(self, number: int) -> bool:
        """Whether a short line shares its block with items of a menu, and nothing else."""
        block = self._block(number)
        if len(block) < 3 or any(len(self.lines[n].words) > 4 for n in block):
            return False
        known = sum(self._kinds[n] is not Kind.TEXT for n in block)
        return 3 * known >= 2 * len(block)

    def _block(self, number: int) -> range:
        """The lines between the blank lines around a line."""
        return self._blocks[number]

    @cached_property
    def _blocks(self) -> list[range]:
        """The block of each line."""
        blocks: list[range] = []
        for number, line in enumerate(self.lines):
            if line.closes_block:
                block = range(len(blocks), number + 1)
                blocks += [block] * len(block)
        return blocks

    def _judge_kicker(self, first: int) -> None:
        """A single word above the headline names a section."""
        above = list(self._left(0, first))
        if len(above) < 2:
            return
        kicker, headline = (self.lines[n] for n in above[:2])
        if self._title is not None and not same_headline(headline, self._title):
            return
        is_label = len(kicker.words) == 1 and kicker.is_headline
        if is_label and len(headline.words) > 3 and not headline.is_bullet:
            self.gone.add(above[0])

    # The middle

    def _judge_middle(self) -> None:
        for number in range(len(self.lines)):
            kind = self._kinds[number]
            if kind is Kind.LINK and self._is_bare(number):
                self._take_list(number, 1)
            elif kind in (Kind.LIST, Kind.DOUBTFUL_LIST) and number < self._body[-1]:
                self._take_list(number, _LONGEST_LIST)
        for number in list(self._left(self._first + 1, self._body[-1])):
            if self._is_alt_text(number) or self._is_companion(number):
                self.gone.add(number)

    def _is_bare(self, number: int) -> bool:
        """Whether the headline of the linked story stands on the next line."""
        return len(self.lines[number].words) <= 4

    def _take_list(self, head: int, longest: int) -> None:
        """The headlines below a head, but not a subhead behind them."""
        taken: list[int] = []
        for number in range(head + 1, min(head + 1 + longest, len(self.lines))):
            line = self.lines[number]
            if number in self.gone or not _is_teaser(line) or is_note(line) or line.starts_lower:
                break
            if self._uses_blocks and line.opens_block and number > head + 1:
                break
            taken.append(number)
        after = taken[-1] + 1 if taken else head + 1
        is_subhead = (
            taken
            and after < len(self.lines)
            and self.lines[after].is_sentence
            and (self.lines[taken[-1]].opens_block if self._uses_blocks else len(self.lines[taken[-1]].words) < 4)
        )
        if is_subhead:
            taken.pop()
        if taken:
            self.gone.update(taken, (head,))

    @cached_property
    def _uses_blocks(self) -> bool:
        """Whether blank lines part the paragraphs of this page."""
        return 2 * sum(line.opens_block for line in self.lines) > len(self.lines)

    def _is_alt_text(self, number: int) -> bool:
        line = self.lines[number]
        if not line.is_headline or line.is_bullet or len(line.words) > _LONGEST_ALT_TEXT:
            return False
        if number + 1 >= len(self.lines):
            return False
        after = self.lines[number + 1]
        if number + 1 in self.gone and is_image_credit(after):
            return not after.opens_block if self._uses_blocks else len(line.words) > 3
        stands_alone = line.opens_block and line.closes_block
        return (
            stands_alone
            and number + 1 not in self.gone
            and self.lines[number - 1].is_sentence
            and is_keywords(line, after, self._lower_case_words)
        )

    @cached_property
    def _lower_case_words(self) -> frozenset[str]:
        return frozenset(
            word
            for number in self._body
            for word in _WORD.findall(self.lines[number].text)
            if word.islower()
        )

    def _is_companion(self, number: int) -> bool:
        """Whether the rest of a line's block asks the reader for something."""
        line = self.lines[number]
        block = self._block(number)
        if not 1 < len(block) <= 6 or len(line.words) > _LONGEST_TEASER or line.is_quoting or line.is_bullet:
            return False
        return self._kinds[block[0]] is Kind.PROMPT and all(
            self._kinds[n] in (Kind.PROMPT, Kind.MARK, Kind.FOOTER, Kind.SECTION) for n in block if n != number
        )

    # The tail

    def _judge_tail(self) -> None:
        while (last := self._body[-1]) and self._is_run(last):
            self.gone.add(last)
            self._body.pop()
            if not self._body:
                self._body = [0]
        while len(self._body) > 1 and self._is_companion(self._body[-1]):
            self.gone.add(self._body.pop())
        has_ended = False
        for number in range(self._body[-1] + 1, len(self.lines)):
            has_ended = self._is_ended_by(number) or has_ended
            if number not in self.gone and has_ended:
                self._judge_below(number)
            elif number not in self.gone:
                self._judge_behind(number)
        rest = list(self._left(self._body[-1] + 1))
        is_wrapped = any(line.is_wrapped for line in self.lines)
        if not is_wrapped and is_block_of_headlines([self.lines[n] for n in rest], self._vocabulary):
            self.gone.update(rest)

    def _is_ended_by(self, number: int) -> bool:
        kind = self._kinds[number]
        return kind in ENDING and not self.lines[number].is_bullet

    def _judge_below(self, number: int) -> None:
        """A line below what ends an article."""
        line = self.lines[number]
        if is_note(line):
            return
        is_listed = any(
            self._kinds[n] in (Kind.LIST, Kind.DOUBTFUL_LIST)
            for n in range(self._body[-1] + 1, number)
        )
        if (line.is_bullet or line.is_sentence) and not is_listed:
            return
        if not self._is_signature(number):
            self.gone.add(number)

    def _judge_behind(self, number: int) -> None:
        """A line behind the last sentence, before anything that ends the article."""
        if self._is_signature(number):
            return
        if self._kinds[number] is Kind.DATE and len(self.lines[number].words) > 3:
            self.gone.add(number)
        elif self._is_run(number):
            self.gone.add(number)

    def _is_signature(self, number: int) -> bool:
        found = signatures_of(self.lines[number])
        if found:
            self._take_authors(number, found)
        return bool(found)

    def _is_run(self, number: int) -> bool:
        line = self.lines[number]
        if line.is_wrapped and not line.opens_block:
            # Half a paragraph breaks off in the middle of a sentence, as a run does.
            return False
        return is_run(line, self._vocabulary)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(line for line in self.lines if not could_be_run(line) and line.is_sentence)

    # The headline

    def _judge_headlines(self) -> None:
        top = [(number, self.lines[number]) for number in self._left(0, self._second)]
        if self._title is not None:
            self.gone.update(n for n, line in top if same_headline(line, self._title))
            return
        headline, again = repeated_headlines(top, self._first if self._body else 0)
        self.gone.update(again)
        if headline is not None:
            self.headline = " ".join(self.lines[headline].words)
            key = self.lines[headline].key
            self.gone.update(n for n, line in top if n != headline and same_headline(line, key))


def _is_reporting(line: Line) -> bool:
    """A sentence of some length that is no question to the reader, or a long paragraph."""
    if len(line.text) > LONGEST_JUDGED:
        return line.is_sentence or not could_be_run(line)
    return line.is_sentence and not _is_teaser(line)


def _is_teaser(line: Line) -> bool:
    """What can be the headline of another story."""
    if line.is_headline:
        return True
    return len(line.words) <= _LONGEST_TEASER and line.text.endswith(("?", "!", "…"))
