"""Homes that earlier versions wrote are opened, and kept; those of later ones are refused.

The homes were made by the code of their time: see homes/README.md.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from index_store import home as opening
from index_store.chroma import open_chroma
from index_store.embedder import BUNDLED_MODEL
from index_store.fakes import HashingEmbedder
from index_store.lock import LOCK
from index_store.store import Provenance
from index_store.version import FILE, NUMBER, Version, current, home_version
from qa import cli
from qa.audit.ratings import FILE as RATINGS
from qa.audit.ratings import read_ratings
from qa.backup.package import pack

HOMES = Path(__file__).parent / "homes"
ARTICLES = HOMES / "articles"

#: By name, the articles that are read again by the next run.
READ_AGAIN = {"earliest": 3, "layout-3": 3, "first-log": 0, "version-1": 0}
DISLIKED = "Quanti passeggeri porta il traghetto per Sant'Elmo?"
LIFEBOATS = "How many lifeboats does the new Valmorin ferry carry?"

LATER = Version(NUMBER + 1, NUMBER + 1, "9.1.0")


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


class Hashing(HashingEmbedder):
    """Takes the place of the model, here and when the homes were made."""

    @property
    def name(self) -> str:
        return BUNDLED_MODEL


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CITEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(opening, "SentenceTransformerEmbedder", lambda name: Hashing())

    def run_command(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["citedesk", *words])
        code: object = 0
        try:
            cli.main()
        except SystemExit as left:
            code = left.code
        captured = capfd.readouterr()
        return Ran(int(str(code or 0)), captured.out, captured.err)

    return run_command


def unpacked(name: str, tmp_path: Path) -> Path:
    """A home as it was left, but for where its articles lay on the machine that it was made on."""
    home = tmp_path / "home"
    with tarfile.open(HOMES / f"{name}.tar.gz") as tar:
        tar.extractall(home, filter="data")
    store = open_chroma(home / opening.CHROMA)
    store.restate(
        [
            Provenance(one.article_id, str(ARTICLES / Path(one.origin).name), one.digest)
            for one in store.catalogue()
        ]
    )
    return home


def ids(home: Path) -> tuple[set[str], frozenset[str]]:
    """Of articles and passages."""
    store = open_chroma(home / opening.CHROMA)
    return {entry.article_id for entry in store.catalogue()}, store.passage_ids()


def counts(ran: Ran) -> dict[str, int]:
    """What the table at the end of a run counts, without zeros."""
    rows = re.findall(r"^([a-z]+) +([\d,]+)$", ran.out, re.MULTILINE)
    return {name: int(count) for name, count in rows if count != "0"}


@pytest.fixture(params=READ_AGAIN)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpacked(request.param, tmp_path)


def test_a_home_of_an_earlier_version_keeps_all_that_is_in_it(run: Run, older: Path) -> None:
    before, ratings = ids(older), (older / RATINGS).read_bytes()
    status = json.loads(run("status", "--json").out)
    assert status["version"] == asdict(current())
    assert (status["articles"], status["passages"]) == tuple(map(len, before)) == (3, 3)
    assert ids(older) == before
    assert (older / RATINGS).read_bytes() == ratings
    assert [one.is_up for one in read_ratings(older / RATINGS).latest.values()] == [True, False]
    assert home_version(older) == current()


def test_it_answers_with_citations_that_hold(run: Run, older: Path) -> None:
    ran = run("ask", LIFEBOATS, "--json")
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert "14 lifeboats" in answer["text"]
    store = open_chroma(older / opening.CHROMA)
    for one in answer["citations"]:
        article = store.articles([one["article"]["id"]])[one["article"]["id"]]
        assert article.text[one["start"] : one["end"]] == one["quote"]
        assert one["passage_id"] in store.passage_ids()
    # The first version kept nothing by which a copy is known.
    assert answer["provenance"] == {"outlets": 2, "independent": 1}


@pytest.mark.parametrize("name", ["earliest", "version-1"])
def test_the_doctor_is_content_before_it_is_opened(run: Run, tmp_path: Path, name: str) -> None:
    unpacked(name, tmp_path)
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert "1, from before it was noted; brought up to date when it is next opened\n" in ran.out


def test_indexing_again_reads_what_an_earlier_version_made_and_no_more(
    run: Run, older: Path, request: pytest.FixtureRequest
) -> None:
    again = READ_AGAIN[request.node.callspec.params["older"]]
    expected = {"updated": again} if again else {"unchanged": 3}
    assert counts(run("index", str(ARTICLES))) == expected
    assert counts(run("index", str(ARTICLES))) == {"unchanged": 3}
    assert json.loads(run("status", "--json").out)["outdated"] == 0
    ran = run("doctor", "--full")
    assert ran.code == 0
    assert f"version      {NUMBER}, written by citedesk {current().program}\n" in ran.out


@pytest.mark.parametrize("name", ["first-log", "version-1"])
def test_the_log_of_an_earlier_version_goes_on(run: Run, tmp_path: Path, name: str) -> None:
    unpacked(name, tmp_path)
    assert run("log", "verify").code == 0
    first = json.loads(run("log", "show", "1", "--json").out)["entry"]
    assert first["answer"]["question"] == LIFEBOATS
    answer = json.loads(run("ask", LIFEBOATS, "--json").out)
    logged = {(one["passage_id"], one["quote"]) for one in first["answer"]["citations"]}
    cited = {(one["passage_id"], one["quote"]) for one in answer["citations"]}
    assert cited
    assert cited <= logged  # of what was said beside it, less is said now
    verified = run("log", "verify")
    assert (verified.code, verified.out.split()[:2]) == (0, ["entries", "3"])
    replayed = json.loads(run("log", "replay", "1", "--json").out)
    assert "14 lifeboats" in replayed["answer"]["text"]
    suggested = json.loads(run("eval", "suggest", "--json").out)
    assert suggested[0]["question"] == DISLIKED


def test_keys_of_an_earlier_version_still_open(run: Run, tmp_path: Path) -> None:
    unpacked("version-1", tmp_path)
    assert "cms" in run("key", "list").out


def test_a_backup_of_an_earlier_version_is_restored_and_brought_to_this_one(
    run: Run, tmp_path: Path
) -> None:
    restored = run("restore", str(HOMES / "version-1-backup.tar.gz"))
    assert restored.code == 0, restored.out + restored.err
    assert "wrong" not in restored.out
    assert json.loads(run("status", "--json").out)["version"]["number"] == NUMBER
    assert run("log", "verify").code == 0
    assert "cms" in run("key", "list").out
    copy = tmp_path / "copy.tar.gz"
    assert run("backup", str(copy)).code == 0
    assert run("restore", str(copy), "--home", str(tmp_path / "second")).code == 0
    assert home_version(tmp_path / "second") == current()


COMMANDS = (
    ("status",),
    ("status", "--stories"),
    ("ask", LIFEBOATS),
    ("search", "ferry"),
    ("index", str(ARTICLES)),
    ("index", str(ARTICLES), "--dry-run"),
    ("serve", "--port", "0"),
    ("eval", str(HOMES.parent.parent / "corpus/sample/questions.jsonl"), "--limit", "1"),
    ("eval", "add", "1", "--to", "set.jsonl"),
    ("eval", "suggest"),
    ("log", "list"),
    ("log", "show", "1"),
    ("log", "export"),
    ("log", "verify"),
    ("log", "replay", "1"),
    ("key", "create", "other"),
    ("key", "list"),
    ("key", "revoke", "cms"),
    ("user", "add", "mara"),
    ("user", "list"),
    ("user", "remove", "mara"),
    ("backup", "copy.tar.gz"),
)


def contents(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()
    }


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that a citedesk to come wrote."""
    monkeypatch.chdir(tmp_path)
    home = unpacked("version-1", tmp_path)
    (home / FILE).write_text(json.dumps(asdict(LATER)))
    return home


