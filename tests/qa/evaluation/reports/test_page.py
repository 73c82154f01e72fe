"""The report's page as it is written; how it behaves is tried in a browser."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.comparing import compare
from qa.evaluation.outcome import Outcome
from qa.evaluation.reports.page import as_data, asset, page
from tests.qa.evaluation.outcomes import outcome
from tests.qa.evaluation.reports.runs import hostile, made_up, report_of

NOW = report_of(made_up())


class Parsed(HTMLParser):
    """The elements of a page, and what stands in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts[-1] += data


def data_of(html: str) -> dict[str, Any]:
    return dict(json.loads(Parsed(html).scripts[0]))


def test_only_its_own_style_and_script_may_run() -> None:
    html = page(NOW)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy.startswith("default-src 'none'; ")
    allowed = [b64decode(found) for found in re.findall("'sha256-([^']+)'", policy)]
    wanted = [sha256(asset(name).encode()).digest() for name in ("report.css", "report.js")]
    assert allowed == wanted
    assert f"<style>{asset('report.css')}</style>" in html
    assert f"<script>{asset('report.js')}</script>" in html


def test_the_page_asks_for_nothing_and_sets_no_styles_of_its_own() -> None:
    for tag, attributes in Parsed(page(report_of(hostile()))).tags:
        assert tag not in ("img", "link", "iframe", "object", "form", "b")
        assert not {"src", "style", "onerror", "onclick"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_hostile_texts_end_no_script_and_arrive_whole() -> None:
    html = page(report_of(hostile()))
    parsed = Parsed(html)
    assert len(parsed.scripts) == 2
    questions = {row["question"] for row in json.loads(parsed.scripts[0])["rows"]}
    assert questions == {one.gold.question for one in hostile()}


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_data_is_the_same_behind_the_escapes(value: object) -> None:
    written = as_data(value)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == value


def test_a_question_has_what_was_expected_and_whether_it_is_there() -> None:
    rows = data_of(page(NOW))["rows"]
    assert rows[3]["why"] == "refused wrongly"
    assert rows[3]["expected"]["groups"] == [[["3 ferries", "3 boats"], False]]
    assert rows[0]["expected"]["groups"][0][1] is True
    place, rank, cited = rows[4]["expected"]["sources"][0]
    assert data_of(page(NOW))["sources"][place] == "harbour-4.md"
    assert (rank, cited) == (2, True)


def test_a_citation_has_its_outlet_day_language_and_words() -> None:
    data = data_of(page(NOW))
    number, article, quote, is_valid = data["rows"][0]["answer"]["citations"][0]
    assert (number, quote, is_valid) == (1, "On that day 0 ferries left the harbour.", True)
    assert data["articles"][article] == [
        "The Example Courier", "14 January 2025", "en", "Ferries", "harbour-0.md",
    ]  # fmt: skip


def test_what_changed_since_the_baseline_stands_with_its_question() -> None:
    before = report_of(made_up(wrong=[4], questions=11))
    html = page(NOW, compare(before, NOW))
    changed = {row["id"]: row["change"] for row in data_of(html)["rows"] if row["change"]}
    assert changed == {"q-3": "lost", "q-4": "won", "q-11": "new"}
    assert "<strong>1 won</strong>, <strong>1 lost</strong>, 9 as before" in html
    assert '<select id="change"' in html
    assert '<select id="change"' not in page(NOW)


@pytest.mark.parametrize("outcomes", [[], [outcome(None)]], ids=["no question", "an error"])
def test_a_run_of_next_to_nothing_has_a_page(outcomes: list[Outcome]) -> None:
    assert len(data_of(page(report_of(outcomes)))["rows"]) == len(outcomes)
