from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.diversity import CLOSE, spread
from index_store.models import Hit
from tests.index_store.archive import article, passages

WIRE = "The ferry to Harbour Island will stop in March. The harbour board voted on Monday."


def hit(text: str, score: float, publisher: str | None = "The Courier", source: str = "") -> Hit:
    whole = article(text, publisher=publisher, source=source or f"{publisher} {score}.txt")
    (passage,) = passages(whole, 500)
    return Hit(passage, whole, score, {}, ())


def outlets(hits: tuple[Hit, ...]) -> list[str | None]:
    return [found.article.publisher for found in hits]


def test_an_agency_text_has_one_rank_and_keeps_all_its_outlets() -> None:
    found = spread(
        [
            hit(WIRE, 0.9, "The Courier"),
            hit(WIRE, 0.8, "The Gazette"),
            hit("The bakery sold out of bread.", 0.5, "The Gazette"),
            hit(f"{WIRE} A spokeswoman would not say why.", 0.4, "The Post"),
        ],
        10,
    )
    assert outlets(found) == ["The Courier", "The Gazette"]
    assert outlets(found[0].copies) == ["The Gazette", "The Post"]
    assert found[1].copies == ()


def test_one_sentence_in_common_makes_no_copy() -> None:
    own = "The library will open on Sundays, and nobody knows yet who is to pay for that at all."
    found = spread([hit(WIRE, 0.9), hit(f"The harbour board voted on Monday. {own}", 0.8)], 10)
    assert [len(one.copies) for one in found] == [0, 0]


def test_copies_take_nobody_elses_place() -> None:
    copies = [hit(WIRE, 0.9 - n / 100, f"Outlet {n}") for n in range(5)]
    others = [hit(f"The bakery number {n} sold out.", 0.3 - n / 10, "B") for n in range(3)]
    assert len(spread([*copies, *others], 3)) == 3


def test_passages_of_one_article_are_no_copies_of_each_other() -> None:
    whole = article("The board voted. The board voted.")
    first, second = passages(whole, 3)
    found = spread([Hit(each, whole, 0.5, {}, ()) for each in (first, second)], 10)
    assert len(found) == 2


def test_outlets_take_turns_where_scores_are_close() -> None:
    close = [
        hit("One said so.", 0.90, "The Courier"),
        hit("Two said so.", 0.80, "The Courier"),
        hit("Three said it.", 0.80 - CLOSE / 2, "The Gazette"),
        hit("Four heard it.", 0.60, "The Courier"),
        hit("Five heard it.", 0.30, "The Post"),
    ]
    assert outlets(spread(close, 10)) == [
        "The Courier", "The Gazette", "The Courier", "The Courier", "The Post",
    ]  # fmt: skip


texts = st.sampled_from(
    ["The ferry will stop.", "The ferry will stop. In March.", "In March.", "The bakery sold out."]
)
ranked = st.lists(
    st.tuples(texts, st.floats(0, 1), st.sampled_from(["A", "B", None])), max_size=12
).map(lambda found: sorted(found, key=lambda item: -item[1]))


@given(ranked, st.integers(1, 12))
def test_the_best_stays_first_and_nothing_is_lost_or_doubled(
    found: list[tuple[str, float, str | None]], limit: int
) -> None:
    hits = [
        hit(text, score, publisher, source=f"{n}.txt")
        for n, (text, score, publisher) in enumerate(found)
    ]
    everything = spread(hits, len(hits) or 1)
    held = [each.article.source for one in everything for each in (one, *one.copies)]
    assert sorted(held) == sorted(one.article.source for one in hits)
    shown = spread(hits, limit)
    assert shown == everything[: len(shown)]
    assert len(shown) == min(limit, len(everything))
    if hits:
        assert shown[0].article == hits[0].article
    scores = [one.score for one in everything]
    for at, score in enumerate(scores):
        assert all(later <= score + CLOSE for later in scores[at:])


def test_nothing_found_is_nothing_shown() -> None:
    assert spread([], 10) == ()


@pytest.mark.parametrize("publisher", [None, "The Courier"])
def test_an_unstated_outlet_is_an_outlet_like_any_other(publisher: str | None) -> None:
    found = spread([hit("One said so.", 0.9, publisher), hit("Two said so.", 0.9, publisher)], 10)
    assert len(found) == 2