def test_a_home_of_a_later_version_is_refused_in_one_line_by_every_command(
    run: Run, later: Path
) -> None:
    before = contents(later)
    for words in COMMANDS:
        ran = run(*words)
        assert (ran.code, ran.out) == (1, ""), words
        assert ran.err == (
            f"citedesk: {later}: was written by citedesk 9.1.0 (version {NUMBER + 1}), and this is "
            f"citedesk {current().program}, which knows version {NUMBER}; run: pip install "
            f"--upgrade citedesk; or restore a backup that an older citedesk made\n"
        ), words
    assert contents(later) == before


def test_every_command_is_tried_on_a_home_of_a_later_version() -> None:
    # Of a program that waits for a client, nothing can be captured; `open_index` refuses it, too.
    apart = {"mcp", "demo", "doctor", "restore"}
    assert {words[0] for words in COMMANDS} | apart == set(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]


def test_the_doctor_tells_of_a_later_version_and_mends_nothing(run: Run, later: Path) -> None:
    before = contents(later)
    ran = run("doctor", "--repair")
    assert (ran.code, ran.err) == (1, "")
    (told,) = [line for line in ran.out.splitlines() if line.startswith("wrong")]
    assert re.match(r"wrong +version +.* by citedesk 9.1.0 .* -> run: pip install", told)
    assert contents(later) == before


def test_a_store_of_a_later_version_in_a_home_that_does_not_say_so_is_not_touched(
    run: Run, tmp_path: Path
) -> None:
    home = unpacked("version-1", tmp_path)
    store = open_chroma(home / opening.CHROMA)
    manifest = store.manifest()
    assert manifest is not None
    store.set_manifest(replace(manifest, written=LATER))
    refused = run("status")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "was written by citedesk 9.1.0" in refused.err
    ran = run("doctor", "--repair")
    assert ran.code == 1
    assert [line.split()[1] for line in ran.out.splitlines() if line.startswith("wrong")] == [
        "version"
    ]
    assert ran.err == ""


def test_a_backup_of_a_later_version_is_refused_before_anything_is_changed(
    run: Run, later: Path, tmp_path: Path
) -> None:
    pack(later, tmp_path / "later.tar.gz", "2030-01-01T00:00:00+00:00", "9.1.0", {})
    home = tmp_path / "other"
    refused = run("restore", str(tmp_path / "later.tar.gz"), "--home", str(home))
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "later.tar.gz: was written by citedesk 9.1.0" in refused.err
    assert [path.name for path in home.iterdir()] in ([], [LOCK])


def test_an_older_backup_takes_the_place_of_a_home_of_a_later_version(
    run: Run, later: Path
) -> None:
    restored = run("restore", str(HOMES / "version-1-backup.tar.gz"), "--force")
    assert restored.code == 0, restored.out + restored.err
    assert home_version(later) == current()
    assert run("ask", LIFEBOATS).code == 0
