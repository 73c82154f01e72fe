"""One forward pass of a sentence-transformers model on this machine's processor.

`SentenceTransformer.encode` prepares, checks and collects around the pass for 0.9 ms a question,
where the pass itself takes 6. What is left of it here is the model's own: its tokenizer, prompts
and all of its modules. They run as they are, except that linear layers are multiplied by oneDNN,
from weights that are laid out for it once: by MKL, which torch would ask, a pass takes twice as
long on an AMD processor.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from corpus import Span
from index_store.models import Vector

if TYPE_CHECKING:
    from torch import Tensor, device
    from torch.nn import Linear, Module

#: A transformer's token vectors are pooled by the second module.
_POOLING = 1

#: Where it was measured; builds for other processors multiply otherwise.
_PACKED_ON = ("x86_64", "AMD64")

_OPERATIONS = ("_reorder_linear_weight", "_linear_pointwise")

_Numbers = npt.NDArray[np.int64]


class Model(Protocol):
    """What is used here of a SentenceTransformer."""

    truncate_dim: int | None

    @property
    def device(self) -> device: ...

    def preprocess(self, inputs: Any, prompt: str | None = None, **options: Any) -> dict[str, Any]:
        """Word pieces as the modules want them."""

    def children(self) -> Iterator[Module]:
        """The modules in order."""

    def __call__(self, features: Any, **options: Any) -> Any:
        """What the modules add to the features."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What one pass gives.

    Attributes:
        texts: unit vectors of the texts, shape (texts, dimensions).
        parts: unit vectors of their parts, all in one row, shape (parts, dimensions); a part that
            holds no token of its own has its text's.
    """

    texts: Vector
    parts: Vector


def pack_linear_layers(model: Module) -> None:
    """Lays the weights of a model's linear layers out for oneDNN, where that is of use.

    It is what torch.compile does to a model whose weights are frozen, without a compiler. Vectors
    differ by 2e-7; a question takes 3.1 ms instead of 6.0, 263 paragraphs 3.4 s instead of 6.2.
    """
    import torch

    has_onednn = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]  # theirs
    # torch promises neither operation to others than its own compiler.
    offered = all(hasattr(torch.ops.mkldnn, name) for name in _OPERATIONS)
    if platform.machine() not in _PACKED_ON or not has_onednn or not offered:
        return
    with torch.inference_mode():
        for layer in model.modules():
            # Not a subclass, which can do something else with its weights.
            if type(layer) is torch.nn.Linear and _is_plain(layer.weight):
                packed = torch.ops.mkldnn._reorder_linear_weight(layer.weight, None)
                layer.weight = torch.nn.Parameter(packed, requires_grad=False)
                layer.forward = partial(_multiply, layer)  # type: ignore[method-assign]


def _is_plain(weights: Tensor) -> bool:
    import torch

    return weights.device.type == "cpu" and weights.dtype == torch.float32


def _multiply(layer: Linear, vectors: Tensor) -> Tensor:
    import torch

    product: Tensor = torch.ops.mkldnn._linear_pointwise(
        vectors, layer.weight, layer.bias, "none", [], ""
    )
    return product


def embed_queries(model: Model, texts: Sequence[str], prompt: str) -> Vector:
    """The unit vectors of questions, shape (texts, dimensions)."""
    import torch

    with torch.inference_mode():
        features: Any = model.preprocess(list(texts), prompt=prompt, task="query")
        passed = model(_on(model, features), task="query")
        return _unit(model, passed["sentence_embedding"])


def embed_parts(
    model: Model, texts: Sequence[str], prompt: str, parts: Sequence[Sequence[Span]]
) -> Embedded:
    """Vectors of texts and, as means over their own tokens in the same pass, of their parts.

    Args:
        parts: of each text the parts that are wanted, in order and apart from each other.
    """
    import torch

    with torch.inference_mode():
        features: Any = model.preprocess(
            list(texts),
            prompt=prompt,
            task="document",
            processing_kwargs={"text": {"return_offsets_mapping": True}},
        )
        # Tokens are placed in the prompt and the text behind it.
        places = features.pop("offset_mapping").numpy() - len(prompt)
        passed = model(_on(model, features), task="document")
        whole = _unit(model, passed["sentence_embedding"])
        means, counts = _means(passed["token_embeddings"], _owners(places, parts), parts)
        vectors = _unit(model, _behind_pooling(model, means))
    texts_of = np.repeat(np.arange(len(texts)), [len(some) for some in parts])
    return Embedded(whole, np.where(counts[:, None] > 0, vectors, whole[texts_of]))


def _owners(places: _Numbers, parts: Sequence[Sequence[Span]]) -> _Numbers:
    """Of each token the part that its middle lies in; how many there are, where in none.

    Args:
        places: where each token starts and ends, shape (texts, tokens, 2); marks and padding are
            empty.

    Returns:
        Shape (texts, tokens).
    """
    # All texts are laid out in one row, far enough apart, to be searched at once.
    longest = max([int(places.max(initial=0)), *(some[-1].end for some in parts)])
    shifts = np.arange(len(places)) * (longest - int(places.min(initial=0)) + 1)
    spans = np.concatenate(
        [some + shift for some, shift in zip(map(np.asarray, parts), shifts, strict=True)]
    )
    middles = places.mean(axis=2) + shifts[:, None]
    found = np.searchsorted(spans[:, 0], middles, side="right") - 1
    inside = (found >= 0) & (middles < spans[found, 1]) & (places[..., 1] > places[..., 0])
    return np.where(inside, found, len(spans))


def _means(
    tokens: Tensor, owners: _Numbers, parts: Sequence[Sequence[Span]]
) -> tuple[Tensor, _Numbers]:
    """The mean of each part's tokens, and how many it has."""
    import torch

    wanted = sum(map(len, parts))
    vectors = tokens.flatten(0, 1).float()
    sums = torch.zeros(wanted + 1, vectors.shape[1], device=vectors.device)
    sums.index_add_(0, torch.from_numpy(owners.ravel()).to(vectors.device), vectors)
    counts = np.bincount(owners.ravel(), minlength=wanted + 1)[:wanted]
    divisors = torch.from_numpy(counts.clip(min=1)[:, None]).to(vectors.device)
    return sums[:wanted] / divisors, counts


def _behind_pooling(model: Model, means: Tensor) -> Tensor:
    """What the model's modules behind its pooling make of a mean of tokens: LaBSE's dense layer
    leads into a space of its own, and others have fewer dimensions than their tokens."""
    features: Any = {"sentence_embedding": means}
    for module in list(model.children())[_POOLING + 1 :]:
        features = module(features)
    found: Tensor = features["sentence_embedding"]
    return found


def _on(model: Model, features: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.to(model.device) if hasattr(value, "to") else value
        for name, value in features.items()
    }


def _unit(model: Model, vectors: Tensor) -> Vector:
    import torch

    kept = vectors[:, : model.truncate_dim] if model.truncate_dim else vectors
    unit: Vector = torch.nn.functional.normalize(kept.float(), dim=1).cpu().numpy()
    return unit
