"""Adding articles, as HTML."""

from __future__ import annotations

import inspect
import re

import pytest

from qa.phrases import INTERFACE_LANGUAGES, phrases
from qa.uploads import inbox
from qa.uploads.outcomes import FileOutcome, State
from qa.uploads.uploader import Phase, Progress
from qa.web import upload, upload_run
from qa.web.upload_run import SHOWN, progress

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@pytest.mark.parametrize("phase", Phase)
def test_every_moment_of_a_run_has_its_words(language: str, phase: Phase) -> None:
    outcomes = tuple(
        FileOutcome(state, state, added=2, updated=1, unchanged=1, passed_over=5, reasons=("a",))
        for state in State
    )
    for done, articles in ((0, 0), (5, 1), (10, 3)):
        told = Progress(phase, 3, done, 10, articles, outcomes, "disk full")
        assert "{" not in progress(told, language)
    assert "{" not in progress(Progress(phase, 1), language)


def test_the_bar_says_how_far_it_is_to_everybody() -> None:
    shown = progress(Progress(files=2, done=1, total=4, articles=1), "en")
    assert 'role="progressbar"' in shown
    assert 'aria-valuenow="25"' in shown
    assert "Reading 2 files. 1 article so far." in shown


def test_what_a_file_says_of_itself_is_text_and_never_markup() -> None:
    one = FileOutcome(HOSTILE, State.SKIPPED, reasons=(HOSTILE,), title=HOSTILE)
    shown = progress(Progress(Phase.FAILED, outcomes=(one,), error=HOSTILE), "en")
    assert "<img" not in shown


def test_what_a_reader_has_to_do_something_about_comes_first() -> None:
    many = tuple(FileOutcome(f"{place}.md", State.ADDED, added=1) for place in range(SHOWN + 4))
    shown = progress(Progress(Phase.DONE, outcomes=(*many, FileOutcome("z", State.SKIPPED))), "en")
    assert re.findall(r'class="name" dir="auto">([^<]*)', shown)[0] == "z"
    assert "and 5 more files" in shown
    assert f"{SHOWN + 4} articles added" in shown


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_dialog_has_a_name_and_says_what_it_takes(language: str) -> None:
    shown = upload.view(language)
    assert 'aria-labelledby="upload-title"' in shown
    assert ".docx" in shown
    assert "100" in shown


def test_no_phrase_of_adding_articles_is_left_over() -> None:
    text = "".join(map(inspect.getsource, (upload, upload_run, inbox)))
    keys = {key.removeprefix("upload.") for key in phrases("en") if key.startswith("upload.")}
    said = {re.sub(r"_(one|many)$", "", key) for key in keys if not key.startswith("state_")}
    assert [key for key in said - {*Phase} if not re.search(rf"""["'.]{key}["']""", text)] == []
