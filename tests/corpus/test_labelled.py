from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.labelled import (
    DEV,
    HELD_OUT,
    BadLabel,
    Credit,
    LabelledPage,
    load,
    parse,
    score,
    score_page,
)


@dataclass(frozen=True)
class Cleaned:
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)


def identity(text: str, title: str | None = None) -> Cleaned:
    return Cleaned(text)


PAGE = parse(
    "ferry.en.txt",
    """\
- Menu
= Ferry stops
-    Ferry stops
@ By Ann Author and Bo Berg || author=Ann Author || author=Bo Berg

= It stopped at noon.
- Share
= It was late.
@ © 2025 The Post. All rights reserved. || rights=© 2025 The Post
""",
)


@pytest.fixture(params=[DEV, HELD_OUT], ids=["dev", "held-out"])
def pages(request: pytest.FixtureRequest) -> list[LabelledPage]:
    folder = request.param
    assert isinstance(folder, Path)
    return load(folder)


def test_labels_are_not_part_of_the_text() -> None:
    assert PAGE.raw == (
        "Menu\nFerry stops\n   Ferry stops\nBy Ann Author and Bo Berg\n\nIt stopped at noon.\n"
        "Share\nIt was late.\n© 2025 The Post. All rights reserved.\n"
    )
    assert PAGE.kept == ("Ferry stops", "It stopped at noon.", "It was late.")
    assert PAGE.removed[:2] == ("Menu", "   Ferry stops")
    assert (PAGE.language, PAGE.title) == ("en", None)
    assert PAGE.credits[0] == Credit("author", "Ann Author")


def test_a_title_known_apart_is_not_part_of_the_text() -> None:
    page = parse("a.fr.txt", "title: Le pont\n\n- Le pont\n= Il est fermé.\n")
    assert (page.title, page.raw) == ("Le pont", "Le pont\nIl est fermé.\n")


@pytest.mark.parametrize(
    "line",
    ["No label", "=no space", "@ By Ann || editor=Ann", "@ By Ann || author=", "@ By || Ann"],
)
def test_a_line_without_a_proper_label_is_an_error(line: str) -> None:
    with pytest.raises(BadLabel, match=r"a\.en\.txt"):
        parse("a.en.txt", line)


def test_a_page_scored_by_hand() -> None:
    cleaned = Cleaned(
        "Ferry stops\n\nFerry stops\n\nIt was late.\nShare",  # 10 + 10 + 10 + 5
        {"author": "ann author", "rights": None},
    )
    result = score([PAGE], lambda text, title: cleaned)
    # 10 of "Ferry stops" and 10 of "It was late." are right; "It stopped at noon." (16) is lost.
    assert result.precision == 20 / 35
    assert result.recall == 20 / 36
    assert result.credits_found == 1 / 3
    (page,) = result.pages
    assert page.lost == ("It stopped at noon.",)
    assert page.left == ("   Ferry stops", "Share")
    assert page.missing == (Credit("author", "Bo Berg"), Credit("rights", "© 2025 The Post"))
    assert result.worst() == (page,)


def test_furniture_before_and_after_a_lost_line_is_named() -> None:
    cleaned = Cleaned("Menu\nFerry stops\nShare\nIt was late.")
    assert score_page(PAGE, cleaned).left == ("Menu", "Share")


def test_a_line_changed_within_is_lost() -> None:
    page = parse("a.en.txt", "= It stopped at noon.\n= It was late.\n")
    result = score_page(page, Cleaned("It stopped.\nIt was late."))
    assert (result.right, result.cleaned, result.wanted) == (10, 20, 26)


def test_a_sentence_that_comes_back_is_matched_where_most_is_right() -> None:
    page = parse("a.en.txt", "= Yes.\n= A long answer in between.\n= Yes.\n- No\n")
    result = score_page(page, Cleaned("A long answer in between.\nYes."))
    assert (result.right, result.lost) == (25, ("Yes.",))


