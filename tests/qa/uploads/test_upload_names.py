"""Names of files from elsewhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.uploads.names import LONGEST, kept_name

NAMES = st.text(max_size=300) | st.text("./\\#:~ aé\u0301\u202e\x00", max_size=12)


@pytest.mark.parametrize(
    "name",
    ["story.md", "Éléonore à l’Élysée.pdf", "a b.meta.yaml", "記事.txt", "no-suffix", "5 %.csv"],
)
def test_a_harmless_name_stays(name: str) -> None:
    assert kept_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..", "", "/", ".htaccess", "a\\b.txt", "C:x.md", "a\x00.md", "a#b.jsonl",
     "\u202etxt.md", "\ud800.md", " .md"],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder_or_hides_in_it(name: str) -> None:
    kept = kept_name(name)
    assert not set(kept) & set("/\\#:\x00\u202e")
    assert not kept.startswith(".")
    assert kept.encode()


def test_a_long_name_keeps_its_suffix_and_is_not_that_of_another() -> None:
    one, other = (kept_name("é" * 300 + end + ".pdf") for end in "ab")
    assert one != other
    assert one.endswith(".pdf")
    assert len(one.encode()) <= LONGEST


def test_a_name_is_one_however_its_accents_are_written() -> None:
    assert kept_name("cafe\u0301.txt") == kept_name("caf\u00e9.txt") == "caf\u00e9.txt"


@given(NAMES)
def test_a_name_that_is_kept_is_harmless_itself(name: str) -> None:
    kept = kept_name(name)
    assert kept_name(kept) == kept
    assert 0 < len(kept.encode()) <= LONGEST
    assert kept.isprintable()


@given(st.text("./#_a\u0301", max_size=4), st.text("./#_a\u0301", max_size=4))
def test_two_names_never_become_one(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (kept_name(one) == kept_name(other)) is same
