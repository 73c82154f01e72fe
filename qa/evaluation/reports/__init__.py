"""What a run is written to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qa.evaluation.comparing import Comparison


def write_report(
    folder: Path, report: Mapping[str, Any], comparison: Comparison | None = None
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text, encoding="utf-8")
