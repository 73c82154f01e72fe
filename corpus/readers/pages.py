"""From the lines of pages to paragraphs: what printing divided is put together again.

A page keeps where each line lies, and nothing of what belongs together. A border in the wrong
place between two sentences does little harm; one inside a sentence cuts a quotation. So where a
sentence is unfinished, it takes strong evidence to end a paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HYPHENATED = re.compile(r"(?<![\w-])([^\W\d_]{2,})[-\u00ad\u2010]\Z")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# French inverts verb and pronoun with a hyphen that stays; no syllable begins so.
_PRONOUNS = frozenset(("il", "ils", "elle", "elles", "on", "nous", "vous"))
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]\s]*\Z")
_ITEM = re.compile(r"[•●▪■◦‣○*\uf0b7]|[–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_TIGHT = re.compile(r"[^\W_][-\u2010/—]\Z|\d–\Z")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_PAGE_NUMBER = re.compile(
    r"(?:page|pagina|página|seite|p\.) \d{1,4}(?: ?(?:/|of|de|di|sur|von) ?\d{1,4})?"
    r"|\d{1,4} ?/ ?\d{1,4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")

#: Lines at either end of a page among which running heads are looked for.
_HEAD_LINES = 3
#: How far apart their pages may lie: left and right pages have heads of their own.
_HEAD_PAGES = 2
#: Lines before and behind one that show how long a full line is there.
_NEIGHBOURS = 4
#: An indent, in sizes of letters.
_INDENT = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        x: where it begins, in points, to the right.
        y: how high it stands on its page, in points.
        size: of most of its letters, in points.
        font: of most of its letters.
        page: its number, from 0.
    """

    text: str
    x: float
    y: float
    size: float
    font: str
    page: int


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Paragraphs in reading order, without running heads and page numbers."""
    lines = list(_without_heads(pages))
    # The first and the last of a line can be halves.
    words = {word for line in lines for word in _WORD.findall(line.text)[1:-1]}
    pitch = _pitches(lines)
    found: list[list[str]] = []
    group: list[Line] = []
    for position, line in enumerate(lines):
        if group and not _divides(lines, position, group, pitch):
            found[-1][-1:] = _joined(found[-1][-1], group[-1], line, words)
        else:
            found.append([line.text])
            group = []
        group.append(line)
    return ["".join(texts).replace("\u00ad", "") for texts in found]


# Running heads


def _without_heads(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """All lines but those that neighbouring pages repeat in the same place."""
    ends = [_ends(page) for page in pages]
    for number, page in enumerate(pages):
        near = ends[max(number - _HEAD_PAGES, 0) : number + _HEAD_PAGES + 1]
        others = [line for lines in near for line in lines if line.page != number]
        for line in page:
            if line not in ends[number] or not (
                _is_page_number(line) or any(_is_same_head(line, each) for each in others)
            ):
                yield line


def _ends(page: Sequence[Line]) -> list[Line]:
    """The uppermost and the lowest lines."""
    by_height = sorted(page, key=lambda line: line.y)
    return by_height[:_HEAD_LINES] + by_height[_HEAD_LINES:][-_HEAD_LINES:]


def _is_page_number(line: Line) -> bool:
    """Whether a line counts its own page, in words that leave no doubt."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    return bool(found) and line.page + 1 in map(int, _NUMBER.findall(line.text)[:1])


def _is_same_head(line: Line, other: Line) -> bool:
    """Whether two lines differ in nothing but the number of the page."""
    if abs(line.y - other.y) > 2 or _NUMBER.sub("", line.text) != _NUMBER.sub("", other.text):
        return False
    numbers = zip(_NUMBER.findall(line.text), _NUMBER.findall(other.text), strict=False)
    steps = {int(theirs[-9:]) - int(ours[-9:]) for ours, theirs in numbers}
    return steps <= {0, other.page - line.page}


# Borders of paragraphs


