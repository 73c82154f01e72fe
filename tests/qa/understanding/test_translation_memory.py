"""What was translated is remembered, whatever becomes of the file."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.understanding import translation_memory
from qa.understanding.translation_memory import TranslationMemory

QUESTION = "Who sold the ferry?"


@pytest.fixture(params=["in memory", "in a file"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return tmp_path / "t.sqlite3" if request.param == "in a file" else None


def test_what_was_kept_is_found_by_question_and_language(file: Path | None) -> None:
    memory = TranslationMemory("small", file)
    assert memory.get(QUESTION, ["fr"]) == {}
    memory.put(QUESTION, {"fr": "Qui a vendu le ferry ?", "it": "Chi?"})
    assert memory.get(QUESTION, ["fr", "es"]) == {"fr": "Qui a vendu le ferry ?"}
    assert memory.get(f"{QUESTION} ", ["fr"]) == {}
    memory.put(QUESTION, {"it": "Chi ha venduto il traghetto?"})
    assert memory.get(QUESTION, ["it"]) == {"it": "Chi ha venduto il traghetto?"}


def test_a_file_is_remembered_by_another_process_but_not_for_another_model(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite3"
    code = (
        "import sys; from pathlib import Path\n"
        "from qa.understanding.translation_memory import TranslationMemory\n"
        "TranslationMemory('small', Path(sys.argv[1])).put(sys.argv[2], {'fr': 'Qui ?'})"
    )
    subprocess.run([sys.executable, "-c", code, str(file), QUESTION], check=True, timeout=60)
    assert TranslationMemory("small", file).get(QUESTION, ["fr"]) == {"fr": "Qui ?"}
    assert TranslationMemory("large", file).get(QUESTION, ["fr"]) == {}


def test_the_oldest_make_room(file: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation_memory, "_IN_MEMORY", 3)
    monkeypatch.setattr(translation_memory, "_IN_FILE", 3)
    memory = TranslationMemory("small", file)
    for number in range(10):
        memory.put(f"{number}?", {"fr": "…"})
    kept = [number for number in range(10) if memory.get(f"{number}?", ["fr"])]
    assert kept == [7, 8, 9]
    if file:
        fresh = TranslationMemory("small", file)
        assert [number for number in range(10) if fresh.get(f"{number}?", ["fr"])] == kept


@pytest.mark.parametrize("broken", ["damaged", "a folder", "in no folder"])
def test_a_file_that_cannot_be_used_is_said_and_done_without(
    broken: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "t.sqlite3"
    if broken == "damaged":
        file.write_bytes(b"no database" * 100)
    elif broken == "a folder":
        file.mkdir()
    else:
        file = tmp_path / "gone" / "t.sqlite3"
    memory = TranslationMemory("small", file)
    with caplog.at_level(logging.WARNING):
        memory.put(QUESTION, {"fr": "Qui ?"})
    assert memory.get(QUESTION, ["fr"]) == {"fr": "Qui ?"}
    assert str(file) in caplog.text


def test_many_threads_can_use_it(file: Path | None) -> None:
    memory = TranslationMemory("small", file)

    def use(number: int) -> dict[str, str]:
        memory.put(f"{number}?", {"fr": str(number)})
        return memory.get(f"{number}?", ["fr"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(use, range(40))) == [{"fr": str(number)} for number in range(40)]