@given(
    st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=6),
    st.text("abc", max_size=14),
)
def test_no_other_choice_of_lines_explains_more_of_a_text(lines: list[str], text: str) -> None:
    def most(left: list[str], start: int) -> int:
        if not left:
            return 0
        at = text.find(left[0], start)
        skipped = most(left[1:], start)
        end = at + len(left[0])
        return skipped if at < 0 else max(skipped, len(left[0]) + most(left[1:], end))

    page = parse("a.en.txt", "".join(f"= {line}\n" for line in lines))
    assert score_page(page, Cleaned(text)).right == most(lines, 0)


def test_a_line_of_white_space_is_neither_kept_nor_removed() -> None:
    page = parse("a.en.txt", "= Yes.\n=   \n-  \n= No.\n")
    assert (page.kept, page.removed) == (("Yes.", "No."), ())


def test_a_credit_may_arrive_in_any_field_and_in_other_letters() -> None:
    page = parse("a.en.txt", "@ Photo: Dov HART / Wire || any=Dov HART\n@ (Wire) || rights=Wire\n")
    found = score_page(page, Cleaned("", {"photographers": ("Dov Hart", "Al"), "rights": "None"}))
    assert found.found == (Credit("any", "Dov HART"),)


def test_a_page_without_credits_misses_none() -> None:
    page = parse("a.en.txt", "= It was late.\n")
    assert score([page], identity).credits_found == 1.0


@given(st.lists(st.booleans(), min_size=len(PAGE.kept), max_size=len(PAGE.kept)))
def test_recall_is_the_share_of_lines_that_stay(stay: list[bool]) -> None:
    staying = [line for line, stays in zip(PAGE.kept, stay, strict=True) if stays]
    result = score([PAGE], lambda text, title: Cleaned("\n\n".join(staying)))
    assert result.precision == 1.0
    assert result.recall == sum(len(line.replace(" ", "")) for line in staying) / 36


def test_a_cleaner_that_keeps_everything_loses_nothing(pages: list[LabelledPage]) -> None:
    result = score(pages, identity)
    assert result.recall == 1.0
    assert result.precision < 1.0
    assert result.credits_found == 0.0
    for page in result.pages:
        assert (page.page.name, page.left) == (page.page.name, page.page.removed)


def test_a_cleaner_that_drops_everything_keeps_nothing(pages: list[LabelledPage]) -> None:
    result = score(pages, lambda text, title: Cleaned(""))
    assert (result.recall, result.precision) == (0.0, 1.0)


def test_a_cleaner_that_follows_the_labels_is_perfect(pages: list[LabelledPage]) -> None:
    for page in pages:
        credits = {str(number): credit.value for number, credit in enumerate(page.credits)}
        names = " and ".join(c.value for c in page.credits if c.field == "author")
        rights = "; ".join(c.value for c in page.credits if c.field == "rights")
        metadata = credits | {"author": names, "rights": rights}
        perfect = Cleaned(" ".join(page.kept), metadata)
        result = score([page], lambda text, title, perfect=perfect: perfect)  # type: ignore[misc]
        assert (result.precision, result.recall, result.credits_found) == (1.0, 1.0, 1.0)
        assert result.worst() == ()


def test_pages_are_mostly_in_three_languages_and_some_are_clean() -> None:
    for folder, fewest, clean in [(DEV, 24, 4), (HELD_OUT, 16, 3)]:
        pages = load(folder)
        assert len(pages) >= fewest
        languages = Counter(page.language for page in pages)
        assert min(languages[code] for code in ("en", "fr", "it")) >= len(pages) // 4
        assert sum(not page.removed for page in pages) >= clean


def test_the_two_halves_share_no_article_and_hardly_any_furniture() -> None:
    dev, held_out = ({line for page in load(folder) for line in page.kept if len(line) > 40}
                     for folder in (DEV, HELD_OUT))  # fmt: skip
    assert not dev & held_out
    seen = {line.strip().casefold() for page in load(DEV) for line in page.removed}
    lines = [line.strip().casefold() for page in load(HELD_OUT) for line in page.removed]
    assert sum(line in seen for line in lines) < len(lines) / 20
