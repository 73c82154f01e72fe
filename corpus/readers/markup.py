"""The text of XHTML and NITF bodies, which share most of their element names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from corpus.readers.xml import parse

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "block", "body", "body.content", "bq", "caption",
    "center", "custom-table", "dd", "div", "dl", "dt", "fn", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hedline", "hl1", "hl2", "hr", "html", "li", "main", "nitf-table", "ol",
    "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
# Captions go with the picture, as they do for web pages (trafilatura leaves them out): they may
# tell of another day, and repeat the lede. Bylines and notices are metadata; the rest is no text.
_LEFT_OUT = frozenset((
    "button", "byline", "copyrite", "figure", "form", "head", "iframe", "include", "key-list",
    "media", "nitf-table-metadata", "noscript", "note", "object", "script", "style", "svg",
    "template", "tobject",
))  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n]+")
# A run of spaces is looked at from its start alone: 300,000 of them would take minutes.
_AROUND_BREAK = re.compile(r"(?:(?<![ \t])[ \t]++)?+\n[ \t]*+")
_BREAKS = re.compile(r"\n{2,}")
_UNCLOSED = re.compile(r"<(br|hr|img|wbr)\b[^<>]*>", re.IGNORECASE)
_BYLINE = re.compile(r"(?:[Bb]y|BY|[Pp]ar|PAR|[Vv]on|VON|di|DI)\s*:?\s+(?=\S)")


def body_text(body: Element) -> str:
    """Paragraphs, headings, list items and rows of tables, with an empty line between two.

    Cells of a row are divided by " | ". White space is folded as a browser does it.
    """
    text = _AROUND_BREAK.sub("\n", "".join(_pieces(body)))
    return _BREAKS.sub("\n\n", text).strip()


def html_text(path: Path, source: str) -> str:
    """The same of HTML that stands in a string.

    Raises:
        UnreadableFile: see `parse`; elements that HTML never closes need not be closed.
    """
    closed = _UNCLOSED.sub(lambda tag: f"<{tag[1].lower()}/>", source)
    # The name of a DTD makes HTML's entities known.
    page = f'<!DOCTYPE html SYSTEM "html"><html>{closed}</html>'
    return body_text(parse(path, page.encode("utf-8", "replace")))


def under_dateline(dateline: str, text: str) -> str:
    """The text with its dateline above it, unless its first line bears it already.

    On a line of its own it stays out of the first sentence, which is the one most quoted.
    """
    place = dateline.rstrip(" .,:-–—")
    if not place or not text or text.casefold().startswith(place.casefold()):
        return text
    return f"{dateline}\n\n{text}"


def byline_names(byline: str) -> str:
    """A byline without the "By" before its names; "Di" can be a name itself, "di" is not."""
    return _BYLINE.sub("", byline, count=1) if _BYLINE.match(byline) else byline


def _pieces(element: Element, *, verbatim: bool = False) -> Iterator[str]:
    """Text in order; "\\n" and "\\n\\n" are breaks, since other white space is folded before."""
    tag = element.tag
    if tag in _LEFT_OUT:
        return
    if tag == "br":
        yield "\n"
    border = "\n\n" if tag in _BLOCKS else ""
    yield border
    if tag == "tr":
        yield " | ".join(" ".join(body_text(cell).split()) for cell in element)
    else:
        verbatim = verbatim or tag == "pre"
        yield _folded(element.text, verbatim)
        for child in element:
            yield from _pieces(child, verbatim=verbatim)
            yield _folded(child.tail, verbatim)
    yield border


def _folded(text: str | None, verbatim: bool) -> str:
    return (text or "") if verbatim else _SPACE.sub(" ", text or "")
