"""Models by name or folder: from this machine, or from a model hub where one answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

#: Seconds to wait for a model hub.
_PATIENCE = 5.0

Model = TypeVar("Model")

#: Weights are numbers in a safetensors file, and never a pickle, which can hold code. A model whose
#: repository wants code of its own to be run is not loaded either: the libraries' default.
SAFE_WEIGHTS = {"use_safetensors": True}


def keep_hub_quiet() -> None:
    """No telemetry and no progress bars; to be called before a model's library is imported."""
    _send_no_telemetry()
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs


def _send_no_telemetry() -> None:
    # Read by huggingface_hub when it is first imported; a user's own choice wins.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def load_model(make: Callable[..., Model], name: str, missing: Exception) -> Model:
    """A model, downloaded only where it is not on this machine.

    Args:
        make: takes a name or folder, `local_files_only` and `model_kwargs`.
        missing: raised where the model is not to be had; names the fix.
    """
    if Path(name).is_absolute() and not Path(name).exists():
        raise missing  # the libraries would look for it on the hub first, and say so in their words
    try:
        return make(name, local_files_only=True, model_kwargs=dict(SAFE_WEIGHTS))
    except (OSError, ValueError) as error:
        if Path(name).exists() or not _hub_has(name):
            raise missing from error
    return make(name, model_kwargs=dict(SAFE_WEIGHTS))


def _hub_has(name: str) -> bool:
    """Whether a model hub offers the model; asked once, since a download retries for a minute."""
    from httpx2 import HTTPError
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        HfApi().model_info(name, timeout=_PATIENCE)
    except (HfHubHTTPError, HFValidationError, HTTPError, OSError):
        return False
    return True


def downloaded_file(name: str, file: str) -> Path | None:
    """A file of a model that was downloaded before, or None."""
    _send_no_telemetry()
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    # sentence-transformers finds its own models without their owner's name.
    for repository in (name, f"sentence-transformers/{name}"):
        try:
            found = try_to_load_from_cache(repository, file)
        except HFValidationError:  # a path, or anything else that no model can be called
            continue
        if isinstance(found, str):
            return Path(found)
    return None
