"""Question sets from spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading import read_questions


def _table(tmp_path: Path, text: str, name: str = "set.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def test_columns_that_the_user_names_are_read_whatever_divides_them(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "\ufeffNr;Frage;Antwort;Quelle;answerable;Owner\r\n"
        '7;"Who paid; and when?";12 May | May 12;a.md|b.md;VRAI;Ada\r\n'
        "8;Why?;;;non;Bo\r\n",
    )
    names = {"id": "Nr", "question": "frage", "answers": "Antwort", "sources": "Quelle"}
    found = read_questions(path, columns=names)
    assert found.questions == (
        GoldQuestion(
            "7",
            "Who paid; and when?",
            answerable=True,
            answer_groups=(("12 May", "May 12"),),
            sources=("a.md", "b.md"),
        ),
        GoldQuestion("8", "Why?", answerable=False),
    )
    assert found.warnings == ("columns that are not read: 'Owner'",)


def test_a_table_with_our_names_needs_no_mapping(tmp_path: Path) -> None:
    path = _table(
        tmp_path, "question\tmin_sources\ttags\tlanguage\nWho?\t2\twho|x\tfr\n", "set.tsv"
    )
    assert read_questions(path).questions == (
        GoldQuestion("line-2", "Who?", language="fr", min_sources=2, tags=("who", "x")),
    )


#: A table, and all that is said behind the file's name.
TOLD = {
    "a row without a question": (
        'question,tags\n"Who\nand why?",x\n,y\n',
        'line 4: "question" is missing; every question needs one',
    ),
    "too many cells": (
        "question,tags\nWho, when?,x\n",
        "line 2 has 3 cells, expected 2; put cells with a delimiter or a line break in quotes",
    ),
    "a word for a number": (
        "question,min_sources\nWho?,two\n",
        'line 2: "min_sources" is "two"; expected a whole number, 1 or more',
    ),
    "neither yes nor no": (
        "question,answerable\nWho?,perhaps\n",
        'line 2: "answerable" is "perhaps"; expected true or false',
    ),
    "a list of nothing": (
        "question,answers\nWho?,|\n",
        'line 2: "answers" is empty; give an answer, leave the field out, or say '
        '"answerable": false',
    ),
    "duplicate id": (
        "id,question\na,Who?\na,When?\n",
        'line 3: the id "a" is that of line 2; give each an id of its own',
    ),
    "no column for the question": (
        "Frage,Antwort\nWer?,Ada\n",
        "has no column for the question; expected one named question, or --column "
        "question=NAME, found 'Frage', 'Antwort'",
    ),
    "nearly a name": (
        "question,Answer\nWho?,Ada\n",
        "has a column 'Answer'; did you mean \"answers\"? name it so, or give "
        "--column answers=Answer",
    ),
    "a field that no cell holds": (
        "question,history\nWho?,x\n",
        "has a column 'history', which no cell can hold; write JSON Lines",
    ),
    "two columns of one name": (
        "question,Question\nWho?,x\n",
        "has two columns 'question'; rename one of them",
    ),
    "no row": ("question\n", "holds no question; expected one a line, or one a row"),
    "nothing": ("", "holds no question; expected one a line, or one a row"),
}


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_a_malformed_table_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = _table(tmp_path, text)
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(path)
    assert str(refused.value) == f"{path}: {told}"


def test_a_mapping_that_does_not_fit_is_told(tmp_path: Path) -> None:
    path = _table(tmp_path, "question\nWho?\n")
    with pytest.raises(BadQuestionSet, match="expected answers in the column 'Antwort', found"):
        read_questions(path, columns={"answers": "Antwort"})
    with pytest.raises(BadSetting, match="--column history=…: expected a field of id, question"):
        read_questions(path, columns={"history": "question"})
