"""A page made ready for trafilatura: words that it would drop are saved, furniture that marks
itself goes. Measured on the pages of tests/corpus/html.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpus.readers.json_ld import plain_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Characters around an inline element that make its parent running text, not a line of credits.
_RUNNING_TEXT = 40
_PROSE = ("p", "li", "blockquote", "td", "dd", "h2", "h3")
_PULLED = re.compile(r"pull-?quote", re.IGNORECASE)
_MARKS = {"fr": ("« ", " »"), "it": ("«", "»")}

#: Characters; a longer <noscript> may hold the article of a page that scripts build.
_NOTICE = 400
_FURNITURE = ("aside", "footer", "nav", "form")
_SENTENCE = re.compile(r".{40,}[.!?…][\"'”’»)]*", re.DOTALL)
_ENDED = re.compile(r"[.!?…;,][\"'”’»)]*\Z")
_FEW = 5
_LABEL = re.compile(r"\W*|[^.!?]{1,40}:\s*")


def repair(page: HtmlElement, language: str | None) -> None:
    """Changes the page in place.

    trafilatura 2.3 removes every <time>, also in the middle of a sentence, makes a paragraph of
    every <q>, removes figures with all that they hold, and takes in the whole page where the
    article is short.
    """
    _keep_inline(page, language)
    _keep_figures(page)
    _drop_furniture(page)
    _keep_to_article(page)


def _keep_inline(page: HtmlElement, language: str | None) -> None:
    # By parent: measuring it for each of its 100,000 times would take minutes.
    around: dict[HtmlElement, int] = {}
    for moment in list(page.iter("time")):
        parent = next(moment.iterancestors(*_PROSE), None)
        if parent is None:
            continue
        if parent not in around:
            around[parent] = _length(parent) - sum(map(_length, parent.iter("time")))
        if around[parent] >= _RUNNING_TEXT:
            moment.tag = "span"
    opening, closing = _MARKS.get(language or "", ("“", "”"))
    for quotation in list(page.iter("q")):
        # Browsers print the marks, so readers saw them.
        quotation.text = opening + (quotation.text or "")
        quotation.tail = closing + (quotation.tail or "")
        quotation.tag = "span"


def _keep_figures(page: HtmlElement) -> None:
    """Quotations that a figure frames stay, and captions where they tell the story."""
    captions = sum(map(_length, page.iter("figcaption")))
    prose = sum(_length(each) for each in page.iter("p") if not _is_in(each, "figure", *_FURNITURE))
    for figure in list(page.iter("figure")):
        # A pulled quote repeats a sentence of the article.
        pulled = _PULLED.search(f"{figure.get('class')} {figure.get('id')}")
        if captions > prose or (figure.find(".//blockquote") is not None and not pulled):
            figure.tag = "div"
    if captions > prose:
        for caption in list(page.iter("figcaption")):
            caption.tag = "p"


def _drop_furniture(page: HtmlElement) -> None:
    """Drops paragraphs that only lead elsewhere, menus in the cells of a layout, notices."""
    for notice in list(page.iter("noscript")):
        if _length(notice) < _NOTICE:
            notice.drop_tree()
    for paragraph in list(page.iter("p")):
        links = list(islice(paragraph.iter("a"), _FEW + 1))
        if len(links) > _FEW:
            continue
        text, linked = plain_text(paragraph.text_content()), sum(map(_length, links))
        if links and linked and not _ENDED.search(text) and linked >= len(text) / 2:
            around = text
            for link in links:
                around = around.replace(plain_text(link.text_content()), "", 1)
            if _LABEL.fullmatch(around):
                paragraph.drop_tree()
    for cell in list(page.iter("td")):
        # A cell that claims 65,000 rows and columns makes megabytes of empty cells.
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
        links = list(cell.iter("a"))
        if len(links) > 2 and sum(map(_length, links)) > _length(cell) * 0.7:
            cell.drop_tree()


def _keep_to_article(page: HtmlElement) -> None:
    """Drops all that stands outside the <article> of the headline, where that holds the story.

    It does where it has two sentences' worth of paragraphs and no small part of the page's.
    """
    body = page.find("body")
    heading = next((each for each in page.iter("h1") if _is_in(each, "article")), None)
    if body is None or heading is None:
        return
    article = list(heading.iterancestors("article"))[-1]
    alike = (each for each in page.iter("article") if each.get("class") == article.get("class"))
    if any(each is not article and not _is_in(each, "article") for each in alike):
        return  # its chapters
    prose = [each for each in page.iter("p") if not _is_in(each, *_FURNITURE)]
    inside = [each for each in prose if article in each.iterancestors("article")]
    sentences = [each for each in inside if _SENTENCE.fullmatch(plain_text(each.text_content()))]
    if len(sentences) > 1 and sum(map(_length, inside)) > sum(map(_length, prose)) / 4:
        article.tail = None
        body[:] = [article]


def _is_in(element: HtmlElement, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _length(element: HtmlElement) -> int:
    return len(plain_text(element.text_content()))
