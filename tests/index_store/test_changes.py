"""What a run of reading changes, decided against the catalogue alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.errors import Withdrawn
from corpus.reading import LAYOUT, ArticleRead, FoundArticle, UnchangedArticle, WithdrawnArticle
from index_store.changes import Change, Changes, SyncReport
from index_store.store import Entry, Provenance
from tests.index_store.archive import found

PAY = replace(found("The library must pay.", "a.txt"), digest="1")
PAY_MORE = replace(found("The library must pay more.", "a.txt"), digest="2")
FERRY = replace(found("The ferry was late.", "b.txt"), digest="3")


def entry(item: FoundArticle, layout: str = LAYOUT) -> Entry:
    return Entry(item.article.id, item.origin, None, "en", None, 1, item.digest, layout)


def test_what_the_catalogue_does_not_know_is_new() -> None:
    changes = Changes([])
    assert list(changes.new([PAY, FERRY])) == [
        Change(PAY, None, is_new=True),
        Change(FERRY, None, is_new=True),
    ]
    assert changes.report == SyncReport(added=2)


def test_other_content_at_an_origin_replaces_what_was_there() -> None:
    changes = Changes([entry(PAY)])
    assert list(changes.new([PAY_MORE])) == [Change(PAY_MORE, PAY.article.id, is_new=False)]
    assert changes.report == SyncReport(updated=1)
    assert changes.gone(lambda origin: True) == []


def test_what_was_not_read_again_is_unchanged() -> None:
    changes = Changes([entry(PAY), entry(FERRY)])
    unchanged = [
        UnchangedArticle(PAY.origin, PAY.digest),
        UnchangedArticle(FERRY.origin, FERRY.digest),
    ]
    assert list(changes.new(unchanged)) == []
    assert changes.report == SyncReport(unchanged=2)
    assert changes.gone(lambda origin: True) == []
    assert changes.restated() == []


def test_what_an_earlier_layout_made_is_made_again_under_its_id() -> None:
    changes = Changes([entry(PAY, layout="0")])
    assert list(changes.new([PAY])) == [Change(PAY, None, is_new=False)]
    assert changes.report == SyncReport(updated=1)


def test_the_same_article_from_other_bytes_is_restated_not_stored_again() -> None:
    """A space at a line's end: the digest must follow, or the file is read again for ever."""
    changes = Changes([entry(PAY)])
    touched = replace(PAY, digest="9")
    assert list(changes.new([touched])) == []
    assert changes.restated() == [Provenance(PAY.article.id, PAY.origin, "9")]
    assert changes.report == SyncReport(unchanged=1)


def test_an_article_that_is_still_where_it_was_is_not_restated_by_its_copy() -> None:
    copy = replace(PAY, origin="/elsewhere/a.txt")
    changes = Changes([entry(PAY)])
    assert list(changes.new([UnchangedArticle(PAY.origin, PAY.digest), copy])) == []
    assert changes.restated() == []


def test_what_is_gone_is_what_prune_gives_up_of_what_was_not_seen() -> None:
    changes = Changes([entry(PAY), entry(FERRY)])
    assert list(changes.new([])) == []
    assert changes.gone(lambda origin: origin == FERRY.origin) == [FERRY.article.id]
    assert changes.report == SyncReport(removed=1)


def test_an_article_that_its_owner_cancels_is_taken_out() -> None:
    changes = Changes([entry(PAY), entry(FERRY)])
    cancelled = WithdrawnArticle(PAY.origin, Withdrawn(Path("a.txt"), "was cancelled"))
    read: list[ArticleRead] = [cancelled, UnchangedArticle(FERRY.origin, FERRY.digest)]
    assert list(changes.new(read)) == []
    assert changes.gone(lambda origin: False) == [PAY.article.id]
    assert changes.report == SyncReport(unchanged=1, removed=1, withheld=1)


COPY = replace(PAY, origin="/archive/copy.txt", digest="4")


def test_of_two_equal_articles_the_one_that_changes_leaves_the_other() -> None:
    """Equal rows of an export have one id; what one origin gives up another may still hold."""
    changes = Changes([entry(PAY)])
    edited = replace(PAY_MORE, origin=PAY.origin)
    assert list(changes.new([edited, COPY])) == [
        Change(edited, PAY.article.id, is_new=False),
        Change(COPY, None, is_new=False),
    ]
    assert changes.gone(lambda origin: True) == []
    assert changes.report == SyncReport(updated=1, unchanged=1)


def test_the_same_the_other_way_round_moves_the_entry() -> None:
    changes = Changes([entry(PAY)])
    edited = replace(PAY_MORE, origin=PAY.origin)
    assert list(changes.new([COPY, edited])) == [Change(edited, None, is_new=False)]
    assert changes.gone(lambda origin: True) == []
    assert changes.restated() == [Provenance(PAY.article.id, COPY.origin, COPY.digest)]


def test_articles_that_move_up_in_their_file_leave_none_behind() -> None:
    one, two = replace(PAY, origin="/x#1"), replace(FERRY, origin="/x#2")
    changes = Changes([entry(one), entry(two)])
    moved = replace(FERRY, origin="/x#1", digest="5")
    assert list(changes.new([moved])) == []
    assert changes.gone(lambda origin: origin.startswith("/x")) == [PAY.article.id]
    assert changes.restated() == [Provenance(FERRY.article.id, "/x#1", "5")]


def test_an_entry_that_is_hidden_behind_another_of_its_origin_is_found_gone() -> None:
    hidden = replace(FERRY, origin=PAY.origin)
    changes = Changes([entry(hidden), entry(PAY)])
    assert list(changes.new([UnchangedArticle(PAY.origin, PAY.digest)])) == []
    assert changes.gone(lambda origin: False) == [FERRY.article.id]
