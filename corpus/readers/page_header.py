"""The header of an article as a page shows it: headline, byline, times. Teasers have them too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
#: No article has as many authors; a page that nests them would take a minute.
_MOST_VALUES = 50
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
    marked = (each for each in page.iter() if name in (each.get("itemprop") or "").split())
    first = islice(marked, _MOST_VALUES)
    return list(filter(None, (_value(each) for each in first if not _is_anothers(each))))


def _value(element: HtmlElement) -> str:
    inner = element.xpath(".//*[@itemprop='name']")
    stated = element.get("content") or element.get("datetime")
    if not stated and inner:
        stated = inner[0].get("content") or inner[0].text_content()
    return plain_text(stated or element.text_content())


@dataclass(frozen=True, slots=True)
class PageHeader:
    """What a page shows above the story.

    Attributes:
        times: machine-readable ones, without those of changes.
        changes: times that are called updates.
        authors: names marked as the author's, by rel or by a byline with its "By".
        standfirst: the summary below the headline; "" where none is marked as one.
    """

    times: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    standfirst: str = ""


def read_header(page: HtmlElement, title: str) -> PageHeader:
    """The header of the article with this headline; empty where the page has no heading."""
    elements = list(_header(page, title))
    times = [each for each in elements if each.tag == "time" and iso_date(_moment(each))]
    marked = (each for each in elements if _STANDFIRST.search(each.get("class") or ""))
    return PageHeader(
        times=tuple(_moment(each) for each in times if not _tells_of_change(each)),
        changes=tuple(_moment(each) for each in times if _tells_of_change(each)),
        authors=tuple(_authors(elements)),
        standfirst=next((plain_text(each.text_content()) for each in marked), ""),
    )


def _moment(element: HtmlElement) -> str:
    return element.get("datetime") or ""


def _tells_of_change(moment: HtmlElement) -> bool:
    before = moment.getprevious()
    parent = moment.getparent()
    nearest = before.tail if before is not None else (parent.text if parent is not None else "")
    marks = (moment.get("class"), moment.get("itemprop"), nearest, moment.text_content())
    return any(_CHANGED.search(mark.replace("-", " ")) for mark in marks if mark) or (
        "dateModified" in moment.get("itemprop", "")
    )


def _authors(elements: list[HtmlElement]) -> Iterator[str]:
    linked = [each for each in elements if "author" in (each.get("rel") or "").split()]
    for element in linked:
        if _NAME.fullmatch(name := plain_text(element.text_content())):
            yield name
    if linked:
        return
    for element in elements:
        if _BYLINE_NAMES.search(element.get("class") or ""):
            text = plain_text(element.text_content())
            name = byline_names(text)
            if name != text and _NAME.fullmatch(name):
                yield name
                return


def _header(page: HtmlElement, title: str) -> Iterator[HtmlElement]:
    """Elements around the headline, up to the first paragraph of the story."""
    headings = sorted(_own(page, "h1"), key=lambda each: not _within(each, "article"))
    if not headings:
        return
    # Some templates make a heading of the site's name, too.
    named = (each for each in headings if plain_text(each.text_content()) == title)
    heading = next(named, headings[0])
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
    return any(map(is_by_others, (element, *element.iterancestors())))


def is_by_others(element: HtmlElement) -> bool:
    """Whether an element marks itself as a comment, a teaser, a widget."""
    if element.tag in _OTHERS_TAGS or "Comment" in (element.get("itemtype") or ""):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in ("body", "html") and bool(_OTHERS_NAMES.search(named))
