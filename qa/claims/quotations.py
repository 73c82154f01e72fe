"""Quotation marks: what stands between them must be printed so, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus import Span
from qa.claims.tokens import literal

# Marks of English, French, Italian and German typography; one that is never closed runs to the
# end. A single mark is one only where it is no apostrophe: l’azienda, the court’s, ‘90s.
_QUOTATION = re.compile(
    r"“(?P<curly>[^“”]*)[”“]?|„(?P<low>[^“”„]*)[“”]?|«(?P<angle>[^«»]*)»?|\"(?P<plain>[^\"]*)\"?"
    r"|(?<!\w)‘(?!\d0s)(?P<single>[^‘]+?)’(?!\w)|(?<!\w)'(?!\d0s)(?P<straight>[^']+)'(?!\w)"
)
_SINGLE_MARK = re.compile(r"(?<!\w)'|'(?!\w)")
_MARK = re.compile(r"[“”„«»\"‘]|(?<!\w)['’]|['’](?!\w)")
#: What a quotation leaves out (… or […]), and what it says in its own voice ([sic], [the court]).
_GAP = re.compile(r"\[[^\[\]]*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.")
_WORD = re.compile(r"[^\W_]+(?:['’\u2011-][^\W_]+)*")

#: How alike a quotation must be to what is printed to be set right rather than to lose its marks.
_NEAR = 0.8
#: A single word in marks may be irony; it is never put right.
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks.

    Attributes:
        span: with the marks.
        inner: without them and the spaces beside them.
    """

    span: Span
    inner: Span
    text: str


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text that hold a word, in order; those within others are part of them."""
    found = []
    for match in _QUOTATION.finditer(text):
        inner = match[match.lastgroup or 0]
        start = match.start(match.lastgroup or 0) + len(inner) - len(inner.lstrip())
        quoted = inner.strip()
        if any(map(str.isalnum, quoted)):
            span = Span(start, start + len(quoted))
            found.append(Quotation(Span(*match.span()), span, quoted))
    return found


def pieces(quoted: str) -> list[str]:
    """What a quotation prints without a gap: between ellipses and bracketed insertions."""
    return [piece for piece in map(literal, _GAP.split(quoted)) if piece]


def is_printed(quoted: str, text: str) -> bool:
    """Whether all pieces of a quotation stand in a text, whole words, in their order."""
    printed, at = f" {_plain(text)} ", 0
    found = [piece for piece in map(_plain, pieces(quoted)) if piece]
    for piece in found:
        at = _find(printed, piece, at)
        if at < 0:
            return False
        at += len(piece)
    return bool(found)


def requote(statement: str, sources: Sequence[str]) -> str:
    """The statement with quotation marks only around what a source prints.

    What is nearly printed so is put as it is printed; other marks go. No word outside of them is
    changed, nor is anything where all quotations hold.
    """
    while (changed := _requoted(statement, sources)) != statement:
        # Marks that went can have held others, which are judged by themselves then.
        statement = changed
    return statement


def _requoted(statement: str, sources: Sequence[str]) -> str:
    for quotation in reversed(quotations(statement)):
        if any(is_printed(quotation.text, source) for source in sources):
            continue
        nearest = _nearest(quotation.text, sources)
        if nearest is not None:
            (start, end), put = quotation.inner, nearest
        else:
            (start, end), put = quotation.span, quotation.text
            before, after = statement[start - 1 : start], statement[end : end + 1]
            put = f"{' ' * before.isalnum()}{put}{' ' * after.isalnum()}"
        statement = statement[:start] + put + statement[end:]
    return statement


def _plain(text: str) -> str:
    """Without marks of quotations within it."""
    return " ".join(_SINGLE_MARK.sub("", literal(text)).split())


def _find(printed: str, piece: str, start: int) -> int:
    """Where a piece starts that no letter or figure touches; -1 where it does not stand."""
    at = printed.find(piece, start)
    while at >= 0:
        joins_before = (printed[at - 1] + piece[0]).isalnum()
        joins_after = (piece[-1] + printed[at + len(piece)]).isalnum()
        if not joins_before and not joins_after:
            return at
        at = printed.find(piece, at + 1)
    return -1


def _nearest(quoted: str, sources: Sequence[str]) -> str | None:
    """The words in a source that are most like a quotation, where they are near enough."""
    said = [literal(match[0]) for match in _WORD.finditer(quoted)]
    if len(said) < _LEAST_WORDS or len(pieces(quoted)) > 1:
        return None
    candidates = (each for source in sources for each in _stretches(said, source))
    likeness, found = max(candidates, default=(0.0, ""), key=lambda each: each[0])
    return found if likeness >= _NEAR and is_printed(found, " ".join(sources)) else None


def _stretches(said: list[str], source: str) -> Iterator[tuple[float, str]]:
    """The stretch of each sentence-like run that begins and ends with words of the quotation."""
    found = list(_WORD.finditer(source))
    printed = [literal(match[0]) for match in found]
    matcher = SequenceMatcher(None, printed, said, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    for first in range(len(blocks)):
        for last in range(first, len(blocks)):
            start, end = blocks[first].a, blocks[last].a + blocks[last].size
            likeness = SequenceMatcher(None, printed[start:end], said, autojunk=False).ratio()
            text = source[found[start].start() : found[end - 1].end()]
            if not _MARK.search(text):
                yield likeness, text
