from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus import Article
from index_store.errors import HomeNotWritable
from index_store.lexical import LexicalIndex
from index_store.models import Filters
from tests.index_store.archive import admitted, article, articles, asked, filters, passages

ONE = article("Zuckerberg approved it, court papers say. Meta had no comment.")
OTHER = article("The ferry to Harbour Island will stop in March.", source="b.txt")


def filled(*some: Article, folder: Path | None = None) -> LexicalIndex:
    index = LexicalIndex(folder)
    index.update([(one, passages(one, 50)) for one in some], [], "r1")
    return index


def ask(index: LexicalIndex, question: str, wanted: Filters = Filters()) -> list[str]:
    found = index.search(asked(question), 50, wanted).grams
    assert list(found.values()) == sorted(found.values(), reverse=True)
    return [key.partition(".")[0] for key in found]


@pytest.mark.parametrize("name", ["Zuckerberg", "Zuckerburg", "ZÜCKERBERG", "Zukerberg"])
def test_a_name_is_found_even_if_it_is_misspelt(name: str) -> None:
    assert ask(filled(ONE, OTHER), name) == [ONE.id]


def test_nothing_asked_or_nothing_indexed_finds_nothing() -> None:
    assert ask(filled(ONE), "") == ask(filled(ONE), "qqqqq") == ask(LexicalIndex(), "ferry") == []


def test_updating_twice_adds_nothing_twice() -> None:
    index = filled(ONE, OTHER)
    before = ask(index, "ferry")
    index.update([(ONE, passages(ONE, 50)), (OTHER, passages(OTHER, 50))], [], "r2")
    assert ask(index, "ferry") == before == [OTHER.id]


def test_a_removed_article_is_gone() -> None:
    index = filled(ONE, OTHER)
    index.update([], [OTHER.id, "unknown"], "r2")
    assert ask(index, "ferry") == []
    assert ask(index, "Zuckerberg") == [ONE.id]


def test_the_weight_of_a_term_is_the_inverse_document_frequency_of_bm25() -> None:
    weighed = filled(ONE, OTHER).weigh(["meta", "none"])
    seen_in_one, seen_in_none = math.log(1 + 1.5 / 1.5), math.log(1 + 2.5 / 0.5)
    assert weighed.words["meta"] == dict.fromkeys(
        ["_met", "meta", "eta_"], pytest.approx(seen_in_one)
    )
    assert weighed.words["none"] == dict.fromkeys(
        ["_non", "none", "one_"], pytest.approx(seen_in_none)
    )


@settings(max_examples=40)
@given(some=articles(), wanted=filters)
def test_a_filter_admits_what_its_definition_does(some: list[Article], wanted: Filters) -> None:
    assert set(ask(filled(*some), "library", wanted)) == admitted(some, wanted)


# The folder


def test_an_index_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    filled(ONE, folder=tmp_path)
    again = LexicalIndex(tmp_path)
    assert again.revision == "r1"
    assert ask(again, "Zuckerberg") == [ONE.id]


def truncate(suffix: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        chosen = [path for path in folder.iterdir() if path.name.endswith(suffix)]
        assert chosen
        for path in chosen:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(shutil.rmtree, id="folder-deleted"),
        pytest.param(lambda folder: (folder / "meta.json").unlink(), id="meta-deleted"),
        pytest.param(lambda folder: (folder / "citedesk.json").unlink(), id="note-deleted"),
        pytest.param(lambda folder: (folder / "citedesk.json").write_bytes(b"\xff"), id="note-bin"),
        pytest.param(lambda folder: (folder / "citedesk.json").write_text("[]"), id="note-list"),
        pytest.param(
            lambda folder: (folder / "citedesk.json").write_text('{"layout": 0, "revision": "r1"}'),
            id="older-layout",
        ),
        *(
            pytest.param(truncate(suffix), id=f"truncated{suffix}")
            for suffix in (".term", ".idx", ".store", ".fast", "meta.json", "citedesk.json")
        ),
    ],
)
def test_a_damaged_folder_is_noticed_and_can_be_rebuilt(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "lexical"
    filled(ONE, folder=folder)
    damage(folder)
    index = LexicalIndex(folder)
    assert index.revision is None
    index.rebuild([(ONE, passages(ONE, 50))], "r2")
    assert index.revision == "r2"
    assert ask(index, "Zuckerberg") == [ONE.id]


def test_rebuilding_starts_over(tmp_path: Path) -> None:
    for index in (filled(ONE), filled(ONE, folder=tmp_path)):
        index.rebuild([(OTHER, passages(OTHER, 50))], "r2")
        assert ask(index, "Zuckerberg") == []
        assert ask(index, "ferry") == [OTHER.id]
        assert index.revision == "r2"


def test_a_folder_that_can_no_longer_be_written_is_named(tmp_path: Path) -> None:
    index = filled(ONE, folder=tmp_path)
    shutil.rmtree(tmp_path)
    with pytest.raises(HomeNotWritable, match="choose another folder") as caught:
        index.update([(OTHER, passages(OTHER, 50))], [], "r2")
    assert str(tmp_path) in str(caught.value)
