"""Paragraphs of the body that trafilatura found, as they are stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.characters import clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    ("body", "div", "section", "p", "head", "quote", "list", "item", "table", "row", "cell", "code")
)
_SPACE = re.compile(r"\s+")
_AROUND_BREAK = re.compile(r"(?:(?<! ) ++)?+\n *+")
_BREAKS = re.compile(r"\n{2,}")
_BLANK_LINE = re.compile(r"\n\s*\n")
#: Characters; a cell with more holds paragraphs, not a value: the page is laid out by a table.
_LONGEST_VALUE = 200


def assemble(body: _Element, title: str | None) -> str:
    """Paragraphs, headings, list items and rows of tables, with an empty line between two.

    Cells of a row are divided by " | ", a <br> is a line break. The headline is left out.

    Args:
        body: in the elements that trafilatura makes of a page.
    """
    pieces = "".join(_pieces(body, (title or "").casefold()))
    return _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", pieces)).strip()


def _pieces(element: _Element, title: str) -> Iterator[str]:
    """Text in order; "\\n" and "\\n\\n" are breaks, since other white space is folded before."""
    if element.tag == "lb":
        yield "\n"
    elif element.tag == "head" and title and _line(element).casefold() == title:
        pass
    elif element.tag == "row" and not _is_layout(element):
        yield "\n\n" + " | ".join(map(_line, element)).rstrip(" |") + "\n\n"
    else:
        border = "\n\n" if element.tag in _BLOCKS else ""
        # Only preformatted text, which becomes one of these, still has lines.
        verbatim = element.tag in ("quote", "code")
        yield border + _folded(element.text, verbatim)
        for child in element:
            yield from _pieces(child, title)
            yield _folded(child.tail, verbatim)
        yield border


def _is_layout(row: _Element) -> bool:
    """Whether a row divides the page rather than values."""
    lines = [_line(cell) for cell in row]
    return sum(map(bool, lines)) < 2 or max(map(len, lines)) > _LONGEST_VALUE


def _line(element: _Element) -> str:
    texts: Any = element.itertext()
    return " ".join(" ".join(texts).split()) if len(element) else clean_line(element.text or "")


def _folded(text: str | None, verbatim: bool) -> str:
    parts = _BLANK_LINE.split(text or "") if verbatim else [text or ""]
    return "\n\n".join(_SPACE.sub(" ", part) for part in parts)
