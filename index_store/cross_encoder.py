"""Cross-encoders of sentence-transformers: models that read two texts together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index_store.hub import keep_hub_quiet, load_model

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class PairModel:
    """A cross-encoder, ready to read.

    Args:
        name: of the model, or its folder.
        missing: raised where it is not to be had; names the fix.
    """

    def __init__(self, name: str, missing: Exception) -> None:
        keep_hub_quiet()
        # 7 s to import, so only when a model is really needed.
        from sentence_transformers import CrossEncoder

        self._model: CrossEncoder = load_model(CrossEncoder, name, missing)
        self._model.eval()

    @property
    def labels(self) -> tuple[str, ...]:
        """What each of its logits stands for, in small letters, as its configuration names it."""
        names = getattr(self._model.config, "id2label", None) or {}
        return tuple(
            str(names.get(number, number)).lower() for number in range(self._model.num_labels)
        )

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """What it says of each pair: a number a label."""
        from torch.nn import Identity

        found = self._model.predict(
            list(pairs),
            # Some models are saved with a sigmoid of their own, some without.
            activation_fn=Identity(),
            show_progress_bar=False,
        )
        return [[float(value) for value in row] for row in found.reshape(len(pairs), -1)]
