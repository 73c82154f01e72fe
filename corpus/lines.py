"""The lines of a page, each with what its form says: a sentence, a headline, a wrapped line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

#: Furniture is short. What is longer is judged by its form alone, which keeps clean pages fast.
LONGEST_JUDGED = 300

_SENTENCE_ENDS = ".!?…。！？؟।"
_CLOSERS = "\"'”“’»›)] \u00a0*_"
_QUOTATION_MARKS = re.compile('["“”„«»]')
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
# Signs that pages put around the words of a link or a button.
_DECORATION = " \t\u00a0.!?…:;,•·●▪→›»>«‹<|/\\-–—*#_[](){}▼▶►▲+✕×©✉️\u200b"
_SPELLING = str.maketrans("’‘‐‑", "''--")
_BULLET = re.compile(r"[-–—•*●▪·]\s")

# Wrapped text has no line above this many characters; where one is longer, a line is a paragraph.
_WIDEST_WRAPPED = 100
# A line that goes on in lower case after at least this many characters was wrapped.
_WRAPPED_AT = 30


@dataclass(frozen=True)
class Line:
    """One line of a page, or several that are one wrapped sentence.

    Attributes:
        text: without the white space around it.
        start: where its first line begins in the page, with its indentation.
        end: where its last line ends.
        opens_block: whether a blank line, or nothing, stands before it.
        closes_block: whether a blank line, or nothing, stands behind it.
        is_wrapped: whether it is several lines.
    """

    text: str
    start: int
    end: int
    opens_block: bool
    closes_block: bool
    is_wrapped: bool = False

    @cached_property
    def key(self) -> str:
        """What phrases are compared with: lower case, "#" for a number, no signs at the ends.

        Empty for a line that is too long to be judged by its words.
        """
        if len(self.text) > LONGEST_JUDGED:
            return ""
        return folded(self.text)

    @cached_property
    def words(self) -> list[str]:
        return self.text.split()

    @cached_property
    def ends_sentence(self) -> bool:
        text = self.text
        if text.endswith("]"):
            # A note such as "[2]" or "[sic]" stands behind the full stop.
            text = text[: text.rfind("[")] or text
        return text.rstrip(_CLOSERS)[-1:] in tuple(_SENTENCE_ENDS)

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it has the form of reporting: a sentence of some words ends here.

        Scripts without spaces are measured in characters.
        """
        return self.ends_sentence and (len(self.text) >= 40 or len(self.words) >= 4)

    @cached_property
    def is_quoting(self) -> bool:
        return _QUOTATION_MARKS.search(self.text) is not None

    @cached_property
    def is_bullet(self) -> bool:
        return _BULLET.match(self.text) is not None

    @property
    def is_headline(self) -> bool:
        """Whether it could be a headline, a subhead, a caption or a link: short and open."""
        return not self.ends_sentence and len(self.text) <= LONGEST_JUDGED

    @property
    def starts_lower(self) -> bool:
        return self.text[:1].islower()


def folded(text: str) -> str:
    """See `Line.key`."""
    text = " ".join(text.casefold().translate(_SPELLING).split()).strip(_DECORATION)
    return _NUMBER.sub("#", text)


def split_lines(page: str) -> list[Line]:
    """The lines that show something, in order."""
    found: list[Line] = []
    is_wrapped = all(len(line) <= _WIDEST_WRAPPED for line in page.split("\n"))
    for text, start, end, after_blank in _inked(page):
        last = found[-1] if found else None
        if last and is_wrapped and not after_blank and _goes_on(last, text):
            found[-1] = Line(f"{last.text} {text}", last.start, end, last.opens_block, True, True)
            continue
        if last and not after_blank:
            found[-1] = replace(last, closes_block=False)
        found.append(Line(text, start, end, after_blank or not last, True))
    return found


def _inked(page: str) -> Iterator[tuple[str, int, int, bool]]:
    """Each line that is not blank, its borders, and whether a blank line precedes it."""
    start, after_blank = 0, False
    for line in page.split("\n"):
        end = start + len(line)
        if text := line.strip():
            yield text, start, end, after_blank
            after_blank = False
        else:
            after_blank = True
        start = end + 1


def _goes_on(line: Line, text: str) -> bool:
    # Only the last line of a wrapped sentence is short, and nothing goes on behind it.
    return text[0].islower() and len(line.text) >= _WRAPPED_AT and not line.ends_sentence
