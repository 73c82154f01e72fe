"""What makes two articles alike: names first, days always, vectors where they mean something."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.reading import FoundArticle
from corpus.splitting import split_article
from index_store.embedder import Embedder
from index_store.fakes import HashingEmbedder, MemoryStore
from index_store.likeness import HALF_LIFE_DAYS, UNDATED, likeness, read_told
from index_store.models import Vector
from tests.index_store.archive import article

NAMES = "It was decided in Valmorin by Delphine Marvaux."
FERRY = f"{NAMES} The ferry to the island sails at ten in the evening."
LATER_FERRY = f"{NAMES} At ten in the evening the island ferry sails."
COMET = f"{NAMES} A bright comet hung above those mountains, a shepherd claimed."
SAME_DAY = ("2025-01-14", "2025-01-14")
FRENCH_ONLY = HashingEmbedder(languages=("fr",))


class LiftedEmbedder(HashingEmbedder):
    """Puts even texts that have nothing in common near each other, as E5 does."""

    def embed_query(self, text: str) -> Vector:
        vector = super().embed_query(text) + np.float32(0.4)
        lifted: Vector = vector / np.float32(np.linalg.norm(vector))
        return lifted


def alike(
    *texts: str, embedder: Embedder = FRENCH_ONLY, days: tuple[str | None, ...] = SAME_DAY
) -> float:
    """How alike two English texts are."""
    store = MemoryStore()
    for number, (text, day) in enumerate(zip(texts, days, strict=True)):
        one = article(text, source=f"{number}.txt", published=day)
        pieces = split_article(one, embedder.count_tokens, 50)
        store.add([FoundArticle(one, f"/{number}")], embedder.embed_passages(pieces))
    return likeness(read_told(store.catalogue(), store), store, embedder)[0, 1]


def test_vectors_have_no_say_where_the_embedder_does_not_know_the_languages() -> None:
    """Otherwise any two Italian articles are near each other."""
    assert alike(FERRY, LATER_FERRY) == alike(FERRY, COMET)


def test_what_is_about_the_same_is_more_alike_where_the_embedder_knows_both_languages() -> None:
    embedder = HashingEmbedder()
    assert alike(FERRY, LATER_FERRY, embedder=embedder) > alike(FERRY, COMET, embedder=embedder)


def test_a_model_that_puts_everything_near_does_not_make_everything_alike() -> None:
    plain = alike(FERRY, COMET, embedder=HashingEmbedder())
    assert alike(FERRY, COMET, embedder=LiftedEmbedder()) == pytest.approx(plain, abs=0.05)


@pytest.mark.parametrize(
    ("days", "share"),
    [
        (("2025-01-14", "2025-01-24"), 0.5 ** (10 / HALF_LIFE_DAYS)),
        (("2025-01-14T23:30:00-05:00", "2025-01-14"), 1.0),
        (("2025-01-14", None), UNDATED),
        ((None, None), UNDATED),
    ],
    ids=["ten days apart", "a day and a time of it", "one undated", "both undated"],
)
def test_what_is_further_apart_is_less_alike(days: tuple[str | None, ...], share: float) -> None:
    assert alike(FERRY, COMET, days=days) == pytest.approx(share * alike(FERRY, COMET))


def test_an_article_that_another_process_has_just_added_waits() -> None:
    store = MemoryStore()
    store.add([FoundArticle(article(FERRY), "/a")], [])
    before = store.catalogue()
    store.add([FoundArticle(article(COMET), "/b")], [])
    assert read_told(before, store).entries == before
