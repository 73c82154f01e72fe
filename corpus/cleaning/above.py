"""What stands above an article: menus, labels, its headline again, bylines, time stamps."""

from __future__ import annotations

from corpus.cleaning.bylines import (
    authors_of,
    bare_names_of,
    initials_of,
    is_collective,
    is_role,
    leading_name,
    says_by,
)
from corpus.cleaning.credits import is_image_credit
from corpus.cleaning.headlines import repeated_headlines, same_headline
from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line
from corpus.cleaning.names import could_be_phrase
from corpus.cleaning.page import Page, is_own, is_reporting
from corpus.cleaning.phrasebook import Kind
from corpus.cleaning.speech import is_imprint, is_permission, speaks_to_reader

_MENU = (Kind.SECTION, Kind.FOOTER, Kind.DOUBTFUL_LIST, Kind.BAR)
_META = (Kind.DATE, Kind.MARK)
_LONGEST_LABEL = 10  # words
_LONGEST_ITEM = 4
_LONGEST_KICKER = 3
_LONGEST_QUESTION = 2
_SHORTEST_MENU = 2  # lines


def judge_above(page: Page) -> None:
    """Judges the lines before the second line of reporting: a standfirst may be the first."""
    _trim(page)
    headline = _headline(page)
    has_headline = page.title is not None or headline is not None
    byline = -1
    for number in list(page.left(0, page.second)):
        is_role_of_author = 0 <= byline == number - 1 and is_role(page.lines[number])
        if number != headline and not is_role_of_author and _is_byline(page, number, headline):
            byline = number
            continue
        is_menu = (has_headline and page.kinds[number] in _MENU) or _is_in_menu(page, number)
        is_of_page = is_menu or is_imprint(page.lines[number]) or _is_count(page, number)
        if is_role_of_author or _is_date(page, number) or (is_of_page and number < page.first):
            page.gone.add(number)
            byline = number if is_role_of_author else byline
    for number in list(page.left(page.second, page.opened)):
        # A long standfirst, or captions, can stand before the byline.
        line = page.lines[number]
        if is_reporting(line):
            continue
        if page.take_authors(number, authors_of(line)):
            continue
        is_role_of_author = number - 1 in page.gone and is_role(line)
        if is_role_of_author or _is_date(page, number):
            page.gone.add(number)
    _judge_label(page)
    if headline is not None:
        _judge_caption(page, headline)
        _judge_kickers(page, headline)
        _judge_between(page, headline)


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


def _trim(page: Page) -> None:
    """Takes out sentences of the page that stand before its headline or a menu."""
    while len(page.body) > 2 and page.first < page.second - 1:
        line = page.lines[page.first]
        if not (speaks_to_reader(line, at_edge=True) or is_permission(line) or is_imprint(line)):
            return
        page.gone.add(page.first)
        page.body.remove(page.first)
        page.find_openings()


def _headline(page: Page) -> int | None:
    """The first line above the reporting that is long enough, or the longest."""
    top = [n for n in page.left(0, page.first) if page.kinds[n] is Kind.TEXT]
    if page.title is not None:
        return next((n for n in top if same_headline(page.lines[n], page.title)), None)
    top = [n for n in top if not authors_of(page.lines[n])]
    long = [n for n in top if len(page.lines[n].words) > _LONGEST_KICKER]
    if len(long) > 1:
        between = [page.kinds[n] for n in range(long[0], long[1])]
        if Kind.BAR in between or sum(kind in _MENU for kind in between) >= _SHORTEST_MENU:
            # The name of the newspaper, above its menu.
            return long[1]
    return long[0] if long else None


def _is_byline(page: Page, number: int, headline: int | None) -> bool:
    line = page.lines[number]
    if is_reporting(line):
        return False
    if page.take_authors(number, authors_of(line)):
        return True
    is_announced = number > 0 and says_by(page.lines[number - 1])
    if is_announced and page.take_authors(number, bare_names_of(line)):
        page.gone.add(number - 1)
        return True
    is_before_date = number + 1 < len(page.lines) and page.kinds[number + 1] is Kind.DATE
    if is_before_date and number > 0 and page.take_authors(number, leading_name(line)):
        return True
    if headline is None or number < headline:
        return False
    if page.take_authors(number, initials_of(line)):
        return True
    return _could_sign(page, number) and page.take_authors(number, bare_names_of(line))


