"""Pages of a few short sentences, whose text trafilatura returns as one line."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from corpus.readers.json_ld import plain_text
from corpus.readers.markup import body_text

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_FURNITURE = ("aside", "footer", "nav", "select", "title")


def is_flattened(body: _Element, page: HtmlElement) -> bool:
    """Whether several paragraphs of a page were found as one.

    trafilatura 2.3 takes all words of a page, its headline and captions among them, as one
    paragraph where it finds less than 100 characters of text.

    Args:
        body: in the elements that trafilatura makes of a page.
    """
    if len(body) != 1 or body[0].tag != "p" or len(body[0]):
        return False
    line = plain_text(body[0].text)
    paragraphs = (plain_text(each.text_content()) for each in page.iter("p"))
    return any(each and each in line and len(each) < len(line) for each in paragraphs)


def whole_page(page: HtmlElement, title: str) -> str:
    """Every paragraph of a page but its furniture, figures and headline."""
    from lxml import etree

    page = deepcopy(page)
    etree.strip_elements(page, *_FURNITURE, etree.Comment, etree.ProcessingInstruction,
                         with_tail=False)  # fmt: skip
    for heading in list(page.iter("h1")):
        if plain_text(heading.text_content()) == title:
            heading.drop_tree()
    return body_text(page)
