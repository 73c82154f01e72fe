"""Lines of a packed file are read within bounds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from qa.evaluation.reading import json_lines
from qa.evaluation.reading.json_lines import json_rows


def test_a_packed_file_is_read_line_by_line(tmp_path: Path) -> None:
    packed = tmp_path / "set.jsonl.gz"
    packed.write_bytes(gzip.compress(b'{"question": "Who?"}\n' * 3))
    assert [isinstance(row, UnreadableFile) for row in json_rows(packed)] == [False] * 3


@pytest.mark.parametrize("line", [b"\n", b"{}\n", b"a"], ids=["blank", "objects", "one line"])
def test_a_bomb_is_left_alone_once_it_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    monkeypatch.setattr(json_lines, "MOST_UNPACKED", 1_000_000)
    packed = tmp_path / "set.jsonl.gz"
    packed.write_bytes(gzip.compress(line * 40_000_000 if len(line) < 2 else line * 9_000_000))
    assert packed.stat().st_size < 100_000
    with pytest.raises(UnreadableFile, match="unpacks to more than 1,000,000 bytes"):
        for _ in json_rows(packed):
            pass
