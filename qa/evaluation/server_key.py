"""The key that a running server is shown, from where nobody else on the machine reads it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from qa.errors import BadSetting

VARIABLE = "CITEDESK_KEY"


def server_key(
    typed: str | None, file: Path | None, environment: Mapping[str, str], say: Callable[[str], None]
) -> str | None:
    """The key that was named: in a file, in the environment, or, with a warning, as it was typed.

    Args:
        file: `-` for standard input.
        say: tells the user something beside the results.

    Raises:
        BadSetting: the file cannot be read, holds no key, or two keys are named.
    """
    if typed and file:
        raise BadSetting("--key and --key-file name two keys; leave one out")
    if typed:
        say(f"--key is shown to everybody on this machine (ps); use --key-file FILE or {VARIABLE}")
        return typed
    return _read(file) if file else environment.get(VARIABLE, "").strip() or None


def _read(file: Path) -> str:
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"--key-file {file}: cannot be read ({error})") from error
    key = text.strip()
    if not key or len(key.split()) > 1:
        raise BadSetting(f"--key-file {file}: expected one line with the key alone")
    return key
