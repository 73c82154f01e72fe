"""Keys: known while they are good, never kept, right when several processes make them at once."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.access.file import FILE, AccessFile
from qa.access.keys import Keys
from qa.access.roles import Role
from qa.errors import AccessDenied, AccessUnavailable, BadAccess
from tests.qa.access.clock import Clock

CMS = "https://cms.example.org"


def test_a_key_is_recognised_with_all_that_was_said_of_it(keys: Keys) -> None:
    text = keys.create("cms", Role.EDITOR, (CMS,), "2026-03-31")
    (key,) = keys.all()
    assert keys.recognise(text) == key
    assert (key.name, key.role, key.origins, key.expires) == ("cms", "editor", (CMS,), "2026-03-31")
    assert text.startswith(key.id)


def test_the_file_holds_no_key_and_is_its_owners_alone(keys: Keys, tmp_path: Path) -> None:
    text = keys.create("cms", Role.READER)
    file = tmp_path / "home" / FILE
    secret = text.split("_", 2)[2]  # which can have an underscore itself
    assert secret.encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(keys: Keys, tmp_path: Path) -> None:
    keys.create("cms", Role.READER)
    file = tmp_path / "home" / FILE
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 2")
    before = file.read_bytes()
    for use in (keys.all, lambda: keys.create("other", Role.READER)):
        with pytest.raises(AccessUnavailable, match="a newer citedesk wrote it, in version 2"):
            use()
    assert file.read_bytes() == before


def test_looking_makes_no_file(keys: Keys, tmp_path: Path) -> None:
    assert keys.all() == ()
    with pytest.raises(AccessDenied):
        keys.recognise("cdk_" + "0" * 12 + "_" + "x" * 43)
    assert not (tmp_path / "home").exists()


def test_a_key_is_good_through_its_last_day(keys: Keys, clock: Clock) -> None:
    text = keys.create("cms", Role.READER, (CMS,), expires="2026-03-01")
    clock.time += 12 * 3600 - 1
    assert keys.recognise(text).name == "cms"
    assert keys.origins() == {CMS}
    clock.time += 1
    with pytest.raises(AccessDenied, match="expired at the end of 2026-03-01"):
        keys.recognise(text)
    assert keys.origins() == set()


def test_a_key_that_is_revoked_is_unknown_in_another_process_at_once(
    keys: Keys, file: AccessFile
) -> None:
    text = keys.create("cms", Role.READER)
    server = Keys(file)
    server.recognise(text)
    keys.revoke("cms")
    with pytest.raises(AccessDenied, match="may have been revoked"):
        server.recognise(text)


def test_a_key_is_revoked_by_its_beginning_where_that_is_one_keys(keys: Keys) -> None:
    texts = [keys.create(name, Role.READER) for name in ("a", "b")]
    keys.revoke(texts[0][:14])
    assert [key.name for key in keys.all()] == ["b"]
    with pytest.raises(BadAccess, match="no key is named so"):
        keys.revoke("cdk_")


def test_a_name_is_one_keys(keys: Keys) -> None:
    keys.create("cms", Role.READER)
    with pytest.raises(BadAccess, match="citedesk key revoke cms"):
        keys.create(" cms ", Role.ADMIN)
    assert [key.role for key in keys.all()] == [Role.READER]


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\nb", "a\u202eb", "cdk_1"])
def test_a_name_can_be_read_and_is_no_key(keys: Keys, name: str) -> None:
    with pytest.raises(BadAccess):
        keys.create(name, Role.READER)


def test_a_key_that_would_be_over_is_not_made(keys: Keys) -> None:
    with pytest.raises(BadAccess, match="2026-02-28"):
        keys.create("cms", Role.READER, expires="2026-02-28")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=80), st.integers(0, 59), st.characters())
def test_only_the_key_itself_is_the_key(keys: Keys, text: str, place: int, other: str) -> None:
    known = keys.all()
    key = keys.create(f"key {len(known)}", Role.READER)
    for wrong in (text, key + text[:1], key[:place] + other + key[place + 1 :], key[:place]):
        if wrong != key:
            with pytest.raises(AccessDenied):
                keys.recognise(wrong)


def test_processes_that_make_keys_at_once_lose_none(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.access.file import AccessFile\n"
        "from qa.access.keys import Keys; from qa.access.roles import Role\n"
        "for i in range(10): Keys(AccessFile(Path(sys.argv[1]))).create(sys.argv[2] + str(i),"
        " Role.READER)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "home"), name])
        for name in "abc"
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert len(Keys(AccessFile(tmp_path / "home")).all()) == 30


def test_a_file_that_is_none_of_ours_opens_nothing(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / FILE).write_text("no database " * 20)
    with pytest.raises(AccessUnavailable, match="cannot be read or written"):
        keys.recognise("cdk_" + "0" * 12 + "_" + "x" * 43)


def test_a_file_whose_maker_was_killed_is_finished(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    sqlite3.connect(tmp_path / "home" / FILE).close()
    (tmp_path / "home" / FILE).touch()
    assert keys.all() == ()
    keys.create("cms", Role.READER)


@pytest.mark.parametrize(
    ("role", "covered"), [("reader", 1), ("editor", 2), ("admin", 3)], ids=list(Role)
)
def test_a_role_may_do_what_those_before_it_may(role: str, covered: int) -> None:
    assert [Role(role).covers(other) for other in Role].count(True) == covered
