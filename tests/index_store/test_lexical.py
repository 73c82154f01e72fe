from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus import Article, Passage
from index_store.errors import HomeNotWritable, IndexBusy
from index_store.lexical import LexicalIndex
from index_store.models import Filters
from index_store.terms import marked
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


def test_every_passage_can_be_listed() -> None:
    ids = {passage.id for one in (ONE, OTHER) for passage in passages(one, 50)}
    index = filled(ONE, OTHER)
    assert index.passage_ids() == ids
    assert index.count() == len(ids)
    assert LexicalIndex().passage_ids() == frozenset()


def test_the_weight_of_a_term_is_the_inverse_document_frequency_of_bm25() -> None:
    weighed = filled(ONE, OTHER).weigh(asked("meta none"), ["meta", "none"])
    seen_in_one, seen_in_none = math.log(1 + 1.5 / 1.5), math.log(1 + 2.5 / 0.5)
    assert weighed.words["meta"] == dict.fromkeys(
        ["_met", "meta", "eta_"], pytest.approx(seen_in_one)
    )
    assert weighed.words["none"] == dict.fromkeys(
        ["_non", "none", "one_"], pytest.approx(seen_in_none)
    )


def test_what_the_glossary_calls_a_word_is_weighed_with_it() -> None:
    index = filled(ONE, OTHER)
    question = replace(asked("the court order"), others={("court", "order"): [("ordonnance",)]})
    weighed = index.weigh(question, ["court", "order"])
    assert weighed.called.keys() == {"court", "order"}
    assert {len(form) for forms in weighed.called.values() for form in forms} == {9}
    assert weighed.shares(marked("Une ordonnance du juge")) == [1.0, 1.0]
    assert weighed.shares(marked("Un juge")) == [0.0, 0.0]


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


def rebuilt(index: LexicalIndex) -> LexicalIndex:
    index.rebuild([(one, passages(one, 50)) for one in (ONE, OTHER)], "r2")
    return index


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(shutil.rmtree, id="folder-deleted"),
        pytest.param(lambda folder: (folder / "citedesk.json").unlink(), id="note-deleted"),
        pytest.param(lambda folder: (folder / "citedesk.json").write_bytes(b"\xff"), id="note-bin"),
        pytest.param(lambda folder: (folder / "citedesk.json").write_text("[]"), id="note-list"),
        pytest.param(
            lambda folder: (folder / "citedesk.json").write_text('{"layout": 2, "revision": "r1"}'),
            id="note-without-checksums",
        ),
        pytest.param(
            lambda folder: (folder / "citedesk.json").write_text(
                '{"layout": 0, "revision": "r1", "files": {}}'
            ),
            id="older-layout",
        ),
        pytest.param(
            lambda folder: (folder / ".managed.json").write_text("["), id="list-truncated"
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
    assert rebuilt(index).revision == LexicalIndex(folder).revision == "r2"
    assert ask(index, "Zuckerberg") == ask(LexicalIndex(folder), "Zuckerberg") == [ONE.id]


def cut(share: float) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        content = file.read_bytes()
        put_in_place_of(file, content[: min(int(len(content) * share), len(content) - 1)])

    return damage


def turn_over(share: float) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        content = bytearray(file.read_bytes())
        at = min(int(len(content) * share), len(content) - 1)
        content[at] ^= 0x5A
        put_in_place_of(file, bytes(content))

    return damage


def put_in_place_of(file: Path, content: bytes) -> None:
    """Another file of the same name: to cut one that a process has mapped would kill it."""
    new = file.with_name(f".{file.name}")
    new.write_bytes(content)
    new.replace(file)


def files_of(folder: Path) -> list[Path]:
    """What Tantivy wrote, and the note on it."""
    return sorted(file for file in folder.iterdir() if not file.name.startswith("."))


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize(
    "damage",
    [
        *(pytest.param(cut(share), id=f"cut-at-{share}") for share in (0, 0.3, 0.7, 1)),
        *(pytest.param(turn_over(share), id=f"turned-at-{share}") for share in (0, 0.4, 0.8, 1)),
        pytest.param(Path.unlink, id="deleted"),
    ],
)
def test_damage_to_any_file_is_noticed_before_anything_is_found_wrongly(
    tmp_path: Path, damage: Callable[[Path], None], is_open: bool
) -> None:
    """Tantivy itself finds other passages, or panics, on a third of these."""
    filled(ONE, folder=tmp_path / "whole").update([(OTHER, passages(OTHER, 50))], [ONE.id], "r1")
    names = [file.name for file in files_of(tmp_path / "whole")]
    assert {Path(name).suffix for name in names} > {".idx", ".term", ".store", ".fast", ".json"}
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "whole", folder)
        index = LexicalIndex(folder)
        assert index.revision == "r1"
        damage(folder / name)
        if not is_open:
            index = LexicalIndex(folder)
        assert index.revision is None, name
        assert rebuilt(index).revision == LexicalIndex(folder).revision == "r2"
        assert ask(index, "Zuckerberg") == ask(LexicalIndex(folder), "Zuckerberg") == [ONE.id]


def test_what_is_damaged_is_not_searched(tmp_path: Path) -> None:
    """Where another process holds the lock, so that it cannot be rebuilt now."""
    filled(ONE, folder=tmp_path)
    (terms,) = tmp_path.glob("*.term")
    turn_over(0.5)(terms)
    with pytest.raises(IndexBusy, match="must be built again") as caught:
        ask(LexicalIndex(tmp_path), "Zuckerberg")
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_another_process_has_written_is_followed(tmp_path: Path) -> None:
    here, there = filled(ONE, folder=tmp_path), LexicalIndex(tmp_path)
    here.update([(OTHER, passages(OTHER, 50))], [ONE.id], "r2")
    assert there.revision == "r2"
    assert (ask(there, "ferry"), ask(there, "Zuckerberg")) == ([OTHER.id], [])
    there.update([(ONE, passages(ONE, 50))], [], "r3")
    assert here.revision == "r3"
    assert (ask(here, "ferry"), ask(here, "Zuckerberg")) == ([OTHER.id], [ONE.id])


def test_a_rebuild_that_fails_leaves_the_old_contents_or_none(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[Article, list[Passage]]]:
        yield OTHER, passages(OTHER, 50)
        raise KeyError

    filled(ONE, folder=tmp_path)
    index = LexicalIndex(tmp_path)
    with pytest.raises(KeyError):
        index.rebuild(failing(), "r2")
    assert LexicalIndex(tmp_path).revision == "r1"
    assert ask(LexicalIndex(tmp_path), "Zuckerberg") == ask(index, "Zuckerberg") == [ONE.id]
    for file in files_of(tmp_path):
        if file.stat().st_size:
            turn_over(0.5)(file)
    with pytest.raises(KeyError):
        index.rebuild(failing(), "r2")
    assert LexicalIndex(tmp_path).revision is None
    assert ask(rebuilt(index), "Zuckerberg") == [ONE.id]


def test_a_rebuild_tells_how_far_it_is() -> None:
    told: list[int] = []
    some = [(one, passages(one, 50)) for one in (ONE, OTHER)]
    LexicalIndex().rebuild(some, "r", told.append)
    assert told == [1, 2]


def test_what_is_cleared_is_empty(tmp_path: Path) -> None:
    for index in (filled(ONE), filled(ONE, folder=tmp_path)):
        index.clear()
        assert ask(index, "Zuckerberg") == []
        index.update([(OTHER, passages(OTHER, 50))], [], "r2")
        assert ask(index, "ferry") == [OTHER.id]


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
