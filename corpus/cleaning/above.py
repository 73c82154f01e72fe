"""What stands above an article: menus, labels, its headline again, bylines, time stamps."""

from __future__ import annotations

from corpus.cleaning.bylines import authors_of, is_names, is_role, leading_name, says_by
from corpus.cleaning.headlines import repeated_headlines, same_headline
from corpus.cleaning.page import Page, is_reporting
from corpus.cleaning.phrasebook import Kind

_MENU = (Kind.SECTION, Kind.FOOTER, Kind.DOUBTFUL_LIST)
_LONGEST_LABEL = 6  # words
_LONGEST_ITEM = 4


def judge_above(page: Page) -> None:
    """Judges the lines before the second line of reporting: a standfirst may be the first."""
    has_headline = page.title is not None or any(
        len(page.lines[n].words) > 2 and page.kinds[n] is Kind.TEXT
        for n in page.left(0, page.first)
    )
    byline = -1
    for number in list(page.left(0, page.second)):
        if _is_byline(page, number):
            byline = number
            continue
        is_role_of_author = 0 <= byline == number - 1 and is_role(page.lines[number])
        is_menu = (has_headline and page.kinds[number] in _MENU) or _is_in_menu(page, number)
        if is_role_of_author or _is_date(page, number) or (is_menu and number < page.first):
            page.gone.add(number)
    _judge_label(page)


def judge_headline(page: Page) -> None:
    """Takes out the headline that is known apart, else its repetitions, and what is above it."""
    top = [(number, page.lines[number]) for number in page.left(0, page.second)]
    if page.title is not None:
        printed = [n for n, line in top if same_headline(line, page.title)]
        # A brief can be its headline and nothing else.
        is_all = len(printed) == sum(1 for _ in page.left())
        page.gone.update(printed[1:] if is_all else printed)
        _judge_labels(page, printed[0] if printed else 0)
        return
    headline, again = repeated_headlines(top, page.first if page.body else 0)
    page.gone.update(again)
    if headline is not None:
        page.headline = " ".join(page.lines[headline].words)
        key = page.lines[headline].key
        page.gone.update(n for n, line in top if n != headline and same_headline(line, key))
        _judge_labels(page, headline)


def _is_byline(page: Page, number: int) -> bool:
    line = page.lines[number]
    if is_reporting(line):
        return False
    if page.take_authors(number, authors_of(line)):
        return True
    if number and says_by(page.lines[number - 1]) and is_names(line.words):
        page.gone.add(number - 1)
        return page.take_authors(number, [line.text])
    is_before_date = number + 1 < len(page.lines) and page.kinds[number + 1] is Kind.DATE
    return is_before_date and number > 0 and page.take_authors(number, leading_name(line))


def _is_date(page: Page, number: int) -> bool:
    # Behind the first sentence "March 2024" can be a subhead.
    is_full = number < page.first or len(page.lines[number].words) > 2
    return is_full and page.kinds[number] is Kind.DATE


def _is_in_menu(page: Page, number: int) -> bool:
    """Whether a short line shares its block with items of a menu, and nothing else."""
    block = page.block(number)
    if not 3 <= len(block) <= 40 or any(len(page.lines[n].words) > _LONGEST_ITEM for n in block):
        return False
    known = sum(page.kinds[n] is not Kind.TEXT for n in block)
    return 3 * known >= 2 * len(block)


def _judge_label(page: Page) -> None:
    """A single word above the headline names a section."""
    above = list(page.left(0, page.first))[:2]
    if len(above) < 2:
        return
    label, headline = (page.lines[n] for n in above)
    if page.title is not None and not same_headline(headline, page.title):
        return
    is_label = len(label.words) == 1 and label.is_headline
    if is_label and len(headline.words) > 3 and not headline.is_bullet:
        page.gone.add(above[0])


def _judge_labels(page: Page, headline: int) -> None:
    """Labels stand above a headline that is known, and no reporting."""
    for number in list(page.left(0, min(headline, page.first))):
        line = page.lines[number]
        if line.is_headline and len(line.words) <= _LONGEST_LABEL:
            page.gone.add(number)
