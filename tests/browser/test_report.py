"""A report's page in a real browser, opened from its file: nothing asked for, nothing run, all kept
within the window, whatever the run holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.comparing import compare
from qa.evaluation.reports import write_report
from tests.qa.evaluation.reports.runs import hostile, made_up, report_of

WINDOWS = [
    pytest.param({"width": width, "scheme": scheme}, id=f"{width}-{scheme}")
    for width in (1280, 390)
    for scheme in ("light", "dark")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports: one compared with an earlier run, one of hostile texts, a long one."""
    made = tmp_path_factory.mktemp("reports")
    now, before = report_of(made_up()), report_of(made_up(wrong=[4]))
    write_report(made / "run", now, compare(before, now))
    write_report(made / "hostile", report_of(hostile(), "<img src=x onerror=alert(1)>"))
    write_report(made / "long", report_of(made_up(questions=1_500)))
    return made


@pytest.fixture(params=WINDOWS)
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """An empty page that must stay quiet and ask for nothing but the file itself."""
    complaints: list[str] = []
    asked: list[str] = []
    opened = browser.new_page(
        viewport={"width": request.param["width"], "height": 900},
        color_scheme=request.param["scheme"],
    )
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    opened.on("request", lambda sent: asked.append(sent.url))
    yield opened
    opened.close()
    assert complaints == []
    assert [url for url in asked if not url.endswith("report.html")] == []
    assert len(asked) == 1


def _open(page: Any, folder: Path, name: str) -> None:
    page.goto((folder / name / "report.html").as_uri())
    page.locator(".row").first.wait_for()


def _is_within_the_window(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def _questions(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(".row .question").all_inner_texts()]


def test_the_page_shows_its_numbers_and_figures_within_the_window(page: Any, folder: Path) -> None:
    _open(page, folder, "run")
    assert page.locator(".right .figure").inner_text() == "0.917"
    assert page.locator("figure svg.plot").count() == 3
    assert _is_within_the_window(page)
    painted = page.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert painted == ("rgb(22, 22, 22)" if dark else "rgb(255, 255, 255)")


def test_a_reason_shows_its_questions_and_a_question_opens_by_keyboard(
    page: Any, folder: Path
) -> None:
    _open(page, folder, "run")
    page.locator("button[data-outcome='refused wrongly']").press("Enter")
    assert _questions(page) == ["How many ferries left on day 3?"]
    assert page.locator("#count").inner_text() == "1 of 12 questions"
    page.locator(".row summary").first.press("Enter")
    body = page.locator(".row .body")
    body.wait_for()
    told = body.inner_text()
    assert "The archive does not say." in told
    assert "No ferry left." in told  # the nearest passage
    assert "3 ferries / 3 boats" in told
    assert "found at 1" in told
    assert _is_within_the_window(page)


def test_an_answer_opens_to_its_sources(page: Any, folder: Path) -> None:
    _open(page, folder, "run")
    page.locator(".row summary").nth(4).click()
    body = page.locator(".row .body")
    body.wait_for()
    assert body.locator("blockquote").first.inner_text().startswith("On that day 4 ferries")
    source = body.locator(".source").first.inner_text()
    for words in ("[1]", "The Example Courier", "14 January 2025", "English", "right article"):
        assert words in source
    assert body.locator(".found .is-gold code").all_inner_texts() == ["harbour-4.md"]


def test_filters_work_together_and_are_cleared(page: Any, folder: Path) -> None:
    _open(page, folder, "run")
    page.locator("#language").select_option("fr")
    assert len(_questions(page)) == 4
    page.locator("#tag").select_option("follow-up")
    assert _questions(page) == ["How many ferries left on day 1?"]
    page.locator("#clear").click()
    assert len(_questions(page)) == 12
    page.locator("#change").select_option("lost")
    assert _questions(page) == ["How many ferries left on day 3?"]
    page.locator("#clear").click()
    page.locator("#find").fill("FÉRRIES 11")
    page.get_by_text("1 of 12 questions").wait_for()
    assert _questions(page) == ["How many ferries left on day 11?"]


def test_another_number_is_shown_by_language_and_tag(page: Any, folder: Path) -> None:
    _open(page, folder, "run")
    page.locator("#metric").select_option("hit_at_1")
    assert page.locator(".split:visible").get_attribute("data-metric") == "hit_at_1"
    assert page.locator(".split:visible").count() == 1


def test_hostile_texts_stay_texts_and_within_the_window(page: Any, folder: Path) -> None:
    _open(page, folder, "hostile")
    for summary in page.locator(".row > summary").all():
        summary.click()
    page.locator(".row .body").nth(13).wait_for()
    assert page.title() == "<img src=x onerror=alert(1)> · citedesk evaluation"
    assert page.locator("img, body b:not(.source b), main script, a[href^=javascript]").count() == 0
    assert "<img src=x onerror=" in page.locator(".row .words").nth(4).inner_text()
    assert _is_within_the_window(page)


def test_a_long_list_grows_by_batches(page: Any, folder: Path) -> None:
    _open(page, folder, "long")
    assert page.locator(".row").count() == 60
    page.locator("#more").click()
    assert page.locator(".row").count() == 120
    page.locator("#find").fill("day 1499")
    page.get_by_text("1 of 1,500 questions").wait_for()
    assert not page.locator("#more").is_visible()
