"""Dates that a page prints above its article are kept, each as what the page says it is."""

from __future__ import annotations

import pytest

from corpus.cleaning import clean_body
from corpus.cleaning.stamps import stamps_of

BODY = (
    "Engineers began on Sunday to lower the dam, which had cracked in the storm of last winter.\n\n"
    "The work takes three weeks, the company said in a note to the town."
)


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Published: 14 March 2023", {"published": "2023-03-14"}),
        ("14 March 2023", {"published": "2023-03-14"}),
        ("Last updated on March 15, 2023", {"modified": "2023-03-15"}),
        ("Publié le 14 mars 2023", {"published": "2023-03-14"}),
        ("Mis à jour le 15 mars 2023", {"modified": "2023-03-15"}),
        ("Pubblicato il 14 marzo 2023", {"published": "2023-03-14"}),
        ("Published 14 March 2023 | Updated 15 March 2023",
         {"published": "2023-03-14", "modified": "2023-03-15"}),
        ("Published 2 days ago", {}),
        ("14 March", {}),
        ("03/04/2023", {}),
        ("Posted in News", {}),
    ],
)  # fmt: skip
def test_a_line_states_what_is_a_whole_date(line: str, stated: dict[str, str]) -> None:
    assert stamps_of(line) == stated


@pytest.mark.parametrize("line", ["Published: 14 March 2023", "Publié le 14 mars 2023"])
def test_the_date_above_an_article_becomes_its_metadata(line: str) -> None:
    cleaned = clean_body(f"Dam lowered\n\nBy Ann Author\n\n{line}\n\n{BODY}", "Dam lowered")
    assert cleaned.text == BODY
    assert cleaned.metadata == {"author": "Ann Author", "published": "2023-03-14"}


def test_rows_of_a_table_stay() -> None:
    table = "| Year | Hectares |\n| ---- | -------- |\n| 2015 | 4 |\n| 2022 | 17 |"
    text = BODY.replace("\n\n", f"\n\n{table}\n\n")
    assert clean_body(text).text == text
