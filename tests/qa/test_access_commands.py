"""`citedesk key` and `citedesk user` as whoever runs the archive uses them."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
import typer

from qa import cli, serving
from qa.access import passwords
from qa.access.file import AccessFile
from qa.access.keys import Keys
from qa.access.roles import Role
from qa.access.users import Users
from qa.settings import read_settings

CMS = "https://cms.example.org"
WORDS = "ferry board march"


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Piped(io.StringIO):
    """What a command reads; no terminal."""


class Run(Protocol):
    def __call__(self, *words: str, typed: str = "") -> Ran: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CITEDESK_HOME", str(tmp_path / "home"))

    def run_command(*words: str, typed: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["citedesk", *words])
        monkeypatch.setattr(sys, "stdin", Piped(typed))
        with pytest.raises(SystemExit) as left:
            cli.main()
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return run_command


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(AccessFile(tmp_path / "home"))


def test_a_key_is_printed_alone_and_once(run: Run, keys: Keys) -> None:
    made = run("key", "create", "cms", "--role", "editor", "--origin", "HTTPS://cms.example.org/",
               "--expires", "2099-12-31")  # fmt: skip
    assert made.code == 0
    assert made.out.count("\n") == 1
    key = keys.recognise(made.out.strip())
    assert (key.name, key.role, key.origins, key.expires) == (
        "cms",
        Role.EDITOR,
        (CMS,),
        "2099-12-31",
    )
    assert "not shown again" in made.err
    assert made.out.strip() not in run("key", "list").out + run("key", "list", "--json").out


def test_several_homes_can_share_keys_and_users(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEDESK_ACCESS_HOME", str(tmp_path / "shared"))
    assert run("user", "add", "ada", typed="a long enough phrase\n").code == 0
    made = run("key", "create", "cms").out.strip()
    for home in ("one", "other"):
        assert run("key", "list", "--home", str(tmp_path / home)).out.startswith(made[:16])
        settings = read_settings(os.environ, tmp_path / home)
        assert serving._open_access(settings).has_anyone()
    assert not (tmp_path / "one").exists()
    assert not (tmp_path / "home").exists()


def test_keys_are_listed_with_all_but_their_secret(run: Run) -> None:
    assert run("key", "list").out == "no keys\n"
    made = run("key", "create", "cms", "--origin", CMS).out
    assert run("key", "list").out == f"{made[:16]}…  reader  until revoked     cms {CMS}\n"
    (listed,) = json.loads(run("key", "list", "--json").out)
    assert listed.keys() == {"id", "name", "role", "origins", "created", "expires"}


def test_a_key_is_revoked_by_name_or_beginning(run: Run, keys: Keys) -> None:
    made = [run("key", "create", name).out for name in ("a", "b")]
    assert run("key", "revoke", "a").out == f"revoked {made[0][:16]} (a)\n"
    assert run("key", "revoke", made[1][:10]).code == 0
    assert keys.all() == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("key", "create", "cms", "--origin", "cms.example.org"), "expected an origin such as"),
        (("key", "create", "cms", "--origin", "*"), "expected an origin such as"),
        (("key", "create", "cms", "--expires", "soon"), "expected a day such as"),
        (("key", "create", "cms", "--expires", "2020-01-31"), "name a later day"),
        (("key", "create", "cms", "--role", "boss"), "'reader', 'editor', 'admin'"),
        (("key", "create", " "), "1 to 60 characters"),
        (("key", "revoke", "cms"), "see citedesk key list"),
        (("user", "remove", "ada"), "see citedesk user list"),
        (("user", "add", "ada"), "at least 12 characters"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told_in_a_line_and_makes_no_key(
    run: Run, keys: Keys, words: tuple[str, ...], told: str
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert told in " ".join(ran.err.replace("│", " ").split())
    assert ran.out == ""
    assert keys.all() == ()


def test_a_user_comes_with_a_password_that_is_piped_in(run: Run, tmp_path: Path) -> None:
    assert run("user", "add", "ada", "--role", "admin", typed=f"{WORDS}\nmore\n").code == 0
    assert run("user", "list").out == "admin   ada\n"
    (listed,) = json.loads(run("user", "list", "--json").out)
    assert listed.keys() == {"name", "role", "created"}
    users = Users(AccessFile(tmp_path / "home"))
    assert users.log_in("ada", WORDS)
    assert run("user", "remove", "ada").code == 0
    assert run("user", "list").out == "no users\n"


def test_at_a_terminal_the_password_is_asked_for_twice_without_echo(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def prompt(text: str, **how: object) -> str:
        asked.append(how)
        return WORDS

    monkeypatch.setattr(typer, "prompt", prompt)
    monkeypatch.setattr(Piped, "isatty", lambda self: True)
    assert run("user", "add", "ada").code == 0
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    scrypt = passwords._scrypt
    cheap = passwords.Cost(n=2, blocks=1, parallel=1)
    monkeypatch.setattr(
        passwords, "_scrypt", lambda password, salt, cost: scrypt(password, salt, cheap)
    )
