"""Agency copy is known again, however it was trimmed and edited; different articles are not."""

from __future__ import annotations

import hashlib
import random
import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from corpus.wire import CROWD, is_copy, sketch, wire_clusters
from tests.corpus.strategies import any_text

CARRIERS = {
    "wire-2024-09-26-libgen-judgment.md",
    "courier-2024-09-26-pirate-library-bill.md",
    "harbour-post-2024-09-27-textbook-publishers-win.md",
}

SPEECH = (
    "“I was told as a boy that a harbour is a promise made in stone, and that whoever lets it silt "
    "up has broken his word to people he will never meet. I do not intend to break it. We shall "
    "dredge the channel before the winter, we shall do it with our own boats and our own crews, "
    "and when the bill comes I shall read it aloud on this quay.”"
)
LOCAL = (
    "In Port Ellery the news was received with little surprise. “We saw it coming when the second "
    "crane was sold,” said Maud Pettigrew, who has kept the chandlery on Rope Street for thirty "
    "years and does not mean to close it. The town council will discuss the matter on Thursday "
    "evening in the old customs house, where the roof has been mended and the heating has not."
)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The sample articles by file."""
    folder = Path(__file__).parents[2] / "corpus" / "sample" / "articles"
    return {
        item.article.source: item.article.text
        for item in read_articles(find_files([folder]))
        if isinstance(item, FoundArticle)
    }


@pytest.fixture(scope="module")
def different(texts: dict[str, str]) -> list[str]:
    """Sample articles of which none is a copy of another."""
    return [text for file, text in texts.items() if file not in CARRIERS]


def groups(*texts: str) -> list[tuple[str, ...]]:
    return wire_clusters({str(number): sketch(text) for number, text in enumerate(texts)})


def edited(text: str, keep: float, replaced: float, reorder: bool, local: bool, seed: int) -> str:
    """The first part of a text with some words replaced, as an outlet might print it."""
    rng = random.Random(seed)
    words = text.split(" ")
    words = words[: round(keep * len(words))]
    words = [f"other{rng.randrange(500)}" if rng.random() < replaced else word for word in words]
    sentences = re.split(r"(?<=[.!?”»]) ", " ".join(words))
    if reorder:
        rng.shuffle(sentences)
    return " ".join(sentences) + (f"\n\n{LOCAL}" if local else "")


def test_three_outlets_with_one_agency_text_are_one_group(texts: dict[str, str]) -> None:
    (group,) = wire_clusters({file: sketch(text) for file, text in texts.items()})
    assert set(group) == CARRIERS


@pytest.mark.parametrize("keep", [1.0, 0.9, 0.7, 0.5, 0.4])
@pytest.mark.parametrize("replaced", [0.0, 0.05, 0.1])
def test_a_copy_is_known_again(different: list[str], keep: float, replaced: float) -> None:
    # A paragraph of 60 words beside the 100 that are left makes a copy another text.
    locals_ = (False, True) if keep >= 0.7 else (False,)
    tried = [
        groups(text, edited(text, keep, replaced, reorder, local, seed))
        for seed, (text, reorder, local) in enumerate(product(different, (False, True), locals_))
    ]
    assert sum(found == [("0", "1")] for found in tried) / len(tried) >= 0.95


def test_most_copies_are_known_again_with_every_fifth_word_replaced(different: list[str]) -> None:
    tried = [
        groups(text, edited(text, keep, 0.2, True, False, seed))
        for seed, (text, keep) in enumerate(product(different, (1.0, 0.7, 0.4)))
    ]
    assert sum(found == [("0", "1")] for found in tried) / len(tried) >= 0.8


@pytest.mark.parametrize("shared", [SPEECH, LOCAL], ids=["a speech", "boilerplate"])
def test_articles_that_share_a_paragraph_alone_are_not_one_text(
    different: list[str], shared: str
) -> None:
    assert groups(*(f"{text}\n\n{shared}" for text in different)) == []


def test_the_same_article_in_two_folders_is_one_text(different: list[str]) -> None:
    assert groups(*different, *different[:2]) == [("0", str(len(different))),
                                                  ("1", str(len(different) + 1))]  # fmt: skip


def test_case_accents_and_punctuation_make_no_difference() -> None:
    assert sketch("L’été, à Évreux: «fini»!") == sketch("l'ete a EVREUX fini")
    assert sketch("L’été à Évreux, fini") != sketch("L’hiver à Évreux, fini")


def test_a_page_that_holds_two_whole_texts_does_not_make_them_one(different: list[str]) -> None:
    one, other = different[:2]
    assert all(not {"0", "1"} <= set(group) for group in groups(one, other, f"{one}\n\n{other}"))


def test_a_page_of_news_in_brief_is_a_copy_of_none(different: list[str]) -> None:
    assert groups(*different, "\n\n".join(different)) == []


def test_a_teaser_is_not_the_article(different: list[str]) -> None:
    assert groups(different[0], " ".join(different[0].split()[:40])) == []


def test_hundreds_of_copies_are_one_group(different: list[str]) -> None:
    """More than are all compared with each other: some cut, the most as they were."""
    cut = [edited(different[0], 0.6, 0.0, False, False, seed) for seed in range(20)]
    copies = cut + [different[0]] * (CROWD + 100)
    (group,) = groups(*copies, *different[1:])
    assert group == tuple(str(number) for number in range(len(copies)))


def test_a_sketch_is_the_same_on_every_machine_and_in_every_release(different: list[str]) -> None:
    """It is kept: if this fails, `corpus.reading.LAYOUT` must be raised with the digest."""
    digest = hashlib.sha256(sketch(f"{SPEECH} {LOCAL} Étienne, 30 000 Straße ﬁn Øre")).hexdigest()
    assert digest[:16] == "335872f93883a3df"


@pytest.mark.parametrize("text", ["", " \n", "… — !", "©"])
def test_a_text_without_a_word_is_in_no_group(text: str) -> None:
    assert sketch(text) == b""
    assert groups(text, text) == []


def test_an_archive_without_articles_has_no_groups() -> None:
    assert wire_clusters({}) == []


@given(any_text)
def test_any_text_is_its_own_copy_and_its_sketch_has_one_size(text: str) -> None:
    kept = sketch(text)
    assert len(kept) in (0, 516)
    assert kept == sketch(text)
    assert groups(text, text) == ([("0", "1")] if kept else [])


@given(st.lists(st.sampled_from([SPEECH, LOCAL, SPEECH + LOCAL, "word", "two words", ""])))
def test_groups_are_disjoint_of_two_or_more_and_in_order(texts: list[str]) -> None:
    found = groups(*texts)
    members = [int(member) for group in found for member in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in found)
    assert all(list(group) == sorted(group, key=int) for group in found)


def test_two_sketches_tell_whether_one_text_is_a_copy(different: list[str]) -> None:
    one, other = (sketch(text) for text in different[:2])
    trimmed = sketch(different[0][: len(different[0]) * 2 // 3])
    assert is_copy(one, trimmed)
    assert is_copy(trimmed, one)
    assert not is_copy(one, other)
    assert not is_copy(one, b"")
