"""Whatever is wrong with an index is found, told in a line, and mended where that is possible."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index_store.checking.apart import Failed
from index_store.checking.finding import State
from index_store.checking.index import Index, check_index
from index_store.checking.mending import mend_index
from index_store.embedder import BUNDLED_MODEL
from index_store.lock import LOCK, WriteLock
from tests.index_store.checking.homes import (
    copied,
    in_chroma,
    make_home,
    opened,
    vectors_file,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("whole") / "home")


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return copied(whole, tmp_path / "home")


def look(home: Path, full: bool = False, url: str | None = None) -> Index:
    return check_index(home, url, BUNDLED_MODEL, full)


def wrong(index: Index) -> dict[str, str]:
    """What is told of each check that found something."""
    assert all("\n" not in one.found for one in index.findings)
    return {one.check: one.found for one in index.findings if one.state is State.WRONG}


def states(index: Index) -> set[State]:
    return {one.state for one in index.findings}


@pytest.mark.parametrize("full", [False, True], ids=["sample", "full"])
def test_nothing_is_wrong_with_a_whole_home(home: Path, full: bool) -> None:
    assert states(look(home, full)) == {State.OK}


def crash(home: Path) -> None:
    """Ends the process that reads it by a segmentation fault."""
    file = vectors_file(home, "link_lists.bin")
    file.write_bytes(bytes(file.stat().st_size))


def shorten(name: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        file = vectors_file(home, name)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    return damage


def garble(home: Path) -> None:
    """The exponents of a few numbers, behind the ids and links of the first passages."""
    file = vectors_file(home, "data_level0.bin")
    raw = bytearray(file.read_bytes())
    size = len(raw) // (vectors_file(home, "length.bin").stat().st_size // 4)
    for at in range(5):
        raw[size * at + size - 21] = 0x42
    file.write_bytes(raw)


def tear(home: Path) -> None:
    (home / "chroma" / "citedesk-vectors-lost").touch()


def lose_passages(home: Path) -> None:
    chosen = "(SELECT min(id) FROM embedding_metadata WHERE key = 'chroma:document')"
    in_chroma(
        home,
        f"DELETE FROM embeddings WHERE id = {chosen}",
        f"DELETE FROM embedding_metadata WHERE id = {chosen}",
    )


def alter_passages(home: Path) -> None:
    in_chroma(
        home,
        "UPDATE embedding_metadata SET string_value = 'The library need not pay.' "
        "WHERE key = 'chroma:document' AND id IN "
        "(SELECT id FROM embedding_metadata WHERE key = 'document_id' LIMIT 1)",
    )


def shorten_words(home: Path) -> None:
    file = max((home / "lexical").glob("*.idx"), key=lambda path: path.stat().st_size)
    file.write_bytes(file.read_bytes()[:-40])


def lose_words(home: Path) -> None:
    for file in (home / "lexical").iterdir():
        file.unlink()
    (home / "lexical").rmdir()


def leave_words_behind(home: Path) -> None:
    note = home / "lexical" / "citedesk.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "revision": "an older one"}))


def miss_words(home: Path) -> None:
    """The revision is right and the files are whole, but passages are not in them."""
    index = opened(home)
    manifest = index._store.manifest()
    assert manifest is not None
    index._lexical.update([], [index.catalogue()[0].article_id], manifest.revision)


def die(home: Path) -> None:
    index = opened(home)
    manifest = index._store.manifest()
    assert manifest is not None
    index._store.set_manifest(replace(manifest, pending=("0" * 16,)))


DAMAGES = {
    "a graph that crashes its reader": (crash, "vectors", "signal 11"),
    "vectors cut short": (shorten("data_level0.bin"), "vectors", "cannot read its vectors"),
    "garbled vectors": (garble, "vectors", "have no sound vector"),
    "a list of vectors cut short": (
        shorten("index_metadata.pickle"),
        "vectors",
        "cannot read its vectors",
    ),
    "vectors that were being made": (tear, "vectors", "files are torn"),
    "a missing passage": (lose_passages, "articles", "passages of 1 of 31 articles are missing"),
    "an altered passage": (alter_passages, "articles", "not what their texts say"),
    "words cut short": (shorten_words, "words", "is damaged"),
    "no words": (lose_words, "words", "is not there"),
    "words of before": (leave_words_behind, "words", "not level"),
    "passages missing in the words": (miss_words, "words", "does not hold what is stored"),
    "a run that died": (die, "indexing", "died while it changed 1 articles"),
}


@pytest.mark.parametrize(("damage", "check", "told"), DAMAGES.values(), ids=DAMAGES)
def test_what_is_derived_is_found_wrong_and_mended(
    home: Path, damage: Callable[[Path], None], check: str, told: str
) -> None:
    damage(home)
    found = look(home)
    assert told in wrong(found)[check]
    stored = None if isinstance(found.stored, Failed) else found.stored
    mend_index(home, lambda: opened(home), set(wrong(found)), stored)
    assert wrong(look(home, full=True)) == {}
    hit = opened(home).search("Who will inspect the bridge?", language="en").hits[0]
    assert "Ada Quill" in hit.passage.text
    assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text


@pytest.mark.parametrize(
    ("write", "told"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:5000]), "damaged"),
        (lambda file: file.write_bytes(b"no database"), "not a database"),
        (lambda file: file.unlink(), "No such file"),
    ],
    ids=["cut short", "overwritten", "missing"],
)
def test_a_database_that_nothing_can_mend_is_told_with_the_way_out(
    home: Path, write: Callable[[Path], object], told: str
) -> None:
    file = home / "chroma" / "chroma.sqlite3"
    write(file)
    left = file.read_bytes() if file.exists() else None
    found = look(home)
    (database, *others) = found.findings
    assert database.state is State.WRONG
    assert told in database.found
    assert "restore a backup" in (database.fix or "")
    assert {one.state for one in others if one.check != "model"} == {State.UNCHECKED}
    assert (file.read_bytes() if file.exists() else None) == left


def test_a_home_without_an_index_is_told_and_stays_empty(tmp_path: Path) -> None:
    assert wrong(look(tmp_path)) == {"database": f"{tmp_path}: nothing is indexed here yet"}
    assert list(tmp_path.iterdir()) == []


def test_passages_of_no_article_are_told(home: Path) -> None:
    index = opened(home)
    index._store._articles.delete(ids=[index.catalogue()[0].article_id])  # type: ignore[attr-defined]
    assert "passages are of no article" in wrong(look(home))["articles"]


def test_another_model_than_that_of_the_index_is_told(home: Path) -> None:
    (model,) = (one for one in check_index(home, None, "other", False).findings
                if one.check == "model")  # fmt: skip
    assert model.state is State.WRONG
    assert "'all-MiniLM-L6-v2', but 'other' is configured" in model.found


def test_words_of_an_earlier_version_are_no_damage(home: Path) -> None:
    note = home / "lexical" / "citedesk.json"
    # As the first version wrote it.
    note.write_text(json.dumps({"layout": 1, "revision": json.loads(note.read_text())["revision"]}))
    found = look(home)
    assert wrong(found) == {}
    (words,) = (one for one in found.findings if one.check == "words")
    assert (words.state, words.fix) == (State.UNCHECKED, None)
    assert "built again when it is next opened" in words.found
    opened(home)
    assert {one.state for one in look(home).findings} == {State.OK}


def test_what_may_be_wrong_for_a_moment_only_is_not_told_while_a_run_is_under_way(
    home: Path,
) -> None:
    leave_words_behind(home)
    with WriteLock(home / LOCK):
        found = look(home)
    assert wrong(found) == {}
    assert {one.check for one in found.findings if one.state is State.UNCHECKED} == {"words"}


def test_a_server_that_does_not_answer_is_told(home: Path, dead_server: Callable[[], str]) -> None:
    found = wrong(look(home, url=dead_server()))
    assert "start the Chroma server there" in found["database"]