def _could_sign(page: Page, number: int) -> bool:
    """Whether a name here can only be the author's: nobody else speaks of its bearer."""
    line = page.lines[number]
    if number > page.first and not _has_meta_beside(page, number):
        return False
    after = number + 1 < len(page.lines) and page.lines[number + 1]
    if not after or after.is_bullet or page.kinds[number] is not Kind.TEXT:
        return False
    before = page.lines[number - 1]
    is_answer = number - 1 not in page.gone and len(before.words) <= _LONGEST_QUESTION
    if is_answer and page.kinds[number - 1] is Kind.TEXT:
        # "Name" of a questionnaire
        return False
    names = [word for name in bare_names_of(line) for word in name.split()]
    if names and is_collective(names[0]):
        return True
    return (
        bool(names)
        and not could_be_phrase(names)
        and page.names_told.isdisjoint(name.casefold() for name in names)
    )


def _has_meta_beside(page: Page, number: int) -> bool:
    return any(page.kinds[n] in _META for n in (number - 1, number + 1) if n < len(page.kinds))


def _is_date(page: Page, number: int) -> bool:
    # Behind the first sentence "March 2024" can be a subhead.
    is_full = number < page.first or len(page.lines[number].words) > 2
    return is_full and page.kinds[number] is Kind.DATE


def _is_count(page: Page, number: int) -> bool:
    """Whether it is a number and nothing else: of comments, of the page, of minutes."""
    line = page.lines[number]
    if line.text.isdecimal():
        # "1887" can head an entry of a chronicle.
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(page.lines)]
        return number == 0 or any(
            n in page.gone or page.kinds[n] is Kind.MARK or page.lines[n].text.isdecimal()
            for n in beside
        )
    return len(line.terms) == 2 and line.terms[0] == "#" and line.terms[1] in words("minutes")


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


def _judge_kickers(page: Page, headline: int) -> None:
    """Short lines above the headline are a menu, the newspaper's name, a kicker."""
    above = [
        n
        for n in page.left(0, headline)
        if len(page.lines[n].words) <= _LONGEST_KICKER and page.lines[n].is_headline
    ]
    is_page = any(n in page.gone for n in range(headline)) or len(above) > 1
    if is_page or all(len(page.lines[n].words) < _LONGEST_KICKER for n in above):
        page.gone.update(n for n in above if not page.lines[n].is_bullet)


def _judge_caption(page: Page, headline: int) -> None:
    """An open line above a credit is what the picture shows, if another is the standfirst."""
    open_lines = [
        n
        for n in page.left(headline + 1, page.first)
        if page.lines[n].is_headline and len(page.lines[n].words) > _LONGEST_ITEM
    ]
    for number in open_lines:
        below = number + 1
        if below not in page.gone or not is_image_credit(page.lines[below]):
            continue
        is_one_block = page.uses_blocks and not page.lines[below].opens_block
        if is_one_block or number != open_lines[0] or page.first + 1 < page.second:
            page.gone.add(number)


def _judge_between(page: Page, headline: int) -> None:
    """Short lines among furniture, between the headline and the reporting, belong to it."""
    run: list[int] = []
    between = range(page.first + 1, page.second)
    has_meta = any(page.kinds[n] is Kind.DATE for n in between)
    last = page.second if has_meta else page.first
    for number in range(headline + 1, last + 1):
        line = page.lines[number] if number < len(page.lines) else None
        if number in page.gone or line is None:
            is_after_furniture = bool(run) and run[0] - 1 in page.gone
            if is_after_furniture and line is not None:
                page.gone.update(run)
            run = []
        elif number < last and len(line.words) <= _LONGEST_ITEM and _is_plain(line):
            run.append(number)
        else:
            run = []


def _is_plain(line: Line) -> bool:
    return line.starts_lower or not is_own(line)


def _judge_labels(page: Page, headline: int) -> None:
    """Labels stand above a headline that is known, and no reporting."""
    for number in list(page.left(0, min(headline, page.first))):
        line = page.lines[number]
        if line.is_headline and len(line.words) <= _LONGEST_LABEL:
            page.gone.add(number)
