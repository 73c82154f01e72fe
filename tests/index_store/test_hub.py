from __future__ import annotations

from pathlib import Path

import pytest

from index_store.errors import RerankerUnavailable
from index_store.hub import load_model


def test_a_path_that_is_not_there_is_never_looked_for_on_a_hub(tmp_path: Path) -> None:
    """The libraries would ask one for it, and say on stderr what they think of its name."""
    asked: list[str] = []
    missing = RerankerUnavailable("put it in a folder")
    with pytest.raises(RerankerUnavailable) as caught:
        load_model(lambda name, **how: asked.append(name), str(tmp_path / "no" / "model"), missing)
    assert caught.value is missing
    assert asked == []
