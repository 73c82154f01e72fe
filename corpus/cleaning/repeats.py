"""Lines that a page prints more than once: pull quotes, running heads, labels at top and foot."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import LONGEST_JUDGED, Line

_SHORTEST_QUOTE = 4  # words
_MOST_QUOTES = 200  # lines; a page that has more is no article
_LONGEST_LABEL = 6  # words
_QUOTES = re.compile('["“”„«»‹›]')
_OPENS = '"“„«'
_ADDRESS = re.compile(r"\bwww\.|https?://|\s\|\s|\S\.\w{2,}/\S")
_URL = re.compile(r"\bwww\.|https?://")
# Of "The Ambry Post (County)" a notice prints "Ambry Post".
_BESIDE_NAME = re.compile(r"^(?:the|le|la|les|il|lo|el|o|a|der|die|das) |\(.*")
_SHORTEST_NAME = 4
_LONGEST_ADDRESS = 12  # words
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d\d)?\d\d\b")
_NOT_WORDS = re.compile(r"[\W_]+")


def pull_quotes(
    lines: Sequence[Line], within: Sequence[int], reporting: Sequence[int]
) -> list[int]:
    """The numbers of lines that print again what a paragraph says, as a quotation set large.

    Args:
        within: the lines that may be such.
        reporting: the paragraphs.
    """
    asked = [n for n in within if _could_be_quote(lines[n])][:_MOST_QUOTES]
    return [n for n in asked if _is_said_again(lines[n].text, n, lines, reporting)]


def _is_said_again(
    quote: str, number: int, lines: Sequence[Line], reporting: Sequence[int]
) -> bool:
    parts = _sentences(quote)
    rarest = max(max(parts, key=len, default="").split(), key=len, default="")
    length = sum(map(len, parts)) + 2
    for other in reporting:
        text = lines[other].text
        if other == number or len(text) <= length or rarest not in text.casefold():
            continue
        plain = _plain(text)
        if all(part in plain for part in parts):
            return True
    return False


def _could_be_quote(line: Line) -> bool:
    is_set_apart = line.text[0] in _OPENS or line.text.isupper()
    return is_set_apart and len(line.words) >= _SHORTEST_QUOTE and len(line.text) <= LONGEST_JUDGED


def _sentences(text: str) -> list[str]:
    """Its sentences, plain: "said she" may stand between them in the paragraph."""
    parts = re.split(r"(?<=[.!?…])\s", _QUOTES.sub("", text))
    return [plain for plain in map(_plain, parts) if plain.strip()]


def _plain(text: str) -> str:
    return f" {_NOT_WORDS.sub(' ', text.casefold()).strip()} "


def running_heads(lines: Sequence[Line]) -> list[int]:
    """The numbers of lines that a printer put on every page: an address, or an issue's date."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.key and not line.ends_sentence and _could_run(line):
            places[line.key].append(number)
    return [n for numbers in places.values() if len(numbers) > 1 for n in numbers]


def _could_run(line: Line) -> bool:
    if _ADDRESS.search(line.text) or _NUMERIC_DATE.match(line.text):
        return True
    if len(line.words) == 1:
        return line.text.islower() and line.text.isalpha()
    return "#" in line.key and len(line.words) > 2 and not words("months").isdisjoint(line.terms)


def labels_at_both_ends(
    lines: Sequence[Line], top: Sequence[int], foot: Sequence[int]
) -> list[int]:
    """The numbers of short lines that stand above an article as well as below it."""
    short = [n for n in (*top, *foot) if lines[n].key and len(lines[n].words) <= _LONGEST_LABEL]
    above = {lines[n].key for n in short if n in top}
    below = Counter(lines[n].key for n in short if n in foot)
    return [n for n in short if lines[n].key in above and below[lines[n].key]]


def names_owner(line: Line, owners: Sequence[str]) -> bool:
    """Whether a short line is named in one of these notices: the name of the newspaper."""
    if not line.key or len(line.words) > _LONGEST_LABEL or line.ends_sentence or not owners:
        return False
    name = _plain(_BESIDE_NAME.sub("", line.key))
    return len(name) > _SHORTEST_NAME and any(name in _plain(owner) for owner in owners)


def is_printed_from(line: Line) -> bool:
    """Whether a line above an article says at which address the page was."""
    return (
        bool(line.key)
        and line.is_headline
        and len(line.words) <= _LONGEST_ADDRESS
        and bool(_URL.search(line.text))
    )
