"""What a run is written to: a page, a text for a pull request, and what other tools read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from qa.errors import CannotWrite
from qa.evaluation.comparing import Comparison
from qa.evaluation.reports.junit import junit_xml
from qa.evaluation.reports.markdown import markdown
from qa.evaluation.reports.page import page
from qa.evaluation.reports.trec import qrels_trec, run_trec


def write_report(
    folder: Path, report: Mapping[str, Any], comparison: Comparison | None = None
) -> None:
    """Writes every file of a report, each whole or not at all, over those of an earlier one.

    Args:
        folder: made where it is not there.
        report: what `report_json` made.

    Raises:
        CannotWrite: the folder or a file in it cannot be written.
    """
    texts = report_files(report, comparison)
    written: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            temporary = written[folder / name] = folder / f".{name}.{os.getpid()}"
            # Half of a surrogate pair has no UTF-8; as JSON's own escape it is still what it was.
            temporary.write_bytes(text.encode("utf-8", "backslashreplace"))
        for path, temporary in written.items():
            temporary.replace(path)
    except OSError as error:
        raise CannotWrite(
            f"{error.filename or folder}: the report cannot be written ({error.strerror}); "
            f"choose another --out"
        ) from error
    finally:
        for temporary in written.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def report_files(report: Mapping[str, Any], comparison: Comparison | None = None) -> dict[str, str]:
    """The text of every file by its name."""
    return {
        "report.html": page(report, comparison),
        "report.md": markdown(report, comparison),
        "run.trec": run_trec(report),
        "qrels.trec": qrels_trec(report),
        "junit.xml": junit_xml(report),
        # Last, since later runs are compared with it: where it is, the others are.
        "report.json": json.dumps(report, ensure_ascii=False, indent=1),
    }
