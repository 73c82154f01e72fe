"""Which browser the tests drive, and how it is started."""

from __future__ import annotations

import os
import shutil

#: Debian's Chromium, or another one that the environment names.
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

#: The sandbox needs rights that a container does not give; the rest keeps it from asking hosts of
#: its maker's.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
