"""`citedesk doctor`, `backup` and `restore` as whoever runs the archive uses them."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from qa import cli
from qa.settings import Settings
from tests.index_store.checking.homes import make_home, opened


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *words: str) -> Ran: ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CITEDESK_HOME", str(folder))
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["citedesk", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        captured = capfd.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    def open_fake(settings: Settings) -> object:
        return opened(settings.home)

    monkeypatch.setattr(cli, "_open_index", open_fake)
    return run_command


def wrong(ran: Ran) -> list[str]:
    """Names of the checks that found something; each is a line."""
    lines = ran.out.splitlines()
    assert all(re.match(r"(ok|wrong|unchecked) +\w+ +\S", line) for line in lines), ran.out
    return [line.split()[1] for line in lines if line.startswith("wrong")]


def test_a_whole_home_is_healthy(run: Run, home: Path) -> None:
    make_home(home)
    ran = run("doctor")
    assert (ran.code, wrong(ran), ran.err) == (0, [], "")
    told = json.loads(run("doctor", "--json", "--full").out)
    assert told["healthy"] is True
    assert {one["state"] for one in told["findings"]} == {"ok"}
    assert told["findings"][0].keys() == {"check", "state", "found", "fix"}


def test_what_can_be_mended_is_mended_and_the_rest_is_said(run: Run, home: Path) -> None:
    make_home(home)
    (home / "lexical" / "citedesk.json").write_text("damaged")
    (home / "translations.sqlite3").write_bytes(b"SQLite format 3\0 and no more")
    (home / "access.sqlite3").write_bytes(b"overwritten")
    (home / "access.sqlite3").chmod(0o644)
    ran = run("doctor")
    assert (ran.code, wrong(ran)) == (1, ["permissions", "words", "access", "memories"])
    assert ran.out.count("-> run: citedesk doctor --repair") == 3
    mended = run("doctor", "--repair")
    assert (mended.code, wrong(mended)) == (1, ["access"])
    assert len(mended.err.splitlines()) == 3
    assert [path.read_bytes() for path in home.glob("translations.sqlite3.damaged-*")]
    assert (home / "access.sqlite3").read_bytes() == b"overwritten"
    (home / "access.sqlite3").unlink()
    assert run("doctor").code == 0


def test_a_damaged_cache_is_set_aside_and_begun_anew(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home(home)
    monkeypatch.setenv("CITEDESK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "embeddings-1.sqlite3").write_bytes(b"overwritten")
    assert wrong(run("doctor")) == ["cache"]
    assert run("doctor", "--repair").code == 0
    (aside,) = (tmp_path / "cache").iterdir()
    assert aside.read_bytes() == b"overwritten"


@pytest.mark.parametrize("made", ["missing", "empty", "a file"])
def test_what_is_no_home_is_told_in_lines_and_stays_as_it_is(
    run: Run, home: Path, made: str
) -> None:
    if made == "empty":
        home.mkdir()
    elif made == "a file":
        home.write_text("a file")
    ran = run("doctor", "--repair")
    assert ran.code == 1
    assert wrong(ran) == (["database"] if made == "empty" else ["home"])
    assert home.exists() is (made != "missing")
    assert not home.is_dir() or list(home.iterdir()) == []


def test_a_backup_says_what_is_kept_elsewhere(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(home)
    monkeypatch.setenv("CITEDESK_ACCESS_HOME", str(tmp_path / "shared"))
    told = run("backup", str(tmp_path / "home.tar.gz"))
    assert told.code == 0
    assert f"keys and users in {tmp_path / 'shared'} are not in it" in told.err


def test_a_home_is_backed_up_and_restored_and_healthy(run: Run, home: Path, tmp_path: Path) -> None:
    make_home(home)
    file = str(tmp_path / "archive.tar.gz")
    made = run("backup", file)
    assert made.code == 0
    assert re.search(r"MB\narticles +31\n", made.out)
    assert run("backup", file).code == 1
    told = json.loads(run("backup", file, "--force", "--json").out)
    assert told["counts"]["articles"] == 31
    assert told["size"] == Path(file).stat().st_size
    refused = run("restore", file)
    assert refused.code == 1
    assert "--force" in refused.err
    restored = run("restore", file, "--home", str(tmp_path / "restored"))
    assert restored.code == 0, restored.out
    assert "restore: words" in restored.err
    replaced = run("restore", file, "--force")
    assert replaced.code == 0
    assert f"what was there before is in {home}/before-restore-" in replaced.err
