"""Notices and credits as a page prints them: below its pictures and in its footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.readers.json_ld import plain_text
from corpus.readers.page_header import is_by_others

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAGS = frozenset(("figcaption", "footer"))
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photo-?credit|image-?credit|rights)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BORDERS = frozenset((
    "address", "br", "dd", "div", "dt", "figcaption", "footer", "h2", "h3", "h4", "hr", "li", "ol",
    "p", "section", "small", "table", "td", "tr", "ul",
))  # fmt: skip
_UNREAD = frozenset(("script", "style", "template", "noscript", "svg"))
_NOTICE = re.compile(
    r"\A(?:©|ⓒ|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4}|by\b))|\ball rights reserved\b",
    re.IGNORECASE,
)
#: Characters of a notice; a longer text speaks about rights.
_LONGEST = 200
#: No article has as many pictures; a page that nests them would take a minute.
_MOST_LINES = 50


def printed_rights(page: HtmlElement) -> str:
    """Credits and copyright lines as printed, each once; "" where the page shows none."""
    found: dict[str, None] = {}
    for line in _lines(page):
        if notice := _notice(line):
            found[notice] = None
        if len(found) == _MOST_LINES:
            break
    return "; ".join(found)


def _notice(line: str) -> str:
    """What a line says of rights, without the caption before a credit."""
    from corpus.cleaning.credits import credit_behind
    from corpus.cleaning.lines import Line
    from corpus.cleaning.rights import rights_of

    if not line or len(line) >= _LONGEST:
        return ""
    if _NOTICE.search(line):
        return line
    judged = Line(line, 0, len(line), opens_block=True, closes_block=True)
    return rights_of(judged) or credit_behind(judged) or ""


def _lines(page: HtmlElement) -> Iterator[str]:
    """Lines of the elements that hold notices, in one walk, however they are nested."""
    from lxml import etree

    walk = etree.iterwalk(page, events=("start", "end"))
    depth, pieces = 0, list[str]()
    for event, element in walk:
        is_holder = _holds_notices(element)
        if event == "start":
            if element.tag in _UNREAD or is_by_others(element):
                walk.skip_subtree()
            elif depth or is_holder:
                depth += 1
                pieces += ["\n" if is_holder or element.tag in _BORDERS else "", element.text or ""]
        elif depth and not (element.tag in _UNREAD or is_by_others(element)):
            depth -= 1
            pieces.append("\n" if is_holder or element.tag in _BORDERS else "")
        if event == "end" and depth:
            pieces.append(element.tail or "")
        if not depth and pieces:
            yield from map(plain_text, "".join(_folded(pieces)).split("\n"))
            pieces = []


def _folded(pieces: list[str]) -> Iterator[str]:
    """Lines of the source are none of the page."""
    for piece in pieces:
        yield piece if piece == "\n" else re.sub(r"\s", " ", piece)


def _holds_notices(element: HtmlElement) -> bool:
    return element.tag in _TAGS or bool(_NAMES.search(element.get("class") or ""))
