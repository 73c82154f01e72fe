"""What `citedesk eval QUESTIONS` opens."""

from pathlib import Path

import pytest

from index_store.fakes import memory_index
from qa.answerer import Answerer
from qa.evaluation.run_command import run_command
from qa.settings import Settings

PARAGRAPH = (
    '{"context": "The ferry sank in May.", "qas": [{"id": "1", "question": "When did it sink?",'
    ' "answers": [{"text": "May", "answer_start": 18}]}]}'
)


def test_the_articles_of_a_set_stay_out_of_the_newsrooms_chroma(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    squad = tmp_path / "set.json"
    squad.write_text(f'{{"data": [{{"title": "Ferry", "paragraphs": [{PARAGRAPH}]}}]}}')
    stated = Settings(home=tmp_path / "home", chroma_url="http://127.0.0.1:8000")
    opened: list[Settings] = []

    def open_answerer(settings: Settings) -> Answerer:
        opened.append(settings)
        return Answerer(memory_index())

    run_command(lambda home: stated, open_answerer)(questions=squad)
    assert [settings.chroma_url for settings in opened] == [None]
    assert opened[0].home != stated.home
    assert "1 answers to set.json" in capsys.readouterr().out
