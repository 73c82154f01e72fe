"""The lines of a page, each with what its form says: a sentence, a headline, a wrapped line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

#: Furniture is short. What is longer is judged by its form alone, which keeps clean pages fast.
LONGEST_JUDGED = 300

_SENTENCE_ENDS = ".!?…。！？؟।"
_CLOSERS = "\"'”“’»›)] \u00a0*_"
_QUOTATION_MARKS = ('"', "“", "”", "„", "«")
# In "Home » News" it is none.
_CLOSING_MARK = re.compile(r"(?<!\s)»|»(?!\s)")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
# Signs that pages put around the words of a link or a button.
_DECORATION = " \t\u00a0.!?…:;,•·∙●▪→›»>«‹<|/\\-–—*#_[](){}▼▶►▲+✕×©✉️\u200b"
_BULLET = re.compile(r"[-–—•*●▪·]\s")
_TERM = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?|#")

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
    def terms(self) -> list[str]:
        """The words of `key` without signs; an elision is a word of its own: "l'", "article"."""
        return _TERM.findall(self.key)

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
        text = self.text
        return any(mark in text for mark in _QUOTATION_MARKS) or (
            "»" in text and _CLOSING_MARK.search(text) is not None
        )

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
    text = text.casefold().replace("’", "'").replace("‘", "'").replace(" | ", ": ")
    return _NUMBER.sub("#", " ".join(text.split()).strip(_DECORATION))


def split_lines(page: str) -> list[Line]:
    """The lines that show something, in order."""
    printed = page.split("\n")
    can_be_wrapped = all(len(line) <= _WIDEST_WRAPPED for line in printed)
    found: list[Line] = []
    for text, start, end, opens, closes in _inked(printed):
        last = found[-1] if found else None
        if last and can_be_wrapped and not opens and _goes_on(last, text):
            whole = f"{last.text} {text}"
            found[-1] = Line(whole, last.start, end, last.opens_block, closes, True)
        else:
            found.append(Line(text, start, end, opens, closes))
    return found


def _inked(printed: Sequence[str]) -> Iterator[tuple[str, int, int, bool, bool]]:
    """Each line that is not blank, its borders, and whether its block opens and closes with it."""
    start, opens = 0, True
    for number, line in enumerate(printed):
        end = start + len(line)
        text = line.strip()
        if text:
            closes = number + 1 == len(printed) or not printed[number + 1].strip()
            yield text, start, end, opens, closes
        start, opens = end + 1, not text


def _goes_on(line: Line, text: str) -> bool:
    # Only the last line of a wrapped sentence is short, and nothing goes on behind it.
    return text[0].islower() and len(line.text) >= _WRAPPED_AT and not line.ends_sentence
