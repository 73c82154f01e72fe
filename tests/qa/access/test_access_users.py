"""Users: hashed passwords, log-ins that end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.access.file import FILE
from qa.access.passwords import Cost, hash_password, is_password
from qa.access.roles import Role
from qa.access.users import SESSION, Users
from qa.errors import BadAccess
from tests.qa.access.clock import CHEAP, Clock

WORDS = "ferry board march"


@pytest.fixture
def token(users: Users) -> str:
    users.add("ada", Role.EDITOR, WORDS)
    token = users.log_in("ada", WORDS)
    assert token
    return token


def test_who_logs_in_is_known_with_their_role_until_the_log_in_is_over(
    users: Users, token: str, clock: Clock
) -> None:
    clock.time += SESSION - 1
    user = users.of_session(token)
    assert user is not None
    assert (user.name, user.role) == ("ada", Role.EDITOR)
    clock.time += 1
    assert users.of_session(token) is None


def test_a_log_out_ends_the_log_in_for_whoever_copied_it(users: Users, token: str) -> None:
    other = users.log_in("ada", WORDS)
    assert other
    users.log_out(token)
    assert users.of_session(token) is None
    assert users.of_session(other)


def test_a_user_who_is_removed_is_logged_out(users: Users, token: str) -> None:
    users.remove("ada")
    assert users.of_session(token) is None
    users.add("ada", Role.ADMIN, WORDS)
    assert users.of_session(token) is None


def test_a_wrong_name_or_password_opens_nothing(users: Users, token: str) -> None:
    for name, password in (("ada", "ferry board April"), ("bo", WORDS), ("", WORDS), ("ada", "")):
        assert users.log_in(name, password) is None


def test_a_name_that_nobody_has_takes_the_same_work(
    users: Users, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.access import passwords

    worked: list[Cost] = []
    scrypt = passwords._scrypt

    def counted(password: str, salt: bytes, cost: Cost) -> bytes:
        worked.append(cost)
        return scrypt(password, salt, cost)

    monkeypatch.setattr(passwords, "_scrypt", counted)
    users.log_in("ada", "wrong")
    users.log_in("bo", "wrong")
    assert worked == [CHEAP, CHEAP]


def test_the_file_holds_neither_password_nor_log_in(
    users: Users, token: str, tmp_path: Path
) -> None:
    kept = (tmp_path / "home" / FILE).read_bytes()
    assert WORDS.encode() not in kept
    assert token.encode() not in kept


def test_a_name_is_one_users(users: Users, token: str) -> None:
    with pytest.raises(BadAccess, match="citedesk user remove ada"):
        users.add("ada", Role.ADMIN, WORDS)
    with pytest.raises(BadAccess, match="no user is named so"):
        users.remove("bo")


def test_a_name_typed_on_another_keyboard_is_the_same(users: Users) -> None:
    users.add("Ze\u0301lie", Role.READER, WORDS)
    assert users.log_in("Zélie", WORDS)


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 1001])
def test_a_password_is_neither_short_nor_endless(users: Users, password: str) -> None:
    with pytest.raises(BadAccess, match="at least 12 characters"):
        users.add("ada", Role.READER, password)


@given(st.text(min_size=12, max_size=30), st.text(max_size=1200))
def test_a_hash_knows_its_password_and_no_other(password: str, other: str) -> None:
    hashed = hash_password(password, CHEAP)
    assert is_password(password, hashed)
    assert hash_password(password, CHEAP) != hashed  # each has a salt of its own
    if len(other) > 100:  # a short one may be the same letters in another form
        assert not is_password(other, hashed)


def test_a_hash_keeps_its_cost_when_the_usual_one_changes() -> None:
    hashed = hash_password(WORDS, Cost(n=4, blocks=2, parallel=1))
    assert hashed.startswith("scrypt$4$2$1$")
    assert is_password(WORDS, hashed)


def test_the_usual_cost_is_one_that_openssl_allows() -> None:
    assert is_password(WORDS, hash_password(WORDS))