def _divides(
    lines: Sequence[Line], position: int, group: Sequence[Line], pitch: Mapping[int, float]
) -> bool:
    """Whether a paragraph of the lines of `group` ends before the line at this position."""
    last, line = group[-1], lines[position]
    is_finished = bool(_ENDS_SENTENCE.search(last.text))
    if abs(line.size - last.size) > 0.08 * last.size:
        return not _is_drop_cap(last, line)
    if _ITEM.match(line.text):
        return True
    if not is_finished and _starts_lower(line.text) and line.font == last.font:
        return False
    is_last = _is_last_line(last, line, _full_length(lines, position - 1), is_finished)
    if line.page != last.page or line.y >= last.y:  # the next column
        return is_finished or is_last
    if last.y - line.y > 1.3 * pitch[round(line.size)]:
        return True
    indent = (line.x - last.x) / line.size
    if indent > _INDENT and len(group) == 1 and _ITEM.match(last.text):
        return False  # it hangs below the words of the item
    if indent > _INDENT or (indent < -_INDENT and len(group) > 1):
        return is_finished or is_last
    return is_last or (len(group) == 1 and _is_indented(line, lines[position + 1 : position + 2]))


def _is_indented(line: Line, following: Sequence[Line]) -> bool:
    """Whether the line behind it goes back to the edge of the column."""
    return any(
        each.page == line.page
        and 0 < line.y - each.y < 2 * line.size
        and _INDENT * line.size < line.x - each.x < 4 * line.size
        for each in following
    )


def _is_last_line(last: Line, line: Line, full: float, is_finished: bool) -> bool:
    """Whether a line ends where the next word would still have had room."""
    length = len(last.text) + 1 + len(line.text.split(" ", 1)[0])
    return length < (0.9 if is_finished or last.font != line.font else 0.75) * full


def _starts_lower(text: str) -> bool:
    return text.lstrip("\"'“‘«([")[:1].islower()


def _is_drop_cap(last: Line, line: Line) -> bool:
    return len(last.text) == 1 and last.text.isupper() and last.size > 1.5 * line.size


def _pitches(lines: Sequence[Line]) -> dict[int, float]:
    """By size of letters: how far the lines of one paragraph lie apart, in points.

    The lower quartile, since gaps between paragraphs are wider and mostly fewer.
    """
    drops: dict[int, list[float]] = defaultdict(list)
    for last, line in pairwise(lines):
        drop = last.y - line.y
        if last.page == line.page and 0 < drop < 4 * line.size:
            drops[round(line.size)].append(drop)
    pitch: dict[int, float] = defaultdict(lambda: float("inf"))
    return pitch | {
        size: quantiles(some, n=4)[0] if len(some) > 1 else some[0] for size, some in drops.items()
    }


def _full_length(lines: Sequence[Line], position: int) -> float:
    """How many characters a full line has near this one."""
    near = lines[max(position - _NEIGHBOURS, 0) : position + _NEIGHBOURS + 1]
    size = lines[position].size
    lengths = sorted(len(line.text) for line in near if abs(line.size - size) <= 0.08 * size)
    return lengths[len(lengths) * 3 // 4]


# Joining lines


def _joined(text: str, last: Line, line: Line, words: Collection[str]) -> tuple[str, str]:
    """The last line of a paragraph and the next one, as they are to be written together."""
    if _is_drop_cap(last, line):
        first = line.text.split(" ", 1)[0]
        return text, f" {line.text}" if first in words else line.text
    left, right = _HYPHENATED.search(text), _LETTERS.match(line.text)
    if left and right and _is_one_word(left[1], right[0], text[-1], words):
        return text[:-1], line.text
    if text.endswith("\u00ad"):
        return f"{text[:-1]}-", line.text
    is_tight = _TIGHT.search(text) or (_WIDE.match(text[-1]) and _WIDE.match(line.text))
    return text, line.text if is_tight else f" {line.text}"


def _is_one_word(left: str, right: str, hyphen: str, words: Collection[str]) -> bool:
    """Whether a hyphen at the end of a line was put there by the printer."""
    if not left[-1].islower() or not right[0].islower():
        return False
    # Elsewhere in the document, the word stands in one line.
    if left + right in words or hyphen == "\u00ad":
        return True
    return f"{left}-{right}" not in words and right not in _PRONOUNS
