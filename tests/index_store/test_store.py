"""What every store must do, and what Chroma's does when Chroma does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from corpus import Article
from corpus.reading import LAYOUT, FoundArticle
from corpus.wire import sketch
from index_store.chroma import open_chroma
from index_store.errors import HomeNotWritable, StoreUnavailable
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.models import EmbeddedPassage, Filters
from index_store.store import Entry, Manifest, Provenance, Store, Touched
from tests.index_store.archive import admitted, article, articles, embedded, filters

QUERY = HashingEmbedder().embed_query("the library must pay")
ONE = article("The library must pay. The court said so today. It is late.")
OTHER = article("La bibliothèque doit payer.", source="b.txt", language="fr", publisher=None)


def fill(store: Store, *some: Article) -> list[EmbeddedPassage]:
    pieces = [piece for one in some for piece in embedded(one)]
    found = [
        FoundArticle(one, f"/archive/{one.source}", str(number))
        for number, one in enumerate(some, start=1)
    ]
    store.add(found, pieces)
    return pieces


def equal(one: EmbeddedPassage, other: EmbeddedPassage) -> bool:
    """Whether they are the same up to the 8 bits that sentence vectors are kept in."""
    return (
        one.passage == other.passage
        and np.allclose(one.vector, other.vector, atol=1e-6)
        and np.allclose(one.sentence_vectors, other.sentence_vectors, atol=0.01)
    )


def test_an_empty_store_has_nothing_and_says_so(store: Store) -> None:
    assert store.manifest() is None
    assert store.catalogue() == []
    assert list(store.contents()) == []
    assert store.articles(["a"]) == {}
    assert store.articles([]) == {}
    assert store.passages(["a.0-1"]) == {}
    assert store.passages([]) == {}
    assert store.vectors(["a.0-1"]) == {}
    assert store.vectors([]) == {}
    assert store.nearest(QUERY, 5, Filters()) == {}
    assert store.nearest(QUERY, 5, Filters(publishers=("x",))) == {}
    assert store.nearest(QUERY, 5, Filters(sections=("x",))) == {}
    store.remove(["a"])
    store.remove([])
    store.add([], [])
    store.restate([])
    store.refresh()


def test_a_manifest_is_kept_whole(store: Store) -> None:
    under_way = Manifest("m", "r1", ("a", "b")), Manifest("m", "r1", removing=("c",))
    followed = Manifest("m", "r1", recent=(Touched("r0", ("a", "b")), Touched("r1", ())))
    for manifest in (*under_way, followed, Manifest("m", "r2")):
        store.set_manifest(manifest)
        assert store.manifest() == manifest


def test_articles_come_back_as_they_were(store: Store) -> None:
    fill(store, ONE, OTHER)
    assert store.articles([OTHER.id, ONE.id, "unknown", ONE.id]) == {ONE.id: ONE, OTHER.id: OTHER}


def test_passages_come_back_with_their_vectors(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    kept = store.passages([piece.passage.id for piece in pieces] * 2)
    assert set(kept) == {piece.passage.id for piece in pieces}
    for piece in pieces:
        assert equal(kept[piece.passage.id], piece)
        norms = np.linalg.norm(kept[piece.passage.id].sentence_vectors, axis=1)
        assert np.allclose(norms, 1, atol=1e-6)


def test_vectors_come_alone_by_the_ids_that_there_are(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    wanted = {piece.passage.id: piece.vector for piece in pieces[1:]}
    kept = store.vectors([*wanted, "unknown", *wanted])
    assert set(kept) == set(wanted)
    for key, vector in kept.items():
        assert vector.dtype == np.float32
        assert np.allclose(vector, wanted[key], atol=1e-6)


def test_a_section_is_kept_and_filtered_by(store: Store) -> None:
    business = article("The library must pay.", source="c.txt", section="Économie")
    fill(store, ONE, business)
    assert store.articles([business.id]) == {business.id: business}
    sections = {entry.article_id: entry.section for entry in store.catalogue()}
    assert sections == {ONE.id: None, business.id: "Économie"}
    only = store.nearest(QUERY, 10, Filters(sections=("Économie",)))
    assert {key.partition(".")[0] for key in only} == {business.id}
    both = Filters(sections=("Économie", "Sport"), publishers=("The Courier",))
    assert store.nearest(QUERY, 10, both) == only
    assert store.nearest(QUERY, 10, Filters(sections=("Sport",))) == {}


def test_the_catalogue_lists_articles_without_their_text(store: Store) -> None:
    fill(store, ONE, OTHER)
    assert sorted(store.catalogue(), key=lambda entry: entry.origin) == [
        Entry(
            ONE.id,
            "/archive/a.txt",
            "The Courier",
            "en",
            "2025-01-14",
            3,
            "1",
            LAYOUT,
            sketch(ONE.text),
        ),
        Entry(
            OTHER.id, "/archive/b.txt", None, "fr", "2025-01-14", 1, "2", LAYOUT, sketch(OTHER.text)
        ),
    ]


def test_contents_are_articles_with_their_passages_in_reading_order(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    contents = {one.id: passages for one, passages in store.contents()}
    assert contents == {
        one.id: [piece.passage for piece in pieces if piece.passage.article_id == one.id]
        for one in (ONE, OTHER)
    }


def test_passages_of_articles_are_found_by_these_and_counted(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    own = [piece.passage for piece in pieces if piece.passage.article_id == ONE.id]
    assert store.passages_of([ONE.id, "unknown"]) == {ONE.id: own, "unknown": []}
    assert store.passages_of([]) == {}
    assert store.count() == len(pieces)


def test_the_nearest_passages_come_best_first_with_their_cosine(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    cosines = {piece.passage.id: float(piece.vector @ QUERY) for piece in pieces}
    nearest = store.nearest(QUERY, 10, Filters())
    assert nearest == pytest.approx(cosines, abs=1e-5)
    assert list(nearest.values()) == sorted(nearest.values(), reverse=True)
    assert list(store.nearest(QUERY, 2, Filters())) == list(nearest)[:2]


def test_an_article_that_is_split_otherwise_leaves_no_old_passages(store: Store) -> None:
    fill(store, ONE, OTHER)
    (whole,) = embedded(ONE, window=500)
    store.add([FoundArticle(ONE, "/archive/a.txt")], [whole])
    contents = {one.id: passages for one, passages in store.contents()}
    assert contents[ONE.id] == [whole.passage]
    assert len(contents[OTHER.id]) == 1


def test_the_catalogue_can_be_asked_for_some_articles(store: Store) -> None:
    fill(store, ONE, OTHER)
    every = {entry.article_id: entry for entry in store.catalogue()}
    assert store.entries([OTHER.id, "unknown"]) == [every[OTHER.id]]
    assert store.entries([]) == []


def test_an_article_can_be_said_to_come_from_elsewhere(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    store.restate([Provenance(ONE.id, "/new/a.txt", "9")])
    entries = {entry.article_id: entry for entry in store.catalogue()}
    assert (entries[ONE.id].origin, entries[ONE.id].digest) == ("/new/a.txt", "9")
    assert (entries[ONE.id].passages, entries[ONE.id].publisher) == (3, "The Courier")
    assert entries[OTHER.id].origin == "/archive/b.txt"
    assert store.articles([ONE.id]) == {ONE.id: ONE}
    assert set(store.passages([piece.passage.id for piece in pieces])) == {
        piece.passage.id for piece in pieces
    }


def test_a_sketch_can_be_given_to_an_article_that_has_none(store: Store) -> None:
    fill(store, ONE, OTHER)
    before = {entry.article_id: entry for entry in store.catalogue()}
    store.set_sketches({ONE.id: b""})
    assert {entry.article_id: entry for entry in store.catalogue()} == {
        **before, ONE.id: replace(before[ONE.id], sketch=b"")
    }  # fmt: skip
    store.set_sketches({ONE.id: before[ONE.id].sketch})
    assert {entry.article_id: entry for entry in store.catalogue()} == before
    store.set_sketches({})


def test_adding_twice_makes_no_second_copy(store: Store) -> None:
    pieces = fill(store, ONE)
    fill(store, ONE)
    assert len(store.catalogue()) == 1
    assert len(store.nearest(QUERY, 50, Filters())) == len(pieces)


def test_removing_takes_an_article_and_its_passages_only(store: Store) -> None:
    pieces = fill(store, ONE, OTHER)
    store.remove([ONE.id, "unknown"])
    assert store.articles([ONE.id]) == {}
    assert [entry.article_id for entry in store.catalogue()] == [OTHER.id]
    kept = store.passages([piece.passage.id for piece in pieces])
    assert {piece.passage.article_id for piece in kept.values()} == {OTHER.id}
    assert set(store.nearest(QUERY, 50, Filters())) == set(kept)


def test_passages_without_their_article_can_be_removed(store: Store) -> None:
    """What a process that died while adding leaves behind."""
    pieces = fill(store, ONE)
    store.remove([ONE.id])
    store.add([FoundArticle(ONE, "o")], pieces)
    store.remove([ONE.id])
    assert store.passages([pieces[0].passage.id]) == {}


def test_hostile_text_comes_back_as_it_was(store: Store) -> None:
    text = "<script>alert(1)</script> \u202eשלום\u200b " + "x" * 3000 + " 👩‍👧 e\u0301 'it\" $in"
    hostile = article(text, title=text, publisher=text, source=f"{text[:40]}/ü.txt")
    (piece,) = embedded(hostile, window=50)
    store.add([FoundArticle(hostile, f"/archive/{text}")], [piece])
    assert store.articles([hostile.id]) == {hostile.id: hostile}
    assert list(store.nearest(QUERY, 5, Filters(publishers=(text,)))) == [piece.passage.id]


def test_more_articles_than_a_page_holds(store: Store) -> None:
    many = [article(f"The library must pay {n}.", source=f"{n}.txt") for n in range(620)]
    fill(store, *many)
    assert len(store.catalogue()) == len(many)
    assert {one.id: [p.text for p in some] for one, some in store.contents()} == {
        one.id: [one.text] for one in many
    }
    store.remove([one.id for one in many[1:]])
    assert [one.id for one, _ in store.contents()] == [many[0].id]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=articles(), wanted=filters)
def test_a_filter_admits_what_its_definition_does(
    store: Store, some: list[Article], wanted: Filters
) -> None:
    store.remove([entry.article_id for entry in store.catalogue()])
    fill(store, *some)
    nearest = store.nearest(QUERY, 50, wanted)
    assert {key.partition(".")[0] for key in nearest} == admitted(some, wanted)


# Chroma


@pytest.mark.parametrize(
    "read",
    [
        lambda store: [entry.article_id for entry in store.catalogue()],
        lambda store: [one.id for one, _ in store.contents()],
    ],
    ids=["catalogue", "contents"],
)
def test_what_another_process_removes_meanwhile_hides_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Store], list[str]]
) -> None:
    many = [article(f"The library must pay {n}.", source=f"{n}.txt") for n in range(7)]
    store = open_chroma(tmp_path)
    fill(store, *many)
    store._at_once = 2
    get, first = store._articles.get, iter(many)

    def get_and_remove(**of: Any) -> Any:
        found = get(**of)
        store.remove([next(first).id])
        return found

    monkeypatch.setattr(store._articles, "get", get_and_remove)
    found = read(store)
    assert len(found) == len(set(found))
    assert set(found) >= {one.id for one in many[4:]}


def test_what_is_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    pieces = fill(open_chroma(tmp_path), ONE)
    again = open_chroma(tmp_path)
    again.refresh()
    assert again.articles([ONE.id]) == {ONE.id: ONE}
    assert set(again.nearest(QUERY, 5, Filters())) == {piece.passage.id for piece in pieces}


def test_what_another_process_adds_is_found(tmp_path: Path) -> None:
    """Embedded Chroma alone would fail on the ids of vectors that it has not read."""
    store = open_chroma(tmp_path)
    fill(store, ONE)
    assert store.nearest(QUERY, 5, Filters())
    code = (
        "import sys; from pathlib import Path; from tests.index_store.test_store import *\n"
        "store = open_chroma(Path(sys.argv[1])); fill(store, OTHER)\n"
        "store.remove([ONE.id]); store.set_manifest(Manifest('m', 'theirs'))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, cwd=Path(__file__).parents[2]
    )
    assert store.manifest() == Manifest("m", "theirs")
    (theirs,) = embedded(OTHER)
    assert set(store.passages([theirs.passage.id])) == {theirs.passage.id}
    store.refresh()
    assert list(store.nearest(QUERY, 5, Filters(languages=("fr",)))) == [theirs.passage.id]
    assert set(store.nearest(QUERY, 5, Filters())) == {theirs.passage.id}


def test_a_server_that_does_not_answer_is_named(dead_server: Callable[[], str]) -> None:
    url = dead_server()
    with pytest.raises(StoreUnavailable, match="start the Chroma server there") as caught:
        open_chroma(Path("unused"), url)
    assert url in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["nonsense", "127.0.0.1:8000", "ftp://x", "http://[::1", "http://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"Chroma at .* does not work"):
        open_chroma(Path("unused"), url)


def test_a_server_that_has_gone_is_said_by_every_method(
    chroma_server: str, dead_server: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_chroma(Path("unused"), chroma_server)
    server: Any = store._client._server  # type: ignore[attr-defined]  # the way to its transport
    monkeypatch.setattr(server._session, "_transport_for_url", _refuse)
    for ask in (
        store.manifest,
        lambda: store.set_manifest(Manifest("m", "r")),
        lambda: fill(store, ONE),
        lambda: store.restate([Provenance(ONE.id, "/new/a.txt", "9")]),
        lambda: store.set_sketches({ONE.id: b""}),
        lambda: store.remove([ONE.id]),
        store.catalogue,
        lambda: store.articles([ONE.id]),
        lambda: store.passages(["x"]),
        lambda: store.vectors(["x"]),
        lambda: store.nearest(QUERY, 5, Filters()),
        lambda: list(store.contents()),
    ):
        with pytest.raises(StoreUnavailable, match=f"Chroma at {chroma_server} does not work"):
            ask()


def _refuse(url: object) -> None:
    import httpx

    raise httpx.ConnectError("Connection refused")


def test_a_folder_that_is_no_chroma_is_said(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_text("not a database")
    with pytest.raises(StoreUnavailable, match="another --home") as caught:
        open_chroma(tmp_path)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("home", ["{tmp}/file/home", "{tmp}/file", "/proc/citedesk"])
def test_a_home_that_cannot_be_made_is_named(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("")
    folder = Path(home.format(tmp=tmp_path))
    for open_it in (open_chroma, lambda folder: open_index(folder, embedder=HashingEmbedder())):
        with pytest.raises(HomeNotWritable, match="choose another folder with --home") as caught:
            open_it(folder)
        assert str(folder) in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a process of another user")
@pytest.mark.parametrize("locked", ["home", "home/chroma", "home/lexical", "home/index.lock"])
def test_a_home_of_another_user_is_said_to_be_so(open_folder: Path, locked: str) -> None:
    home = open_folder / "home"
    for folder in (home, home / "chroma", home / "lexical"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
    (home / "index.lock").touch(0o666)
    (home / "index.lock").chmod(0o666)
    (open_folder / locked).chmod(0o755 if (open_folder / locked).is_dir() else 0o600)
    code = (
        "import os, sys; from pathlib import Path; from index_store.home import open_index\n"
        "from index_store.fakes import HashingEmbedder\n"
        "run = lambda home: open_index(Path(home), embedder=HashingEmbedder()).sync([])\n"
        "run(sys.argv[1] + '-of-root')  # loads all modules while they can be read\n"
        "os.setuid(65534)\n"
        "try: run(sys.argv[1])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    ).stdout  # fmt: skip
    assert said.startswith(f"HomeNotWritable {open_folder / locked}: cannot be written (")
