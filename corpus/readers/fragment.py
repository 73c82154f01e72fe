"""Bodies that an export holds as HTML, as the text that a reader saw."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.markup import body_text

# A text that only mentions a tag, or compares two numbers, is no HTML: one has to be closed, or to
# be one that never is.
_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|ul|ol|li|a|b|i|em|strong|span|blockquote|figure|section|table|tr|td)\s*>"
    r"|<(?:br|hr)\s*/?>|<p(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
# libxml2 stops at these.
_UNPARSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


#: Elements within each other; what reads them is recursive.
MAX_DEPTH = 150


def plain_text(path: Path, body: str) -> str:
    """The paragraphs of a body that is HTML; any other body as it is.

    Raises:
        UnreadableFile: it nests elements deeper than `MAX_DEPTH`.
    """
    if not _MARKUP.search(body):
        return body
    # Late: it takes 0.1 s, and most exports hold plain text.
    from lxml import etree, html

    # Huge, since libxml2 otherwise drops without a word what is nested deep or has 10 MB.
    parser = html.HTMLParser(huge_tree=True)
    page = html.fromstring(f"<div>{_UNPARSED.sub('', body)}</div>", parser=parser)
    depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise UnreadableFile(path, f"nests elements more than {MAX_DEPTH} deep; is no news")
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return body_text(page)
