"""The page of all settings has each of them once, with what its variable is by default."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

from qa.settings import Settings
from qa.settings_reference import TOPICS, reference

ROOT = Path(__file__).parents[2]


def test_every_setting_has_its_topic_and_its_row() -> None:
    named = Counter(name for names in TOPICS.values() for name in names)
    assert named == Counter(setting.name for setting in fields(Settings))
    rows = re.findall(r"^\| `(CITEDESK_\w+)` \| (?:`([^`]*)` )?\| (.+) \|$", reference(), re.M)
    listed = {variable: default for variable, default, _ in rows}
    for setting in fields(Settings):
        default = "" if setting.default in (None, ()) else str(setting.default)
        assert listed[setting.metadata["variable"]] == default


def test_every_variable_that_the_code_names_is_on_the_page() -> None:
    sources = [ROOT / "ui.py", *(ROOT / "qa").rglob("*.py"), *(ROOT / "index_store").rglob("*.py")]
    named = {
        variable
        for source in sources
        for variable in re.findall(r"CITEDESK_[A-Z_]+[A-Z]", source.read_text(encoding="utf-8"))
    }
    assert named <= set(re.findall(r"CITEDESK_[A-Z_]+[A-Z]", reference()))
