from __future__ import annotations

import errno
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from index_store.errors import UnfitHome
from index_store.version import (
    FILE,
    FIRST,
    NUMBER,
    READERS,
    Version,
    check_can_read,
    check_can_write,
    check_home,
    current,
    home_version,
    mark_home,
    parse_version,
)

#: A citedesk to come whose homes this one can still read, and one whose homes it cannot.
READABLE = Version(NUMBER + 1, NUMBER, "9.0.0")
UNREADABLE = Version(NUMBER + 1, NUMBER + 1, "9.1.0")


def test_what_this_version_writes_it_reads_and_writes() -> None:
    assert 1 <= READERS <= NUMBER
    assert parse_version(asdict(current())) == current()
    check_can_read(current(), "here")
    check_can_write(current(), "here")


def test_what_states_no_version_is_the_first_one(tmp_path: Path) -> None:
    assert parse_version(None) == home_version(tmp_path) == home_version(tmp_path / "no") == FIRST
    check_home(tmp_path)


def test_what_a_later_version_wrote_is_read_as_long_as_it_says_that_it_can_be() -> None:
    check_can_read(READABLE, "here")
    for check, found in ((check_can_write, READABLE), (check_can_read, UNREADABLE)):
        with pytest.raises(UnfitHome, match=r"here: was written by citedesk 9\.") as caught:
            check(found, "here")
        assert "pip install --upgrade citedesk" in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("version", [READABLE, UNREADABLE], ids=["readable", "unreadable"])
def test_files_of_a_home_are_for_those_alone_who_know_its_version(
    tmp_path: Path, version: Version
) -> None:
    (tmp_path / FILE).write_text(json.dumps(asdict(version)))
    with pytest.raises(UnfitHome, match="was written by citedesk 9"):
        check_home(tmp_path)


def test_what_a_later_version_adds_to_it_is_no_reason_to_misread_it() -> None:
    assert parse_version({**asdict(READABLE), "more": [1]}) == READABLE


@pytest.mark.parametrize(
    "text", ["", "[2]", '{"number": "2"}', "{", '{"number": 2, "readers": 1}', "\x00"]
)
def test_a_home_whose_version_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(UnfitHome, match="does not say which citedesk") as caught:
        check_home(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_home_is_marked_once(tmp_path: Path) -> None:
    mark_home(tmp_path)
    assert home_version(tmp_path) == current()
    written = (tmp_path / FILE).stat().st_ino
    mark_home(tmp_path)
    assert (tmp_path / FILE).stat().st_ino == written
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_home_that_cannot_be_marked_can_be_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, text: str) -> int:
        file.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    mark_home(tmp_path)
    assert "does not say yet" in caplog.text
    assert list(tmp_path.iterdir()) == []
    check_home(tmp_path)
