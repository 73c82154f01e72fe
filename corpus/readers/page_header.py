"""The header of an article as a page shows it: headline, byline, times. Teasers have them too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from corpus.dates import iso_date
from corpus.readers.json_ld import plain_text
from corpus.readers.markup import byline_names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Comments, teasers and widgets date and sign themselves.
_OTHERS_TAGS = frozenset(("aside", "nav", "form"))
_OTHERS_NAMES = re.compile(
    r"comment|related|teaser|sidebar|widget|most-?read|recommend|newsletter|promo", re.IGNORECASE
)
_BYLINE_NAMES = re.compile(r"(?:^|[\s_-])(?:byline|author)s?(?:$|[\s_-])", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|mise? à jour|màj|modifié|aggiornat[oa]|modificat[oa])\b",
    re.IGNORECASE,
)
#: Characters; a paragraph of this length belongs to the story, and its header lies before it.
_STORY = 80
#: Elements; a page without paragraphs has no end of its header.
_LONGEST_HEADER = 300
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|chap[oô]|chapeau|dek|sommario|subheadline|article-?summary)(?:$|\s)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\d|•·/:;!?@]{1,79}")


def headlines(page: HtmlElement) -> list[str]:
    """First-level headings in order, those of articles first."""
    found = sorted(_own(page, "h1"), key=lambda heading: not _within(heading, "article"))
    return list(filter(None, (plain_text(heading.text_content()) for heading in found)))


def marked_values(page: HtmlElement, name: str) -> list[str]:
    """Values of a microdata property of the page's own article."""
    found = (
        _value(element)
        for element in page.xpath(".//*[@itemprop]")
        if name in element.get("itemprop", "").split() and not _is_anothers(element)
    )
    return list(filter(None, found))


def _value(element: HtmlElement) -> str:
    inner = element.xpath(".//*[@itemprop='name']")
    stated = element.get("content") or element.get("datetime")
    if not stated and inner:
        stated = inner[0].get("content") or inner[0].text_content()
    return plain_text(stated or element.text_content())


def header_times(page: HtmlElement, *, modified: bool) -> list[str]:
    """Machine-readable times of the header, that of the last change or the others."""
    return [
        element.get("datetime", "")
        for element in _header(page)
        if element.tag == "time"
        and iso_date(element.get("datetime", ""))
        and _tells_of_change(element) == modified
    ]


def _tells_of_change(moment: HtmlElement) -> bool:
    before = moment.getprevious()
    parent = moment.getparent()
    nearest = before.tail if before is not None else (parent.text if parent is not None else "")
    marks = (moment.get("class"), moment.get("itemprop"), nearest, moment.text_content())
    return any(_CHANGED.search(mark.replace("-", " ")) for mark in marks if mark) or (
        "dateModified" in moment.get("itemprop", "")
    )


def author_names(page: HtmlElement) -> list[str]:
    """Names that the header marks as the author's, by rel or by a byline with its "By"."""
    found: list[str] = []
    for element in _header(page):
        if "author" in (element.get("rel") or "").split():
            found.append(plain_text(element.text_content()))
        elif not found and _BYLINE_NAMES.search(element.get("class") or ""):
            text = plain_text(element.text_content())
            signed = byline_names(text)
            if signed != text and _NAME.fullmatch(signed):
                return [signed]
    return [name for name in found if _NAME.fullmatch(name)]


def standfirst(page: HtmlElement) -> str:
    """The summary below the headline, where the page marks it as one; "" where it does not."""
    marked = (each for each in _header(page) if _STANDFIRST.search(each.get("class") or ""))
    return next((plain_text(each.text_content()) for each in marked), "")


def _header(page: HtmlElement) -> Iterator[HtmlElement]:
    """Elements around the headline, up to the first paragraph of the story."""
    heading = next(iter(sorted(_own(page, "h1"), key=lambda h1: not _within(h1, "article"))), None)
    if heading is None:
        return
    scope = next(heading.iterancestors("article", "main"), None)
    if scope is None:
        around = [each for each in heading.iterancestors() if each.tag not in ("html", "body")]
        scope = around[1] if len(around) > 1 else (around or [heading])[0]
    for element in islice(scope.iter("*"), _LONGEST_HEADER):
        if not _is_anothers(element):
            yield element
        if element.tag == "p" and len(plain_text(element.text_content())) >= _STORY:
            return


def _own(page: HtmlElement, tag: str) -> list[HtmlElement]:
    return [element for element in page.iter(tag) if not _is_anothers(element)]


def _within(element: HtmlElement, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _is_anothers(element: HtmlElement) -> bool:
    """Whether an element belongs to something else than the article of the page."""
    return any(
        each.tag in _OTHERS_TAGS
        or "Comment" in (each.get("itemtype") or "")
        or (each.tag not in ("body", "html") and _OTHERS_NAMES.search(
            f"{each.get('class') or ''} {each.get('id') or ''}"))
        for each in (element, *element.iterancestors())
    )  # fmt: skip
