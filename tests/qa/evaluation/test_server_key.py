"""A key is read from where nobody else on the machine can see it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from qa.errors import BadSetting
from qa.evaluation.server_key import VARIABLE, server_key

KEY = "cdk_0123"


def test_a_key_comes_from_a_file_standard_input_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    kept = tmp_path / "key"
    kept.write_text(f"{KEY}\n")
    assert server_key(None, kept, {}, said.append) == KEY
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    assert server_key(None, Path("-"), {}, said.append) == KEY
    assert server_key(None, None, {VARIABLE: f" {KEY} "}, said.append) == KEY
    assert server_key(None, None, {VARIABLE: ""}, said.append) is None
    assert said == []


def test_a_key_that_is_typed_is_taken_with_a_warning_that_does_not_repeat_it() -> None:
    said: list[str] = []
    assert server_key(KEY, None, {}, said.append) == KEY
    (warning,) = said
    assert "--key-file" in warning
    assert KEY not in warning


@pytest.mark.parametrize("text", ["", "\n", f"{KEY} {KEY}", "key: secret word"])
def test_a_file_that_holds_no_key_is_told_without_what_it_holds(tmp_path: Path, text: str) -> None:
    kept = tmp_path / "key"
    kept.write_text(text)
    with pytest.raises(BadSetting, match="expected one line with the key alone") as error:
        server_key(None, kept, {}, print)
    assert KEY not in str(error.value)


def test_a_file_that_is_not_there_and_two_keys_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="cannot be read"):
        server_key(None, tmp_path / "none", {}, print)
    with pytest.raises(BadSetting, match="two keys"):
        server_key(KEY, tmp_path / "none", {}, print)
