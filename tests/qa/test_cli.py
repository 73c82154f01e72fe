"""The command line as a newcomer uses it: real files, a real index, the bundled model."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from index_store.changes import SyncReport
from index_store.embedder import SentenceTransformerEmbedder
from qa import cli


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]

MAYOR = "The mayor of Sandholm, Ada Quill, resigned on Monday after a vote of 14 to 9."
FERRY = "Le ferry de Valmorin coûte désormais 12 euros, a annoncé la compagnie."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CITEDESK_HOME", str(folder))
    return folder


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["citedesk", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return run_command


def counts(ran: Ran) -> dict[str, int]:
    """What the table at the end of a run counts, without zeros."""
    rows = re.findall(r"^([a-z][a-z ]+?) +([\d,]+)$", ran.out, re.MULTILINE)
    assert len(rows) == 5
    return {name: int(count) for name, count in rows if count != "0"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "mayor.md").write_text(
        "---\ntitle: Mayor leaves\npublisher: Example Post\nsection: Local\n"
        f'published: "2025-01-14"\n---\n{MAYOR}',
        encoding="utf-8",
    )
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    return folder


def test_articles_are_indexed_and_a_question_is_answered_with_its_source(
    run: Run, archive: Path
) -> None:
    assert counts(run("index", str(archive))) == {"added": 2}
    answered = run("ask", "Who resigned as mayor of Sandholm?")
    assert answered.code == 0
    assert "Ada Quill" in answered.out
    assert "[1] Example Post, 2025-01-14: Mayor leaves (mayor.md)" in answered.out
    assert answered.err == ""


def test_json_is_the_answer_of_the_contract_and_nothing_else(run: Run, archive: Path) -> None:
    run("index", str(archive))
    answer = json.loads(run("ask", "Who resigned as mayor of Sandholm?", "--json").out)
    cited = answer["citations"][0]
    assert MAYOR[cited["start"] : cited["end"]] == cited["quote"]
    assert cited["article"]["source"] == "mayor.md"
    assert answer["refused"] is False
    assert answer["searched"]["articles"] == 2


def test_an_unanswerable_question_is_refused_with_exit_code_0(run: Run, archive: Path) -> None:
    run("index", str(archive))
    refused = run("ask", "Who won the world chess championship?")
    assert refused.code == 0
    assert "The archive does not say." in refused.out


def test_indexing_again_changes_nothing_and_prune_removes_what_is_gone(
    run: Run, archive: Path
) -> None:
    run("index", str(archive))
    assert counts(run("index", str(archive))) == {"unchanged": 2}
    (archive / "ferry.txt").unlink()
    assert counts(run("index", str(archive))) == {"unchanged": 1}
    assert counts(run("index", str(archive), "--prune")) == {"unchanged": 1, "removed": 1}
    assert json.loads(run("status", "--json").out)["articles"] == 1


def test_a_file_that_has_become_unreadable_is_not_pruned(run: Run, archive: Path) -> None:
    run("index", str(archive))
    (archive / "ferry.txt").write_bytes(b"\xe9\xe8 no longer UTF-8")
    pruned = run("index", str(archive), "--prune")
    assert counts(pruned) == {"unchanged": 1, "skipped": 1}
    assert "ferry.txt" in pruned.err


def test_search_shows_passages_best_first(run: Run, archive: Path) -> None:
    run("index", str(archive))
    hits = json.loads(run("search", "prix du ferry de Valmorin", "--json").out)["hits"]
    assert hits[0]["article"]["source"] == "ferry.txt"
    assert FERRY[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_search_says_where_else_a_text_was_printed_and_why_it_is_there(
    run: Run, archive: Path
) -> None:
    (archive / "copy.md").write_text(
        f"---\ntitle: Mayor goes\npublisher: The Gazette\n---\n{MAYOR}", encoding="utf-8"
    )
    run("index", str(archive))
    question = "Who resigned as mayor of Sandholm?"
    plain = run("search", question)
    # Which of two equal passages stands for both is a matter of their ids.
    printed = re.findall(r"also printed by (.+) \(.+\)$", plain.out, re.MULTILINE)
    assert printed in (["The Gazette"], ["Example Post"])
    assert "why it is here" not in plain.out
    assert run("search", question, "--explain").out.count("meaning of the passage") == 2
    first, second = json.loads(run("search", question, "--explain", "--json").out)["hits"]
    assert sum(side["share"] for side in first["sides"].values()) == pytest.approx(first["score"])
    assert first["sides"]["dense"]["score"] > second["sides"]["dense"]["score"]
    assert {first["article"]["title"], *(one["article"]["title"] for one in first["copies"])} == {
        "Mayor leaves",
        "Mayor goes",
    }
    unexplained = json.loads(run("search", question, "--json").out)["hits"]
    assert [hit["copies"] for hit in unexplained] == [first["copies"], second["copies"]]
    assert all("sides" not in hit for hit in unexplained)


def test_the_newsrooms_own_glossary_is_looked_up(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "depot.txt").write_text("Le dépôt de la ligne 4 ferme ses portes.")
    (archive / "boulangerie.txt").write_text("La boulangerie a brûlé dans la nuit.")
    run("index", str(archive))

    def first() -> str:
        found = run("search", "zorbing", "--language", "fr", "--json").out
        return str(json.loads(found)["hits"][0]["article"]["source"])

    for word, wanted in (("boulangerie", "boulangerie.txt"), ("dépôt", "depot.txt")):
        glossary = tmp_path / f"{wanted}.csv"
        glossary.write_text(f"en,fr\nzorbing,{word}\n", encoding="utf-8")
        monkeypatch.setenv("CITEDESK_GLOSSARY", str(glossary))
        assert first() == wanted


@pytest.mark.parametrize(
    ("glossary", "says"),
    [(None, "cannot be opened"), ("en,fr\nonly one column\n", "line 2"), ("", "line 1")],
    ids=["missing", "a row too short", "empty"],
)
def test_a_glossary_that_cannot_be_read_is_one_line_and_nothing_is_made(
    run: Run, home: Path, tmp_path: Path, glossary: str | None, says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = tmp_path / "words.csv"
    if glossary is not None:
        file.write_text(glossary, encoding="utf-8")
    monkeypatch.setenv("CITEDESK_GLOSSARY", str(file))
    ran = run("status")
    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert str(file) in line
    assert says in line
    assert not home.exists()


def test_a_reranker_that_cannot_be_had_is_one_line_when_it_is_needed(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEDESK_RERANKER", str(tmp_path / "no-model"))
    assert run("index", str(archive)).code == 0
    ran = run("search", "Who resigned?")
    assert (ran.code, ran.out) == (1, "")
    assert "CITEDESK_RERANKER" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_vectors_are_kept_where_it_is_said_and_used_again(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "vectors"
    monkeypatch.setenv("CITEDESK_CACHE", str(cache))
    run("index", str(archive))
    assert list(cache.iterdir())

    def embed(*_: object) -> None:
        raise AssertionError("a passage was embedded again")

    monkeypatch.setattr(SentenceTransformerEmbedder, "embed_passages", embed)
    assert counts(run("index", str(archive), "--home", str(tmp_path / "other"))) == {"added": 2}


def test_filters_narrow_what_is_searched(run: Run, archive: Path) -> None:
    run("index", str(archive))
    question = "Who resigned as mayor of Sandholm?"
    for option, value in (
        ("--language", "FR"),
        ("--to", "2024-12-31"),
    ):
        answer = json.loads(run("ask", question, "--json", option, value).out)
        assert answer["refused"], (option, value)
        assert answer["searched"]["articles"] < 2
    for option, value in (
        ("--from", "2025-01-14"),
        ("--section", "local"),
        ("--publisher", "example POST"),
    ):
        assert not json.loads(run("ask", question, "--json", option, value).out)["refused"]
    hits = json.loads(run("search", "ferry", "--section", "Local", "--json").out)["hits"]
    assert [hit["article"]["source"] for hit in hits] == ["mayor.md"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_filter_that_matches_nothing_is_one_line_with_what_there_is(
    run: Run, archive: Path, command: str
) -> None:
    run("index", str(archive))
    for option, value, said, there in (
        ("--publisher", "Exmaple Post", "publisher 'Exmaple Post'", "the nearest: 'Example Post'"),
        ("--language", "de", "language 'de'", "it has: 'en', 'fr'"),
        ("--section", "Business", "section 'Business'", "it has: 'Local'"),
    ):
        ran = run(command, "Who resigned?", option, value)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"citedesk: {said}: the archive has none of this name; {there}\n"


def test_a_question_can_be_put_as_of_a_day_and_in_other_words(run: Run, archive: Path) -> None:
    run("index", str(archive))
    words = ("--standalone", "Who resigned as mayor of Sandholm?")
    answer = json.loads(run("ask", "And the mayor?", "--json", *words).out)
    assert not answer["refused"]
    assert answer["standalone_question"] == "Who resigned as mayor of Sandholm?"
    early = json.loads(run("ask", words[1], "--json", "--as-of", "2024-12-31").out)
    assert early["refused"]
    assert early["searched"]["as_of"] == "2024-12-31"
    assert "2024-12-31" in early["note"]
    assert run("ask", words[1], "--as-of", "yesterday").code == 0
    wrong = run("ask", words[1], "--as-of", "soon")
    assert wrong.code == 2
    assert wrong.err == (
        "citedesk: as_of 'soon': expected a day such as 2024-01-31, today or yesterday\n"
    )


def test_status_says_what_is_indexed(run: Run, archive: Path) -> None:
    run("index", str(archive))
    shown = run("status").out
    assert "articles    2" in shown
    assert "Example Post 1" in shown
    assert "by meaning  en\n" in shown
    assert "by words    fr (" in shown
    status = json.loads(run("status", "--json").out)
    assert (status["by_meaning"], status["by_words"]) == (["en"], ["fr"])


def test_an_evaluation_writes_its_report_and_holds_its_floors(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    run("index", str(archive))
    questions = tmp_path / "set.jsonl"
    questions.write_text(
        '{"question": "Who resigned as mayor of Sandholm?", "answerable": true,'
        ' "answers": ["Ada Quill"], "sources": ["mayor.md"]}\n'
        '{"question": "Who won the world chess championship?", "answerable": false}\n'
    )
    out = tmp_path / "out"
    passed = run("eval", str(questions), "--out", str(out), "--fail-under", "str_em=1")
    assert passed.code == 0, passed
    report = json.loads((out / "report.json").read_text())
    assert report["summary"]["valid_citations"] == 1.0
    assert report["summary"]["grounded_refusal_f1"] == 1.0
    again = run(
        "eval", str(questions), "--baseline", str(out / "report.json"), "--fail-on-regression"
    )
    assert again.code == 0, again
    assert "0 questions won, 0 lost, 2 as before" in again.out
    failed = run("eval", str(questions), "--fail-under", "p95_ms=0")
    assert failed.code == 1
    assert "above 0" in failed.err


def test_an_evaluation_names_the_questions_that_are_wrong_now(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    run("index", str(archive))
    questions, out = tmp_path / "set.jsonl", tmp_path / "out"
    questions.write_text(
        '{"id": "mayor", "question": "Who resigned as mayor of Sandholm?",'
        ' "answers": ["Ada Quill"]}\n'
    )
    run("eval", str(questions), "--out", str(out))
    (archive / "mayor.md").write_text("Nothing of the kind was ever said.")
    run("index", str(archive), "--prune")
    worse = run(
        "eval", str(questions), "--baseline", str(out / "report.json"), "--fail-on-regression"
    )
    assert worse.code == 1
    assert "mayor was right and is not any more" in worse.err
    assert "0 questions won, 1 lost" in worse.out


def test_some_questions_of_a_set_are_asked(run: Run, archive: Path, tmp_path: Path) -> None:
    run("index", str(archive))
    questions = tmp_path / "set.csv"
    questions.write_text("Frage,tags\nWho resigned?,mayor\nWho won?,chess\nWho came?,mayor\n")
    asked = ("eval", str(questions), "--column", "question=Frage")
    assert run(*asked, "--limit", "2").out.startswith("2 answers")
    assert run(*asked, "--tag", "chess").out.startswith("1 answers")
    assert run(*asked, "--sample", "1", "--repeat", "2").out.startswith("2 answers")


def test_a_set_that_brings_articles_is_not_asked_of_a_server(run: Run, tmp_path: Path) -> None:
    squad = tmp_path / "set.json"
    asked = '{"id": "1", "question": "Who?", "answers": [{"text": "Ada", "answer_start": 0}]}'
    squad.write_text(f'{{"data": [{{"paragraphs": [{{"context": "Ada.", "qas": [{asked}]}}]}}]}}')
    refused = run("eval", str(squad), "--url", "http://127.0.0.1:1")
    assert refused.code == 1
    assert "brings its own articles" in refused.err


BAD_INPUT = {
    "a path that does not exist": (["index", "nowhere"], 1, "nowhere", "check the spelling"),
    "an empty folder": (["index", "{tmp}/empty"], 1, "empty", "expected articles"),
    "a binary file": (["index", "{tmp}/binary.txt"], 1, "binary.txt", "export it as text"),
    "invalid UTF-8": (["index", "{tmp}/latin.txt"], 1, "latin.txt", "save it as UTF-8"),
    "a file of 0 bytes": (["index", "{tmp}/zero.txt"], 1, "zero.txt", "nothing to index"),
    "a home below a file": (["status", "--home", "{tmp}/latin.txt/x"], 1, "latin.txt", "--home"),
    "a home in /proc": (["status", "--home", "/proc/citedesk"], 1, "/proc/citedesk", "--home"),
    "a set that is missing": (["eval", "nowhere.jsonl"], 1, "nowhere.jsonl", "cannot be read"),
    "a question before any article": (["ask", "Who?"], 1, "nothing", "citedesk index PATH"),
    "a day that is none": (["ask", "Who?", "--from", "2025-02-30"], 2, "--from", "2024-01-31"),
    "days the wrong way round": (
        ["ask", "Who?", "--from", "2025-02-01", "--to", "2024-02-01"],
        2,
        "2025-02-01 is later than",
        "2024-02-01",
    ),
    "a day to answer as of that is none": (
        ["ask", "Who?", "--as-of", "2025-02-30"],
        2,
        "2025-02-30",
        "2024-01-31",
    ),
    "a floor that is none": (["eval", "x", "--fail-under", "good"], 2, "good", "METRIC=X"),
    "a metric that is none": (["eval", "x", "--fail-under", "luck=1"], 2, "luck", "str_em"),
    "a regression from nothing": (
        ["eval", "{tmp}/one.jsonl", "--fail-on-regression"],
        2,
        "--fail-on-regression",
        "--baseline FILE",
    ),
    "a baseline that is none": (
        ["eval", "{tmp}/one.jsonl", "--baseline", "{tmp}/one.jsonl"],
        1,
        "one.jsonl",
        "report.json",
    ),
    "prices that are none": (["eval", "x", "--prices", "free"], 2, "free", "0.15,0.60"),
    "no repeat": (["eval", "x", "--repeat", "0"], 2, "--repeat", "1 or more"),
    "a server that is not there": (
        ["eval", "{tmp}/one.jsonl", "--url", "http://127.0.0.1:1"],
        1,
        "http://127.0.0.1:1",
        "citedesk serve",
    ),
}


@pytest.mark.parametrize(("words", "code", "names", "fix"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_gets_one_line_that_names_it_and_the_fix(
    run: Run, tmp_path: Path, words: list[str], code: int, names: str, fix: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.jsonl").write_text('{"question": "Who?"}')
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "latin.txt").write_bytes("café".encode("latin-1"))
    (tmp_path / "zero.txt").touch()
    ran = run(*[word.format(tmp=tmp_path) for word in words])
    assert ran.code == code
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert any(names in line and fix in line for line in ran.err.splitlines()), ran.err


@pytest.mark.parametrize(
    ("question", "says"),
    [("", "type a question"), (" ?! ", "type a question"), ("a" * 100_000, "100,000 characters")],
    ids=["empty", "punctuation only", "100,000 characters"],
)
def test_a_question_that_is_none_is_bad_usage(
    run: Run, archive: Path, question: str, says: str
) -> None:
    run("index", str(archive))
    ran = run("ask", question)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_index_of_another_embedding_model_is_left_alone_and_named(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", str(archive))
    monkeypatch.setenv("CITEDESK_EMBEDDING_MODEL", "some/other-model")
    for words in (["ask", "Who resigned?"], ["index", str(archive)], ["status"]):
        ran = run(*words)
        assert ran.code == 1
        assert "all-MiniLM-L6-v2" in ran.err
        assert "some/other-model" in ran.err
        assert len(ran.err.splitlines()) == 1
    monkeypatch.delenv("CITEDESK_EMBEDDING_MODEL")
    assert "articles    2" in run("status").out


def test_one_bad_file_among_good_ones_is_skipped_and_said(run: Run, archive: Path) -> None:
    (archive / "zero.txt").touch()
    ran = run("index", str(archive))
    assert ran.code == 0
    assert counts(ran) == {"added": 2, "skipped": 1}
    assert "  1 x is empty (0 characters of text); nothing to index" in ran.out
    assert "zero.txt" in ran.err


def test_skipped_files_are_counted_by_their_reasons(run: Run, archive: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg", "d.mp3"):
        (archive / name).write_bytes(b"\xff")
    ran = run("index", str(archive))
    assert counts(ran) == {"added": 2, "skipped": 4}
    assert '3 x has ".jpg"; expected one of' in ran.out
    assert '1 x has ".mp3"; expected one of' in ran.out
    assert len(ran.err.splitlines()) == 4


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    run: Run, archive: Path, home: Path
) -> None:
    dry = run("index", str(archive), "--dry-run")
    assert counts(dry) == {"would be added": 2}
    assert f"added    {archive / 'ferry.txt'}" in dry.out
    assert not home.exists()
    home.mkdir()
    run("index", str(archive), "--dry-run")
    assert list(home.iterdir()) == []
    run("index", str(archive))
    (archive / "mayor.md").unlink()
    (archive / "ferry.txt").write_text("The ferry sails again.", encoding="utf-8")
    dry = run("index", str(archive), "--dry-run", "--prune")
    assert counts(dry) == {"would be updated": 1, "would be removed": 1}
    assert f"updated  {archive / 'ferry.txt'}" in dry.out
    assert f"removed  {archive / 'mayor.md'}" in dry.out
    assert json.loads(run("status", "--json").out)["articles"] == 2
    assert "Ada Quill" in run("ask", "Who resigned as mayor of Sandholm?").out


def test_what_files_do_not_state_is_filled_from_the_command_line(run: Run, archive: Path) -> None:
    run("index", str(archive), "--meta", "publisher=Harbour Gazette")
    outlets = json.loads(run("status", "--json").out)["publishers"]
    assert outlets == {"Example Post": 1, "Harbour Gazette": 1}


def test_an_export_with_names_of_its_own_is_mapped(run: Run, tmp_path: Path) -> None:
    export = tmp_path / "export.jsonl"
    export.write_text(json.dumps({"guid": 1, "Hed": "Mayor leaves", "BodyCopy": MAYOR}))
    ran = run("index", str(export), "--column", "text=BodyCopy", "--column", "title=Hed")
    assert counts(ran) == {"added": 1}
    assert "Mayor leaves" in run("ask", "Who resigned as mayor of Sandholm?").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--meta", "publisher"), "--meta 'publisher': expected FIELD=VALUE with a field of title"),
        (("--meta", "colour=red"), "--meta 'colour=red': expected FIELD=VALUE with a field of"),
        (("--meta", "published=yesterday"), "--meta published='yesterday': expected "),
        (("--meta", "embargo_until=soon"), "--meta: embargo_until 'soon' is not "),
        (("--column", "text="), "--column 'text=': expected FIELD=VALUE with a field of text"),
    ],
)
def test_options_that_cannot_be_understood_are_bad_usage(
    run: Run, archive: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run("index", str(archive), *words)
    assert ran.code == 2
    assert said in ran.err


def test_a_web_address_is_not_fetched_and_not_taken_for_a_path(run: Run) -> None:
    ran = run("index", "https://www.example.org/a.html")
    assert ran.code == 2
    assert "is a web address, and nothing is fetched; save the page, and index the file" in ran.err


def test_a_run_that_is_stopped_says_what_is_kept(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, on_stored: Callable[[SyncReport], None], **__: object) -> None:
        on_stored(SyncReport(added=64))
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.indexing.index_paths", stop)
    ran = run("index", str(archive))
    assert ran.code == 130
    assert (
        ran.err.strip() == "stopped; 64 new or changed articles are stored: run it again to go on"
    )


def test_what_nobody_foresaw_is_one_line_with_the_details_in_a_file(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("qa.indexing.index_paths", explode)
    ran = run("index", str(archive))
    assert ran.code == 1
    (line,) = ran.err.splitlines()
    details = Path(line.rpartition(" ")[2])
    assert "boom" in details.read_text()
    details.unlink()


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, qa.cli; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"torch", "chromadb", "gradio", "llama_index", "sentence_transformers", "numpy", "rich"}
    assert not heavy & set(loaded)


def test_every_command_has_help(run: Run) -> None:
    for command in ("index", "ask", "search", "eval", "serve", "status", "demo", "key", "user"):
        shown = run(command, "--help")
        assert shown.code == 0
        assert shown.out.startswith(f"Usage: citedesk {command}")


def test_the_demonstration_answers_two_questions_and_refuses_one(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "qa.cli", "demo", "--no-serve"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    assert ran.returncode == 0, ran.stderr
    assert "Judge Vince Chhabria" in ran.stdout
    assert ran.stdout.count("The archive does not say.") == 1
    assert not list(scratch.glob("citedesk-*"))


def test_the_last_article_can_be_taken_down_with_its_folder(run: Run, archive: Path) -> None:
    run("index", str(archive))
    for file in archive.iterdir():
        file.unlink()
    assert counts(run("index", str(archive), "--prune")) == {"removed": 2}
    archive.rmdir()
    gone = run("index", str(archive), "--prune")
    assert (gone.code, gone.out) == (1, "")
    assert "no such file or folder" in gone.err


def test_workers_without_ray_are_a_line_that_says_what_to_install(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index_store.workers.find_spec", lambda name: None)
    ran = run("index", str(archive), "--workers", "2")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "citedesk: workers need Ray, which is not installed; run: pip install 'citedesk[ray]'\n"
    )
    assert run("index", str(archive), "--workers", "0").code == 2


def test_an_empty_path_is_not_the_current_folder(run: Run) -> None:
    ran = run("index", "")
    assert (ran.code, ran.out) == (2, "")
    assert "the path is empty" in ran.err
